"""The audit for those who may see it: a record's history, and what changed when and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import ConfigDict, Field, StringConstraints

from chalicelib.domain.audit import Entry
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.fields import PageQuery
from chalicelib.services import audit
from chalicelib.services.call import Call

area = Area(__name__)

RecordKind = Literal[
    "visit",
    "room",
    "approval",
    "process",
    "request",
    "reference",
    "person",
    "department",
    "site",
    "calendar",
    "hook",
]
Key = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]+$")]
"""An id, a number or a sign-in name."""
DAYS = 7
"""How far back the audit looks unless the reader says from when."""


class HistoryQuery(PageQuery):
    """Which record: its kind and its id, a visit's reservation number, or a colleague's user name or e-mail."""

    record: RecordKind
    id: Key
    limit: int = Field(default=20, ge=1, le=100)


class AuditQuery(PageQuery):
    """What to look for: days in the reader's time zone, both included; who changed it (user name, e-mail or id)."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    first: date | None = Field(default=None, alias="from", ge=date(2000, 1, 1), le=date(2100, 1, 1))
    until: date | None = Field(default=None, ge=date(2000, 1, 1), le=date(2100, 1, 1))
    by: Key | None = None
    area: Literal["reception", "approvals", "directory"] | None = None


@area.endpoint("GET", "/history", action="audit:view", query=HistoryQuery, page="history.html")
def show_history(call: Call, query: HistoryQuery) -> dict[str, Any]:
    """The changes of one record, the newest first."""
    found = audit.history(call, query.record, query.id, query.cursor, query.limit)
    names = audit.names(call, found.entries)
    title = names.get(found.id) or _title(found.entries)
    return {
        "record": {"kind": found.kind, "id": found.id, "title": title, "page": found.page},
        "related": [{"kind": kind, "id": id} for kind, id in found.related],
        "items": _shown(call, found.entries, names),
        "next": found.next,
    } | _words(call)


@area.endpoint("GET", "/audit", action="audit:view", query=AuditQuery, page="audit.html")
def show_audit(call: Call, query: AuditQuery) -> dict[str, Any]:
    """What changed in some days, the newest first."""
    first, until = _days(call, query)
    last = _midnight(call, until + timedelta(days=1))
    asked = audit.Asked(_midnight(call, first), last, query.by or "", query.area or "")
    found = audit.search(call, asked, query.cursor, query.limit)
    period = {"from": first.isoformat(), "until": until.isoformat()}
    items = _shown(call, found.entries, audit.names(call, found.entries))
    return {"items": items, "next": found.next, "period": period} | _words(call)


def _days(call: Call, query: AuditQuery) -> tuple[date, date]:
    today = call.now.astimezone(ZoneInfo(call.me.time_zone)).date()
    until = query.until or max(today, query.first or today)
    return query.first or until - timedelta(days=DAYS - 1), until


def _midnight(call: Call, day: date) -> datetime:
    """When the day begins where the reader is."""
    return datetime.combine(day, datetime.min.time(), ZoneInfo(call.me.time_zone)).astimezone(call.now.tzinfo)


def _title(entries: list[Entry]) -> str:
    """What the record is called, as far as its latest changes say."""
    values = (side.get(name) for entry in entries for side in (entry.new, entry.old) for name in _TITLES)
    return next((value for value in values if isinstance(value, str) and value), "")


_TITLES = ("subject", "party", "name")


def _words(call: Call) -> dict[str, Any]:
    """What records and areas are called."""
    from chalicelib.web.history import AREA_WORDS, RECORD_WORDS

    return {"record_words": dict(RECORD_WORDS), "area_words": dict(AREA_WORDS)}


def _shown(call: Call, entries: list[Entry], names: Mapping[str, str]) -> list[dict[str, Any]]:
    from chalicelib.web.history import Reader

    reader = Reader(call.locale, call.me.time_zone, call.now, names)
    return [_entry(each, reader) for each in entries]


def _entry(entry: Entry, reader: Any) -> dict[str, Any]:
    """An entry as it is, and in words."""
    from chalicelib.web.history import actor_word, kind_word, rows_of

    kind, id = audit.kind_of(entry.area, entry.record)
    rows = rows_of(entry.area, entry.kind, entry.old, entry.new, reader)
    facts = ("seq", "at", "by", "behalf", "source", "request", "area", "item", "kind", "old", "new")
    return {name: getattr(entry, name) for name in facts} | {
        "record": {"kind": kind, "id": id, "title": reader.names.get(id) or _title([entry])},
        "done": "made" if not entry.old else "removed" if not entry.new else "changed",
        "who": actor_word(entry.by, reader),
        "a_person": bool(entry.by) and ":" not in entry.by,
        "for_whom": reader.names.get(entry.behalf, entry.behalf),
        "what": kind_word(entry.area, entry.kind, reader),
        "changes": [asdict(row) for row in rows],
    }
