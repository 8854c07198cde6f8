"""Sequential DynamoDB calls and request units of every endpoint, with nothing remembered and in the steady state."""

from __future__ import annotations

from dataclasses import dataclass

from tests.bench.case import REACH, Case
from tests.bench.cases import CASES
from tests.bench.report import Section, table, verdict
from tests.bench.units import Units
from tests.bench.world import World, forget


@dataclass(frozen=True)
class Taken:
    """What one request took: DynamoDB's operations in their order, and units."""

    calls: tuple[str, ...]
    units: Units


def take(world: World, case: Case) -> Taken:
    """Send the request, count, and take back what it changed."""
    world.tables.mark()
    world.network.sent.clear()
    case.send(world)
    taken = Taken(tuple(world.network.dynamodb_calls), world.tables.consumed)
    world.tables.rollback()
    return taken


def cold_and_warm(world: World, case: Case) -> tuple[Taken, Taken]:
    """The request when nothing of directory and sites is remembered, and the same again."""
    forget()
    cold = take(world, case)
    if case.who:  # commands that change the directory forget it
        world.client(case.who).get("/sites")
    return cold, take(world, case)


def section(world: World) -> Section:
    """The table of all endpoints."""
    rows = []
    for case in CASES:
        cold, warm = cold_and_warm(world, case)
        count = len(warm.calls)
        rows.append((case.name, case.kind, count, len(cold.calls), warm.units, verdict(count, REACH.get(case.kind))))
    head = ("endpoint", "kind", "calls", "calls cold", "units read / write", "reach")
    return Section("Round trips", TEXT + table(head, rows))


TEXT = """Sequential DynamoDB calls of one request, counted by a hook below botocore; the check that a reader still
works here runs beside a query and counts in the units only. In the steady state the process remembers people,
departments and sites for 30 seconds; cold, it has just started. Units are consumed read and write request units in the
steady state, by DynamoDB's rules for item sizes.

"""
