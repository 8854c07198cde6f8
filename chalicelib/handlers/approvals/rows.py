"""The lines of a person's boxes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from chalicelib.domain.approvals import Definition
from chalicelib.domain.sites import localised
from chalicelib.models.approvals import CopyItem, RunningItem, TaskItem
from chalicelib.services import approvals
from chalicelib.services.call import Call


class Titles:
    """Titles of processes and their steps in the reader's language, each definition read once."""

    def __init__(self, call: Call) -> None:
        self._call = call

    def of(self, key: str, version: int) -> str:
        """The process's title."""
        return localised(self._definition(key, version).title, self._call.locale)

    def step(self, key: str, version: int, step: str | None) -> str:
        """The title of one of its steps, "" where it stands at none."""
        steps = self._definition(key, version).steps
        return next((localised(each.title, self._call.locale) for each in steps if each.key == step), "")

    def _definition(self, key: str, version: int) -> Definition:
        return approvals.definition_of(self._call, key, version)


_OF_DOCUMENT = ("document_kind", "document_id", "subject", "facts", "applicant", "applicant_name")
_OF_TASK = ("id", "approval", "status", "origin", "opened_at", "due_at", "decided_at", "comment")
_OF_COPY = ("approval", "copied_at")
_EMPTY: Mapping[str, Any] = dict.fromkeys(("opened_at", "due_at", "decided_at", "copied_at")) | {
    "status": "",
    "step": "",
    "comment": "",
}
"""What not every kind of line has."""


def row_data(item: TaskItem | CopyItem | RunningItem, titles: Titles) -> dict[str, Any]:
    """A line of a box. `id` leads to /approvals/{id}."""
    key, version = item.definition_key, item.definition_version
    data = dict(_EMPTY) | _values(item, _OF_DOCUMENT)
    data |= {"process": key, "process_title": titles.of(key, version)}
    if isinstance(item, TaskItem):
        return data | _values(item, _OF_TASK) | {"step": titles.step(key, version, item.step)}
    if isinstance(item, CopyItem):
        return data | _values(item, _OF_COPY) | {"id": item.approval}
    return data | {"id": item.id, "status": item.status, "step": titles.step(key, version, item.step)}


def _values(item: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(item, name) for name in names}
