"""What a command on an application is going to ask by key, read in one batch: visit, rates, and budgets that pay."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.domain.applications import BUDGETS_LIMIT, Asked, payers
from chalicelib.models.item import Key
from chalicelib.services import expenses, rates
from chalicelib.services.ahead import read_ahead
from chalicelib.services.applications import taking, visiting
from chalicelib.services.applications.form import budgets_of, categorised, currency_of, site_for, today_at
from chalicelib.services.applications.record import keys
from chalicelib.services.call import Call


def foreseen(call: Call, asked: Asked, id: str, submit_now: bool, old: bool = False) -> Call:
    """The call that knows all this. The budgets are those of the applicant's own department and site; where a visit is
    at another one, theirs are asked once it is known."""
    wanted = [expenses.head(), *(keys([id]) if old else ()), *visiting.keys_of(asked.visit), *_of_rates(call, asked)]
    if submit_now:
        wanted += _of_budgets(call, asked, id)
    return read_ahead(call, wanted)


def _of_rates(call: Call, asked: Asked) -> Iterator[Key]:
    site = site_for(call)
    if any(row.currency not in ("", currency_of(site)) for row in asked.rows):
        yield from rates.keys([today_at(call, site)])


def _of_budgets(call: Call, asked: Asked, id: str) -> list[Key]:
    paying = budgets_of(expenses.known(call.store, call.now))
    currency = currency_of(site_for(call))
    rows = [row for row in categorised(asked.rows, currency) if row.category in paying]
    found = payers(rows, paying)[:BUDGETS_LIMIT]
    return taking.keys_for(id, call.me.department, currency, found)
