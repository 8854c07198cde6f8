"""The proof: every line's figures against everything that stands in its account."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.domain import budgets
from chalicelib.domain.budgets import Freeze, Line, Movement, Violation
from chalicelib.models.budgets import FreezeItem, LineItem, MovementItem, SpendingTable, partition, shards
from chalicelib.models.store import Query, Store
from chalicelib.services.directory.reading import every


def every_line(store: Store) -> Iterator[str]:
    """The ids of all lines, shard by shard."""
    for shard in shards():
        yield from (item.id for item in every(store, Query(SpendingTable, shard, index=2, limit=1000)))


def violations_of(store: Store, id: str) -> list[Violation]:
    """Every equation that does not hold of the line.

    One query reads it with all that belongs to it. Where it takes several pages, what is written meanwhile could look
    like a violation, so what is found is looked at again: only what is wrong by as much twice is told.
    """
    found = _violations(store, id)
    if not found:
        return []
    wrong = {(each.equation, each.kept - each.counted) for each in found}
    return [each for each in _violations(store, id) if (each.equation, each.kept - each.counted) in wrong]


def _violations(store: Store, id: str) -> list[Violation]:
    items = every(store, Query(SpendingTable, partition(id), limit=1000))
    line: Line = next(item.to(Line) for item in items if isinstance(item, LineItem))
    freezes = [item.to(Freeze) for item in items if isinstance(item, FreezeItem)]
    movements = [item.to(Movement) for item in items if isinstance(item, MovementItem)]
    return [*budgets.violations(line, freezes, movements)]
