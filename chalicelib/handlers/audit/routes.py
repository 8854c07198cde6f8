"""The audit for those who may see it: a record's history, and what changed when and by whom."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints

from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.fields import PageQuery
from chalicelib.handlers.sheets import ListQuery, asked_of
from chalicelib.services import audit
from chalicelib.services.audit.shown import shown, words
from chalicelib.services.call import Call
from chalicelib.services.sheets import audit as sheet

area = Area(__name__)

RecordKind = Literal[
    "visit",
    "watched",
    "badge",
    "gate_issue",
    "resource",
    "standards",
    "budget",
    "budget_change",
    "budget_groups",
    "application",
    "advance",
    "advance_terms",
    "claim",
    "spending_rules",
    "expenses",
    "rates",
    "received",
    "payable",
    "payment_batch",
    "payments",
    "payee",
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
    "export",
    "finance_export",
    "privacy",
    "retention",
]
Key = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]+$")]
"""An id, a number or a sign-in name."""


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
    area: Literal["reception", "approvals", "directory", "exports", "spending"] | None = None


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


@area.endpoint("GET", "/audit", action="audit:view", query=AuditQuery, page="audit.html", sheet=sheet.SHEET)
def show_audit(call: Call, query: AuditQuery) -> dict[str, Any]:
    """What changed in some days, the newest first."""
    asked = sheet.settled(call, asked_of(query))
    page = sheet.found(call, asked, query.cursor, query.limit)
    period = {name: asked[name] for name in ("from", "until")}
    return {"items": shown(call, page.entries), "next": page.next, "period": period} | words()
