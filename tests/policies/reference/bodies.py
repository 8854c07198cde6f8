"""What is sent to routes so that it would go well; `names` are the ids of the world's records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.policies.reference.who import Names

TAXI = {"key": "taxi", "title": {"en": "Taxi", "zh": "出租车"}, "budget": "travel"}


def budget_change(names: Names) -> Mapping[str, Any]:
    return {"what": "more", "line": names["budget"], "amount": "1", "reason": "Fair"}


def person(names: Names) -> Mapping[str, Any]:
    facts = {"login": "new.one", "name": "新人", "email": "new.one@atrium.example", "phone": "+8613812345678"}
    return facts | {"department": names["department"]}


def leave(names: Names) -> Mapping[str, Any]:
    return {"substitute": names["participant"], "from": names["now"], "until": names["tomorrow"]}


def visit(names: Names) -> Mapping[str, Any]:
    times = {"starts": names["now"], "ends": names["tomorrow"]}
    return {"site": "hq", "purpose": "Talks", "visitors": [{"name": "王芳", "phone": "13912345678"}]} | times


def claim(names: Names) -> Mapping[str, Any]:
    dinner = {
        "category": "meal",
        "day": names["now"][:10],
        "amount": "900",
        "heads": 4,
        "place": "A",
        "reason": "Guests",
    }
    return {"purpose": "Dinner", "currency": "CNY", "lines": [dinner]}


def application(names: Names) -> Mapping[str, Any]:
    dinner = {"type": "meals", "day": names["tomorrow"][:10], "heads": 4, "price": "100"}
    return {"purpose": "Dinner", "rows": [dinner]}


def process(key: str) -> Mapping[str, Any]:
    steps = [{"key": "boss", "title": BOTH, "rules": [{"kind": "manager", "levels": 1}]}]
    fields = [{"key": "why", "title": BOTH, "kind": "text"}, {"key": "proof", "title": BOTH_FILES, "kind": "file"}]
    return {"prefix": "NOTE", "title": BOTH, "fields": fields, "steps": steps} | ({"key": key} if key else {})


BOTH = {"en": "Note", "zh": "便条"}
BOTH_FILES = {"en": "Proof", "zh": "凭证"}
DEPARTMENT = {"name": "研发", "cost_centre": "2000"}
SITE = {"name": {"en": "Works", "zh-CN": "工厂"}}
WALK_IN = {"gate": "hq/north", "name": "王芳", "phone": "13912345678", "purpose": "Delivery"}
BADGE = {"action": "issue", "gate": "hq/north", "number": "12", "no": 1, "day": "2026-03-02"}
WATCHED = {"list": "watch", "name": "Ana", "reason": "Shouted"}
BUDGET = {"period": "2031", "amount": "100"}
LIMIT = {"category": "venue", "basis": "day", "valid_from": "2030-01-01"}
PLACES = ("first", "second")
YEAR = {"year": "2032", "total": "100"}
RECEIVED = {"type": "receipt", "number": "17", "seller": "Hotel", "day": "2026-03-01", "currency": "CNY", "total": "9"}
ADVANCE = {"purpose": "Talks", "amount": "100"}


def advance(names: Names) -> Mapping[str, Any]:
    return ADVANCE | {"due": names["tomorrow"][:10]}


UNDO = {"action": "undo", "gate": "hq/north", "no": 1, "day": "2026-03-02", "reason": "Wrong person"}
CALENDAR = {"country": "CN", "time_zone": "Asia/Shanghai", "week": {"mon": {"opens": "09:00", "closes": "18:00"}}}
UPLOAD = {"name": "proof.pdf", "content_type": "application/pdf", "size": 20, "purpose": "request"}
HOOK = {"name": "Robot", "kind": "wecom", "url": "https://robots.example/send?key=1", "events": ["visit_cancelled"]}
