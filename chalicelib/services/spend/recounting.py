"""Counting spending anew from the records, to compare with the figures that are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from chalicelib.domain.claims import Claim
from chalicelib.domain.spend import (
    COMPANY,
    Added,
    Cell,
    Deciding,
    Dimension,
    Measure,
    department_scope,
    of_claim,
    of_task,
)
from chalicelib.models.approvals import ApprovalsTable
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.claims import of_company
from chalicelib.models.directory import DirectoryTable, PersonItem
from chalicelib.models.spend import SpendCellItem, partition
from chalicelib.models.statistics import StatisticsTable
from chalicelib.models.store import Query, Store
from chalicelib.services.directory.reading import every


@dataclass(frozen=True)
class Difference:
    """A figure that does not say what the records say."""

    cell: Cell
    measure: Measure
    kept: int
    counted: int


def differences(store: Store, departments: Sequence[str], submitted: Sequence[str]) -> Iterator[Difference]:
    """Count the claims that were first submitted in those months, and every decided task, anew; compare all cells.

    `submitted` has to begin with the first month that there are claims of: an expense counts in the month of its day,
    and so months are right only once all claims are counted.
    """
    counted: dict[Cell, Counter[Measure]] = {}
    for added in (*_claims(store, submitted), *_tasks(store, departments)):
        for cell, figures in added:
            counted.setdefault(cell, Counter()).update(figures)
    yield from _unequal(counted, _kept(store, departments))


def _claims(store: Store, months: Iterable[str]) -> Iterator[Added]:
    for month in months:
        for pk in of_company(month):
            for item in every(store, Query(SpendingTable, pk, index=2, limit=200)):
                yield of_claim(item.to(Claim))


def _tasks(store: Store, departments: Iterable[str]) -> Iterator[Added]:
    for department in departments:
        for member in every(store, Query(DirectoryTable, f"department#{department}", index=1, prefix="person#")):
            if isinstance(member, PersonItem):
                for item in every(store, Query(ApprovalsTable, f"decided#{member.id}", index=2, limit=1000)):
                    yield of_task(item.to(Deciding))


def _kept(store: Store, departments: Iterable[str]) -> Mapping[Cell, Counter[Measure]]:
    kept: dict[Cell, Counter[Measure]] = {}
    dimensions: tuple[Dimension, ...] = get_args(Dimension.__value__)
    for scope in (COMPANY, *map(department_scope, departments)):
        for dimension in dimensions:
            for item in every(store, Query(StatisticsTable, partition(dimension, scope), limit=1000)):
                if isinstance(item, SpendCellItem):
                    cell = Cell(dimension, scope, item.month, item.currency, item.about)
                    kept.setdefault(cell, Counter()).update(item.figures())
    return kept


def _unequal(counted: Mapping[Cell, Counter[Measure]], kept: Mapping[Cell, Counter[Measure]]) -> Iterator[Difference]:
    none: Counter[Measure] = Counter()
    for cell in sorted({*counted, *kept}):
        ours, theirs = counted.get(cell, none), kept.get(cell, none)
        for measure in sorted({*ours, *theirs}):
            if ours[measure] != theirs[measure]:
                yield Difference(cell, measure, theirs[measure], ours[measure])
