"""Budget applications in Chromium: clean for axe, rows are added in place, budgets follow as one types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests import company, desk
from tests.handlers.test_applications import BUDGET, DINNER, TRAIN, body
from tests.handlers.test_budgets import APPLICANT, FINANCE, MANAGER
from tests.handlers.test_budgets import VISIT as VISIT_FORM
from tests.web.looking import Eye, on_phone_and_desktop

REASON = "重要客户临时增加人员"
LODGING = {"type": "lodging", "day": "2026-03-04", "until": "2026-03-07", "place": "苏州", "rooms": 2, "nights": 3}


@dataclass(frozen=True)
class Places:
    """Where the pages are: the applicant's, the approver's, finance's."""

    applicant: str
    manager: str
    finance: str
    pending: str
    draft: str
    approved: str
    visit: str

    def address(self, name: str) -> str:
        """By the page's name."""
        return {
            "list": f"{self.applicant}/applications",
            "empty": f"{self.applicant}/applications?status=rejected",
            "company": f"{self.finance}/applications?department=all&month=2026-03",
            "new": f"{self.applicant}/applications/new",
            "from-visit": f"{self.applicant}/applications/new?visit={self.visit}",
            "edit": f"{self.applicant}/applications/{self.draft}/edit",
            "pending": f"{self.applicant}/applications/{self.pending}",
            "approved": f"{self.applicant}/applications/{self.approved}",
            "approval": f"{self.manager}/approvals/application-{self.pending}",
        }[name]


@pytest.fixture(scope="module")
def places() -> Iterator[Places]:
    with pytest.MonkeyPatch.context() as patch:
        counter = desk.open_desk(patch)
        company.add_department(counter.store)
        for someone in (FINANCE, MANAGER, APPLICANT):
            company.add_person(counter.store, someone)
        finance, applicant, manager = (counter.client(each) for each in (FINANCE, APPLICANT, MANAGER))
        finance.post("/budgets", BUDGET | {"amount": "4000", "control": "soft"})
        finance.post("/budgets", BUDGET | {"category": "travel", "amount": "1000"})
        visit = str(applicant.post("/visits", dict(VISIT_FORM)).json["id"])
        approved = str(applicant.post("/applications", body(submit=True)).json["id"])
        task = manager.get("/approvals").json["items"]
        mine = next(each["id"] for each in task if each["id"].startswith("application-"))
        assert manager.post(f"/approvals/{mine}/actions", {"action": "approve"}).status == 200
        rows = (DINNER, TRAIN, LODGING | {"price": "450"})
        pending = applicant.post("/applications", body(*rows, submit=True, budget_reason=REASON))
        assert pending.status == 201, pending.text
        draft = str(applicant.post("/applications", body(*rows)).json["id"])
        with (
            desk.serving(counter, APPLICANT) as first,
            desk.serving(counter, MANAGER) as second,
            desk.serving(counter, FINANCE) as third,
        ):
            yield Places(first, second, third, str(pending.json["id"]), draft, approved, visit)


NAMES = ("list", "empty", "company", "new", "from-visit", "edit", "pending", "approved", "approval")


@on_phone_and_desktop
@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_accessible_and_fits(eye: Eye, places: Places, name: str, locale: str, width: int) -> None:
    eye.sees(places.address(name), locale, width, f"applications-{name}")


def test_each_type_shows_its_own_fields(page: Page, places: Places) -> None:
    page.goto(f"{places.address('new')}?lang=en")
    expect(page.locator("[name='rows.0.heads']")).to_be_visible()
    expect(page.locator("[name='rows.0.nights']")).to_be_hidden()
    page.select_option("[name='rows.0.type']", "lodging")
    expect(page.locator("[name='rows.0.nights']")).to_be_visible()
    expect(page.locator("[name='rows.0.heads']")).to_be_hidden()
    page.select_option("[name='rows.0.type']", "transport")
    for name in ("travel", "origin", "goal", "heads"):
        expect(page.locator(f"[name='rows.0.{name}']")).to_be_visible()


def test_budgets_follow_as_one_types_and_the_application_is_submitted(page: Page, places: Places) -> None:
    page.goto(f"{places.address('new')}?lang=en")
    page.fill("[name=purpose]", "Suzhou")
    page.fill("[name='rows.0.day']", "2026-03-11")
    page.fill("[name='rows.0.heads']", "2")
    page.fill("[name='rows.0.price']", "30")
    expect(page.locator("#rows-0-cost")).to_contain_text("60.00 CNY")
    page.click("[data-rows=rows] > [data-rows-add]")
    expect(page.locator("[name='rows.1.day']")).to_have_value("2026-03-11")
    page.select_option("[name='rows.1.type']", "transport")
    page.select_option("[name='rows.1.travel']", "train")
    for name, text in {"origin": "上海", "goal": "苏州", "heads": "1", "price": "900"}.items():
        page.fill(f"[name='rows.1.{name}']", text)
    travel = page.locator("#estimate .budget-part", has_text="Travel")
    expect(travel).to_contain_text("Asked for here: 900.00 CNY")
    expect(travel.locator(".excess-blocked")).to_contain_text("102.00 CNY above the budget")
    page.fill("[name=budget_reason]", "Board")
    page.click("button[name=submit]")
    expect(page.locator(".error-summary")).to_contain_text("The budget Travel 2026-03 has 798.00 CNY available")
    page.fill("[name='rows.1.price']", "100")
    page.click("button[name=submit]")
    expect(page.locator("h1")).to_have_text("Suzhou")
    expect(page.locator(".document-status")).to_contain_text("Awaiting approval")


def test_a_draft_saves_itself(page: Page, places: Places) -> None:
    page.goto(f"{places.address('new')}?lang=en")
    page.fill("[name=purpose]", "Saved by itself")
    page.fill("[name='rows.0.day']", "2026-03-12")
    page.fill("[name='rows.0.heads']", "3")
    page.fill("[name='rows.0.price']", "10")
    expect(page.locator("[data-draft]")).to_contain_text("Draft saved", timeout=15000)
    expect(page).to_have_url(page.url)
    assert page.url.endswith("/edit")


def test_what_is_left_goes_back_when_the_applicant_finishes(page: Page, places: Places) -> None:
    page.goto(f"{places.address('approved')}?lang=en")
    expect(page.locator(".budget-figures").first).to_be_visible()
    page.click("button[value=finish]")
    page.click("#confirm button[value=yes]")
    expect(page.locator(".document-status")).to_contain_text("Finished")
    expect(page.locator(".budget-figures")).to_have_count(0)
