"""What holds for every page: everybody can use it, it complains of nothing, and it is no wider than its screen."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Frame, Page, Request

PICTURES = os.environ.get("ATRIUM_PICTURES", "")
"""A folder for screenshots, to look at; none are taken without one."""
PAUSE, PAUSES = 40, 500
"""Milliseconds in which a page may begin another request before it counts as ready; how often it may."""

on_phone_and_desktop = pytest.mark.parametrize(("locale", "width"), [("zh-CN", 390), ("en", 1440)])


@dataclass
class Eye:
    """One page that looks at many: a new one for each would cost three times as much as looking."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    under_way: set[Request] = field(default_factory=set)

    @staticmethod
    def of(browser: Browser) -> Eye:
        """An eye that keeps what the console says and knows what is still loading."""
        context = browser.new_context(reduced_motion="reduce", timezone_id="Europe/Berlin")
        eye = Eye(context.new_page())
        eye.page.on("framenavigated", eye._begin)
        eye.page.on("console", eye._hear)
        eye.page.on("pageerror", lambda error: eye.complaints.append(str(error)))
        eye.page.on("request", lambda each: eye.under_way.add(each))
        eye.page.on("requestfinished", lambda each: eye.under_way.discard(each))
        eye.page.on("requestfailed", lambda each: eye.under_way.discard(each))
        return eye

    def _begin(self, frame: Frame) -> None:
        """Another page is there: what the one before complained of, whose server may be gone, is forgotten."""
        if frame == self.page.main_frame:
            self.complaints.clear()

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            self.complaints.append(said.text)

    def sees(self, address: str, locale: str, width: int, picture: str = "") -> Page:
        """Look at a page as somebody who never was there; `picture` names the screenshot."""
        page = self.page
        page.context.clear_cookies()
        page.set_viewport_size({"width": width, "height": 900})
        self.under_way.clear()
        page.goto(f"{address}{'&' if '?' in address else '?'}lang={locale}")
        self._wait()
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{picture or 'page'}-{width}.png", full_page=True)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert self.complaints == []
        return page

    def _wait(self) -> None:
        """Until what the page asked for when it was opened is there."""
        for _ in range(PAUSES):
            self.page.wait_for_timeout(PAUSE)
            if not self.under_way:
                return
        raise AssertionError(f"still loading: {[each.url for each in self.under_way]}")
