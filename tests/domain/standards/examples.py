"""Standards and items for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from chalicelib.domain.reception_items import Leg, ReceptionItem
from chalicelib.domain.standards import Book, Estimate, Level, Standard, estimate

FIRST = date(2026, 3, 4)
A, B = Level("A", {"en": "Guests of state", "zh": "国宾"}), Level("B", {"en": "Customers", "zh": "客户"})


def standard(id: str = "s", **facts: Any) -> Standard:
    """A standard for meals of everybody, everywhere, since January, of 150.00."""
    known: dict[str, Any] = {"type": "meal", "level": "", "site": "", "currency": "CNY", "amount": 15000}
    return Standard(id, **known | {"valid_from": date(2026, 1, 1)} | facts)


def book(*standards: Standard) -> Book:
    """Standards for two levels."""
    return Book((A, B), standards, 1)


def meal(**facts: Any) -> ReceptionItem:
    """A lunch of eight guests and two hosts."""
    known: dict[str, Any] = {"day": FIRST, "meal": "lunch", "guests": 8, "hosts": 2}
    return ReceptionItem("meal", **known | facts)


def wine(**facts: Any) -> ReceptionItem:
    """Two bottles for five people, 120.00 each."""
    known: dict[str, Any] = {"day": FIRST, "what": "Wine", "bottles": 2, "guests": 4, "hosts": 1, "price": 12000}
    return ReceptionItem("alcohol", **known | facts)


def nights(**facts: Any) -> ReceptionItem:
    """Two nights in three rooms."""
    known: dict[str, Any] = {"day": FIRST, "nights": 2, "rooms": 3, "room_level": "standard"}
    return ReceptionItem("lodging", **known | facts)


def journey(**facts: Any) -> ReceptionItem:
    """From the airport and back."""
    legs = (Leg("Airport", "Office"), Leg("Office", "Airport"))
    known: dict[str, Any] = {"day": FIRST, "vehicle": "car", "legs": legs}
    return ReceptionItem("transport", **known | facts)


def estimated(book: Book, *items: ReceptionItem, level: str = "A", site: str = "hq", currency: str = "CNY") -> Estimate:
    """The estimate of a visit of that level to that site."""
    return estimate(items, book, level, site, currency, FIRST)
