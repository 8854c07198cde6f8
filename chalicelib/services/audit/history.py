"""The history of one record, for those who may see it."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.domain.audit import Entry
from chalicelib.models.audit import AuditTable, EntryItem
from chalicelib.models.directory import LoginItem
from chalicelib.models.store import Query
from chalicelib.models.visits import NumberItem
from chalicelib.services.audit.records import RECORDS
from chalicelib.services.call import Call


@dataclass(frozen=True)
class History:
    """Entries of the record `kind` `id`, newest first, and the cursor of older ones."""

    kind: str
    id: str
    entries: list[Entry]
    next: str | None


def history(call: Call, kind: str, id: str, cursor: str | None = None, limit: int = 50) -> History:
    """The changes of a record; `kind` is one of RECORDS, `id` its id, a visit's number or a person's login.

    Raises NotFound for those who may not see it and Malformed for a cursor of another record.
    """
    record = RECORDS[kind]
    call.permit("audit:view", record.resource(id), unseen=True)
    id = _known(call, kind, id)
    pk = f"record#{record.area}#{record.key(id)}"
    page = call.store.query(Query(AuditTable, pk, index=1, limit=limit, newest_first=True, cursor=cursor))
    return History(kind, id, [item.entry() for item in page.items if isinstance(item, EntryItem)], page.cursor)


def person_of(call: Call, text: str) -> str:
    """The id of a person whose login or e-mail the text is; the text itself if it is nobody's."""
    return _known(call, "person", text)


def _known(call: Call, kind: str, text: str) -> str:
    """The id behind what people call the record."""
    if kind == "visit":
        (number,) = call.store.get(NumberItem.at(text))
        return str(number.visit) if number else text
    if kind == "person":
        (login,) = call.store.get(LoginItem.at(text))
        return str(login.person_id) if login else text
    return text
