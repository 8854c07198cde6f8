"""What finance keeps, and changes of budgets, in Chromium: clean for axe, and a file is tried before it is taken in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import company, desk
from tests.handlers.test_budgets import BUDGET, DEPARTMENT, FINANCE
from tests.web.looking import Eye, on_phone_and_desktop

MANAGER = company.person("manager", name="陈经理")
HEAD = company.person(
    "head",
    name="林主管",
    manager=MANAGER.id,
    roles=frozenset({"employee", "finance"}),
    second_factor_since=company.LONG_AGO,
)
GROUP = {"key": "guests", "title": {"zh": "招待费", "en": "Entertainment"}, "categories": ["reception", "marketing"]}
TODAY = company.NOW.date()
DAYS = [TODAY - timedelta(days=back) for back in range(120)]
FILE = "Date,USD,CNY,JPY,GBP,\n" + "".join(f"{day},1.0{day:%d},7.8{day:%d},160.5,0.85,\n" for day in DAYS)
BUDGETS = "部门,类别,期间,预算,币种\n总部,接待,2026-03,2000,\n总部,培训,2026-03,300,\n"


@dataclass(frozen=True)
class Places:
    """Where the pages are, for each person, and what is on them."""

    finance: str
    head: str
    manager: str
    change: str
    draft: str
    budget: str

    def address(self, name: str) -> str:
        """By the page's name."""
        return {
            "rates": f"{self.finance}/rates",
            "no rates": f"{self.finance}/rates?day=2020-01-01",
            "categories": f"{self.finance}/expense-categories",
            "category": f"{self.finance}/expense-categories/lodging",
            "new category": f"{self.finance}/expense-categories/new",
            "groups": f"{self.finance}/budgets/groups",
            "import": f"{self.finance}/budgets/import",
            "budgets": f"{self.finance}/budgets?period=2026-03",
            "budget": f"{self.finance}/budgets/{self.budget}",
            "changes": f"{self.head}/budget-changes",
            "no changes": f"{self.finance}/budget-changes",
            "change": f"{self.head}/budget-changes/{self.change}",
            "draft": f"{self.head}/budget-changes/{self.draft}",
            "new change": f"{self.head}/budget-changes/new?line={self.budget}",
            "edit": f"{self.head}/budget-changes/{self.draft}/edit",
            "approval": f"{self.manager}/approvals/budget_change-{self.change}",
        }[name]


NAMES = (
    *("rates", "no rates", "categories", "category", "new category", "groups", "import", "budgets", "budget"),
    *("changes", "no changes", "change", "draft", "new change", "edit", "approval"),
)


@pytest.fixture(scope="module")
def places() -> Iterator[Places]:
    with pytest.MonkeyPatch.context() as patch:
        counter = desk.open_desk(patch)
        company.add_department(counter.store)
        for someone in (FINANCE, MANAGER, HEAD):
            company.add_person(counter.store, someone)
        program = counter.client(FINANCE)
        budget = str(program.post("/budgets", BUDGET).json["id"])
        program.post("/budgets", BUDGET | {"category": "travel", "amount": "600"})
        program.post("/budgets/groups", {"groups": [GROUP]})
        program.post("/budgets", BUDGET | {"category": "group:guests", "period": "2026", "amount": "90000"})
        while program.post("/rates/import", FILE.encode()).json["left"]:
            pass
        program.post("/rates", {"day": str(TODAY), "currency": "USD", "base": "CNY", "value": "7.2"})
        wish = {"what": "transfer", "line": budget, "source": budget.replace("reception", "travel"), "amount": "250"}
        wish |= {"reason": "四月展会增加接待"}
        own = counter.client(HEAD)
        change = str(own.post("/budget-changes", wish | {"submit": True}).json["id"])
        draft = str(own.post("/budget-changes", wish | {"amount": "9000"}).json["id"])
        with (
            desk.serving(counter, FINANCE) as finance,
            desk.serving(counter, HEAD) as head,
            desk.serving(counter, MANAGER) as manager,
        ):
            yield Places(finance, head, manager, change, draft, budget)


