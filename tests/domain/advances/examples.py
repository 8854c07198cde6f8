"""Advances for the tests of their rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from chalicelib.domain.advances import Advance, Offset, Posting, Stamp, give_back, offset, pay

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
TODAY = date(2026, 3, 2)
_ids = count(1)


def stamp(reason: str = "") -> Stamp:
    """Somebody moves something now."""
    return Stamp(f"01STAMP{next(_ids):019}", NOW, "P1", reason)


def an_advance(**facts: Any) -> Advance:
    """An advance of 300.00 that is to be paid."""
    known: dict[str, Any] = {
        "id": "01ADVANCE00000000000000001",
        "number": "AD10000001",
        "applicant": "P1",
        "applicant_name": "林梅",
        "department": "D1",
        "department_path": ("D1",),
        "purpose": "Talks",
        "currency": "CNY",
        "amount": 30_000,
        "due": date(2026, 4, 1),
        "created_at": NOW,
        "status": "approved",
    }
    return Advance(**known | facts)


def paid(amount: int = 30_000, **facts: Any) -> Advance:
    """An advance that was paid as a whole."""
    return pay(an_advance(amount=amount, **facts), amount, stamp()).advance


def by_claim(advance: Advance, what: Offset, amount: int, claim: str = "C1") -> Posting:
    """What a claim does with it."""
    return offset(advance, what, amount, stamp(), claim, f"CL-{claim}")


def cleared(advance: Advance, amount: int, claim: str = "C1") -> Advance:
    """The advance after a claim that was posted."""
    return by_claim(by_claim(advance, "reserve", amount, claim).advance, "clear", amount, claim).advance


def returned(advance: Advance, amount: int) -> Advance:
    """The advance after some of it came back."""
    return give_back(advance, amount, "bank", stamp()).advance


def changed(advance: Advance, **facts: Any) -> Advance:
    """The same with other facts."""
    return replace(advance, **facts)
