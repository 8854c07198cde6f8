"""Rules of spending in Chromium: behind their real routes, clean for axe, on a phone and on a desk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from chalicelib.domain.compliance import SHIPPED
from chalicelib.handlers.compliance.shown import rule_values
from tests import company, desk
from tests.handlers.test_spending_rules import DINNER, EMPLOYEE, FINANCE
from tests.web.looking import Eye, on_phone_and_desktop

TITLE = {"titles.0.name": "亚特里姆科技（上海）有限公司", "titles.0.tax_id": "91310000MA1K00000X"}


@dataclass(frozen=True)
class Places:
    """Where the pages are: those of finance, and what everybody may look up."""

    finance: str
    employee: str
    limit: str

    def address(self, name: str) -> str:
        """By the page's name."""
        return {
            "list": f"{self.finance}/spending-rules",
            "empty": f"{self.finance}/spending-rules?grade=nobody",
            "limit": f"{self.finance}/spending-rules/{self.limit}",
            "shipped": f"{self.finance}/spending-rules/shipped-lodging-night-first",
            "new": f"{self.finance}/spending-rules/new",
            "settings": f"{self.finance}/spending-rules/settings",
            "mine": f"{self.employee}/spending-rules/mine",
            "there": f"{self.employee}/spending-rules/mine?place=上海市浦东新区",
        }[name]


@pytest.fixture(scope="module")
def places() -> Iterator[Places]:
    with pytest.MonkeyPatch.context() as patch:
        counter = desk.open_desk(patch)
        company.add_department(counter.store)
        for someone in (FINANCE, EMPLOYEE):
            company.add_person(counter.store, someone)
        program = counter.client(FINANCE)
        program.submit("/spending-rules/settings", rule_values(SHIPPED) | TITLE)
        program.post("/spending-rules", DINNER)
        limit = program.post("/spending-rules", DINNER | {"valid_from": "2026-06-01", "note": "费用管理办法 §3"})
        with desk.serving(counter, FINANCE) as finance, desk.serving(counter, EMPLOYEE) as employee:
            yield Places(finance, employee, str(limit.json["id"]))


@on_phone_and_desktop
@pytest.mark.parametrize("name", ["list", "empty", "limit", "shipped", "new", "settings", "mine", "there"])
def test_a_page_is_accessible_and_fits(eye: Eye, places: Places, name: str, locale: str, width: int) -> None:
    eye.sees(places.address(name), locale, width, f"rules-{name}")


def test_somebody_looks_up_a_place_on_a_phone(page: Page, places: Places) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{places.address('mine')}?lang=en")
    page.fill("input[name=place]", "Shanghai Pudong")
    page.press("input[name=place]", "Enter")
    expect(page.locator(".spending-place")).to_contain_text("First-tier cities")
    hotel = page.locator("section", has=page.get_by_role("heading", name="Lodging", exact=True))
    expect(hotel).to_contain_text("700.00 CNY a person and night")
    expect(page.locator(".spending-title")).to_contain_text("91310000MA1K00000X")


def test_finance_makes_a_finding_block_and_a_wrong_sum_is_shown_at_its_field(page: Page, places: Places) -> None:
    page.goto(f"{places.address('settings')}?lang=en")
    page.select_option("[name='severities.alcohol']", "block")
    page.fill("[name='sums.0.auto']", "a lot")
    page.click(".decision-bar button")
    expect(page.locator(".error-summary")).to_contain_text("This is no amount of this currency.")
    expect(page.locator("[name='severities.alcohol']")).to_have_value("block")
    page.fill("[name='sums.0.auto']", "800")
    page.click(".decision-bar button")
    expect(page).to_have_url(re.compile(r"/spending-rules$"))
    expect(page.locator(".figures")).to_contain_text("800.00 CNY")
