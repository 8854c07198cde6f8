"""Standards, the estimate beside the form, items and checklist in Chromium: behind their real routes, clean for axe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from chalicelib.services import checklist
from chalicelib.services.call import Call
from infra import example_reception as example
from tests import company, desk
from tests.services.conftest import new_id
from tests.web.looking import Eye, on_phone_and_desktop

ADMIN = company.person("admin", roles=frozenset({"employee", "administrator"}), second_factor_since=company.LONG_AGO)
MANAGER = company.person("manager", name="陈经理", manager=ADMIN.id)
APPLICANT = company.person("applicant", manager=MANAGER.id)
DAY = "2026-03-04"
ITEMS = (
    {"type": "meal", "day": DAY, "meal": "dinner", "guests": 6, "hosts": 2, "price": "300", "reason": "董事长出席"},
    {"type": "lodging", "day": DAY, "nights": 2, "rooms": 3, "room_level": "business", "venue": "星湖酒店"},
    {"type": "transport", "day": DAY, "vehicle": "van", "legs": [{"origin": "虹桥站", "goal": "总部"}], "price": "260"},
)  # fmt: skip
VISIT = {
    "site": "hq", "starts": f"{DAY}T10:00", "ends": f"{DAY}T16:00", "purpose": "新一代机柜方案评审", "level": "B",
    "visitors": [{"name": "王芳", "phone": "13912345678", "company": "远航"}], "submit": True, "items": ITEMS,
}  # fmt: skip


@dataclass(frozen=True)
class Places:
    """Where the pages are."""

    desk: desk.Desk
    origin: str
    visit: str
    standard: str

    def paths(self) -> dict[str, str]:
        """By name."""
        return {
            "form": f"/visits/{self.draft()}/edit",
            "visit": f"/visits/{self.visit}",
            "standards": "/standards",
            "standard": f"/standards/{self.standard}",
            "new": "/standards/new",
            "levels": "/standards/levels",
        }

    def draft(self) -> str:
        body = VISIT | {"submit": False}
        return str(self.desk.client(ADMIN).post("/visits", body).json["id"])


@pytest.fixture(scope="module")
def places() -> Iterator[Places]:
    with pytest.MonkeyPatch.context() as patch:
        counter = desk.open_desk(patch)
        company.add_department(counter.store)
        for someone in (ADMIN, MANAGER, APPLICANT):
            company.add_person(counter.store, someone)
        program = counter.client(ADMIN)
        program.post("/standards/levels", {"levels": list(example.LEVELS)})
        made = [program.post("/standards", standard).json["id"] for standard in example.standards("hq")]
        program.post("/standards", {"type": "tour", "valid_from": "2026-06-01", "amount": "60"})
        visit = str(counter.client(APPLICANT).post("/visits", VISIT).json["id"])
        counter.client(MANAGER).post(f"/approvals/visit-{visit}/actions", {"action": "approve"})
        checklist.follow(Call(counter.store, counter.now, new_id, None, "system:drive", permitted=["stream"]), visit)
        with desk.serving(counter, ADMIN) as origin:
            yield Places(counter, origin, visit, made[-3])


@on_phone_and_desktop
@pytest.mark.parametrize("name", ["form", "visit", "standards", "standard", "new", "levels"])
def test_a_page_is_accessible_and_fits(eye: Eye, places: Places, name: str, locale: str, width: int) -> None:
    eye.sees(f"{places.origin}{places.paths()[name]}", locale, width, f"reception-{name}")


def fill(page: Page, **values: str) -> None:
    for name, text in values.items():
        field = page.locator(f"[name='items.0.{name}']")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(text)
        else:
            field.fill(text)


def with_an_item(page: Page, places: Places) -> Any:
    """The form of a new visit with one item added; the row's standard."""
    page.goto(f"{places.origin}/visits/new?lang=en")
    page.select_option("[name=site]", "hq")
    page.fill("[name=starts]", f"{DAY}T10:00")
    page.click("[data-rows=items] > [data-rows-add]")
    return page.locator("#items-0-standard")


def test_the_standard_is_told_and_the_estimate_follows_as_one_types(page: Page, places: Places) -> None:
    told = with_an_item(page, places)
    page.select_option("[name=level]", "B")
    fill(page, day=DAY, meal="lunch", guests="6", hosts="2")
    expect(told).to_contain_text("160.00 CNY a head")
    expect(page.locator("#estimate")).to_contain_text("1,280.00 CNY")
    fill(page, price="200")
    expect(page.locator("#estimate .estimate-total")).to_contain_text("1,600.00 CNY")
    expect(told).to_contain_text("Amount above the standard")


def test_the_reason_is_asked_for_where_a_standard_is_exceeded_only(page: Page, places: Places) -> None:
    told = with_an_item(page, places)
    reason = page.locator("[name='items.0.reason']")
    page.select_option("[name=level]", "B")
    fill(page, day=DAY, meal="lunch", guests="6")
    expect(told).to_contain_text("160.00 CNY")
    expect(reason).to_be_hidden()
    fill(page, price="999")
    expect(reason).to_be_visible()


def test_only_the_fields_of_the_chosen_type_are_shown_and_sent(page: Page, places: Places) -> None:
    with_an_item(page, places)
    expect(page.locator("[name='items.0.nights']")).to_be_hidden()
    fill(page, type="lodging")
    expect(page.locator("[name='items.0.nights']")).to_be_visible()
    shown = "all => all.filter(each => !each.disabled).map(each => each.name.replace('items.0.', ''))"
    assert set(page.eval_on_selector_all("[name^='items.0.']", shown)) == {
        *("type", "day", "room_level", "venue", "rooms", "nights", "price", "reason", "note", "owner"),
    }


def test_a_removed_item_leaves_the_estimate(page: Page, places: Places) -> None:
    with_an_item(page, places)
    fill(page, guests="6", price="100")
    expect(page.locator("#estimate .estimate-total")).to_contain_text("600.00 CNY")
    page.click("[data-rows=items] > [data-rows-list] > [data-row] > [data-rows-remove]")
    expect(page.locator("#estimate")).to_contain_text("see here what they cost")


def test_what_is_blocked_says_so_before_anybody_submits(page: Page, places: Places) -> None:
    told = with_an_item(page, places)
    fill(page, type="alcohol", what="Wine", guests="4", bottles="1", price="80")
    expect(told.locator(".excess-blocked")).to_contain_text("Not allowed by the standard")


def test_without_script_items_can_be_filled_in(browser: Browser, places: Places) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{places.origin}/visits/new?lang=en")
    plain.fill("[name=purpose]", "Talks")
    plain.fill("[name='visitors.0.name']", "王芳")
    plain.fill("[name='visitors.0.phone']", "13912345678")
    plain.select_option("[name='items.0.type']", "transport")
    plain.fill("[name='items.0.price']", "999")
    plain.click("button[value=true]")
    expect(plain.locator(".error-summary")).to_be_visible()
    assert plain.input_value("[name='items.0.price']") == "999"
    context.close()


def test_a_task_is_ticked_off_on_a_phone_and_opened_again(page: Page, places: Places) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{places.origin}/visits/{places.visit}?lang=en")
    listed = page.locator("#checklist tbody tr").first
    listed.locator("button[value=tick]").click()
    expect(page.locator("#checklist tbody tr").first).to_contain_text("Done")
    page.locator("#checklist button[value=untick]").first.click()
    expect(page.locator("#checklist button[value=untick]")).to_have_count(0)
