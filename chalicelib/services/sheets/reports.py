"""Reports of spending as files: the rows that were asked for, and the expenses behind them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from chalicelib.domain.spend import Dimension
from chalicelib.services import reports
from chalicelib.services.call import Call
from chalicelib.services.exports import Asked, Cell, Column, Sheet, titled
from chalicelib.services.reports import Expense, Filters, Row
from chalicelib.services.reports.naming import Names
from chalicelib.web.i18n import N_, translator
from chalicelib.web.money import amount
from chalicelib.web.report_words import DIMENSIONS

BY: Mapping[str, Dimension] = {
    "department": "department",
    "category": "category",
    "person": "person",
    "project": "project",
    "customer": "customer",
    "visit": "visit",
}


def filters(call: Call, asked: Asked) -> Filters:
    """What the address asks for."""
    return reports.filters(call, asked.get("department", ""), asked.get("from", ""), asked.get("to", ""))


def _sum(minor: int, currency: str) -> Cell:
    return Decimal(amount(minor, currency))


def _figure(name: Any) -> Callable[[Call, Any], Cell]:
    return lambda call, each: _sum(each[0].figures[name], each[0].currency)


_SPENDING: Mapping[str, Callable[[Call, tuple[Row, str]], Cell]] = {
    N_("Currency"): lambda call, each: each[0].currency,
    N_("Spent"): _figure("spent"),
    N_("Approved, to be paid"): _figure("awaiting"),
    N_("Not granted"): _figure("refused"),
    N_("Above the standards"): _figure("excess"),
    N_("Expenses"): lambda call, each: each[0].figures["lines"],
}


def _columns(call: Call, asked: Asked) -> Sequence[Column]:
    title = translator(call.locale).gettext(DIMENSIONS[asked.get("by", "department")])
    return [Column(title, lambda call, each: each[1]), *titled(call, _SPENDING)]


def _rows(call: Call, asked: Asked, cursor: str | None, limit: int) -> tuple[Sequence[tuple[Row, str]], str | None]:
    by = BY[asked.get("by", "department")]
    found = reports.spending(call, filters(call, asked), by)
    names = Names.of(call, by, [row.key for row in found.rows])
    return [(row, names.get(row.key)) for row in found.rows], None


_EXPENSES: Mapping[str, Callable[[Call, tuple[Expense, Names, Names]], Cell]] = {
    N_("Day"): lambda call, each: date.fromisoformat(each[0].about.day),
    N_("Colleague"): lambda call, each: each[1].get(each[0].about.person),
    N_("Expense category"): lambda call, each: each[2].get(each[0].about.category),
    N_("Vendor"): lambda call, each: each[0].about.vendor,
    N_("Project"): lambda call, each: each[0].about.project,
    N_("Customer"): lambda call, each: each[0].about.customer,
    N_("Currency"): lambda call, each: each[0].currency,
    N_("Amount"): lambda call, each: _sum(each[0].amount, each[0].currency),
    N_("Above the standards"): lambda call, each: _sum(each[0].excess, each[0].currency),
    N_("Claim"): lambda call, each: each[0].about.number,
}


def chosen(call: Call, asked: Asked) -> tuple[list[Expense], bool]:
    """The expenses that the address asks for, and whether they are all."""
    found, whole = reports.expenses(call, filters(call, asked))
    return reports.of(found, asked.get("by", ""), asked.get("of", ""), asked.get("currency", "")), whole


def _lines(
    call: Call, asked: Asked, cursor: str | None, limit: int
) -> tuple[Sequence[tuple[Expense, Names, Names]], str | None]:
    found, _ = chosen(call, asked)
    people = Names.of(call, "person", [each.about.person for each in found])
    return [(each, people, Names.of(call, "category", ())) for each in found], None


SHEET = Sheet("spending", N_("Spending"), _rows, _columns)
EXPENSES = Sheet("expenses", N_("Expenses"), _lines, lambda call, asked: titled(call, _EXPENSES))
