"""Pictures of QR codes: error correction M (15 % may be dirty or scratched), a quiet zone of four modules."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

QUIET_MODULES = 4
PIXELS_PER_MODULE = 10


def png(text: str) -> bytes:
    """A black and white PNG, PIXELS_PER_MODULE a module."""
    from PIL import Image

    rows = _modules(text)
    picture = Image.new("1", (len(rows), len(rows)))
    picture.putdata([0 if dark else 1 for row in rows for dark in row])
    side = len(rows) * PIXELS_PER_MODULE
    written = BytesIO()
    picture.resize((side, side), Image.Resampling.NEAREST).save(written, "PNG", optimize=True)
    return written.getvalue()


def svg(text: str) -> bytes:
    """An SVG in one path, one unit a module, on white."""
    rows = _modules(text)
    side = len(rows)
    path = "".join(f"M{x},{y}h{run}v1h-{run}z" for y, row in enumerate(rows) for x, run in _runs(row))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{path}"/></svg>'
    ).encode()


CARD = (85.6, 54.0)
"""Width and height of a card for the wallet in millimetres (ISO/IEC 7810, ID-1)."""
_SIDE, _LEFT, _WIDE = 46.0, 50.0, 33.0
"""The code's side, quiet zone included; where text begins and how wide it may be."""
_FONT = "system-ui, sans-serif"


def card(drawing: bytes, lines: Sequence[str]) -> bytes:
    """A card for the wallet as an SVG: the code as `svg` drew it, beside `lines`, the first of them large.

    The device that shows the card draws the text; a line that would not fit is drawn narrower.
    """
    width, height = CARD
    code = drawing.decode().replace("<svg ", f'<svg x="3" y="4" width="{_SIDE}" height="{_SIDE}" ', 1)
    written = "".join(_line(number, line) for number, line in enumerate(lines) if line)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" viewBox="0 0 {width} {height}">'
        f'<rect width="{width}" height="{height}" fill="#fff"/>{code}'
        f'<g font-family="{_FONT}" fill="#000">{written}</g></svg>'
    ).encode()


def _line(number: int, text: str) -> str:
    """One line of text on a card; sizes are millimetres, and no letter is wider than its size."""
    size = 5.0 if number == 0 else 3.2
    fitted = f' textLength="{_WIDE}" lengthAdjust="spacingAndGlyphs"' if _ems(text) * size > _WIDE else ""
    return f'<text x="{_LEFT}" y="{12 + 7 * number}" font-size="{size}"{fitted}>{escape(text)}</text>'


def _ems(text: str) -> float:
    """How wide a text is at most, in sizes of its type: Chinese characters are wide, other letters narrower."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" or char in "MWmw@%" else 0.72 for char in text)


def _runs(row: list[bool]) -> Iterator[tuple[int, int]]:
    """The dark stretches of a row: where each begins and how long it is."""
    x = 0
    for dark, stretch in groupby(row):
        length = len(list(stretch))
        if dark:
            yield x, length
        x += length


def _modules(text: str) -> list[list[bool]]:
    import qrcode

    code: Any = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=QUIET_MODULES)
    code.add_data(text)
    code.make(fit=True)
    rows: list[list[bool]] = code.get_matrix()
    return rows
