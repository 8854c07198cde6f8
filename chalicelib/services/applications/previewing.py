"""What an application would take while somebody fills it in: each row's cost, and each budget as it stands now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from chalicelib.domain.applications import BUDGETS_LIMIT, Payer, Row, by_line, cost_of, payers
from chalicelib.domain.budgets import Line
from chalicelib.domain.errors import Invalid, NotFound
from chalicelib.services import expenses
from chalicelib.services.ahead import read_ahead
from chalicelib.services.applications import taking
from chalicelib.services.applications.form import (
    budgets_of,
    categorised,
    currency_of,
    reckoned,
    site_for,
    today_at,
)
from chalicelib.services.applications.visiting import held_by, seen
from chalicelib.services.call import Call
from chalicelib.services.permissions import COMPANY


@dataclass(frozen=True)
class Priced:
    """A row as far as it is known: `cost` in its own currency and `converted`, None where something is missing.

    `fault` is the code of what is wrong with its currency or category, "" for nothing.
    """

    row: Row
    cost: int | None
    converted: int | None
    fault: str = ""


@dataclass(frozen=True)
class Room:
    """A budget line, what is `asked` of it, and what the visit that the application is for `held` of it already."""

    line: Line
    asked: int
    held: int = 0

    @property
    def short(self) -> int:
        """What is asked for beyond the budget; nothing of one without control."""
        return max(0, self.asked - self.line.available) if self.line.control != "none" else 0


@dataclass(frozen=True)
class Preview:
    """All rows, the budgets that pay, and what no budget pays for and so nothing limits.

    Sums are minor units of `currency`; `crowded` says that the rows are of more budgets than one application takes
    from.
    """

    currency: str
    rows: tuple[Priced, ...]
    rooms: tuple[Room, ...]
    unlimited: int
    crowded: bool = False

    @property
    def total(self) -> int:
        """What is asked for in all, as far as it is known."""
        return sum(each.converted or 0 for each in self.rows)


def preview(call: Call, rows: Sequence[Row], visit_id: str = "") -> Preview:
    """What the rows would take; nothing is saved. A visit that the person may not see counts as none."""
    call.permit("application:create", COMPANY)
    held_line, held, site_id = _of_visit(call, visit_id)
    site = site_for(call, site_id)
    currency, paying = currency_of(site), budgets_of(expenses.known(call.store, call.now))
    priced = [_priced(call, row, currency, today_at(call, site), paying) for row in categorised(rows, currency)]
    counted = [each.row for each in priced if each.converted and not each.fault]
    found = payers(counted, paying)
    lines = _lines(call, currency, found[:BUDGETS_LIMIT])
    paid = [replace(row, line=_line(row, paying, lines)) for row in counted]
    rooms = _rooms(lines, by_line(paid), held_line, held)
    unlimited = sum(row.converted for row in paid if not row.line)
    return Preview(currency, tuple(priced), rooms, unlimited, len(found) > BUDGETS_LIMIT)


def _lines(call: Call, currency: str, found: Sequence[Payer]) -> taking.Lines:
    """The budgets that pay, in one read."""
    department = call.me.department
    call = read_ahead(call, taking.keys_for("", department, currency, found)) if found else call
    return taking.lines_of(call.store, department, currency, found)


def _of_visit(call: Call, visit_id: str) -> tuple[str, int, str]:
    """The line of which the visit holds something, how much, and the visit's site."""
    if not visit_id:
        return "", 0, ""
    try:
        visit = seen(call, visit_id)
    except NotFound:
        return "", 0, ""
    return *held_by(visit), visit.site


def _priced(call: Call, row: Row, currency: str, day: date, paying: Mapping[str, str]) -> Priced:
    cost = cost_of(row)
    if row.category not in paying:
        return Priced(row, cost, None, "category_needed")
    if not cost or cost < 0:
        return Priced(row, None, None)
    try:
        known = reckoned(call, row, currency, day, "currency")
    except Invalid as refused:
        return Priced(row, cost, None, refused.fields[0].code)
    return Priced(known, cost, known.converted)


def _line(row: Row, paying: Mapping[str, str], lines: Mapping[Payer, Line]) -> str:
    line = lines.get(Payer(paying[row.category], row.month))
    return line.id if line else ""


def _rooms(lines: Mapping[Payer, Line], asked: Mapping[str, int], held_line: str, held: int) -> tuple[Room, ...]:
    by_id = {line.id: line for line in lines.values()}
    return tuple(Room(by_id[id], sum, held if id == held_line else 0) for id, sum in asked.items())
