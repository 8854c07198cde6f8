"""Reports in Chromium: every view behind its real route, clean for axe, fitting a phone; figures lead on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from chalicelib.services import directory
from tests import company, desk
from tests.handlers.test_budgets import BUDGET, FINANCE, MANAGER
from tests.handlers.test_reports import EVERYTHING, MEI, SALES, spend_some
from tests.web.looking import Eye, on_phone_and_desktop

PAGES = {
    "departments": "/reports?",
    "customers": "/reports?by=customer&",
    "budgets": "/reports?view=budgets&",
    "approvals": "/reports?view=approvals&",
    "excess": "/reports?view=excess&",
    "second_look": "/reports?view=second_look&",
    "empty": "/reports?by=project&department=01SALES&",
    "expenses": "/reports/expenses?",
}


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    """Where finance's pages are."""
    directory.forget()
    with pytest.MonkeyPatch.context() as patch:
        counter = desk.open_desk(patch)
        company.add_department(counter.store)
        company.add_department(counter.store, SALES)
        for someone in (FINANCE, MANAGER, MEI):
            company.add_person(counter.store, someone)
        spend_some(counter)
        for facts in ({}, {"category": "travel", "amount": "25000.50"}):
            counter.client(FINANCE).post("/budgets", BUDGET | facts)
        with desk.serving(counter, FINANCE) as finance:
            yield finance
    directory.forget()


@on_phone_and_desktop
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_fits(eye: Eye, origin: str, name: str, locale: str, width: int) -> None:
    page = eye.sees(f"{origin}{PAGES[name]}{EVERYTHING}", locale, width, f"reports-{name}")
    expect(page.locator("header.page-head h1")).to_be_visible()


def test_a_figure_leads_to_its_expenses_and_back(page: Page, origin: str) -> None:
    page.goto(f"{origin}/reports?by=customer&{EVERYTHING}&lang=en")
    page.get_by_role("link", name="远航").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("远航")
    assert page.get_by_text("CL1").count() == 2
    page.get_by_role("link", name="Back to the report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reports")
