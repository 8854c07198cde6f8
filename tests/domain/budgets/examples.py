"""Lines to try rules on."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import Any

from chalicelib.domain.budgets import Document, Line, Stamp, allot, line_id

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
