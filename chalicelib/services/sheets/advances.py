"""What is owed of advances by person and age, as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from chalicelib.domain.advances import Aged
from chalicelib.services import advances, directory
from chalicelib.services.call import Call
from chalicelib.services.exports import Asked, Cell, Column, Sheet, titled
from chalicelib.web.i18n import N_
from chalicelib.web.money import amount


def _department(call: Call, row: Aged) -> Cell:
    known = directory.departments(call.store, call.now)
    return next((each.name for each in known if each.id == row.department), row.department)


def _sum(row: Aged, minor: int) -> Cell:
    return Decimal(amount(minor, row.currency))


COLUMNS: Mapping[str, Callable[[Call, Aged], Cell]] = {
    N_("Department"): _department,
    N_("Name"): lambda call, row: row.name,
    N_("Currency"): lambda call, row: row.currency,
    N_("0-30 days"): lambda call, row: _sum(row, row.buckets[0]),
    N_("31-60 days"): lambda call, row: _sum(row, row.buckets[1]),
    N_("61-90 days"): lambda call, row: _sum(row, row.buckets[2]),
    N_("More than 90 days"): lambda call, row: _sum(row, row.buckets[3]),
    N_("Outstanding"): lambda call, row: _sum(row, row.total),
    N_("Overdue"): lambda call, row: _sum(row, row.overdue),
    N_("Advances"): lambda call, row: row.advances,
    N_("First due"): lambda call, row: row.due,
}


def _columns(call: Call, asked: Asked) -> Sequence[Column]:
    return titled(call, COLUMNS)


def _rows(call: Call, asked: Asked, cursor: str | None, limit: int) -> tuple[Sequence[Aged], str | None]:
    return advances.ageing(call, asked.get("department", "")).rows, None


SHEET = Sheet("advances", N_("Ageing of advances"), _rows, _columns)
