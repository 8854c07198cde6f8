"""The example company's second site, its levels of visitors, its standards of reception, its budgets for it, and its
rules for advances."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

LABORATORY: dict[str, Any] = {
    "name": {"zh-CN": "苏州实验室", "en": "Suzhou Laboratory"},
    "address": {"zh-CN": "苏州市工业园区星湖街 328 号", "en": "328 Xinghu Street, Suzhou Industrial Park"},
    "rules": {
        "zh-CN": "请携带有效身份证件\n进入实验区请穿戴防护用品\n未经允许请勿拍照",
        "en": "Bring a valid identity document\nWear protective equipment in the laboratories\n"
        "No photographs without permission",
    },
    "time_zone": "Asia/Shanghai",
    "map_url": "https://www.openstreetmap.org/?mlat=31.3047&mlon=120.7360#map=17/31.3047/120.7360",
    "early_minutes": 30,
}
GATES: tuple[dict[str, Any], ...] = ({"name": {"zh-CN": "东门", "en": "East Gate"}},)
RESOURCES: tuple[dict[str, Any], ...] = (
    {"kind": "room", "name": {"zh-CN": "太湖会议室", "en": "Taihu Room"}, "seats": 12, "margin_minutes": 0},
)

LEVELS: tuple[dict[str, Any], ...] = (
    {"key": "A", "title": {"en": "A · Senior leaders", "zh": "A级 · 高层领导"}},
    {"key": "B", "title": {"en": "B · Managers", "zh": "B级 · 中层管理者"}},
    {"key": "C", "title": {"en": "C · Other guests", "zh": "C级 · 一般来宾"}},
)

SINCE = "2026-01-01"
HOSTS = {"hosts_least": 3, "ratio_hosts": 1, "ratio_guests": 3}
"""Three hosts for up to ten guests, otherwise a third of them."""
AMOUNTS: dict[str, tuple[str, str, str]] = {
    "meal": ("300", "200", "120"),
    "lodging": ("1200", "650", "450"),
    "transport": ("500", "300", "150"),
    "gift": ("300", "200", "100"),
}
"""Yuan for a head, a room's night or a trip, by level A, B, C."""
IN_SUZHOU: dict[str, tuple[str, str, str]] = {"meal": ("260", "160", "100"), "lodging": ("900", "500", "350")}
ABOVE: dict[str, str] = {"lodging": "blocked", "gift": "blocked"}
"""What cannot be applied for above the standard; the rest needs a reason."""
RULE = "公司接待管理办法（2026）"


BUDGETS: tuple[dict[str, Any], ...] = (
    {"department": "华东区", "total": "360000", "control": "hard", "carries": True, "borrows": True},
    {"department": "销售部", "total": "120000", "control": "hard", "carries": True},
    {"department": "平台部", "total": "60000", "control": "soft"},
)
"""Yuan for receptions in a year, split evenly over its months."""


def standards(laboratory: str) -> Iterator[dict[str, Any]]:
    """All standards; those with a site are for the `laboratory`, whose id is given."""
    for amounts, site in ((AMOUNTS, None), (IN_SUZHOU, laboratory)):
        for type, by_level in amounts.items():
            for level, amount in zip("ABC", by_level, strict=True):
                yield _standard(type, level=level, site=site, amount=amount)
    yield _standard("tour", amount="50")
    yield _standard("alcohol", allowed=False, excess="blocked")
    yield _standard("alcohol", level="A", amount="100")


def _standard(type: str, **facts: Any) -> dict[str, Any]:
    hosts = HOSTS if type in ("meal", "alcohol") else {}
    known = {"type": type, "valid_from": SINCE, "note": RULE, "excess": ABOVE.get(type, "reasoned")}
    return {name: value for name, value in (known | hosts | facts).items() if value is not None}


ADVANCE_RULES: dict[str, Any] = {
    "limits": [
        {"grade": "", "currency": "CNY", "amount": "20000"},
        {"grade": "P7", "currency": "CNY", "amount": "50000"},
    ],
    "over_limit": "soft",
    "overdue": "hard",
}
"""What one person may owe of advances, and what follows when they owe more or for too long."""
