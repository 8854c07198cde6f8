"""Claims in Chromium: a form with live findings, a page with its trail, and an approver who corrects a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from chalicelib.domain.directory import Department
from chalicelib.domain.received import Received, identity_key, received_id
from chalicelib.models.received import ReceivedItem
from chalicelib.models.store import create
from chalicelib.services import compliance, expenses, rates
from tests import company, desk
from tests.handlers.test_budgets import APPLICANT, DEPARTMENT, FINANCE, MANAGER
from tests.handlers.test_claims import BUDGET, DINNER, body
from tests.web.looking import Eye, on_phone_and_desktop

SECOND = Department(
    "01SECOND000000000000000000", "市场部", DEPARTMENT, None, "2000", (DEPARTMENT, "01SECOND000000000000000000")
)
INVOICE = received_id("01KJPX9W3TZ4QZ6T1N7V0F2B5B", identity_key("", "77", "Restaurant", ""))


@dataclass(frozen=True)
class Places:
    """Where the pages are, by who looks at them, and the claims on them."""

    finance: str
    applicant: str
    manager: str
    ids: dict[str, str]

    def address(self, name: str) -> str:
        """By the page's name."""
        return {
            "mine": f"{self.applicant}/claims",
            "none": f"{self.manager}/claims",
            "all": f"{self.finance}/claims?department=all&month=2026-03",
            "new": f"{self.applicant}/claims/new?invoices={INVOICE}",
            "edit": f"{self.applicant}/claims/{self.ids['draft']}/edit",
            "pending": f"{self.applicant}/claims/{self.ids['pending']}",
            "corrected": f"{self.applicant}/claims/{self.ids['corrected']}",
            "approval": f"{self.manager}/approvals/claim-{self.ids['pending']}",
        }[name]


@pytest.fixture(scope="module")
def places() -> Iterator[Places]:
    for module in (compliance, expenses, rates):
        module.forget()
    with pytest.MonkeyPatch.context() as patch:
        counter = desk.open_desk(patch)
        company.add_department(counter.store)
        company.add_department(counter.store, SECOND)
        for someone in (FINANCE, MANAGER, APPLICANT):
            company.add_person(counter.store, someone)
        ids = _claims(counter)
        with (
            desk.serving(counter, FINANCE) as finance,
            desk.serving(counter, APPLICANT) as applicant,
            desk.serving(counter, MANAGER) as manager,
        ):
            yield Places(finance, applicant, manager, ids)


def _claims(counter: desk.Desk) -> dict[str, str]:
    """A draft, one that waits, and one of which the approvers granted less."""
    for department in (DEPARTMENT, SECOND.id):
        assert counter.client(FINANCE).post("/budgets", BUDGET | {"department": department}).status == 201
    known: dict[str, Any] = {"type": "vat_ordinary", "code": "", "number": "77", "seller": "上海小南国餐饮有限公司"}
    known |= {"seller_tax_id": "", "buyer": "", "buyer_tax_id": "", "day": date(2026, 3, 1), "currency": "CNY"}
    sums = {"total": 128_000, "tax": 7_245, "net": 120_755, "created_at": company.NOW}
    counter.store.write(
        create(ReceivedItem.from_received(Received(INVOICE, APPLICANT.id, APPLICANT.name, **known, **sums)))
    )
    shared = [{"department": DEPARTMENT, "share": "60"}, {"department": SECOND.id, "share": "40"}]
    dinner = DINNER | {"allocations": shared, "vendor": "外婆家", "customer": "ACME"}
    taxi = {
        "category": "local_transport",
        "day": "2026-03-02",
        "amount": "86",
        "place": "虹桥 – 外滩",
        "reason": "送客户",
    }

    def made(**facts: Any) -> str:
        answer = counter.client(APPLICANT).post("/claims", body(dinner, taxi, **facts))
        assert answer.status == 201, answer.text
        return str(answer.json["id"])

    ids = {"draft": made(), "pending": made(submit=True, purpose="华东客户接待"), "corrected": made(submit=True)}
    less = {"lines": [{"key": "1", "sanctioned": "600", "refusal": "人均超标准"}]}
    assert counter.client(MANAGER).post(f"/claims/{ids['corrected']}/corrections", less).status == 200
    for who in (MANAGER, FINANCE):
        task = f"/approvals/claim-{ids['corrected']}/actions"
        assert counter.client(who).post(task, {"action": "approve"}).status == 200
    return ids


@on_phone_and_desktop
@pytest.mark.parametrize("name", ["mine", "none", "all", "new", "edit", "pending", "corrected", "approval"])
def test_a_page_is_accessible_and_fits(eye: Eye, places: Places, name: str, locale: str, width: int) -> None:
    eye.sees(places.address(name), locale, width, f"claims-{name}")


def test_what_is_found_appears_beside_its_line_while_one_types(page: Page, places: Places) -> None:
    page.goto(f"{places.address('edit')}?lang=en")
    page.locator('[name="lines.0.amount"]').fill("4800")
    expect(page.locator("#lines-0-found")).to_contain_text("person")
    expect(page.locator("#estimate")).to_contain_text("4,886.00 CNY")


def test_an_approver_corrects_a_line_on_a_phone_and_the_trail_says_so(page: Page, places: Places) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{places.address('approval')}?lang=en")
    page.locator('[name="lines.0.sanctioned"]').fill("500")
    page.locator('[name="lines.0.refusal"]').fill("Above the standard")
    page.get_by_role("button", name="Save corrections").click()
    expect(page.locator("body")).to_contain_text("Corrected: Above the standard")
