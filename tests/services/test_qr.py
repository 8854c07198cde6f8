"""Pictures of codes are read by an independent decoder."""

from __future__ import annotations

import re
from io import BytesIO

import zxingcpp
from PIL import Image

from chalicelib.services import qr

TEXT = "https://atrium.example/i/" + "Ab-_" * 33


def read(picture: Image.Image) -> str:
    (found,) = zxingcpp.read_barcodes(picture.convert("L"))
    text: str = found.text
    return text


def test_a_png_says_its_text_and_is_small() -> None:
    content = qr.png(TEXT)
    assert read(Image.open(BytesIO(content))) == TEXT
    assert len(content) < 4096


def test_a_dirty_code_is_still_read() -> None:
    picture = Image.open(BytesIO(qr.png(TEXT))).convert("L")
    side = picture.width
    picture.paste(255, (side // 2, side // 2, side // 2 + side // 8, side // 2 + side // 8))
    assert read(picture) == TEXT


def test_an_svg_draws_the_same_modules() -> None:
    drawing = qr.svg(TEXT).decode()
    side = int(re.findall(r'viewBox="0 0 (\d+)', drawing)[0])
    picture = Image.new("L", (side, side), 255)
    for x, y, run in re.findall(r"M(\d+),(\d+)h(\d+)v1", drawing):
        picture.paste(0, (int(x), int(y), int(x) + int(run), int(y) + 1))
    assert read(picture.resize((side * 8, side * 8), Image.Resampling.NEAREST)) == TEXT
    assert len(drawing) < 16384
