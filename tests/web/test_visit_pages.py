"""Pages of visits and approvals: what they show to whom, how they are used, and that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast
from urllib.parse import parse_qs

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from chalicelib.domain.passes import pass_for
from chalicelib.domain.visits import Status
from chalicelib.handlers.visits import shown
from tests.web import visit_demo as demo


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, list[bytes]]]:
    with demo.serving() as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_context(reduced_motion="reduce", timezone_id="Europe/Berlin")
    yield opened.new_page()
    opened.close()


LOOKED_AT = (
    *("visits", "visits-empty", "form", "form-refused", "visit-draft", "visit-returned", "visit-arrived"),
    *("visit-stranger", "approvals", "approvals-decided", "approval", "approval-refused", "approval-decided"),
)
LOOKS = [("zh-CN", "light", 390), ("en", "dark", 1440)]


@pytest.mark.slow
@pytest.mark.parametrize(("locale", "theme", "width"), LOOKS)
@pytest.mark.parametrize("name", LOOKED_AT)
def test_a_page_is_accessible_and_fits(page: Page, server: Any, name: str, locale: str, theme: str, width: int) -> None:
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{server[0]}/{name}?lang={locale}&theme={theme}")
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []


# ---------------------------------------------------------------- what is shown to whom
@pytest.mark.parametrize(
    ("status", "offered"),
    [
        ("draft", ["cancel", "submit"]),
        ("pending", ["cancel", "withdraw"]),
        ("returned", ["cancel", "submit"]),
        ("approved", ["cancel"]),
        ("rejected", []),
        ("closed", []),
    ],
)
def test_the_bar_offers_exactly_the_moves_that_the_status_allows(status: Status, offered: list[str]) -> None:
    html = demo.draw(f"visit-{status}", "en")
    moves = ("submit", "withdraw", "cancel")
    assert sorted(move for move in moves if f'name="action" value="{move}"' in html) == sorted(offered)
    assert ("/edit" in html) == (status in ("draft", "returned"))


def test_only_who_receives_the_visitors_gets_their_links_and_full_numbers() -> None:
    mine, strangers = demo.draw("visit-approved", "en"), demo.draw("visit-stranger", "en")
    assert 'href="/i/link1"' in mine
    assert "+86 139 1234 5678" in mine
    assert "/i/link" not in strangers
    assert "1234 5678" not in strangers
    assert not any("invite" in guest for guest in demo.visit_page("en", "approved", me=demo.BOSS)["guests"])


def test_nobody_gets_what_signs_a_code() -> None:
    for guest in demo.visit_page("en", "approved")["guests"]:
        assert not {"nonce", "link"} & set(guest)


def test_a_script_in_a_visitors_name_is_text() -> None:
    assert "<script>alert" not in demo.draw("visit-approved", "en") + demo.draw("form-edit", "en")


def test_a_returned_visit_says_who_sent_it_back_and_why() -> None:
    html = demo.draw("visit-returned", "zh-CN")
    assert "王芳已退回" in html
    assert demo.COMMENTS["returned"] in html


def test_a_pending_visit_says_who_is_next_and_for_how_long() -> None:
    html = demo.draw("visit-pending", "zh-CN")
    assert "待王芳审批" in html
    assert "已等待4小时" in html


def test_a_decided_document_says_by_whom_and_offers_no_decision() -> None:
    html = demo.draw("approval-decided", "en")
    assert "Rejected by 王芳" in html
    assert "/actions" not in html


def test_times_are_those_of_the_site() -> None:
    assert "3月5日 周四 10:00–13:00" in demo.draw("visit-approved", "zh-CN")


def test_a_page_waits_for_its_invitations_only_until_they_are_sent() -> None:
    sending = replace(demo.view("approved"), visit=demo.a_visit("approved", invited_at=None), guests=(), passes=())
    data = shown.page_data(cast(Any, demo.Asked("en")), sending)
    waiting = demo.render("visit.html", data, demo.page("en", "light", "/visits", {}))
    assert 'hx-trigger="every' in waiting
    assert 'hx-trigger="every' not in demo.draw("visit-approved", "en")


# ---------------------------------------------------------------- a visitor's standing over several days
def test_of_several_days_the_present_one_counts_unless_somebody_is_still_inside() -> None:
    visit = demo.a_visit("approved")
    guest = demo._guests(visit)[0]
    first = demo.STARTS.date()
    days = [pass_for(visit, guest, first + timedelta(days=each)) for each in range(3)]
    assert shown.current(days, first - timedelta(days=2)) == days[0]
    assert shown.current(days, first + timedelta(days=1)) == days[1]
    still = replace(days[0], status="inside")
    assert shown.current([still, *days[1:]], first + timedelta(days=1)) == still
    assert shown.current([], first) is None


# ---------------------------------------------------------------- the form
def sent(server: Any) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(server[1][-1].decode(), keep_blank_values=True).items()}


def test_a_simple_visit_needs_a_purpose_a_name_and_a_phone_number(page: Page, server: Any) -> None:
    page.goto(f"{server[0]}/form")
    page.fill("[name=purpose]", "方案评审")
    page.fill("[name='visitors.0.name']", "李娜")
    page.fill("[name='visitors.0.phone']", "13912345678")
    page.click("button[value=true]")
    fields = sent(server)
    assert fields["submit"] == "true"
    assert (fields["site"], fields["host"]) == ("hq", demo.ME.id)
    assert (fields["starts"], fields["ends"]) == ("2026-03-03T10:00", "2026-03-03T12:00")
    assert "version" not in fields


def test_a_draft_is_saved_without_being_submitted(page: Page, server: Any) -> None:
    page.goto(f"{server[0]}/form")
    page.click(".decision-bar .btn:not(.btn-primary)")
    assert "submit" not in sent(server)


def test_a_colleague_is_found_by_typing_and_chosen_with_the_keyboard(page: Page, server: Any) -> None:
    page.goto(f"{server[0]}/form")
    page.fill("#f-host", "王")
    page.wait_for_selector("#f-host[aria-expanded=true]")
    assert Axe().run(page).violations_count == 0
    page.press("#f-host", "Enter")
    assert page.input_value("#f-host") == "王芳"
    page.click("button[value=true]")
    assert sent(server)["host"] == demo.BOSS.id


def test_a_name_that_nobody_has_leaves_the_person_who_was_chosen(page: Page, server: Any) -> None:
    page.goto(f"{server[0]}/form")
    page.fill("#f-host", "Nobody")
    page.wait_for_selector(".people-list:not([hidden])")
    page.press("#f-host", "Tab")
    assert page.input_value("#f-host") == demo.ME.name


def test_a_colleague_of_an_added_row_is_sent_in_that_row(page: Page, server: Any) -> None:
    page.goto(f"{server[0]}/form")
    page.click("[data-rows=team] [data-rows-add]")
    page.fill("#f-team-0-person", "欧阳")
    page.click("[role=option] >> text=欧阳晓雯")
    page.fill("[name='team.0.task']", "翻译")
    page.click("button[value=true]")
    assert sent(server)["team.0.person"] == "HELPER"


def test_without_script_the_applicant_is_the_host(browser: Browser, server: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{server[0]}/form")
    plain.fill("[name=purpose]", "方案评审")
    plain.click("button[value=true]")
    assert sent(server)["host"] == demo.ME.id
    context.close()


def test_the_visit_keeps_its_length_when_its_start_moves_also_in_another_time_zone(page: Page, server: Any) -> None:
    page.goto(f"{server[0]}/form")
    page.fill("[name=starts]", "2026-03-04T09:30")
    page.dispatch_event("[name=starts]", "change")
    assert page.input_value("[name=ends]") == "2026-03-04T11:30"


def test_only_rooms_of_the_chosen_site_are_offered(page: Page, server: Any) -> None:
    page.goto(f"{server[0]}/form")
    page.click("[data-rows=rooms] [data-rows-add]")
    offered = "all => all.filter(each => each.value && !each.disabled).map(each => each.value)"
    assert page.eval_on_selector_all("[name='rooms.0.room'] option", offered) == ["xinghai", "qingshan"]
    page.select_option("[name=site]", "lab")
    assert page.eval_on_selector_all("[name='rooms.0.room'] option", offered) == ["taihu"]


def test_a_refused_form_shows_and_sends_again_all_that_was_typed(page: Page, server: Any) -> None:
    page.goto(f"{server[0]}/form-refused")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.click(".error-summary a[href='#f-visitors-1-phone']")
    assert page.evaluate("document.activeElement.name") == "visitors.1.phone"
    assert page.input_value("#f-host") == "王芳"
    page.click("button[value=true]")
    fields = sent(server)
    assert {name: fields[name] for name in demo.REFUSED["values"]} == demo.REFUSED["values"]


def test_the_form_of_a_visit_sends_it_back_as_it_was(page: Page, server: Any) -> None:
    page.goto(f"{server[0]}/form-edit")
    page.click("button[value=true]")
    fields = sent(server)
    assert fields["version"] == "4"
    assert fields["visitors.1.email"] == "anna.berg@nordlicht.example"
    assert fields["visitors.2.name"] == "<script>alert(1)</script>"
    assert (fields["team.0.person"], fields["rooms.0.room"], fields["rooms.0.starts"]) == ("HELPER", "xinghai", "")


# ---------------------------------------------------------------- the inbox
def test_the_inbox_is_walked_and_opened_by_keyboard(page: Page, server: Any) -> None:
    page.goto(f"{server[0]}/approvals")
    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
    assert "Anna Berg" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_url("**/approvals/visit-1.1")


def test_returning_needs_a_comment_and_approving_does_not(page: Page, server: Any) -> None:
    page.goto(f"{server[0]}/approval")
    page.click("button[value=return]")
    assert page.evaluate("document.activeElement.name") == "comment"
    page.click("button[value=approve]")
    assert sent(server)["action"] == "approve"
    assert sent(server)["version"] == "4"


def test_rejecting_asks_first(page: Page, server: Any) -> None:
    page.goto(f"{server[0]}/approval")
    page.fill("[name=comment]", "请改期")
    before = len(server[1])
    page.click("button[value=reject]")
    page.wait_for_selector("dialog[open]")
    assert len(server[1]) == before
    page.click("dialog [value=yes]")
    page.wait_for_load_state()
    assert (sent(server)["action"], sent(server)["comment"]) == ("reject", "请改期")
