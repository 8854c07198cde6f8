"""The history of one record, for those who may see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import batched

from chalicelib.domain.audit import Entry
from chalicelib.domain.sites import localised
from chalicelib.models.approvals import RunningItem
from chalicelib.models.audit import AuditTable, EntryItem
from chalicelib.models.directory import LoginItem
from chalicelib.models.store import BATCH_GET_LIMIT, Query
from chalicelib.models.visits import NumberItem
from chalicelib.services import directory, processes, sites
from chalicelib.services.audit.records import RECORDS
from chalicelib.services.call import Call
from chalicelib.services.directory import lists
from chalicelib.web.history import people_in


@dataclass(frozen=True)
class History:
    """Entries of the record `kind` `id`, newest first, and the cursor of older ones.

    `page` is where the reader finds the record ("": nowhere), `related` names records that belong to it by kind and id.
    """

    kind: str
    id: str
    entries: list[Entry]
    next: str | None
    page: str

    @property
    def related(self) -> list[tuple[str, str]]:
        """A document's approval, an approval's document: the id of an approval is KIND-DOCUMENT."""
        if self.kind == "approval":
            document, _, id = self.id.partition("-")
            return [(document, id)] if document in RECORDS else []
        return [("approval", f"{self.kind}-{self.id}")] if self.kind in DOCUMENTS else []


DOCUMENTS = ("visit", "request", "budget_change")
"""Kinds of records that pass an approval."""


def history(call: Call, kind: str, id: str, cursor: str | None = None, limit: int = 50) -> History:
    """The changes of a record; `kind` is one of RECORDS, `id` its id, a visit's number or a person's login.

    Raises NotFound for those who may not see it and Malformed for a cursor of another record.
    """
    record = RECORDS[kind]
    call.permit("audit:view", record.resource(id), unseen=True)
    id = known_id(call, kind, id)
    pk = f"record#{record.area}#{record.key(id)}"
    page = call.store.query(Query(AuditTable, pk, index=1, limit=limit, newest_first=True, cursor=cursor))
    entries = [item.entry() for item in page.items if isinstance(item, EntryItem)]
    return History(kind, id, entries, page.cursor, _page(call, kind, id))


def _page(call: Call, kind: str, id: str) -> str:
    """Where the record is shown to the reader."""
    record = RECORDS[kind]
    hidden = record.view and not call.may(record.view, record.resource(id))
    return "" if hidden else record.page.format(id=id)


def names(call: Call, entries: Sequence[Entry]) -> dict[str, str]:
    """Names by id of the people, departments and sites that the entries speak of."""
    people = {id for entry in entries for id in (entry.by, entry.behalf, *_person_told_of(entry)) if id}
    for entry in entries:
        people |= {id for side in (entry.old, entry.new) for id in people_in(entry.area, entry.kind, side)}
    found: dict[str, str] = {}
    for some in batched(sorted(id for id in people if ":" not in id), BATCH_GET_LIMIT, strict=False):
        found |= lists.names(call, some)
    found |= {each.id: each.name for each in directory.departments(call.store, call.now)}
    return found | {each.id: localised(each.name, call.locale) for each in sites.sites(call.store, call.now)}


def steps(call: Call, kind: str, id: str) -> dict[str, str]:
    """Titles of the steps of an approval, by `step:KEY`; none for other records, or where there is none."""
    (running,) = call.store.get(RunningItem.at(id)) if kind == "approval" else (None,)
    if running is None:
        return {}
    definition = processes.definition_of(call.store, running.definition_key, running.definition_version)
    return {f"step:{step.key}": localised(step.title, call.locale) for step in definition.steps}


def _person_told_of(entry: Entry) -> list[str]:
    """The person whose record it is."""
    kind, _, id = entry.record.partition("#")
    return [id] if kind == "person" else []


def known_id(call: Call, kind: str, text: str) -> str:
    """The id behind what people call a record: a visit's number, a person's login or e-mail; else the text itself."""
    if kind == "visit":
        (number,) = call.store.get(NumberItem.at(text))
        return str(number.visit) if number else text
    if kind == "person":
        (login,) = call.store.get(LoginItem.at(text))
        return str(login.person_id) if login else text
    return text
