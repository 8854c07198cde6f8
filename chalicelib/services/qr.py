"""Pictures of QR codes: error correction M (15 % may be dirty or scratched), a quiet zone of four modules."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from typing import Any

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
