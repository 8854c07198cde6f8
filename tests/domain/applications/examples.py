"""Rows and applications of the tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from chalicelib.domain.applications import Application, Row, Type
from tests.company import NOW

TODAY = date(2026, 3, 2)
DAY = date(2026, 3, 4)
FILLED: dict[Type, dict[str, Any]] = {
    "lodging": {"place": "苏州", "rooms": 2, "nights": 3},
    "meals": {"heads": 6},
    "transport": {"travel": "train", "origin": "上海", "goal": "苏州", "heads": 4},
    "gifts": {"what": "茶叶", "quantity": 5},
    "venue": {"place": "会议中心", "days": 2},
    "material": {"what": "手册", "quantity": 100},
    "other": {"what": "翻译"},
}
"""By type: what it needs."""


def row(type: Type = "meals", **facts: Any) -> Row:
    """A row of the type that can stand, 100.00 for one unit."""
    known = {"day": DAY, "price": 10_000, "currency": "CNY"} | FILLED[type]
    return Row(type, **known | facts)


def application(**facts: Any) -> Application:
    """A draft with one row."""
    known: dict[str, Any] = {
        "id": "01KJPX9W3TZ4QZ6T1N7V0F2B5W",
        "number": "BA12345678",
        "applicant": "P-lin",
        "applicant_name": "林梅",
        "department": "D",
        "department_path": ("T", "D"),
        "site": "hq",
        "currency": "CNY",
        "purpose": "客户考察",
        "rows": (row(cost=60_000, converted=60_000),),
        "created_at": NOW,
    }
    return Application(**known | facts)
