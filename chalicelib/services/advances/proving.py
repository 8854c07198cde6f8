"""The proof: an advance's figures against everything that stands in its account, and against its owner's standing."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.domain import advances
from chalicelib.domain.advances import Advance, Movement, Violation, counts_for
from chalicelib.models.advances import AdvanceItem, AdvanceMovementItem, ExposureItem, paid_shards, partition
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.store import Query, Store
from chalicelib.services.directory.reading import every


def every_advance(store: Store) -> Iterator[str]:
    """The ids of all advances that money moved on, shard by shard."""
    for shard in paid_shards():
        yield from (item.id for item in every(store, Query(SpendingTable, shard, index=3, limit=1000)))


def violations_of(store: Store, id: str) -> list[Violation]:
    """Every equation that does not hold of the advance.

    What moves on it between the reads could look like a violation: only what is wrong by as much twice is told.
    """
    found = _violations(store, id)
    if not found:
        return []
    wrong = {(each.equation, each.kept - each.counted) for each in found}
    return [each for each in _violations(store, id) if (each.equation, each.kept - each.counted) in wrong]


def _violations(store: Store, id: str) -> list[Violation]:
    items = every(store, Query(SpendingTable, partition(id), limit=1000))
    own: Advance = next(item.to(Advance) for item in items if isinstance(item, AdvanceItem))
    movements = [item.to(Movement) for item in items if isinstance(item, AdvanceMovementItem)]
    return [*advances.violations(own, movements), *_exposed(store, own)]


def _exposed(store: Store, own: Advance) -> Iterator[Violation]:
    (exposure,) = store.get(ExposureItem.at(own.applicant, own.id))
    kept = exposure.amount if exposure else 0
    if kept != counts_for(own):
        yield Violation(own.id, "counts in its owner's standing", kept, counts_for(own))
