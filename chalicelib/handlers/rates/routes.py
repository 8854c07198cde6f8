"""The routes of exchange rates."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.imports import DatedImportQuery, ImportAnswer
from chalicelib.handlers.rates.forms import RateChanged, RateForm, RatesQuery
from chalicelib.services import rates
from chalicelib.services.call import Answer, Call
from chalicelib.services.rates.files import FILE_LIMIT

area = Area("chalicelib.handlers.rates")

MANAGE = "rate:manage"
MAIN = ("EUR", "USD", "JPY", "GBP", "HKD", "CNY", "KRW", "SGD", "CHF", "AUD", "CAD")
"""What most people look for comes first."""


def list_data(call: Call, query: RatesQuery) -> dict[str, Any]:
    """What every currency is worth on the day, and what was stated by hand on it."""
    today = rates.today(call)
    found = rates.listed(call, query.day or today, query.base)
    order = {currency: rank for rank, currency in enumerate(MAIN)}
    shown = sorted(found.rates, key=lambda each: (order.get(each.currency, len(order)), each.currency))
    return {
        "items": [vars(each) | {"value": each.text} for each in shown],
        "own": [vars(each) | {"value": f"{each.value:f}"} for each in found.own],
        "day": found.day,
        "base": found.base,
        "before": found.day - timedelta(days=1),
        "after": found.day + timedelta(days=1) if found.day < today else None,
        "values": {"day": found.day.isoformat(), "base": found.base},
    }


def again(call: Call) -> dict[str, Any]:
    """The page again, after a rate that was refused."""
    return list_data(call, RatesQuery())


@area.endpoint("GET", "/rates", action=MANAGE, query=RatesQuery, page="rates.html")
def list_rates(call: Call, query: RatesQuery) -> dict[str, Any]:
    """The exchange rates by which a document of a day is reckoned, with the day and the source of each."""
    return list_data(call, query)


@area.endpoint("POST", "/rates", action=MANAGE, body=RateForm, answer=RateChanged, page="rates.html", refill=again)
def state_rate(call: Call, form: RateForm) -> Answer:
    """State a rate by hand for a day, or take one back; documents that were reckoned keep theirs."""
    if form.action == "remove":
        return rates.remove(call, form.day, form.currency, form.base)
    return rates.state(call, form.day, form.currency, form.base, form.value)


@area.endpoint("POST", "/rates/import", action=MANAGE, query=DatedImportQuery, upload=FILE_LIMIT, answer=ImportAnswer)
def import_rates(call: Call, query: DatedImportQuery, file: bytes) -> Answer:
    """Take in the European Central Bank's reference file (CSV, ZIP or XML), of the last 400 days or from `since` on.

    `trial` only says what would change.
    """
    return rates.take(call, file, query.since, query.trial)
