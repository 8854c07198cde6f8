"""What the example company's people plan to spend: budgets besides those for receptions, and applications for money."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

BUDGETS: tuple[dict[str, Any], ...] = (
    {"department": "华东区", "category": "travel", "total": "240000", "control": "hard", "carries": True},
    {"department": "平台部", "category": "travel", "total": "60000", "control": "soft"},
)
"""Yuan for travel in a year, split evenly over its months."""


def applications(today: date) -> dict[str, dict[str, Any]]:
    """By login: what its person has drafted, and what is on its way, for days of next week."""
    return {
        "lin.mei": _trip(today + timedelta(days=7)) | {"submit": False},
        "liu.yang": _workshop(today + timedelta(days=9)) | {"submit": True},
    }


def _trip(day: date) -> dict[str, Any]:
    first, last = day.isoformat(), (day + timedelta(days=2)).isoformat()
    train = {"type": "transport", "travel": "train", "heads": 3, "price": "180", "customer": "远航科技"}
    return {
        "purpose": "拜访苏州客户",
        "rows": [
            train | {"day": first, "origin": "上海", "goal": "苏州"},
            {"type": "lodging", "day": first, "until": last, "place": "苏州", "rooms": 3, "nights": 2, "price": "450"},
            {"type": "meals", "day": first, "heads": 8, "price": "160", "customer": "远航科技"},
            {"type": "gifts", "day": first, "what": "茶叶礼盒", "quantity": 4, "price": "200"},
            train | {"day": last, "origin": "苏州", "goal": "上海"},
        ],
    }


def _workshop(day: date) -> dict[str, Any]:
    when = day.isoformat()
    return {
        "purpose": "开发者工作坊",
        "rows": [
            {"type": "venue", "day": when, "place": "星河会议中心", "days": 1, "price": "2400"},
            {"type": "meals", "day": when, "heads": 20, "price": "60"},
            {"type": "other", "day": when, "what": "同声传译", "amount": "1200"},
        ],
    }
