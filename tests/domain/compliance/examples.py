"""Lines, links and rules for the tests of compliance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from chalicelib.domain.compliance import (
    RULES,
    Context,
    Finding,
    Item,
    Limit,
    LinkedVisit,
    Recent,
    Rule,
    Rules,
    Sums,
    TaxTitle,
    Terms,
    Tier,
    check,
)

TODAY = date(2026, 3, 20)
MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)
COMPANY = TaxTitle("亚特里姆科技有限公司", "91310000MA1K00000X")
VISIT = LinkedVisit("10000001", MONDAY, MONDAY + DAY, came=4, hosts=2)


def limit(category: str = "meal", basis: Any = "head", amount: int | None = 200_00, **facts: Any) -> Limit:
    """A limit that holds everywhere since 2026 unless facts say otherwise."""
    known: dict[str, Any] = {"grade": "", "tier": "", "currency": "CNY", "valid_from": date(2026, 1, 1)}
    known |= {"id": "-".join((category, basis, *(str(value) for value in facts.values())))}
    return Limit(category=category, basis=basis, amount=amount, **known | facts)


TIERS = (
    Tier("first", {"en": "First", "zh": "一线"}, ("上海", "Shanghai")),
    Tier("second", {"en": "Second", "zh": "重点"}, ("南京", "Xi'an")),
)
BOOK = Rules(
    tiers=TIERS,
    terms=(Terms("meal", rest_days=True, application_above=1000_00), Terms("taxi", invoice=False)),
    sums=(Sums("CNY", no_invoice=500_00, split=5000_00, auto=500_00),),
    titles=(COMPANY,),
    severities=dict.fromkeys(RULES, "justify"),
)
"""Rules without limits, in which everything is looked for."""


def book(*limits: Limit, **facts: Any) -> Rules:
    """The rules with these limits."""
    return replace(BOOK, limits=limits, **facts)


def item(key: str = "1", amount: int = 100_00, **facts: Any) -> Item:
    """A line with a valid invoice of a Monday."""
    known: dict[str, Any] = {"category": "other", "day": MONDAY, "currency": "CNY", "has_invoice": True}
    return Item(key=key, amount=amount, **known | facts)


def recent(number: str = "CL1", **facts: Any) -> Recent:
    """A line of another claim."""
    return Recent(number, item("9", **facts))


def context(**facts: Any) -> Context:
    """A claim that is judged on TODAY."""
    return Context(**{"today": TODAY} | facts)


def found(rule: Rule, *items: Item, rules: Rules = BOOK, **facts: Any) -> dict[str, Mapping[str, str]]:
    """What one rule alone finds: facts by line."""
    only = replace(rules, severities={each: "justify" if each == rule else "off" for each in RULES})
    return {each.line: each.facts for each in check(items, context(**facts), only)}


def names(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Line and rule of each."""
    return [(each.line, each.rule) for each in findings]
