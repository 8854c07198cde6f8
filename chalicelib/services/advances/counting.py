"""What the people of each department owe: one sum for a department and a currency, moved by every change once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from chalicelib.domain.advances import Advance, Violation
from chalicelib.domain.errors import Contention
from chalicelib.models.advances import open_shards
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.statistics import CountedItem, OutstandingItem, StatisticsTable
from chalicelib.models.store import Add, Query, Store, create
from chalicelib.services.call import Call
from chalicelib.services.directory.reading import every

ATTEMPTS = 8

type Owed = Mapping[tuple[str, str], int]
"""By department and currency, in minor units."""


@dataclass(frozen=True)
class Counted:
    """A change of an advance; `event` is its id in the stream, None means that there is none."""

    event: str
    before: Advance | None
    after: Advance | None


def count(call: Call, changes: Sequence[Counted]) -> None:
    """Add the changes to their departments' sums, each once however often it is told. Raises Contention."""
    for change in changes:
        if amounts := _amounts(change):
            _patiently(call, change, amounts)


def _amounts(change: Counted) -> dict[str, int]:
    def of(advance: Advance | None) -> tuple[int, int]:
        return (advance.outstanding, int(advance.outstanding > 0)) if advance else (0, 0)

    before, after = of(change.before), of(change.after)
    amounts = {"amount": after[0] - before[0], "advances": after[1] - before[1]}
    return {name: amount for name, amount in amounts.items() if amount}


def _patiently(call: Call, change: Counted, amounts: Mapping[str, int]) -> None:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _count(call, change, amounts)
        except Contention:
            if attempt == ATTEMPTS:
                raise


def _count(call: Call, change: Counted, amounts: Mapping[str, int]) -> None:
    advance = change.after or change.before
    event = f"{change.event}#advances"  # other figures count the same change beside this
    if advance is None or call.store.get(CountedItem.at(event))[0] is not None:
        return
    place = OutstandingItem.at(advance.department, advance.currency)
    call.store.write(create(CountedItem.of_event(event, call.now)), Add(place, amounts))


def outstanding_of(store: Store, departments: Iterable[str]) -> dict[tuple[str, str], int]:
    """What is owed of these departments' advances, each without those below it: one query a department, together."""
    wanted = [Query(StatisticsTable, f"outstanding#{department}") for department in departments]
    pages = store.pages(*wanted) if wanted else []
    return {
        (query.pk.partition("#")[2], item.sk): item.amount
        for query, page in zip(wanted, pages, strict=True)
        for item in page.items
        if isinstance(item, OutstandingItem)
    }


def wrong_sums(store: Store, departments: Iterable[str]) -> Iterator[Violation]:
    """Count what is owed anew, and tell every department's sum that says something else."""
    kept = Counter(outstanding_of(store, departments))
    counted: Counter[tuple[str, str]] = Counter()
    for shard in open_shards():
        for item in every(store, Query(SpendingTable, shard, index=2, limit=1000)):
            advance: Advance = item.to(Advance)
            counted[advance.department, advance.currency] += advance.outstanding
    for department, currency in sorted({*kept, *counted}):
        found = (kept[department, currency], counted[department, currency])
        if found[0] != found[1]:
            yield Violation(f"{department} {currency}", "outstanding = open advances", *found)
