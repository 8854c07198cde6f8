"""What every journey in a browser needs: signing in through the page, and looking at pages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.stack import Stack

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}


@contextmanager
def signed_in(browser: Browser, stack: Stack, login: str, locale: str, size: dict[str, int]) -> Iterator[Page]:
    """A browser in which the person signed in through the page."""
    context = browser.new_context(locale=locale, viewport=size, base_url=stack.url)  # type: ignore[arg-type]
    page = context.new_page()
    facts = next(each for each in stack.people if each["login"] == login)
    page.goto("/")
    page.fill("[name=login]", login)
    page.fill("[name=password]", facts["password"])
    page.click("button[type=submit]")
    if "totp_secret" in facts:
        page.fill("[name=code]", stack.person(login).code())
        page.click("button[type=submit]")
    expect(page.locator(".topbar")).to_be_visible(timeout=20_000)
    yield page
    context.close()


def look(page: Page, name: str) -> None:
    """Keep a picture where ATRIUM_PICTURES names a folder, and ask axe whether everybody can use the page."""
    found = [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in Axe().run(page).response["violations"]]
    if "ATRIUM_PICTURES" in os.environ:
        page.screenshot(path=Path(os.environ["ATRIUM_PICTURES"]) / f"{name}.png", full_page=True)
    assert not found, f"{name}: {found}"
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not wide, f"{name} scrolls sideways"
