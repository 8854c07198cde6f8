"""Advances in Chromium: behind their real routes, clean for axe, and finance takes money back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from chalicelib.models.store import create
from chalicelib.models.visits import VisitItem
from chalicelib.services import advances
from chalicelib.services.call import Call
from tests import company, desk, reception
from tests.handlers.test_advances import ADVANCE, APPLICANT, MANAGER, approve, pay
from tests.handlers.test_budgets import FINANCE
from tests.services.advances import claim_of
from tests.services.conftest import new_id
from tests.web.looking import Eye, on_phone_and_desktop

RULES = {"limits": [{"grade": "", "currency": "CNY", "amount": "1000"}], "over_limit": "soft", "overdue": "none"}


@dataclass(frozen=True)
class Places:
    """Where the pages are, by who looks at them, and the advances on them."""

    finance: str
    applicant: str
    manager: str
    ids: dict[str, str]

    def address(self, name: str) -> str:
        """By the page's name."""
        ids = self.ids
        return {
            "mine": f"{self.applicant}/advances",
            "none": f"{self.manager}/advances",
            "new": f"{self.applicant}/advances/new",
            "filled": f"{self.applicant}/advances/new?visit={ids['visit']}",
            "edit": f"{self.applicant}/advances/{ids['draft']}/edit",
            "draft": f"{self.applicant}/advances/{ids['draft']}",
            "pending": f"{self.applicant}/advances/{ids['flagged']}",
            "own": f"{self.applicant}/advances/{ids['moved']}",
            "account": f"{self.finance}/advances/{ids['moved']}",
            "reserved": f"{self.finance}/advances/{ids['reserved']}",
            "parts": f"{self.finance}/advances/{ids['approved']}",
            "approval": f"{self.manager}/approvals/advance-{ids['flagged']}",
            "ageing": f"{self.finance}/advances/ageing",
            "terms": f"{self.finance}/advances/terms",
        }[name]


@pytest.fixture(scope="module")
def places() -> Iterator[Places]:
    with pytest.MonkeyPatch.context() as patch:
        counter = desk.open_desk(patch)
        company.add_department(counter.store)
        for someone in (FINANCE, MANAGER, APPLICANT):
            company.add_person(counter.store, someone)
        ids = _advances(counter)
        with (
            desk.serving(counter, FINANCE) as finance,
            desk.serving(counter, APPLICANT) as applicant,
            desk.serving(counter, MANAGER) as manager,
        ):
            yield Places(finance, applicant, manager, ids)


def _advances(counter: desk.Desk) -> dict[str, str]:
    """A draft, one above the limit, one to be paid, one with an account, and one that a claim is going to clear."""
    program, keeper = counter.client(APPLICANT), counter.client(FINANCE)

    def asked(**facts: object) -> str:
        answer = program.post("/advances", ADVANCE | facts)
        assert answer.status == 201, answer.text
        return str(answer.json["id"])

    ids = {"moved": asked(purpose="华东客户来访接待"), "reserved": asked(amount="80"), "approved": asked(amount="200")}
    for id in ids.values():
        approve(counter, id)
    for name in ("moved", "reserved"):
        pay(counter, ids[name])
    call = Call(counter.store, company.NOW, new_id, None, "system:claims", permitted=["a claim"])
    for what in ("reserve", "clear"):
        call.commit({}, *advances.offsetting(call, [(ids["moved"], what, 12_000)], claim_of(APPLICANT)))
    call.commit({}, *advances.offsetting(call, [(ids["reserved"], "reserve", 5_000)], claim_of(APPLICANT, "C2")))
    body = {"action": "return", "amount": "50", "method": "cash", "reason": "用不完"}
    assert keeper.post(f"/advances/{ids['moved']}/account", body).status == 200
    planned = {"action": "schedule", "amount": "60", "month": "2026-04"}
    assert keeper.post(f"/advances/{ids['moved']}/account", planned).status == 200
    assert keeper.post("/advances/terms", RULES).status == 200
    ids["flagged"] = asked(amount="900", reason="客户临时增加人员")
    ids["draft"] = asked(submit=False, amount="66.60")
    visit = reception.a_visit(id="01KJPX9W3TZ4QZ6T1N7V0F2B5X", applicant=APPLICANT.id, number="20260077")
    counter.store.write(create(VisitItem.from_visit(visit)))
    return ids | {"visit": visit.id}


PAGES = (
    *("mine", "none", "new", "filled", "edit", "draft", "pending", "own"),
    *("account", "reserved", "parts", "approval", "ageing", "terms"),
)


@on_phone_and_desktop
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_fits(eye: Eye, places: Places, name: str, locale: str, width: int) -> None:
    eye.sees(places.address(name), locale, width, f"advances-{name}")


def test_finance_takes_money_back_and_the_account_says_so(page: Page, places: Places) -> None:
    page.goto(f"{places.address('account')}?lang=en")
    page.fill("#f-amount", "20")
    page.click("button[value=return]")
    expect(page.locator(".part", has_text="Money in and out")).to_contain_text("20.00 CNY")
    expect(page.locator(".part", has_text="Money in and out")).to_contain_text("RC")


def test_more_than_is_open_is_refused_beside_the_field(page: Page, places: Places) -> None:
    page.goto(f"{places.address('account')}?lang=en")
    page.fill("#f-amount", "20000")
    page.click("button[value=return]")
    expect(page.locator("#f-amount-error")).to_contain_text("of this advance is open")


def test_an_advance_for_a_visit_is_filled_in_from_it(page: Page, places: Places) -> None:
    page.goto(f"{places.address('filled')}&lang=en")
    expect(page.locator("[name=visit]")).to_have_value(places.ids["visit"])
    page.fill("#f-purpose", "Reception")
    page.fill("#f-amount", "10")
    page.fill("#f-reason", "Needed")
    page.click("button[name=submit]")
    expect(page.locator("dl.facts")).to_contain_text("20260077")


def test_approvers_see_the_rule_that_is_broken_and_the_reason(page: Page, places: Places) -> None:
    page.goto(f"{places.address('approval')}?lang=en")
    expect(page.locator(".excess-reasoned")).to_contain_text("Above the limit of 1,000.00 CNY")
    expect(page.locator(".excess-reasoned")).to_contain_text("客户临时增加人员")


def test_the_applicant_has_no_form_of_finance(page: Page, places: Places) -> None:
    page.goto(f"{places.address('own')}?lang=en")
    expect(page.locator("button[value=return]")).to_have_count(0)
