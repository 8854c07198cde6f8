"""How many changes a second the audit takes: calls and CPU of the function `record`, for one chain and for an area."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from chalicelib.models.audit import SHARDS, chain_of
from chalicelib.models.item import physical_name
from tests.bench.following import event_of
from tests.bench.report import Section, table
from tests.bench.tables import Change
from tests.bench.units import Units
from tests.bench.world import World

WAITS: Mapping[str, float] = {"BatchGetItem": 0.004, "Query": 0.004, "TransactWriteItems": 0.012, "PutObject": 0.035}
"""Seconds that a call takes within a region, a cautious reading of what AWS's own metrics show for small items."""
GB_OF_A_CORE, MEMORY_GB = 1.769, 0.5
BATCHES = 20
_numbers = count(1)


@dataclass(frozen=True)
class Pace:
    """What a batch of so many changes took: calls one after the other, CPU seconds of this machine, units."""

    changes: int
    calls: tuple[str, ...]
    cpu: float
    units: Units

    @property
    def seconds(self) -> float:
        """How long the function works on it: the calls' waits, and the CPU time at its share of a core."""
        return sum(WAITS[each] for each in self.calls) + self.cpu * GB_OF_A_CORE / MEMORY_GB

    @property
    def rate(self) -> float:
        """Changes a second of one stream shard, whose batches come one after the other."""
        return self.changes / self.seconds


def section(world: World) -> Section:
    """The table; leaves the entries in the world."""
    rows = [_row("one chain", _pace(world, size, 1)) for size in (1, 25, 100)]
    rows += [_row("an area", _pace(world, size, SHARDS)) for size in (25, 100)]
    head = ("changes of", "in a batch", "calls", "CPU ms a change", "write units a change", "changes a second")
    return Section("Audit", TEXT + table(head, rows))


def _row(of: str, pace: Pace) -> tuple[object, ...]:
    cpu = 1000 * pace.cpu / pace.changes
    return of, pace.changes, len(pace.calls), f"{cpu:.2f}", f"{pace.units.write / pace.changes:.1f}", f"{pace.rate:.0f}"


def _pace(world: World, size: int, chains: int) -> Pace:
    """The middle of BATCHES batches of changes that are spread over so many chains of reception."""
    paces = sorted((_one(world, size, chains) for _ in range(BATCHES)), key=lambda pace: pace.cpu)
    return paces[BATCHES // 2]


def _one(world: World, size: int, chains: int) -> Pace:
    record, event = world.app_function("record"), event_of(_changes(size, chains), next(_numbers) * 1000)
    units, sent = world.tables.consumed, len(world.network.sent)
    thinking, started = world.network.thinking_ns, time.process_time_ns()
    record(event, None)
    spent = time.process_time_ns() - started - (world.network.thinking_ns - thinking)
    used = Units(world.tables.consumed.read - units.read, world.tables.consumed.write - units.write)
    calls = tuple(each.operation for each in world.network.sent[sent:])
    world.take_changes()
    return Pace(size, calls, spent / 1e9, used)


def _changes(size: int, chains: int) -> list[Change]:
    """New visits' heads (of a usual length) in the first so many chains."""
    wanted = [chain_of("reception", f"visit#{number}") for number in range(50)]
    allowed = sorted({*wanted})[:chains]
    ids = (f"V{next(_numbers):025}" for _ in count())
    fitting = (id for id in ids if chain_of("reception", f"visit#{id}") in allowed)
    return [Change(physical_name("reception"), None, _image(next(fitting))) for _ in range(size)]


def _image(id: str) -> dict[str, Any]:
    texts = {"pk": f"visit#{id}", "sk": "head", "kind": "guests", "changed_by": "P-ann", "purpose": "Contract talks"}
    texts |= {"changed_at": "2026-03-02T01:00:00Z", "changed_from": "192.0.2.7", "party": "王小明 · 远航"}
    return {name: {"S": text} for name, text in texts.items()} | {"version": {"N": "1"}}


TEXT = f"""The function `record` takes a table's changes in batches, one batch at a time for each shard of the stream.
A change costs its share of the calls (a transaction, a file in the bucket, and what they need to know, for each chain
that the batch touches) and CPU time. "Changes a second" is what one shard of the stream manages with {MEMORY_GB:g} GB
of memory, calls taking {", ".join(f"{1000 * wait:g} ms ({name})" for name, wait in WAITS.items())}.
Chains do not wait for each other: an area has {SHARDS}, and the stream of a busy table is split into more shards.

"""
