"""A reception from its application to its archive: what it costs, who is told, and a gate whose network goes away."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.gatehouse import Guest, Post
from tests.e2e.journey import DESKTOP, PHONE, look, signed_in
from tests.e2e.stack import Stack, wait_for

WORDS = {
    "zh-CN": {"submit": "提交", "approve": "同意", "save": "保存变更", "late": "我会迟到", "bring": "我要带人同行"}
    | {"register": "登记同行人", "ask": "请接待人确认", "in": "登记进入"},
    "en": {"submit": "Submit", "approve": "Approve", "save": "Save the change", "late": "I will be late"}
    | {"bring": "I bring somebody along", "register": "Register this person", "ask": "Ask the host", "in": "Check in"},
}
REASON = "对方公司首席执行官首次来访"
SHANGHAI = timedelta(hours=8)


@dataclass(frozen=True)
class Place:
    """The head office, with a room and a vehicle that nobody else books."""

    site: dict[str, Any]
    room: str
    car: str


@pytest.fixture(scope="module")
def places(stack: Stack) -> Iterator[Place]:
    """A place for each story, old enough for every process to know it: they remember a site for half a minute."""
    made = [_place(stack, random.randrange(10**6)) for _ in range(2)]
    time.sleep(31)
    return iter(made)


@pytest.mark.parametrize(("locale", "size"), [("zh-CN", PHONE), ("en", DESKTOP)], ids=["zh-phone", "en-desktop"])
def test_a_reception_from_the_application_to_the_archive(
    browser: Browser, stack: Stack, places: Iterator[Place], tmp_path: Path, locale: str, size: dict[str, int]
) -> None:
    story = Story(browser, stack, next(places), locale, size)
    story.apply(tmp_path)
    story.approve()
    story.answer_the_invitation()
    story.change()
    story.receive()
    story.end()


class Story:
    """One reception of two visitors, in one language and at one size of the screen."""

    def __init__(self, browser: Browser, stack: Stack, place: Place, locale: str, size: dict[str, int]) -> None:
        self.browser, self.stack, self.locale, self.size = browser, stack, locale, size
        self.site, self.room, self.car = place.site, place.room, place.car
        self.words, self.tag = WORDS[locale], f"{locale}-{size['width']}"
        number = random.randrange(10**6, 10**7)
        self.first, self.second, self.third, self.walk_in = (
            Guest(f"{family}{number % 9973}", f"+86135{number}{digit}") for digit, family in enumerate("赵钱孙李")
        )
        self.starts = datetime.now(UTC).replace(second=0, microsecond=0)
        self.path = ""

    def person(self, login: str) -> Any:
        """Somebody's browser."""
        return signed_in(self.browser, self.stack, login, self.locale, self.size)

    def look(self, page: Page, name: str) -> None:
        """A picture of this story."""
        look(page, f"r-{name}-{self.tag}")

    def apply(self, folder: Path) -> None:
        """A meal above the standard is not applied for without a reason."""
        with self.person("lin.mei") as page:
            page.goto("/visits/new")
            self._fill(page, folder)
            expect(page.locator("#items-0-standard .excess")).to_contain_text("360", timeout=15_000)
            expect(page.locator("#estimate .estimate-total")).to_contain_text("900")
            self._submit(page)
            expect(page.locator("[name='items.0.reason']")).to_have_attribute("aria-invalid", "true")
            self.look(page, "1-without-reason")
            page.fill("[name='items.0.reason']", REASON)
            self._submit(page)
            page.wait_for_url(re.compile(r"/visits/[0-9A-Z]{26}$"))
            self.look(page, "2-pending")
            self.path = page.url.removeprefix(self.stack.url)

    def _fill(self, page: Page, folder: Path) -> None:
        page.fill("[name=purpose]", "合作洽谈")
        page.select_option("[name=site]", self.site["id"])
        for name, moment in (("starts", self.starts), ("ends", self.starts + timedelta(hours=2))):
            page.fill(f"[name={name}]", _on_site(moment))
        page.fill("[name='visitors.0.name']", self.first.name)
        page.fill("[name='visitors.0.phone']", self.first.phone)
        sheet = folder / "visitors.csv"
        sheet.write_text(f"姓名,手机,公司\n{self.second.name},{self.second.phone},ACME\n", "utf-8")
        page.set_input_files("#visitor-file", sheet)
        expect(page.locator("[name='visitors.1.name']")).to_have_value(self.second.name, timeout=15_000)
        page.select_option("[name=companions_allowed]", "1")
        for number, resource in enumerate((self.room, self.car)):
            page.click("[data-rows=resources] > [data-rows-add]")
            page.select_option(f"[name='resources.{number}.resource']", resource)
        page.select_option("[name=level]", "C")
        page.click("[data-rows=items] > [data-rows-add]")
        page.select_option("[name='items.0.meal']", "dinner")
        meal = {"day": _on_site(self.starts)[:10], "guests": "2", "hosts": "1", "venue": "星河厅", "price": "300"}
        for name, text in meal.items():
            page.fill(f"[name='items.0.{name}']", text)

    def _submit(self, page: Page) -> None:
        page.get_by_role("button", name=self.words["submit"], exact=True).click()

    def approve(self) -> None:
        """The approver reads what it costs, by how much it is above the standard, and why."""
        with self.person("chen.jun") as page:
            self._decide(page, self.first.name, "3-approval", REASON)

    def _decide(self, page: Page, name: str, picture: str, *read: str) -> None:
        page.goto("/approvals")
        page.get_by_role("link", name=re.compile(re.escape(name))).first.click()
        page.wait_for_url(re.compile("/approvals/visit-"))
        for text in read:
            expect(page.locator("main")).to_contain_text(text)
        self.look(page, picture)
        page.get_by_role("button", name=self.words["approve"], exact=True).click()
        page.wait_for_url(re.compile("/approvals$"))

    def answer_the_invitation(self) -> None:
        """A visitor comes late and brings somebody; the host is told, and that somebody is invited, too."""
        context = self.browser.new_context(locale=self.locale, viewport=self.size)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(self.first.link(self.stack))
        page.get_by_text(self.words["late"]).click()
        page.locator("[name=minutes][value='20']").click()
        expect(page.locator(".notice")).to_contain_text("20")
        page.get_by_text(self.words["bring"]).click()
        page.fill("[name=name]", self.third.name)
        page.fill("[name=phone]", self.third.phone)
        self.look(page, "4-invitation")
        page.get_by_role("button", name=self.words["register"], exact=True).click()
        self.third.link(self.stack)
        context.close()
        wait_for(lambda: [text for text in self._notices() if self.first.name in text and "20" in text], "the notice")

    def _notices(self) -> list[str]:
        """What the host was told."""
        return [each["text"] for each in self.stack.person("lin.mei").get("/notices")["items"]]

    def change(self) -> None:
        """Another end after the approval counts at once, and all who are invited are told."""
        before = self._sent()
        with self.person("lin.mei") as page:
            page.goto(f"{self.path}/edit")
            self.look(page, "5-change")
            self._end_at(page, self.starts + timedelta(hours=3))
            wait_for(lambda: self._sent() == before + 3, "the word of the new time")
            page.goto(f"{self.path}/messages")
            self.look(page, "6-messages")

    def _sent(self) -> int:
        """How many messages the invited got."""
        return sum(len(guest.messages(self.stack)) for guest in (self.first, self.second, self.third))

    def _end_at(self, page: Page, moment: datetime) -> None:
        page.fill("[name=ends]", _on_site(moment))
        page.get_by_role("button", name=self.words["save"], exact=True).click()
        page.wait_for_url(re.compile(r"/visits/[0-9A-Z]{26}$"))

    def receive(self) -> None:
        """At the gate: a badge, a scan without network, a guest without appointment, and the list of who is inside."""
        with self.person("he.gang") as page:
            post = Post(page, self.stack, self.site, self.look)
            post.open()
            badge = f"B{random.randrange(10**6)}"
            post.lets_in(self.first, badge)
            post.keeps_without_network(self.second)
            self._guest_without_appointment(page)
            post.ticks_off(self.first, self.second, self.walk_in)
            post.lets_out(self.first, badge)
            post.lets_out(self.second)
            post.lets_out(self.walk_in)
        passages = self.stack.person("lin.mei").get(self.path)["passages"]
        assert sorted((each["no"], each["direction"]) for each in passages) == [
            *((1, "in"), (1, "out")),
            *((2, "in"), (2, "out")),
        ]

    def _guest_without_appointment(self, page: Page) -> None:
        """The guard's page waits for the host, who says yes on the phone."""
        page.locator(".gate-walk-in-link").click()
        page.fill("[name=name]", self.walk_in.name)
        page.fill("[name=phone]", self.walk_in.phone)
        page.fill("[name=purpose]", "送样品")
        page.fill("input#f-host", "林梅")  # the search, once the script has made it
        page.get_by_role("option", name=re.compile("林梅")).first.click()
        self.look(page, "9-walk-in")
        page.get_by_role("button", name=self.words["ask"]).click()
        page.wait_for_url(re.compile("/gate/walkins/"))
        self.look(page, "10-walk-in-waits")
        with signed_in(self.browser, self.stack, "lin.mei", self.locale, PHONE) as phone:
            self._decide(phone, self.walk_in.name, "11-walk-in-host")
        page.get_by_role("button", name=self.words["in"], exact=True).click(timeout=30_000)
        expect(page.locator("main")).to_contain_text(self.walk_in.name)

    def end(self) -> None:
        """All are gone, so the host ends the visit; its archive and the ledger tell what was."""
        host = self.stack.person("lin.mei")
        with self.person("lin.mei") as page:
            page.goto(f"{self.path}/edit")
            page.locator("[name=ends]").evaluate("field => field.step = 1")  # not to wait for the next full minute
            self._end_at(page, datetime.now(UTC) + timedelta(seconds=10))
        wait_for(lambda: host.get(self.path)["visit"]["status"] == "archived", "the archive", 120)
        with self.person("zheng.kai") as page:
            page.goto(f"{self.path}/archive")
            for guest in (self.first, self.second, self.third):
                expect(page.get_by_text(guest.name).first).to_be_visible()
            expect(page.locator("#trail-heading")).to_be_visible()
            self.look(page, "13-archive")
            page.goto("/ledger/visits")
            expect(page.get_by_text(self.first.name).first).to_be_visible(timeout=15_000)
            self.look(page, "14-ledger")


def _place(stack: Stack, number: int) -> Place:
    admin, made = stack.person("admin"), {}
    site = stack.person("lin.mei").get("/sites")["items"][0]
    for kind, word in (("room", "会议室"), ("vehicle", "商务车")):
        name = {"zh-CN": f"{word}{number}", "en": f"{kind.capitalize()} {number}"}
        answer = admin.post(f"/sites/{site['id']}/resources", {"kind": kind, "name": name, "seats": 6}, 201)
        made[kind] = answer["resource"]
    return Place(site, made["room"], made["vehicle"])


def _on_site(moment: datetime) -> str:
    """What a field for date and time takes: the site's own time."""
    return (moment + SHANGHAI).strftime("%Y-%m-%dT%H:%M:%S").removesuffix(":00")
