"""What claims add to the benches: drafts, one that waits, and a submission of twenty lines with three links."""

from __future__ import annotations

from datetime import date
from typing import Any

from chalicelib.domain.received import Received, identity_key, received_id
from chalicelib.models.received import ReceivedItem
from chalicelib.models.store import DynamoStore, create
from tests.bench.case import Case, Records, said
from tests.bench.world import APPLICANT, MANAGER, NOW, World

DAY = "2026-03-02"
DINNER = {"category": "meal", "day": DAY, "amount": "900", "heads": 6, "place": "A", "reason": "Guests"}
LINES, INVOICES = 20, 10


def wish(*lines: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """A claim of these lines, of one dinner otherwise."""
    return {"purpose": "Talks", "currency": "CNY", "lines": list(lines) or [DINNER]} | facts


def claims(made: World) -> None:
    """A draft, one that waits for its approval, invoices, and three applications that money is taken over from."""
    made.records["claim_draft"] = made.must(APPLICANT, "/claims", wish())["id"]
    made.records["claim"] = made.must(APPLICANT, "/claims", wish(submit=True))["id"]
    row = {"type": "meals", "day": "2026-03-05", "heads": 4, "price": "100", "currency": "CNY"}
    for number in range(3):
        application = made.must(APPLICANT, "/applications", {"purpose": "Dinner", "rows": [row], "submit": True})["id"]
        made.must(MANAGER, f"/approvals/application-{application}/actions", {"action": "approve"})
        made.records[f"linked_{number}"] = application
    store = DynamoStore()
    for number in range(INVOICES):
        id = received_id(f"01KJPX9W3TZ4QZ6T1N7V0F2C{number:02}", identity_key("", f"{number}", "Restaurant", ""))
        facts = {"type": "einvoice", "code": "", "number": f"{number}", "seller": "Restaurant", "seller_tax_id": ""}
        known: dict[str, Any] = facts | {"buyer": "", "buyer_tax_id": "", "day": date(2026, 3, 2), "currency": "CNY"}
        sums = {"total": 90_000, "tax": 0, "net": 90_000}
        invoice = Received(id, APPLICANT.id, APPLICANT.name, **known, **sums, created_at=NOW)
        store.write(create(ReceivedItem.from_received(invoice)))
        made.records[f"invoice_{number}"] = id


def twenty(records: Records) -> dict[str, Any]:
    """Twenty lines, half of them with an invoice, linked to three applications, submitted at once."""
    papers = [{"invoice": records[f"invoice_{number}"]} if number < INVOICES else {} for number in range(LINES)]
    lines = [DINNER | paper | {"day": f"2026-03-{1 + number % 2:02}"} for number, paper in enumerate(papers)]
    links = [{"kind": "application", "document": records[f"linked_{number}"]} for number in range(3)]
    return wish(*lines, links=links, submit=True, budget_reason="Needed")


_ONE = {"id": "claim"}
_DRAFT = {"id": "claim_draft"}
CLAIM_CASES: tuple[Case, ...] = (
    Case("list", "GET", "/claims", APPLICANT),
    Case("form", "GET", "/claims/new", APPLICANT),
    Case("detail", "POST", "/claims/estimate", APPLICANT, said(**wish())),
    Case("command", "POST", "/claims", APPLICANT, said(**wish()), note="draft"),
    Case("command", "POST", "/claims", APPLICANT, twenty, note="submitted, 20 lines, 10 invoices, 3 links"),
    Case("detail", "GET", "/claims/{id}", APPLICANT, params=_ONE),
    Case("form", "GET", "/claims/{id}/edit", APPLICANT, params=_DRAFT),
    Case("command", "POST", "/claims/{id}", APPLICANT, said(**wish(submit=True)), _DRAFT, note="submitted"),
    Case("command", "POST", "/claims/{id}/actions", APPLICANT, said(action="cancel"), _DRAFT, note="cancel"),
    Case(
        "command",
        "POST",
        "/claims/{id}/corrections",
        MANAGER,
        said(lines=[{"key": "1", "sanctioned": "100", "refusal": "Too much"}]),
        _ONE,
    ),
)
