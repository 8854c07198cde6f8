"""Payments in Chromium: behind their real routes, clean for axe, and what is ticked adds up as one ticks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import desk
from tests.handlers.paying import ADMIN, APPLICANT, FINANCE, HOST, Counter, open_counter
from tests.payments import OTHER_IBAN, with_iban
from tests.web.looking import Eye, on_phone_and_desktop


@dataclass(frozen=True)
class Places:
    """Where the pages are: those of finance, an administrator's and an employee's."""

    counter: Counter
    finance: str
    admin: str
    employee: str
    owed: str
    draft: str
    released: str
    held: str

    def address(self, name: str) -> str:
        """By the page's name."""
        return {
            "list": f"{self.finance}/payments",
            "empty": f"{self.finance}/payments?state=paid&month=2029-01",
            "payable": f"{self.finance}/payments/{self.owed}",
            "batches": f"{self.finance}/payment-batches",
            "draft": f"{self.finance}/payment-batches/{self.draft}",
            "released": f"{self.finance}/payment-batches/{self.released}",
            "held": f"{self.finance}/payment-batches/{self.held}",
            "settings": f"{self.admin}/payments/settings",
            "read settings": f"{self.finance}/payments/settings",
            "mine": f"{self.employee}/payments/mine",
            "accounts": f"{self.employee}/me/accounts",
            "me": f"{self.employee}/me",
        }[name]


NAMES = ["list", "empty", "payable", "batches", "draft", "released", "held", "settings", "read settings", "mine"]


@pytest.fixture(scope="module")
def places() -> Iterator[Places]:
    with pytest.MonkeyPatch.context() as patch, ExitStack() as stack:
        counter = open_counter(patch, stack)
        owed = counter.owes(days_ago=12, amount=123_456)
        counter.owes(HOST, 88_000, "CNY", days_ago=3)
        counter.owes(HOST, 5_000, "JPY", days_ago=40)
        counter.owes(amount=2_550)
        draft = counter.make(counter.owes(), counter.owes(HOST, 7_700))
        released = counter.make(counter.owes(), counter.owes(HOST, 9_900), counter.owes(HOST, 100))
        counter.act(released, "release")
        counter.act(released, "failed", payable="expense-D007-1", note="AC04 account closed")
        held = counter.make(counter.owes(HOST, 4_200))
        with_iban(counter.call(HOST), OTHER_IBAN)
        counter.act(held, "release")
        origins = [stack.enter_context(desk.serving(counter.desk, who)) for who in (FINANCE, ADMIN, APPLICANT)]
        yield Places(counter, *origins, owed=owed, draft=draft, released=released, held=held)


@on_phone_and_desktop
@pytest.mark.parametrize("name", [*NAMES, "accounts", "me"])
def test_a_page_is_accessible_and_fits(eye: Eye, places: Places, name: str, locale: str, width: int) -> None:
    eye.sees(places.address(name), locale, width, f"payments-{name}")


def test_what_is_ticked_adds_up_in_one_currency(page: Page, places: Places) -> None:
    page.goto(f"{places.address('list')}?lang=en")
    make, said = page.locator("[data-make]"), page.locator("[data-chosen]")
    expect(make).to_be_disabled()
    for owed in ("expense-D001-1", "expense-D004-1"):
        page.check(f"[value={owed}]")
    expect(said).to_have_text("2 ticked: 1,260.06 EUR")
    expect(make).to_be_enabled()
    page.locator("[data-currency=JPY]").check()
    expect(said).to_contain_text("5,000 JPY · one currency a batch, please")
    expect(make).to_be_disabled()


def test_a_bank_s_answer_is_looked_at_and_then_carried_out(page: Page, places: Places, tmp_path: Path) -> None:
    items = places.counter.client().get(f"/payment-batches/{places.released}").json["items"]
    answer = tmp_path / "answer.csv"
    rows = [f"{items[1]['end_to_end']},PAID", "X,PAID", f"{items[2]['end_to_end']},PDNG"]
    answer.write_text("\n".join(["End-to-end ID,Status", *rows]))
    page.goto(f"{places.address('released')}?lang=en")
    page.set_input_files("#f-answer", answer)
    expect(page.locator("[data-said]")).to_contain_text("Paid: 1")
    expect(page.locator("ul[data-wrong]")).to_contain_text("Row 3: X No payment of this batch has this id.")
    page.click("[data-go]")
    expect(page.locator(".part", has_text="Answers so far")).to_contain_text("answer.csv")
    places.counter.follow(places.released)
    page.reload()
    expect(page.locator(".part", has_text="What is in it")).to_contain_text("Paid")
