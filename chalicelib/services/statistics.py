"""Counting changes exactly once, reading figures at the cost of their cells, and counting anew to compare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chalicelib.domain.errors import Contention
from chalicelib.domain.passes import Pass
from chalicelib.domain.statistics import (
    COMPANY,
    CUSTOMER,
    Cell,
    Measure,
    customer_scope,
    department_scope,
    difference,
    of_pass,
    of_visit,
    site_scope,
)
from chalicelib.domain.statistics import Change as Amounts
from chalicelib.domain.visits import Visit
from chalicelib.models.gate import PassItem
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.statistics import (
    SHARDS,
    CellItem,
    CountedItem,
    StatisticsTable,
    customers_partition,
    shard_of,
)
from chalicelib.models.store import Add, Operation, Query, Store, create
from chalicelib.models.visits import VisitItem
from chalicelib.services.call import Call
from chalicelib.services.directory.reading import every

ATTEMPTS = 8


@dataclass(frozen=True)
class Counted:
    """A change of a visit or of one of its passes; `event` is its id in the stream, None means that there is none."""

    event: str
    visit: str
    before: Visit | Pass | None
    after: Visit | Pass | None


def count(call: Call, changes: Sequence[Counted]) -> None:
    """Add the changes to their cells, each once however often it is told. Raises Contention; then telling is safe."""
    for change in {change.event: change for change in changes}.values():
        _count_patiently(call, change)


def _count_patiently(call: Call, change: Counted) -> None:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _count(call, change)
        except Contention:
            if attempt == ATTEMPTS:
                raise


def _count(call: Call, change: Counted) -> None:
    counted, head = call.store.get(CountedItem.at(change.event), VisitItem.at(change.visit))
    if counted is not None:
        return
    amounts = _amounts(change, head.to(Visit) if head else None)
    if amounts:
        shard = shard_of(change.visit)
        adds: list[Operation] = [
            Add(CellItem.at(cell, shard), {str(name): n for name, n in amounts[cell].items()})
            for cell in sorted(amounts)
        ]
        call.store.write(create(CountedItem.of_event(change.event, call.now)), *adds)


def _amounts(change: Counted, visit: Visit | None) -> Amounts:
    sides = [_added(side, visit) for side in (change.before, change.after)]
    return difference(*sides)


def _added(record: Visit | Pass | None, visit: Visit | None) -> list[tuple[Cell, Mapping[Measure, int]]]:
    if isinstance(record, Pass):
        return of_pass(record, visit) if visit else []
    return of_visit(record)


def read(store: Store, scope: str, months: Sequence[str]) -> dict[str, Counter[Measure]]:
    """The figures of a scope by month, for months that follow each other; one query, whatever they count."""
    return read_with_costs(store, scope, months)[""]


def read_with_costs(store: Store, scope: str, months: Sequence[str]) -> dict[str, dict[str, Counter[Measure]]]:
    """The same, and what the visits cost: figures by currency ("" for those that are no money) and month."""
    found: dict[str, dict[str, Counter[Measure]]] = {"": {month: Counter() for month in months}}
    _, pk, _ = CellItem.at(Cell(scope, min(months)), 0)
    at_most = len(months) * SHARDS * 3 + 1  # a page that is full could have another after it
    kept = Query(StatisticsTable, pk, start=min(months), end=f"{max(months)}~", limit=at_most)
    for item in every(store, kept):
        by_month = found.setdefault(item.currency, {month: Counter() for month in months})
        by_month[item.month].update(item.figures())
    return found


def customers(store: Store, month: str) -> dict[tuple[str, str], Counter[Measure]]:
    """The figures of a month's customers, by name and currency ("" for those that are no money)."""
    found: dict[tuple[str, str], Counter[Measure]] = {}
    for item in every(store, Query(StatisticsTable, customers_partition(month), limit=1000)):
        found.setdefault((item.customer, item.currency), Counter()).update(item.figures())
    return found


@dataclass(frozen=True)
class Difference:
    """A figure that does not say what the records say."""

    cell: Cell
    measure: Measure
    kept: int
    counted: int


def differences(
    store: Store, sites: Sequence[str], departments: Sequence[str], months: Sequence[str]
) -> Iterator[Difference]:
    """Count the visits of those sites and months anew and compare every cell that they could have added to."""
    scopes = [COMPANY, *map(site_scope, sites), *map(department_scope, departments)]
    for month in months:
        counted: dict[Cell, Counter[Measure]] = {Cell(scope, month): Counter() for scope in scopes}
        for site in sites:
            for visit in every(store, Query(ReceptionTable, f"site#{site}", index=3, prefix=month, limit=200)):
                _recount(store, visit.to(Visit), counted)
        yield from _unequal(counted, _kept(store, counted, month))


def _kept(store: Store, counted: dict[Cell, Counter[Measure]], month: str) -> dict[Cell, Counter[Measure]]:
    """What is kept of the month: of all that was counted, and whatever else stands beside it."""
    kept: dict[Cell, Counter[Measure]] = {}
    for scope in sorted({cell.scope for cell in counted if not cell.scope.startswith(CUSTOMER)}):
        for currency, by_month in read_with_costs(store, scope, [month]).items():
            kept[Cell(scope, month, currency)] = by_month[month]
    for (name, currency), figures in customers(store, month).items():
        kept[Cell(customer_scope(name), month, currency)] = figures
    for cell in {*kept, *counted}:
        counted.setdefault(cell, Counter())
        kept.setdefault(cell, Counter())
    return kept


def _recount(store: Store, visit: Visit, counted: dict[Cell, Counter[Measure]]) -> None:
    passes = every(store, Query(ReceptionTable, f"visit#{visit.id}", prefix="pass#", limit=1000))
    sides = [of_visit(visit), *(of_pass(item.to(Pass), visit) for item in passes if isinstance(item, PassItem))]
    for cell, figures in (each for side in sides for each in side):
        counted.setdefault(cell, Counter()).update(figures)


def _unequal(counted: Mapping[Cell, Counter[Measure]], kept: Mapping[Cell, Counter[Measure]]) -> Iterator[Difference]:
    for cell in sorted(counted):
        for measure in sorted({*counted[cell], *kept[cell]}):
            if counted[cell][measure] != kept[cell][measure]:
                yield Difference(cell, measure, kept[cell][measure], counted[cell][measure])
