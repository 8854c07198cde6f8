"""What everybody may look up (报销标准查询): what they may spend, and what a claim has to keep to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from chalicelib.domain.compliance import BASES, Basis, Rules
from chalicelib.handlers.compliance.shown import category_names, tier_names
from chalicelib.services import compliance, expenses
from chalicelib.services.call import Call
from chalicelib.services.permissions import COMPANY

VIEW = "compliance:view"


def mine_data(call: Call, place: str) -> dict[str, Any]:
    """The limits of the person's grade today, in all tiers of places or in the place that is asked for."""
    call.permit(VIEW, COMPANY)
    rules = compliance.known(call.store, call.now)
    tier, names = rules.tier_of(place), tier_names(call, rules)
    return {
        "grade": call.me.grade or "",
        "place": place,
        "tier": names.get(tier, ""),
        "tiers": [{"key": each.key, "name": names[each.key], "places": each.places} for each in rules.tiers],
        "categories": list(_categories(call, rules, [tier] if place else [*names, ""])),
        "titles": [vars(each) for each in rules.titles],
        "days": vars(rules.days),
        "sums": [vars(each) for each in rules.sums],
        "severities": dict(rules.severities),
    }


def _categories(call: Call, rules: Rules, tiers: list[str]) -> Iterator[dict[str, Any]]:
    names = category_names(call, rules)
    for key in (each.key for each in expenses.known(call.store, call.now).active):
        limits = [*_limits(call, rules, key, tiers)]
        yield {"key": key, "name": names[key], "limits": limits, "terms": vars(rules.terms_of(key))}


def _limits(call: Call, rules: Rules, category: str, tiers: list[str]) -> Iterator[dict[str, Any]]:
    """For each basis and currency the limits by tier; one alone where they are the same everywhere."""
    day, names = compliance.today(call), tier_names(call, rules)
    for basis, currency in _kinds(rules, category):
        amounts = [_amount(rules, category, basis, call.me.grade or "", tier, currency, day) for tier in tiers]
        cells = [{"tier": names.get(tier, ""), "amount": amount} for tier, amount in zip(tiers, amounts, strict=True)]
        if any(amount is not None for amount in amounts):
            same = len(set(amounts)) == 1
            yield {"basis": basis, "currency": currency, "everywhere": same, "cells": cells[:1] if same else cells}


def _kinds(rules: Rules, category: str) -> list[tuple[Basis, str]]:
    found = {(each.basis, each.currency) for each in rules.limits if each.category == category}
    return sorted(found, key=lambda kind: (BASES.index(kind[0]), kind[1]))


def _amount(rules: Rules, category: str, basis: Basis, grade: str, tier: str, currency: str, day: date) -> int | None:
    limit = rules.limit_for(category, basis, grade, tier, currency, day)
    return limit.amount if limit else None
