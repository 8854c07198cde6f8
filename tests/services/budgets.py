"""Budgets at the company of the tests."""

from __future__ import annotations

from typing import Any

from chalicelib.domain.budgets import Freeze, Line, Movement
from chalicelib.models.budgets import FREEZES, MOVEMENTS, LineItem, SpendingTable, partition
from chalicelib.models.store import Query
from chalicelib.services import budgets
from chalicelib.services.directory.reading import every
from tests.company import HEAD_OFFICE
from tests.services.conftest import Company

MONTH = "2026-03"


def stated(period: str = MONTH, **facts: Any) -> Line:
    """A line as finance states it."""
    known: dict[str, Any] = {"department": HEAD_OFFICE.id, "category": "reception", "currency": "CNY"}
    return Line("", **known | {"period": period} | facts)


def allot(company: Company, amount: int | str = "1000", period: str = MONTH, **facts: Any) -> str:
    """Write a line down, 1,000.00 for receptions in March; its id."""
    return str(budgets.create(company.call(company.admin), stated(period, **facts), amount)["id"])


def line(company: Company, id: str) -> Line:
    """The line as it is."""
    (item,) = company.store.get(LineItem.at(id))
    found: Line = item.to(Line)
    return found


def figures(company: Company, id: str) -> tuple[int, int, int]:
    """What the line has available, frozen and used; the proof holds."""
    assert budgets.violations_of(company.store, id) == []
    found = line(company, id)
    return found.available, found.frozen, found.used


def movements(company: Company, id: str) -> list[tuple[str, int]]:
    """What moved on the line, in order."""
    found = every(company.store, Query(SpendingTable, partition(id), prefix=MOVEMENTS))
    return [(each.what, each.amount) for each in (item.to(Movement) for item in found)]


def freezes(company: Company, id: str) -> list[tuple[str, int]]:
    """What documents hold of the line: status, and how much still."""
    found = every(company.store, Query(SpendingTable, partition(id), prefix=FREEZES))
    return [(each.status, each.held) for each in (item.to(Freeze) for item in found)]
