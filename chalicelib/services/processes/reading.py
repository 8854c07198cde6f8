"""Processes and their versions as every part of the product reads them. A version never changes: it stays known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.domain.approvals import Definition
from chalicelib.domain.errors import NotFound
from chalicelib.domain.forms import Form
from chalicelib.domain.processes import BUILT_IN, Design, Move, Process, moves_from
from chalicelib.models.approvals import ApprovalsTable
from chalicelib.models.processes import DraftItem, ProcessItem, VersionItem
from chalicelib.models.store import Query, Store
from chalicelib.services.call import Call
from chalicelib.services.directory import reading
from chalicelib.services.permissions import COMPANY

KEPT_AT_MOST = 1000
_versions: dict[tuple[str, int], Version] = {}


@dataclass(frozen=True)
class Version:
    """A published version."""

    number: int
    form: Form
    definition: Definition
    published_at: datetime
    published_by: str


@dataclass(frozen=True)
class Detail:
    """A process as its page shows it: `draft` and `moves` for those who manage processes only."""

    process: Process
    published: Version | None
    draft: Design | None
    moves: tuple[Move, ...]


def forget() -> None:
    """Read everything anew at the next question (between tests)."""
    _versions.clear()


def version_of(store: Store, key: str, number: int) -> Version:
    """A published version of a custom process, read once in the life of the process; raises NotFound."""
    if (known := _versions.get((key, number))) is not None:
        return known
    (item,) = store.get(VersionItem.at(key, number))
    if item is None:
        raise NotFound
    design: Design = item.design
    version = Version(number, design.form, design.definition, item.published_at, item.published_by)
    if len(_versions) >= KEPT_AT_MOST:
        _versions.clear()
    _versions[key, number] = version
    return version


def newest_known(key: str) -> Version | None:
    """The newest version that was read in the life of the process; there may be a newer one."""
    return max(
        (each for (name, _), each in _versions.items() if name == key), key=lambda each: each.number, default=None
    )


def known_form(filled: Mapping[str, Any]) -> Form | None:
    """A form with all the fields that are filled in, of a version that was read in the life of the process: a guess."""
    forms = (each.form for each in reversed(_versions.values()))
    return next((form for form in forms if filled.keys() <= {field.key for field in form.fields}), None)


def definition_of(store: Store, key: str, version: int) -> Definition:
    """The version of a process, built in or published, by which a document runs; raises NotFound."""
    return BUILT_IN.get((key, version)) or version_of(store, key, version).definition


def current(store: Store, key: str) -> Process:
    """The process as it is now; raises NotFound."""
    (item,) = store.get(ProcessItem.at(key))
    if item is None:
        raise NotFound
    process: Process = item.to(Process)
    return process


def newest(store: Store, key: str) -> Version | None:
    """The version that was published last, None where there is none."""
    (item,) = store.get(ProcessItem.at(key))
    return version_of(store, key, item.published) if item and item.published else None


def listed(call: Call) -> list[Process]:
    """The processes that people may start, by key; for who manages them the others, too."""
    call.permit("process:view", COMPANY)
    manages = call.may("process:manage", COMPANY)
    return [each for each in _all(call) if manages or each.status == "published"]


def _all(call: Call) -> list[Process]:
    query = Query(ApprovalsTable, "processes", index=1, limit=200)
    load = lambda: [item.to(Process) for item in reading.every(call.store, query)]  # noqa: E731 - asked once
    return reading.remembered("processes", "", call.now, load)


def detail(call: Call, key: str) -> Detail:
    """A process with its newest version; raises NotFound, also for those who may not see a process in the making."""
    call.permit("process:view", COMPANY)
    manages = call.may("process:manage", COMPANY)
    head, draft = call.store.get(ProcessItem.at(key), DraftItem.at(key))
    if head is None or not (manages or head.status == "published"):
        raise NotFound
    process: Process = head.to(Process)
    newest = version_of(call.store, key, process.published) if process.published else None
    if not manages:
        return Detail(process, newest, None, ())
    return Detail(process, newest, draft.design if draft else None, moves_from(process))
