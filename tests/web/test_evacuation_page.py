"""The evacuation list on guards' phones: ticks come together, and none is lost without network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import desk, reception
from tests.desk import Desk

QR = reception.qr_text(desk.VISIT, desk.GUEST)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Desk:
    opened = desk.open_desk(monkeypatch)
    assert opened.client().post("/gate/scans", {"code": QR, "gate": "hq/east"}).json["result"] == "checked_in"
    return opened


@pytest.fixture
def phones(at: Desk, browser: Browser) -> Iterator[list[BrowserContext]]:
    with desk.serving(at) as origin:
        options = {"viewport": {"width": 390, "height": 844}, "locale": "zh-CN", "base_url": origin}
        contexts = [browser.new_context(**options) for _ in range(2)]
        for context in contexts:
            context.clock.install(time=at.now)
        yield contexts
        for context in contexts:
            context.close()


def opened(phone: BrowserContext) -> Page:
    page = phone.new_page()
    page.goto("/gate/evacuation?site=hq")
    expect(page.locator("[data-missing]")).to_have_text("1")
    return page


def test_a_tick_that_was_made_without_network_reaches_the_other_guards_once_it_is_back(
    at: Desk, phones: list[BrowserContext]
) -> None:
    mine, other = (opened(phone) for phone in phones)
    phones[0].set_offline(True)
    mine.locator(".evacuation-box").check()
    expect(mine.locator("[data-missing]")).to_have_text("0")
    expect(mine.locator("[data-away]")).to_contain_text("1")
    expect(other.locator("[data-missing]")).to_have_text("1")
    phones[0].set_offline(False)
    expect(mine.locator("[data-away]")).to_be_hidden()
    expect(other.locator("[data-missing]")).to_have_text("0", timeout=10000)
    expect(other.locator(".evacuation-box")).to_be_checked()


def test_whoever_comes_in_meanwhile_is_announced(at: Desk, phones: list[BrowserContext]) -> None:
    page = opened(phones[0])
    late = reception.a_visit(id="01KJPX9W3TZ4QZ6T1N7V0F2B5D", number="20260002")
    at.store.write(*reception.invited(late, reception.a_guest(late, name="李雷")))
    at.client().post("/gate/scans", {"code": "20260002-1", "gate": "hq/east"})
    expect(page.locator("[data-news]")).to_be_visible(timeout=10000)


def test_the_list_is_accessible(at: Desk, phones: list[BrowserContext]) -> None:
    found = Axe().run(opened(phones[0]), options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
