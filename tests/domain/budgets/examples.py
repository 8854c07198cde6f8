"""Lines to try rules on."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import Any

from chalicelib.domain.budgets import Document, Freeze, Hold, Line, Posting, Stamp, allot, line_id, together

NOW = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)
VISIT = Document("visit", "V1", "10000001")
_numbers = count()


def stamp(reason: str = "") -> Stamp:
    """Somebody, now."""
    return Stamp(f"M{next(_numbers):08}", NOW, "P1", reason)


def stamps(reason: str = "Because") -> tuple[Stamp, Stamp]:
    """Two, for both ends of a transfer."""
    return stamp(reason), stamp(reason)


def line(
    amount: int = 1000, department: str = "D1", period: str = "2026-11", currency: str = "CNY", **terms: Any
) -> Line:
    """A line with its budget."""
    id = line_id(department, "reception", currency, period)
    return allot(Line(id, department, "reception", currency, period, **terms), amount, stamp()).line


def convert(of: Line, freeze: Freeze, amount: int) -> Posting:
    """Use so much of what the freeze holds; below zero it is restored."""
    document = Document(freeze.document_kind, freeze.document, freeze.number)
    moved = together(of, {document: freeze}, [Hold(document, of.id, used=amount)], iter([stamp()]))
    return Posting(moved.line, moved.movements[0], moved.freezes[0])