@on_phone_and_desktop
@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_accessible_and_fits(eye: Eye, places: Places, name: str, locale: str, width: int) -> None:
    eye.sees(places.address(name), locale, width, f"finance-{name}")


def choose(page: Page, tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    page.set_input_files("[data-import-file]", tmp_path / name)


def test_a_file_with_rates_shows_what_it_changes_and_is_then_taken_in(
    page: Page, places: Places, tmp_path: Path
) -> None:
    page.goto(f"{places.address('rates')}?lang=en")
    choose(page, tmp_path, "hist.csv", FILE.replace("160.5", "161.5"))
    expect(page.locator("[data-import-said]")).to_have_text("New: 0. Changed: 120. The same: 0.")
    expect(page.locator("[data-import-changes] tbody tr").first).to_contain_text("JPY 160.5")
    with page.expect_navigation():
        page.click("[data-import-take]")
    expect(page.get_by_role("row", name="JPY")).to_contain_text("0.0")
    choose(page, tmp_path, "again.csv", FILE.replace("160.5", "161.5"))
    expect(page.locator("[data-import-said]")).to_have_text("Everything is there already as the file says.")
    expect(page.locator("[data-import-take]")).to_be_hidden()


def test_a_file_in_which_something_is_wrong_says_where(page: Page, places: Places, tmp_path: Path) -> None:
    page.goto(f"{places.address('import')}?lang=en")
    choose(page, tmp_path, "budgets.csv", BUDGETS.replace("300", "much").replace("2000", "-1"))
    expect(page.locator("[data-import-said]")).to_contain_text("2 places in the file")
    expect(page.locator("[data-import-places] li").first).to_contain_text("Row 2, 预算:")
    expect(page.locator("[data-import-take]")).to_be_hidden()
    choose(page, tmp_path, "other.csv", "nothing")
    expect(page.locator("[data-import-places] li").first).to_contain_text("This column is missing")


def test_budgets_are_taken_in_from_a_file(page: Page, places: Places, tmp_path: Path) -> None:
    page.goto(f"{places.address('import')}?lang=zh-CN")
    choose(page, tmp_path, "budgets.csv", BUDGETS)
    expect(page.locator("[data-import-said]")).to_have_text("新增 1，变动 1，相同 0。")
    with page.expect_navigation():
        page.click("[data-import-take]")
    page.goto(f"{places.finance}/budgets?period=2026-03&department={DEPARTMENT}&lang=zh-CN")
    expect(page.get_by_role("row", name="培训")).to_contain_text("300.00 CNY")


def test_a_transfer_is_asked_for_and_its_source_appears_in_place(page: Page, places: Places) -> None:
    page.goto(f"{places.address('new change')}&lang=en")
    expect(page.locator("[name=source]")).to_be_hidden()
    page.select_option("[name=what]", "transfer")
    expect(page.locator("[name=source]")).to_be_visible()
    page.fill("[name=amount]", "50")
    page.select_option("[name=source]", places.budget.replace("reception", "travel"))
    page.fill("[name=reason]", "Trade fair")
    with page.expect_navigation():
        page.click("button[name=submit]")
    expect(page.locator("h1")).to_have_text("Transfer from another budget · 50.00 CNY")
    expect(page.locator(".document-status")).to_contain_text("Awaiting approval")


def test_the_approver_reads_why_a_transfer_is_refused(page: Page, places: Places) -> None:
    page.goto(f"{places.address('draft')}?lang=en")
    expect(page.locator(".excess-blocked")).to_contain_text("600.00 CNY available is less than 9,000.00 CNY")
    page.click("button[value=submit]")
    expect(page.locator(".error-summary")).to_contain_text("9,000.00 CNY is asked for")
