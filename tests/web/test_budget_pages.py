"""Budgets in Chromium: behind their real routes, clean for axe, and the bar beside the form follows as one types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests import company, desk
from tests.handlers.test_budgets import BUDGET, FINANCE, VISIT, YEAR
from tests.web.looking import Eye, on_phone_and_desktop

MANAGER = company.person("manager", name="陈经理")
APPLICANT = company.person("applicant", manager=MANAGER.id)
REASON = "客户临时增加人员"


@dataclass(frozen=True)
class Places:
    """Where the pages are: those of finance, and those of the applicant's department."""

    finance: str
    applicant: str
    manager: str
    budget: str
    visit: str

    def address(self, name: str) -> str:
        """By the page's name."""
        return {
            "list": f"{self.finance}/budgets?period=2026",
            "empty": f"{self.finance}/budgets?period=2029",
            "budget": f"{self.finance}/budgets/{self.budget}",
            "new": f"{self.finance}/budgets/new",
            "year": f"{self.finance}/budgets/years",
            "approval": f"{self.manager}/approvals/visit-{self.visit}",
        }[name]


@pytest.fixture(scope="module")
def places() -> Iterator[Places]:
    with pytest.MonkeyPatch.context() as patch:
        counter = desk.open_desk(patch)
        company.add_department(counter.store)
        for someone in (FINANCE, MANAGER, APPLICANT):
            company.add_person(counter.store, someone)
        program = counter.client(FINANCE)
        soft = BUDGET | {"amount": "800", "control": "soft", "carries": True, "borrows": True}
        budget = str(program.post("/budgets", soft).json["id"])
        program.post("/budgets/years", YEAR)
        visit = str(counter.client(APPLICANT).post("/visits", VISIT | {"budget_reason": REASON}).json["id"])
        with (
            desk.serving(counter, FINANCE) as finance,
            desk.serving(counter, APPLICANT) as applicant,
            desk.serving(counter, MANAGER) as manager,
        ):
            yield Places(finance, applicant, manager, budget, visit)


@on_phone_and_desktop
@pytest.mark.parametrize("name", ["list", "empty", "budget", "new", "year", "approval"])
def test_a_page_is_accessible_and_fits(eye: Eye, places: Places, name: str, locale: str, width: int) -> None:
    eye.sees(places.address(name), locale, width, f"budgets-{name}")


def test_finance_adjusts_and_sees_the_movement(page: Page, places: Places) -> None:
    page.goto(f"{places.address('budget')}?lang=en")
    page.fill("#f-amount", "-12.50")
    page.fill("#f-reason", "Cut")
    page.click("button[value=adjust]")
    expect(page.locator(".part", has_text="Movements")).to_contain_text("-12.50 CNY")
    expect(page.locator("dl.facts")).to_contain_text("-12.50 CNY")


def test_approvers_see_the_bar_the_flag_and_the_reason(page: Page, places: Places) -> None:
    page.goto(f"{places.address('approval')}?lang=en")
    expect(page.locator(".budget-figures")).to_contain_text("900.00 CNY")
    expect(page.locator(".excess-reasoned")).to_contain_text("100.00 CNY above the budget.")
    expect(page.locator(".excess-reasoned")).to_contain_text(REASON)


def test_the_bar_follows_as_one_types_and_the_reason_appears_when_it_is_needed(page: Page, places: Places) -> None:
    page.goto(f"{places.applicant}/visits/new?lang=en")
    page.select_option("[name=site]", "hq")
    page.fill("[name=starts]", "2026-03-04T10:00")
    reason = page.locator("[name=budget_reason]")
    expect(reason).to_be_hidden()
    page.click("[data-rows=items] > [data-rows-add]")
    for name, text in {"day": "2026-03-04", "guests": "6", "hosts": "2", "price": "200"}.items():
        page.fill(f"[name='items.0.{name}']", text)
    expect(page.locator("#estimate .budget-figures")).to_contain_text("900.00 CNY")
    expect(page.locator("#estimate .excess-reasoned")).to_contain_text("above the budget")
    expect(reason).to_be_visible()
