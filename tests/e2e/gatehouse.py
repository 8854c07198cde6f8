"""A visitor with a telephone, and a guard with a hand scanner."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import requests
from playwright.sync_api import Locator, Page, expect

from tests.decoder import read_code
from tests.e2e.stack import Stack, wait_for

SOON = 15_000


@dataclass(frozen=True)
class Guest:
    """Somebody who comes: their name, and the phone (E.164) that gets the invitation."""

    name: str
    phone: str

    def messages(self, stack: Stack) -> list[str]:
        """What their phone got, oldest first."""
        return stack.messages_to(self.phone)

    def link(self, stack: Stack) -> str:
        """The address of their invitation, as soon as it is sent."""
        (first, *_) = wait_for(lambda: self.messages(stack), f"the invitation of {self.name}")
        found = re.search(r"http://\S+/i/[\w-]+", first)
        assert found, first
        return found[0]

    def code(self, stack: Stack) -> str:
        """What an independent decoder reads from their picture."""
        picture = requests.get(f"{self.link(stack)}/qr.png", timeout=30).content
        return read_code(picture)


@dataclass(frozen=True)
class Post:
    """The page of the site's first gate; `look` keeps a picture of it."""

    page: Page
    stack: Stack
    site: dict[str, Any]
    look: Callable[[Page, str], None]

    def open(self) -> None:
        """Stand at the gate, with the page kept on the device for the time without network."""
        self.page.goto(f"/gate?gate={self.site['id']}/{self.site['gates'][0]['id']}")
        expect(self.page.locator(".gate[data-kept]")).to_be_visible(timeout=SOON)

    def scan(self, guest: Guest) -> Locator:
        """Hold the guest's code under the scanner, which types it; the answer on the screen."""
        code = guest.code(self.stack)
        self.page.wait_for_selector("#code")
        self.page.keyboard.type(code)
        self.page.keyboard.press("Enter")
        return self.page.locator(".gate-result")

    def lets_in(self, guest: Guest, badge: str) -> None:
        """Scan, and hand out a badge."""
        answer = self.scan(guest)
        expect(answer).to_have_attribute("data-shown", "checked_in", timeout=SOON)
        expect(answer).to_contain_text(guest.name)
        answer.get_by_role("button").first.click()
        answer.locator("input").fill(badge)
        self.look(self.page, "7-badge")
        self.page.keyboard.press("Enter")
        expect(answer).to_have_attribute("data-shown", "badge_out", timeout=SOON)

    def keeps_without_network(self, guest: Guest) -> None:
        """The network is cut: the device checks the code, keeps the passage, and sends it when there is one again."""
        code, state = guest.code(self.stack), self.page.locator("[data-away]")
        self.page.context.set_offline(True)
        self.page.keyboard.press("Escape")
        self.page.keyboard.type(code)
        self.page.keyboard.press("Enter")
        expect(self.page.locator(".gate-result")).to_have_attribute("data-shown", "away_in", timeout=SOON)
        self.look(self.page, "8-without-network")
        expect(state).to_contain_text("1")
        self.page.context.set_offline(False)
        expect(state).to_be_hidden(timeout=2 * SOON)

    def ticks_off(self, *guests: Guest) -> None:
        """Everybody is on the evacuation list, and stays ticked off when another guard opens it."""
        self.page.goto(f"/gate/evacuation?site={self.site['id']}")
        for guest in guests:
            with self.page.expect_response("**/gate/ticks"):
                self._box(guest).check()
        self.look(self.page, "12-evacuation")
        self.page.reload()
        for guest in guests:
            expect(self._box(guest)).to_be_checked()

    def _box(self, guest: Guest) -> Locator:
        return self.page.locator("tr", has_text=guest.name).get_by_role("checkbox")

    def lets_out(self, guest: Guest, badge: str = "") -> None:
        """Scan again, say that they leave, and take the badge back."""
        self.open()
        answer = self.scan(guest)
        expect(answer).to_have_attribute("data-shown", "already_in", timeout=SOON)
        answer.get_by_role("button").first.click()
        expect(answer).to_have_attribute("data-shown", "checked_out", timeout=SOON)
        if badge:
            answer.get_by_role("button").first.click()
            answer.locator("input").fill(badge)
            self.page.keyboard.press("Enter")
            expect(answer).to_have_attribute("data-shown", "badge_back", timeout=SOON)
