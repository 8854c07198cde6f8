"""The gate's page in a real browser while the network is away: nothing is lost, sent twice or hidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from chalicelib.models.gate import PassageItem
from chalicelib.models.gate_issues import IssueItem
from chalicelib.models.store import Put
from chalicelib.models.visits import VisitItem
from tests import desk, reception
from tests.desk import Desk

QR = reception.qr_text(desk.VISIT, desk.GUEST)
FORGED = QR[:-3] + ("AAA" if not QR.endswith("AAA") else "BBB")
NO_ED25519 = """
const own = SubtleCrypto.prototype.importKey;
SubtleCrypto.prototype.importKey = function (form, key, algorithm, ...more) {
  if (algorithm === "Ed25519") return Promise.reject(new DOMException("", "NotSupportedError"));
  return own.call(this, form, key, algorithm, ...more);
};
"""


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Desk:
    return desk.open_desk(monkeypatch)


@pytest.fixture
def device(at: Desk, browser: Browser) -> Iterator[BrowserContext]:
    """A phone at the gate, whose clock shows the desk's time."""
    with desk.serving(at) as origin:
        context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", base_url=origin)
        context.clock.install(time=at.now)
        yield context
        context.close()


def opened(device: BrowserContext, *, kept: bool = True) -> Page:
    page = device.new_page()
    page.goto("/gate?gate=hq/east")
    if kept:
        expect(page.locator(".gate[data-kept]")).to_be_visible()
    expect(page.locator("[data-count=expected]")).not_to_have_text("–")
    return page


def answer(page: Page) -> Locator:
    return page.locator(".gate-result:not([data-shown=busy])")


def state(page: Page) -> Locator:
    return page.locator("[data-away]")


def typed(page: Page, code: str) -> None:
    page.keyboard.type(code)
    page.keyboard.press("Enter")


def passages(at: Desk) -> list[PassageItem]:
    return sorted(at.store.all(PassageItem), key=lambda item: item.at_time)


def test_the_network_is_cut_in_the_middle_and_every_passage_arrives_once_in_its_order(
    at: Desk, device: BrowserContext
) -> None:
    page = opened(device)
    device.set_offline(True)
    typed(page, QR)
    expect(answer(page)).to_contain_text("可以进入（离线）")
    expect(answer(page)).to_contain_text("王小明")
    expect(state(page)).to_contain_text("离线，1条待上传")
    page.clock.fast_forward("30:00")
    typed(page, QR)
    expect(answer(page)).to_contain_text("据本机记录，此人在场内")
    answer(page).get_by_role("button", name="登记离开").click()
    expect(answer(page)).to_contain_text("已离开（离线）")
    expect(state(page)).to_contain_text("离线，2条待上传")
    assert passages(at) == []
    at.now += timedelta(hours=2)
    device.set_offline(False)
    expect(state(page)).to_be_hidden()
    went_in, went_out = passages(at)
    assert (went_in.direction, went_out.direction) == ("in", "out")
    assert timedelta(0) <= went_in.at_time - reception.DURING < timedelta(minutes=5)
    assert went_out.at_time - went_in.at_time >= timedelta(minutes=30)
    assert went_in.recorded_at == at.now
    page.reload()
    expect(page.locator("[data-count=left]")).to_have_text("1")
    assert len(passages(at)) == 2


def test_what_waits_survives_a_dead_battery_and_the_page_opens_without_network(
    at: Desk, device: BrowserContext
) -> None:
    page = opened(device)
    device.set_offline(True)
    typed(page, QR)
    expect(state(page)).to_contain_text("离线，1条待上传")
    page.close()
    again = device.new_page()
    again.goto("/gate?gate=hq/east")
    expect(again.get_by_role("heading", name="东门")).to_be_visible()
    expect(state(again)).to_contain_text("离线，1条待上传")
    typed(again, QR)
    expect(answer(again)).to_contain_text("据本机记录，此人在场内")
    device.set_offline(False)
    expect(state(again)).to_be_hidden()
    assert [item.direction for item in passages(at)] == ["in"]


@pytest.mark.parametrize("before", ["", NO_ED25519])
def test_the_device_knows_a_genuine_code_from_a_forged_one(at: Desk, device: BrowserContext, before: str) -> None:
    device.add_init_script(before)
    page = opened(device)
    device.set_offline(True)
    typed(page, FORGED)
    expect(answer(page)).to_contain_text("不是本公司签发的")
    typed(page, QR)
    expect(answer(page)).to_contain_text("可以进入（离线）")


def test_a_code_of_another_day_is_refused_on_the_device(at: Desk, device: BrowserContext) -> None:
    tomorrow = timedelta(days=1)
    later = reception.a_visit(
        id="01KJPX9W3TZ4QZ6T1N7V0F2B5D",
        number="20260002",
        starts=reception.STARTS + tomorrow,
        ends=reception.ENDS + tomorrow,
    )
    page = opened(device)
    device.set_offline(True)
    typed(page, reception.qr_text(later, reception.a_guest(later)))
    expect(answer(page)).to_contain_text("未到时间")
    expect(state(page)).not_to_contain_text("待上传")


def test_what_is_typed_is_believed_without_network_only_where_the_list_has_it(at: Desk, device: BrowserContext) -> None:
    page = opened(device)
    device.set_offline(True)
    typed(page, "99999999-1")
    expect(answer(page)).to_contain_text("离线时只能核验二维码")
    typed(page, desk.GUEST.reservation)
    expect(answer(page)).to_contain_text("可以进入（离线）")


def test_a_passage_on_a_visit_that_was_cancelled_meanwhile_is_told_to_the_guard_and_kept_for_reception(
    at: Desk, device: BrowserContext
) -> None:
    page = opened(device)
    device.set_offline(True)
    typed(page, QR)
    expect(state(page)).to_contain_text("离线，1条待上传")
    at.store.write(Put(VisitItem.from_visit(replace(desk.VISIT, status="cancelled", version=2)), {}))
    device.set_offline(False)
    expect(state(page)).to_contain_text("1条需要核实")
    expect(state(page)).to_contain_text("来访已取消")
    (kept,) = at.store.all(IssueItem)
    assert (kept.issue, kept.facts["why"], kept.facts["name"], kept.status) == (
        "offline",
        "cancelled",
        "王小明",
        "open",
    )
    assert passages(at) == []
    state(page).get_by_role("button", name="知道了").click()
    expect(state(page)).to_be_hidden()


def test_a_lost_answer_is_asked_for_again_by_itself_and_counts_once(at: Desk, device: BrowserContext) -> None:
    lost = []

    def lose_the_first(route: Route) -> None:
        if lost:
            return route.continue_()
        lost.append(route.fetch())  # it arrived, but its answer does not come back
        return route.abort()

    page = opened(device)
    page.route("**/gate/scans", lose_the_first)
    typed(page, QR)
    expect(answer(page)).to_contain_text("可以进入（离线）")
    typed(page, QR)
    expect(answer(page)).to_contain_text("已在场内")
    expect(state(page)).to_be_hidden()
    assert len(passages(at)) == 1
