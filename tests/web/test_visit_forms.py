"""The visit form, the inbox and the decision in a real browser: what is sent, by mouse, by keyboard, without script."""

from __future__ import annotations

from urllib.parse import parse_qs

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.web import visit_demo as demo
from tests.web.visit_server import Server


def sent(server: Server) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(server[1][-1].decode(), keep_blank_values=True).items()}


def test_a_simple_visit_needs_a_purpose_a_name_and_a_phone_number(page: Page, server: Server) -> None:
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


def test_a_draft_is_saved_without_being_submitted(page: Page, server: Server) -> None:
    page.goto(f"{server[0]}/form")
    page.click(".decision-bar .btn:not(.btn-primary)")
    assert "submit" not in sent(server)


def test_a_colleague_is_found_by_typing_and_chosen_with_the_keyboard(page: Page, server: Server) -> None:
    page.goto(f"{server[0]}/form")
    page.fill("#f-host", "王")
    page.wait_for_selector("#f-host[aria-expanded=true]")
    assert Axe().run(page).violations_count == 0
    page.press("#f-host", "Enter")
    assert page.input_value("#f-host") == "王芳"
    page.click("button[value=true]")
    assert sent(server)["host"] == demo.BOSS.id


def test_a_name_that_nobody_has_leaves_the_person_who_was_chosen(page: Page, server: Server) -> None:
    page.goto(f"{server[0]}/form")
    page.fill("#f-host", "Nobody")
    page.wait_for_selector(".people-list:not([hidden])")
    page.press("#f-host", "Tab")
    assert page.input_value("#f-host") == demo.ME.name


def test_a_colleague_of_an_added_row_is_sent_in_that_row(page: Page, server: Server) -> None:
    page.goto(f"{server[0]}/form")
    page.click("[data-rows=team] [data-rows-add]")
    page.fill("#f-team-0-person", "欧阳")
    page.click("[role=option] >> text=欧阳晓雯")
    page.fill("[name='team.0.task']", "翻译")
    page.click("button[value=true]")
    assert sent(server)["team.0.person"] == "HELPER"


def test_without_script_the_applicant_is_the_host(browser: Browser, server: Server) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{server[0]}/form")
    plain.fill("[name=purpose]", "方案评审")
    plain.click("button[value=true]")
    assert sent(server)["host"] == demo.ME.id
    context.close()


def test_the_visit_keeps_its_length_when_its_start_moves_also_in_another_time_zone(page: Page, server: Server) -> None:
    page.goto(f"{server[0]}/form")
    page.fill("[name=starts]", "2026-03-04T09:30")
    page.dispatch_event("[name=starts]", "change")
    assert page.input_value("[name=ends]") == "2026-03-04T11:30"


def test_only_rooms_of_the_chosen_site_are_offered(page: Page, server: Server) -> None:
    page.goto(f"{server[0]}/form")
    page.click("[data-rows=resources] [data-rows-add]")
    offered = "all => all.filter(each => each.value && !each.disabled).map(each => each.value)"
    assert page.eval_on_selector_all("[name='resources.0.resource'] option", offered) == ["xinghai", "qingshan"]
    page.select_option("[name=site]", "lab")
    assert page.eval_on_selector_all("[name='resources.0.resource'] option", offered) == ["taihu"]


def test_a_refused_form_shows_and_sends_again_all_that_was_typed(page: Page, server: Server) -> None:
    page.goto(f"{server[0]}/form-refused")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.click(".error-summary a[href='#f-visitors-1-phone']")
    assert page.evaluate("document.activeElement.name") == "visitors.1.phone"
    assert page.input_value("#f-host") == "王芳"
    page.click("button[value=true]")
    fields = sent(server)
    assert {name: fields[name] for name in demo.REFUSED["values"]} == demo.REFUSED["values"]


def test_the_form_of_a_visit_sends_it_back_as_it_was(page: Page, server: Server) -> None:
    page.goto(f"{server[0]}/form-edit")
    page.click("button[value=true]")
    fields = sent(server)
    assert fields["version"] == "4"
    assert fields["visitors.1.email"] == "anna.berg@nordlicht.example"
    assert fields["visitors.2.name"] == "<script>alert(1)</script>"
    assert (fields["team.0.person"], fields["resources.0.resource"], fields["resources.0.starts"]) == (
        "HELPER",
        "xinghai",
        "",
    )


def test_the_inbox_is_walked_and_opened_by_keyboard(page: Page, server: Server) -> None:
    page.goto(f"{server[0]}/approvals")
    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
    assert "Anna Berg" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_url("**/approvals/visit-1.1")


def test_returning_needs_a_comment_and_approving_does_not(page: Page, server: Server) -> None:
    page.goto(f"{server[0]}/approval")
    page.click("button[value=return]")
    assert page.evaluate("document.activeElement.name") == "comment"
    page.click("button[value=approve]")
    assert sent(server)["action"] == "approve"
    assert sent(server)["version"] == "4"


def test_rejecting_asks_first(page: Page, server: Server) -> None:
    page.goto(f"{server[0]}/approval")
    page.fill("#f-comment", "请改期")
    before = len(server[1])
    page.click("button[value=reject]")
    page.wait_for_selector("dialog[open]")
    assert len(server[1]) == before
    with page.expect_navigation():
        page.click("dialog [value=yes]")
    assert (sent(server)["action"], sent(server)["comment"]) == ("reject", "请改期")
