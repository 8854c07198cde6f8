"""The gate's page in a real browser: hand scanner, pad, camera, lost network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserType, Locator, Page, expect

from chalicelib.domain.passes import Pass
from chalicelib.models.badges import BadgeItem
from chalicelib.models.gate import PassageItem, PassItem
from chalicelib.models.store import replace as replace_item
from chalicelib.services import qr
from tests import desk, reception
from tests.conftest import CHROMIUM
from tests.desk import Desk

QR = reception.qr_text(desk.VISIT, desk.GUEST)
GOOD, CAREFUL, BAD = "rgb(10, 107, 54)", "rgb(255, 194, 26)", "rgb(176, 23, 15)"


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Desk:
    return desk.open_desk(monkeypatch)


@pytest.fixture
def gate(at: Desk, browser: Browser) -> Iterator[Page]:
    with desk.serving(at) as origin:
        context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", base_url=origin)
        page = context.new_page()
        page.goto("/gate?gate=hq/east")
        yield page
        context.close()


def answer(page: Page) -> Locator:
    return page.locator(".gate-result:not([data-shown=busy])")


def typed(page: Page, code: str) -> None:
    page.keyboard.type(code)
    page.keyboard.press("Enter")


def test_a_hand_scanner_lets_visitors_in_one_after_the_other_without_a_tap(gate: Page, at: Desk) -> None:
    other = reception.a_visit(id="01KJPX9W3TZ4QZ6T1N7V0F2B5D", number="20260002")
    at.store.write(*reception.invited(other, reception.a_guest(other, name="李雷")))
    typed(gate, QR)
    expect(answer(gate)).to_contain_text("王小明可以进入")
    expect(answer(gate)).to_have_css("background-color", GOOD)
    typed(gate, "20260002")
    expect(answer(gate)).to_contain_text("李雷可以进入")
    expect(gate.locator("[data-count=inside]")).to_have_text("2")
    assert len(at.store.all(PassageItem)) == 2


def test_the_answer_fills_the_screen_in_large_type(gate: Page) -> None:
    typed(gate, QR)
    expect(answer(gate)).to_be_visible()
    box = answer(gate).bounding_box()
    assert box is not None and (box["width"], box["height"]) == (390, 844)
    sizes = gate.eval_on_selector_all(
        ".gate-result *",
        "all => all.filter(one => one.textContent).map(one => parseFloat(getComputedStyle(one).fontSize))",
    )
    assert min(sizes) >= 28


def test_somebody_inside_is_checked_out_with_one_tap(gate: Page, at: Desk) -> None:
    typed(gate, QR)
    expect(answer(gate)).to_have_css("background-color", GOOD)
    typed(gate, QR)
    expect(answer(gate)).to_have_css("background-color", CAREFUL)
    at.now += timedelta(minutes=5)
    answer(gate).get_by_role("button", name="登记离开").click()
    expect(answer(gate)).to_contain_text("王小明已登记离开")
    assert [item.direction for item in at.store.all(PassageItem)] == ["in", "out"]


def test_the_pad_types_the_end_of_a_phone_number(gate: Page) -> None:
    for key in "56789":
        gate.locator(f"[data-key='{key}']").click()
    gate.locator("[data-key=back]").click()
    expect(gate.locator("#code")).to_have_value("5678")
    gate.get_by_role("button", name="核验").click()
    expect(answer(gate)).to_contain_text("王小明")


def test_an_unknown_code_turns_the_screen_red(gate: Page) -> None:
    typed(gate, "nonsense")
    expect(answer(gate)).to_have_css("background-color", BAD)
    gate.keyboard.press("Escape")
    expect(answer(gate)).to_be_hidden()


def test_somebody_expected_is_let_in_from_the_list(gate: Page) -> None:
    gate.get_by_role("tab", name="待到访").click()
    gate.locator("#panel-expected input").fill("远航")
    gate.locator("#panel-expected .gate-row", has_text="王小明").click()
    expect(answer(gate)).to_contain_text("手工登记进入？")
    answer(gate).get_by_role("button", name="手机没电").click()
    expect(answer(gate)).to_contain_text("王小明可以进入")


def test_the_list_says_how_late_an_expected_visitor_said_to_be(gate: Page, at: Desk) -> None:
    (item,) = at.store.all(PassItem)
    held: Pass = item.to(Pass)
    at.store.write(replace_item(PassItem.from_pass(replace(held, late_minutes=30, version=held.version + 1))))
    gate.get_by_role("tab", name="待到访").click()
    row = gate.locator("#panel-expected .gate-row", has_text="王小明")
    expect(row).to_contain_text("访客告知将晚到约30分钟")
    typed(gate, QR)
    expect(answer(gate)).to_contain_text("王小明可以进入")
    expect(gate.locator("#panel-inside .gate-row")).not_to_contain_text("晚到")


def test_a_mistake_is_taken_back_with_two_taps(gate: Page, at: Desk) -> None:
    typed(gate, QR)
    answer(gate).get_by_role("button", name="撤销").click()
    answer(gate).get_by_role("button", name="认错人").click()
    expect(answer(gate)).to_contain_text("已撤销")
    (passage,) = at.store.all(PassageItem)
    assert (passage.undo_reason, passage.undone_by) == ("认错人", desk.GUARD.id)
    expect(gate.locator("[data-count=expected]")).to_have_text("1")


def test_a_badge_goes_out_with_the_visitor_and_comes_back(gate: Page, at: Desk) -> None:
    typed(gate, QR)
    answer(gate).get_by_role("button", name="发访客牌").click()
    gate.locator(".gate-badge").fill("12")
    answer(gate).get_by_role("button", name="发访客牌").click()
    expect(answer(gate)).to_contain_text("已发访客牌")
    (badge,) = at.store.all(BadgeItem)
    assert (badge.number, badge.status, badge.name) == ("12", "out", "王小明")
    gate.goto("/gate/badges?site=hq")
    gate.get_by_role("button", name="已归还").click()
    expect(gate.get_by_text("访客牌已全部归还")).to_be_visible()


def test_the_gate_is_remembered(gate: Page) -> None:
    gate.goto("/gate")
    expect(gate.get_by_role("heading", name="东门")).to_be_visible()
    gate.get_by_role("link", name="换门岗").click()
    expect(gate.get_by_role("button", name="西门")).to_be_visible()


def test_the_camera_reads_a_code_and_asks_only_once(at: Desk, browser: Browser, tmp_path: Path) -> None:
    with desk.serving(at) as origin:
        seeing = _with_camera(browser.browser_type, _film(tmp_path))
        context = seeing.new_context(locale="zh-CN", base_url=origin, permissions=["camera"])
        page = context.new_page()
        page.goto("/gate?gate=hq/east")
        page.get_by_role("button", name="打开摄像头").click()
        expect(answer(page)).to_contain_text("王小明可以进入", timeout=20000)
        page.reload()
        expect(answer(page)).to_contain_text("已在场内", timeout=20000)
        seeing.close()


def _film(folder: Path) -> Path:
    """What the camera sees: the QR, for a second."""
    code = Image.open(BytesIO(qr.png(QR))).convert("RGB").resize((440, 440))
    scene = Image.new("RGB", (640, 480), "#777")
    scene.paste(code, (100, 20))
    frame = BytesIO()
    scene.save(frame, "JPEG", quality=90)
    film = folder / "camera.mjpeg"
    film.write_bytes(frame.getvalue() * 10)
    return film


def _with_camera(chromium: BrowserType, film: Path) -> Browser:
    arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
    ]
    return chromium.launch(executable_path=CHROMIUM, args=[*arguments, f"--use-file-for-fake-video-capture={film}"])
