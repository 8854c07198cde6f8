"""Looking at budgets: lists of lines with what they add up to, and one line with all that moved on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chalicelib.domain.budgets import Figures, Freeze, Line, Movement, is_month, rolled_up, sums
from chalicelib.domain.directory import Department
from chalicelib.domain.errors import Forbidden, NotFound
from chalicelib.models.budgets import (
    FREEZES,
    LINE,
    MOVEMENTS,
    FreezeItem,
    SpendingTable,
    of_department,
    partition,
    shards,
)
from chalicelib.models.store import Query
from chalicelib.services import directory
from chalicelib.services.call import Call
from chalicelib.services.permissions import Resource

VIEW = "budget:view"
SHOWN = 50
"""Freezes and movements that the page of a line shows, the newest first."""


@dataclass(frozen=True)
class Account:
    """A line, what documents hold of it, and the entries of its account from the newest on; `next`: a cursor.

    `path`: its department with those above it.
    """

    line: Line
    freezes: tuple[Freeze, ...]
    movements: tuple[Movement, ...]
    next: str | None
    path: Sequence[str]


@dataclass(frozen=True)
class Listing:
    """Lines by department, category and period; what they add up to by currency, and for each department with those
    below it."""

    lines: tuple[Line, ...]
    totals: Mapping[str, Figures]
    departments: Mapping[str, Mapping[str, Figures]]


def account(call: Call, id: str, cursor: str | None = None) -> Account:
    """One line with its account; raises NotFound for those who may not see it."""
    of_line = Query(SpendingTable, partition(id), newest_first=True, limit=SHOWN)
    own, held, moved = call.store.pages(
        replace(of_line, prefix=LINE),
        replace(of_line, prefix=FREEZES),
        replace(of_line, prefix=MOVEMENTS, cursor=cursor),
    )
    if not own.items:
        raise NotFound
    line: Line = own.items[0].to(Line)
    resource = _resource(call, line.department)
    call.permit(VIEW, resource, unseen=True)
    path: list[str] = resource.attributes["departments"]
    freezes = tuple(each.to(Freeze) for each in held.items if isinstance(each, FreezeItem))
    return Account(line, freezes, tuple(each.to(Movement) for each in moved.items), moved.cursor, path)


def listing(call: Call, period: str, department: str = "", category: str = "") -> Listing:
    """The lines of a month with those of its year, or of a year with all its months; raises Forbidden.

    Those of a department with all below it, otherwise all that the person may see: one query for each department, or
    for each shard of the company.
    """
    known = directory.departments(call.store, call.now)
    partitions, index = _partitions(call, known, department)
    periods = (f"{period}#", f"{period[:4]}#") if is_month(period) else (period,)
    found = _read(call, partitions, index, periods)
    names = {each.id: each.name for each in known}
    kept = [line for line in found if not category or line.category == category]
    kept.sort(key=lambda line: (names.get(line.department, ""), line.department, line.category, line.period))
    return Listing(tuple(kept), sums(kept), rolled_up(kept, {each.id: each.path for each in known}))


def departments(call: Call) -> list[Department]:
    """The departments whose budgets the person may see, by name."""
    known = directory.departments(call.store, call.now)
    if call.may(VIEW, Resource("Budget", "all")):
        return known
    return [each for each in known if call.heads & {*each.path}]


def figures_of(line: Line) -> dict[str, Any]:
    """What a bar of the line shows: its terms and its figures, in minor units."""
    names = ("id", "period", "currency", "control", "allotted", "adjusted", "available", "frozen", "used")
    return {name: getattr(line, name) for name in names}


def _partitions(call: Call, known: Sequence[Department], department: str) -> tuple[list[str], int]:
    if department:
        call.permit(VIEW, _resource(call, department))
        return _below(known, {department}), 1
    if call.may(VIEW, Resource("Budget", "all")):
        call.permit(VIEW, Resource("Budget", "all"))
        return shards(), 2
    if not call.heads:
        raise Forbidden
    call.permit(VIEW, Resource("Budget", "own", {"departments": sorted(call.heads)}))
    return _below(known, call.heads), 1


def _below(known: Iterable[Department], tops: Iterable[str]) -> list[str]:
    return [of_department(each.id) for each in known if not {*tops}.isdisjoint(each.path)]


def _read(call: Call, partitions: Sequence[str], index: int, periods: Sequence[str]) -> list[Line]:
    """All lines of these partitions, side by side, over as many pages as it takes."""
    waiting = [
        Query(SpendingTable, each, index=index, prefix=period, limit=1000) for each in partitions for period in periods
    ]
    found: list[Line] = []
    while waiting:
        pages = call.store.pages(*waiting)
        found += [item.to(Line) for page in pages for item in page.items]
        waiting = [
            replace(query, cursor=page.cursor) for query, page in zip(waiting, pages, strict=True) if page.cursor
        ]
    return found


def _resource(call: Call, department: str) -> Resource:
    known = directory.departments(call.store, call.now)
    path = next((each.path for each in known if each.id == department), (department,))
    return Resource("Budget", department, {"departments": list(path)})
