"""The count at the inbox asks only while somebody looks, and ever less while nothing happens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.bench.money import asks

SEE = """shown => {
  Object.defineProperty(document, "visibilityState", {value: shown ? "visible" : "hidden", configurable: true});
  document.dispatchEvent(new Event("visibilitychange"));
}"""


class Inbox:
    """Answers the badge and counts how often it asked."""

    def __init__(self, page: Page) -> None:
        self.asked = 0
        self.answer: dict[str, Any] = {"body": "3", "content_type": "text/html"}
        page.route("**/approvals/count", self._fulfill)

    def _fulfill(self, route: Any) -> None:
        self.asked += 1
        route.fulfill(**self.answer)


@pytest.fixture
def inbox(page: Page, site: str) -> Inbox:
    """A page just opened, on a clock that stands still."""
    inbox = Inbox(page)
    page.clock.install()
    page.goto(f"{site}/demo/demo_list?lang=en&theme=light")
    until(page, lambda: page.text_content("[data-count]") == "3")
    return inbox


def until(page: Page, true: Callable[[], bool]) -> None:
    for _ in range(200):
        if true():
            return
        page.evaluate("null")  # lets the page answer
    raise AssertionError("it did not happen")


def after(page: Page, inbox: Inbox, minutes: int) -> int:
    """How often it asked while so many more minutes passed."""
    before = inbox.asked
    for _ in range(minutes):
        page.clock.run_for(60_000)
        page.evaluate("fetch('/approvals/count')")  # answered after all that was asked before it
    return inbox.asked - before - minutes


def test_it_asks_at_growing_intervals_as_the_month_is_priced(page: Page, inbox: Inbox) -> None:
    assert inbox.asked == asks(0) == 1
    assert after(page, inbox, 10) == asks(10) - 1
    assert after(page, inbox, 50) == asks(60) - asks(10)


def test_a_page_in_the_background_asks_for_nothing(page: Page, inbox: Inbox) -> None:
    page.evaluate(SEE, False)
    assert after(page, inbox, 60) == 0


def test_coming_back_asks_at_once_and_starts_anew(page: Page, inbox: Inbox) -> None:
    after(page, inbox, 20)
    page.evaluate(SEE, False)
    after(page, inbox, 1)
    page.evaluate(SEE, True)
    assert after(page, inbox, 3) == asks(3)


def test_coming_back_within_a_minute_asks_nothing_new(page: Page, inbox: Inbox) -> None:
    page.evaluate(SEE, False)
    page.clock.run_for(30_000)
    page.evaluate(SEE, True)
    assert after(page, inbox, 1) == 1


def test_a_change_is_shown_and_makes_it_ask_sooner_again(page: Page, inbox: Inbox) -> None:
    after(page, inbox, 17)
    inbox.answer["body"] = "4"
    page.clock.run_for(60_000)
    until(page, lambda: page.text_content("[data-count]") == "4")
    assert after(page, inbox, 1) == 1


def test_whoever_was_signed_out_is_asked_for_no_more(page: Page, inbox: Inbox) -> None:
    inbox.answer = {"status": 303, "headers": {"Location": "/demo/demo_sign_in?lang=en&theme=light"}}
    assert after(page, inbox, 30) == 1
    assert page.text_content("[data-count]") == "3"
