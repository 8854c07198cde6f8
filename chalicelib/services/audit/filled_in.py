"""What was filled in in requests, by the titles of the fields in the version of the process that each request keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.domain.audit import UNSHOWN, Entry
from chalicelib.domain.errors import NotFound
from chalicelib.domain.forms import Form
from chalicelib.models.requests import RequestItem
from chalicelib.models.store import BATCH_GET_LIMIT
from chalicelib.services import processes
from chalicelib.services.call import Call
from chalicelib.services.forms import Shown, labels

KIND = "custom_request"


@dataclass(frozen=True)
class Told:
    """A field that changed: its title, and what stood and stands there, as lines in the caller's language."""

    title: str
    old: list[str]
    new: list[str]


def forms_of(call: Call, entries: Sequence[Entry]) -> dict[str, Form]:
    """The form of each request that the entries tell of, by the record's key: one read, as versions stay known."""
    ids = sorted({entry.record.partition("#")[2] for entry in entries if entry.kind == KIND})[:BATCH_GET_LIMIT]
    items = call.store.get(*(RequestItem.at(id) for id in ids)) if ids else []
    found = {f"request#{item.id}": _form(call, item) for item in items if item}
    return {record: form for record, form in found.items() if form}


def _form(call: Call, item: RequestItem) -> Form | None:
    try:
        return processes.version_of(call.store, item.process, item.process_version).form
    except NotFound:
        return None


def told(call: Call, form: Form, entry: Entry) -> list[Told]:
    """The fields whose values the entry changed, in the form's order."""
    before, after = (_lines(call, form, side.get("values")) for side in (entry.old, entry.new))
    titles = {each.key: each.title for each in labels(call, form, {})}
    return [
        Told(title, _without(before[key], after[key]), _without(after[key], before[key]))
        for key, title in titles.items()
        if before[key] != after[key]
    ]


def _lines(call: Call, form: Form, values: Any) -> dict[str, list[str]]:
    filled = values if isinstance(values, Mapping) else {}
    hidden = {key for key, value in filled.items() if value == UNSHOWN}
    readable = {key: _seen(value) for key, value in filled.items() if key not in hidden}
    return {each.key: [UNSHOWN] if each.key in hidden else _written(each) for each in labels(call, form, readable)}


def _seen(value: Any) -> Any:
    """Rows without the cells that are masked."""
    if not isinstance(value, list):
        return value
    return [{name: cell for name, cell in row.items() if cell != UNSHOWN} for row in value]


def _written(field: Shown) -> list[str]:
    """A row of a table is one line: each cell behind its column's title."""
    if not field.columns:
        return field.text.splitlines()
    rows = (zip(field.columns, row, strict=True) for row in field.rows)
    return [" · ".join(f"{column} {cell}" for column, cell in row if cell) for row in rows]


def _without(lines: list[str], others: list[str]) -> list[str]:
    return [line for line in lines if line not in others] if len(lines) > 1 or len(others) > 1 else lines
