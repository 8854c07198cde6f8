"""The audit for those who may see it: a record's history, and what changed when and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import ConfigDict, Field, StringConstraints

from chalicelib.handlers.audit.sheet import columns
from chalicelib.handlers.audit.shown import shown, words
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.fields import PageQuery
from chalicelib.handlers.sheets import ListQuery, Sheet
from chalicelib.services import audit
from chalicelib.services.call import Call
from chalicelib.web.i18n import N_

area = Area(__name__)

RecordKind = Literal[
    "visit",
    "room",
    "approval",
    "process",
    "request",
    "upload",
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


class AuditQuery(ListQuery):
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
    items = shown(call, found.entries, audit.steps(call, found.kind, found.id))
    title = next((item["record"]["title"] for item in items), "")
    return {
        "record": {"kind": found.kind, "id": found.id, "title": title, "page": found.page},
        "related": [{"kind": kind, "id": id} for kind, id in found.related],
        "items": items,
        "next": found.next,
    } | words()


def _found(call: Call, query: AuditQuery) -> audit.Found:
    first, until = _days(call, query)
    last = _midnight(call, until + timedelta(days=1))
    asked = audit.Asked(_midnight(call, first), last, query.by or "", query.area or "")
    return audit.search(call, asked, query.cursor, query.limit)


def _rows(call: Call, query: AuditQuery) -> tuple[Sequence[dict[str, Any]], str | None]:
    found = _found(call, query)
    return shown(call, found.entries), found.next


@area.endpoint(
    "GET", "/audit", action="audit:view", query=AuditQuery, page="audit.html", sheet=Sheet(N_("Audit"), _rows, columns)
)
def show_audit(call: Call, query: AuditQuery) -> dict[str, Any]:
    """What changed in some days, the newest first."""
    items, next = _rows(call, query)
    first, until = _days(call, query)
    period = {"from": first.isoformat(), "until": until.isoformat()}
    return {"items": items, "next": next, "period": period} | words()


def _days(call: Call, query: AuditQuery) -> tuple[date, date]:
    today = call.now.astimezone(ZoneInfo(call.me.time_zone)).date()
    until = query.until or max(today, query.first or today)
    return query.first or until - timedelta(days=DAYS - 1), until


def _midnight(call: Call, day: date) -> datetime:
    """When the day begins where the reader is."""
    return datetime.combine(day, datetime.min.time(), ZoneInfo(call.me.time_zone)).astimezone(call.now.tzinfo)
