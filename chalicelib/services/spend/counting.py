"""Counting what changes in spending exactly once, however large the change and however often it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.domain.errors import Contention
from chalicelib.domain.spend import Added, Cell, Change, chunks, difference
from chalicelib.models.spend import SpendCellItem
from chalicelib.models.statistics import CountedItem, shard_of
from chalicelib.models.store import Add, Operation, create
from chalicelib.services.call import Call

ATTEMPTS = 8


@dataclass(frozen=True)
class Counted:
    """A change of a record: `event` is its id in the stream, `record` the record's, and what it adds on both sides."""

    event: str
    record: str
    before: Added
    after: Added


def count(call: Call, changes: Sequence[Counted]) -> None:
    """Add the changes to their cells, each once however often it is told. Raises Contention; then telling is safe."""
    for each in {change.event: change for change in changes}.values():
        change = difference(each.before, each.after)
        for number, cells in enumerate(chunks(change)):
            _count_patiently(call, f"{each.event}#spend#{number}", shard_of(each.record), change, cells)


def _count_patiently(call: Call, note: str, shard: int, change: Change, cells: Sequence[Cell]) -> None:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _count(call, note, shard, change, cells)
        except Contention:
            if attempt == ATTEMPTS:
                raise


def _count(call: Call, note: str, shard: int, change: Change, cells: Sequence[Cell]) -> None:
    (counted,) = call.store.get(CountedItem.at(note))
    if counted is not None:
        return
    adds: list[Operation] = [
        Add(SpendCellItem.at(cell, shard), {str(name): n for name, n in change[cell].items()}) for cell in cells
    ]
    call.store.write(create(CountedItem.of_event(note, call.now)), *adds)
