"""Pictures of codes are read by an independent decoder."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser

from chalicelib.services import qr
from tests.decoder import read_code

LONG = "<Ж&\"'>" + "W王" * 60
TEXT = "https://atrium.example/i/" + "Ab-_" * 33


def test_a_png_says_its_text_and_is_small() -> None:
    content = qr.png(TEXT)
    assert read_code(content) == TEXT
    assert len(content) < 4096


def test_a_dirty_code_is_still_read() -> None:
    picture = Image.open(BytesIO(qr.png(TEXT))).convert("L")
    side = picture.width
    picture.paste(255, (side // 2, side // 2, side // 2 + side // 8, side // 2 + side // 8))
    assert read_code(picture) == TEXT


def test_an_svg_draws_the_same_modules() -> None:
    drawing = qr.svg(TEXT).decode()
    side = int(re.findall(r'viewBox="0 0 (\d+)', drawing)[0])
    picture = Image.new("L", (side, side), 255)
    for x, y, run in re.findall(r"M(\d+),(\d+)h(\d+)v1", drawing):
        picture.paste(0, (int(x), int(y), int(x) + int(run), int(y) + 1))
    assert read_code(picture.resize((side * 8, side * 8), Image.Resampling.NEAREST)) == TEXT
    assert len(drawing) < 16384


@pytest.mark.parametrize("name", ["王小明", LONG])
def test_a_card_for_the_wallet_is_read_and_nothing_on_it_is_wider_than_the_card(name: str, browser: Browser) -> None:
    drawing = qr.card(qr.svg(TEXT), [name, LONG, "20260001-1", "Head office", "2026-03-02", "09:00 – 17:00"]).decode()
    page = browser.new_page(device_scale_factor=3)
    page.set_content(f"<body style='margin:0'>{drawing}</body>")
    card = page.locator("body > svg")
    box = card.bounding_box()
    assert box and (round(box["width"] / 96 * 25.4, 1), round(box["height"] / 96 * 25.4, 1)) == qr.CARD
    rights = page.eval_on_selector_all("text", "all => all.map(one => one.getBoundingClientRect().right)")
    assert len(rights) == 6
    assert max(rights) <= box["width"]
    assert page.locator("text").first.text_content() == name
    assert read_code(card.screenshot()) == TEXT
    page.close()
