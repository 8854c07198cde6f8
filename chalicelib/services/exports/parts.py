"""The parts in which an export is kept until its file is made: rows as JSON that gives every cell back as it was."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from chalicelib.services.exports.tables import Cell


def encoded(rows: Sequence[Sequence[Cell]]) -> bytes:
    """The rows as JSON."""
    return json.dumps([[_marked(cell) for cell in row] for row in rows], ensure_ascii=False).encode()


def decoded(content: bytes) -> list[list[Cell]]:
    """The rows behind `encoded`."""
    return [[_cell(each) for each in row] for row in json.loads(content)]


def _marked(cell: Cell) -> Any:
    """Numbers, texts and nothing as JSON has them; what it lacks as a pair of a mark and a text."""
    match cell:
        case datetime():
            return ["time", cell.isoformat()]
        case date():
            return ["day", cell.isoformat()]
        case Decimal():
            return ["number", str(cell)]
        case _:
            return cell


def _cell(held: Any) -> Cell:
    match held:
        case ["time", text]:
            return datetime.fromisoformat(text)
        case ["day", text]:
            return date.fromisoformat(text)
        case ["number", text]:
            return Decimal(text)
        case str() | int() | None:
            return held
    raise ValueError("a part of an export is damaged")
