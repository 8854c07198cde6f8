"""Every kind of page in a real browser: no accessibility violation, no sideways scroll, nothing blocked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Response

from chalicelib.web.assets import asset
from tests.web import demo
from tests.web.looking import Eye

LOOKS = [("zh-CN", "light", 390), ("zh-CN", "dark", 1440), ("en", "light", 1440), ("en", "dark", 390)]


@pytest.fixture
def opened(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(reduced_motion="reduce")
    yield context
    context.close()


def visit(context: BrowserContext, site: str, name: str, width: int, **query: str) -> tuple[Page, list[str]]:
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_viewport_size({"width": width, "height": 900})
    asked = {"lang": "zh-CN", "theme": "light"} | query
    page.goto(f"{site}/demo/{name}?" + "&".join(f"{key}={value}" for key, value in asked.items()))
    return page, complaints


@pytest.mark.parametrize(("locale", "theme", "width"), LOOKS)
@pytest.mark.parametrize("name", demo.PAGES)
def test_a_page_is_accessible_and_fits(eye: Eye, site: str, name: str, locale: str, theme: str, width: int) -> None:
    eye.sees(f"{site}/demo/{name}?theme={theme}", locale, width, name)


def test_at_twice_the_size_nothing_scrolls_sideways(opened: BrowserContext, site: str) -> None:
    for name in demo.PAGES:
        page, _ = visit(opened, site, name, 320)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(opened: BrowserContext, site: str) -> None:
    page, _ = visit(opened, site, "demo_form", 390, refused="1")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.click(".error-summary a[href='#f-visitors-1-phone']")
    assert page.evaluate("document.activeElement.id") == "f-visitors-1-phone"
    assert Axe().run(page).violations_count == 0


def test_rows_are_added_and_removed_in_place_and_stay_numbered(opened: BrowserContext, site: str) -> None:
    page, _ = visit(opened, site, "demo_form", 1440)
    page.fill("[name='visitors.1.name']", "赵敏")
    page.click("[data-rows-add]")
    assert page.evaluate("document.activeElement.name") == "visitors.2.name"
    assert page.locator("[data-rows-add]").is_disabled()
    page.fill("[name='visitors.2.name']", "孙丽")
    page.locator("[data-rows-remove]").nth(0).click()
    names = page.eval_on_selector_all("[name$='.name']", "all => all.map(each => [each.name, each.value])")
    assert names == [["visitors.0.name", "赵敏"], ["visitors.1.name", "孙丽"]]
    assert page.get_attribute("[name='visitors.1.phone']", "id") == "f-visitors-1-phone"
    assert Axe().run(page).violations_count == 0


def test_the_chosen_theme_is_shown_at_once_and_remembered(opened: BrowserContext, site: str) -> None:
    page, _ = visit(opened, site, "demo_list", 390)
    page.click(".menu summary")
    page.click("[data-theme-choice=dark]")
    assert page.get_attribute("html", "data-theme") == "dark"
    assert {cookie["name"]: cookie["value"] for cookie in opened.cookies()}["theme"] == "dark"
    assert Axe().run(page).violations_count == 0
    page.keyboard.press("Escape")
    assert page.locator(".menu[open]").count() == 0


def test_a_grave_decision_is_asked_about_first_and_sent_once(opened: BrowserContext, site: str) -> None:
    page, _ = visit(opened, site, "demo_document", 390)
    sent: list[str | None] = []
    page.route("**/demo/**", lambda route: (sent.append(route.request.post_data), route.fulfill(status=204)))
    page.click("[value=reject]")
    assert Axe().run(page).violations_count == 0
    page.click("dialog [value=no]")
    assert sent == []
    page.click("[value=reject]")
    page.click("dialog [value=yes]")
    page.click("[value=approve]", force=True)
    page.wait_for_timeout(200)
    assert len(sent) == 1
    assert sent[0]
    assert "action=reject" in sent[0]


def test_the_phone_bar_holds_at_most_five_areas_and_the_menu_the_rest(opened: BrowserContext, site: str) -> None:
    page, _ = visit(opened, site, "demo_list", 390)
    assert page.locator(".areas li:visible").count() == 5
    page.click(".menu summary")
    assert page.locator(".menu-areas a:visible").count() == 1


def test_the_invitation_is_light_and_works_without_script(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{site}/demo/demo_invite?lang=en&theme=auto", wait_until="networkidle")
    assert 0 < sum(len(answer.body()) for answer in answers) < 60_000
    assert page.locator(".menu-choice a[lang='zh-CN']").is_visible()
    context.close()


def test_bare_pages_need_neither_bootstrap_nor_script(demo_pages: None) -> None:
    html = demo.draw("demo_invite", "zh-CN", "light")
    assert "bootstrap" not in html
    assert "<script" not in html
    parts = [asset(name) for name in ("tokens.css", "components.css", "bare.css")]
    assert sum(len(part.content) for part in parts if part) + len(html.encode()) < 60_000
