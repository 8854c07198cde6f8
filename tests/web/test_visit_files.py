"""Files in the visit form, in a real browser: brought, saved with the draft, taken out; the answers are played."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from tests.web.test_visit_drafts import PAUSE, Played, filled
from tests.web.visit_server import Server

AGENDA = {"name": "agenda.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 agenda"}
FILE = "01KJPX9W3TZ4QZ6T1N7V0FILE9"
HELD = "01KJPX9W3TZ4QZ6T1N7V0FILE1"


def announcing(page: Page) -> list[dict[str, object]]:
    """Announcements, as they come in; every file arrives."""
    seen: list[dict[str, object]] = []

    def announce(route: Route) -> None:
        seen.append(json.loads(route.request.post_data or "{}"))
        said = {"id": FILE, "name": "agenda.pdf", "url": "/bucket", "fields": {"key": f"uploads/{FILE}"}}
        route.fulfill(status=201, content_type="application/json", body=json.dumps(said))

    page.route("**/uploads", announce)
    page.route("**/bucket", lambda route: route.fulfill(status=204))
    return seen


def brought(page: Page) -> None:
    page.set_input_files("#f-attachments", AGENDA)  # type: ignore[arg-type]
    expect(page.locator("input[name='attachments.0']:enabled")).to_have_value(FILE)


def test_a_draft_saves_itself_with_the_file_that_was_brought_and_without_it_once_it_is_taken_out(
    page: Page, server: Server
) -> None:
    announced = announcing(page)
    first = Played(page, "/visits", (201, {"id": "V1", "version": 1}))
    filled(page, server)
    page.clock.run_for(PAUSE)
    expect(page.locator("[name=version]")).to_have_value("1")
    assert "attachments.0" not in first.fields()
    then = Played(page, "/visits/V1", (200, {"id": "V1", "version": 2}), (200, {"id": "V1", "version": 3}))
    brought(page)
    page.clock.run_for(PAUSE)
    expect(page.locator("[name=version]")).to_have_value("2")
    assert (announced[0]["purpose"], then.fields()["attachments.0"]) == ("visit", FILE)
    page.click("[data-file-remove]")
    page.clock.run_for(PAUSE)
    expect(page.locator("[name=version]")).to_have_value("3")
    assert "attachments.0" not in then.fields()


@pytest.mark.parametrize(("locale", "width"), [("zh-CN", 390), ("en", 1440)])
def test_the_form_with_a_file_and_one_that_did_not_arrive_is_accessible(
    page: Page, server: Server, locale: str, width: int
) -> None:
    announcing(page)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{server[0]}/form?lang={locale}")
    brought(page)
    page.unroute("**/bucket")
    page.route("**/bucket", lambda route: route.fulfill(status=403))
    page.set_input_files("#f-attachments", AGENDA)  # type: ignore[arg-type]
    expect(page.locator(".file.field-wrong .field-error")).to_be_visible()
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_script_the_files_that_are_there_stay(browser: Browser, server: Server) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{server[0]}/form-edit?lang=en")
    assert "Adding files needs JavaScript" in plain.content()
    expect(plain.locator(".file-name")).to_have_text("日程安排 Agenda.pdf")
    plain.click("button[value=true]")
    assert parse_qs(server[1][-1].decode())["attachments.0"] == [HELD]
    context.close()


@pytest.mark.parametrize("name", ["visit-approved", "approval"])
def test_the_files_are_had_from_the_page(page: Page, server: Server, name: str) -> None:
    page.goto(f"{server[0]}/{name}?lang=en")
    link = page.locator(".files a")
    expect(link).to_have_attribute("href", f"/files/{HELD}")
    expect(page.locator(".file-size")).to_have_text("242 KB")
