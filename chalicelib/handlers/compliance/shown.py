"""What lists and pages show of the rules of spending to those who keep them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from chalicelib.domain.compliance import BASES, Limit, Rules
from chalicelib.domain.sites import localised
from chalicelib.handlers.compliance.forms import LimitsQuery
from chalicelib.services import compliance, expenses
from chalicelib.services.call import Call
from chalicelib.web.money import amount

FILTERS = ("category", "tier", "grade")


def category_names(call: Call, rules: Rules) -> dict[str, str]:
    """The names of the expense categories by key, those that can be chosen first; then what only rules still name."""
    known = sorted(expenses.known(call.store, call.now).items, key=lambda each: not each.active)
    return {each.key: localised(each.title, call.locale) for each in known} | {
        key: key for key in rules.categories if not any(each.key == key for each in known)
    }


def tier_names(call: Call, rules: Rules) -> dict[str, str]:
    """The names of the tiers of places by key."""
    return {tier.key: localised(tier.title, call.locale) for tier in rules.tiers}


def state_of(limit: Limit, day: date) -> str:
    """Whether it counts on the day: to_come, in_force or ended."""
    if limit.valid_from > day:
        return "to_come"
    return "in_force" if limit.valid_on(day) else "ended"


def limit_data(call: Call, limit: Limit, rules: Rules) -> dict[str, Any]:
    """A limit with the names of its category and tier, "" where it is for all places, and how it stands."""
    return vars(limit) | {
        "category_name": category_names(call, rules).get(limit.category, limit.category),
        "tier_name": tier_names(call, rules).get(limit.tier, limit.tier),
        "state": state_of(limit, compliance.today(call)),
    }


def choices(call: Call, rules: Rules) -> dict[str, Any]:
    """The categories, tiers and grades to choose from."""
    return {
        "categories": [{"key": key, "name": name} for key, name in category_names(call, rules).items()],
        "tiers": [{"key": key, "name": name} for key, name in tier_names(call, rules).items()],
        "grades": sorted({each.grade for each in rules.limits if each.grade}),
    }


def list_data(call: Call, query: LimitsQuery) -> dict[str, Any]:
    """The limits that the query asks for, by category, basis, tier, grade and time."""
    rules = compliance.all_of(call)
    chosen = {name: getattr(query, name) for name in FILTERS if getattr(query, name) is not None}
    found = [each for each in rules.limits if all(getattr(each, name) == text for name, text in chosen.items())]
    shown = [limit_data(call, each, rules) for each in in_order(found, rules)]
    kept = [each for each in shown if query.when == "all" or each["state"] != "ended"]
    severities = [rules.severity(rule) for rule in rules.severities]
    return {
        "items": kept,
        "version": rules.version,
        "audit_share": rules.audit_share,
        "sums": [asdict(each) for each in rules.sums],
        "looked_for": sum(severity != "off" for severity in severities),
        "blocking": sum(severity == "block" for severity in severities),
        "titles": len(rules.titles),
    } | choices(call, rules)


def in_order(found: Iterable[Limit], rules: Rules) -> list[Limit]:
    """By category and basis, then from the first tier, the general ones last; the newest first."""
    categories = {key: rank for rank, key in enumerate(rules.categories)}
    tiers = {tier.key: rank for rank, tier in enumerate(rules.tiers)}

    def rank(each: Limit) -> tuple[int, int, int, str, str, int]:
        general = tiers.get(each.tier, len(tiers))
        place = categories[each.category], BASES.index(each.basis), general
        return *place, each.grade or "~", each.currency, -each.valid_from.toordinal()

    return sorted(found, key=rank)


def blank_form(call: Call) -> dict[str, Any]:
    """The form of a new limit."""
    rules = compliance.all_of(call)
    values = {"valid_from": compliance.today(call).isoformat(), "currency": "CNY", "basis": "head"}
    return {"limit": None, "others": [], "fixed": False, "values": values} | choices(call, rules)


def page_data(call: Call, id: str) -> dict[str, Any]:
    """One limit as its form, and the others for the same; raises NotFound."""
    rules, limit = compliance.one(call, id)
    same = [each for each in rules.limits if each.subject == limit.subject and each.id != id]
    return {
        "limit": limit_data(call, limit, rules),
        "others": [limit_data(call, each, rules) for each in in_order(same, rules)],
        "fixed": limit.valid_from < compliance.today(call),
        "values": _limit_values(limit),
    } | choices(call, rules)


def _limit_values(limit: Limit) -> Mapping[str, str]:
    names = ("category", "basis", "grade", "tier", "currency", "note")
    plain = {name: str(getattr(limit, name)) for name in names}
    days = {"valid_from": limit.valid_from.isoformat()}
    days |= {"valid_until": limit.valid_until.isoformat()} if limit.valid_until else {}
    return plain | days | _sum("amount", limit.amount, limit.currency)


def rules_form(call: Call) -> dict[str, Any]:
    """Everything but the limits as its form."""
    rules = compliance.all_of(call)
    facts = {name: value for name, value in asdict(rules).items() if name != "limits"}
    return {"rules": facts, "values": rule_values(rules)} | choices(call, rules)


def rule_values(rules: Rules) -> dict[str, str]:
    """The rules as the fields of their form."""
    values: dict[str, str] = {f"severities.{rule}": severity for rule, severity in rules.severities.items()}
    values |= {f"days.{name}": str(days) for name, days in asdict(rules.days).items() if days is not None}
    for row, sums in enumerate(rules.sums):
        values[f"sums.{row}.currency"] = sums.currency
        for name in ("no_invoice", "split", "auto"):
            values |= _sum(f"sums.{row}.{name}", getattr(sums, name), sums.currency)
    for row, terms in enumerate(rules.terms):
        values |= {f"terms.{row}.category": terms.category, f"terms.{row}.currency": terms.currency}
        values |= {f"terms.{row}.{name}": str(getattr(terms, name)).lower() for name in ("invoice", "rest_days")}
        values |= _sum(f"terms.{row}.application_above", terms.application_above, terms.currency)
    for row, tier in enumerate(rules.tiers):
        values |= {f"tiers.{row}.title.{language}": text for language, text in tier.title.items()}
        values |= {f"tiers.{row}.key": tier.key, f"tiers.{row}.places": "、".join(tier.places)}
    for row, title in enumerate(rules.titles):
        values |= {f"titles.{row}.name": title.name, f"titles.{row}.tax_id": title.tax_id}
    return values | {"audit_share": str(rules.audit_share)}


def _sum(path: str, minor: int | None, currency: str) -> dict[str, str]:
    return {} if minor is None else {path: amount(minor, currency)}
