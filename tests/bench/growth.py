"""Request units of every endpoint with ever more records on the lists that it reads."""

from __future__ import annotations

from tests.bench.cases import CASES
from tests.bench.filling import fill
from tests.bench.report import Section, table
from tests.bench.round_trips import Taken, cold_and_warm
from tests.bench.world import World

SIZES = (100, 10_000, 100_000)


def section(world: World) -> Section:
    """The table of all endpoints; leaves the largest number of records in the world."""
    taken: dict[int, list[Taken]] = {}
    for wanted in SIZES:
        fill(world, wanted)
        taken[wanted] = [cold_and_warm(world, case)[1] for case in CASES]
    rows = [
        (case.name, *(each.units for each in over), max(len(each.calls) for each in over), _verdict(over))
        for case, *over in zip(CASES, *taken.values(), strict=True)
    ]
    head = ("endpoint", *(f"{size:,}" for size in SIZES), "calls at most", "flat")
    return Section("Growth", TEXT + table(head, rows))


def _verdict(over: list[Taken]) -> str:
    """The same calls throughout, and the same units once 100 records, which may not fill a page, are passed."""
    same = over[-1].units == over[-2].units and len({each.calls for each in over}) == 1
    return "yes" if same else "**no**"


TEXT = """Units read / write of one request in the steady state with so many visits, approvals, open and decided tasks,
passes of today, people and notices present, all of them on the lists of the people who ask. "Flat": the same calls in
all columns and the same units in the last two (100 records do not fill a page of 200). Computed by DynamoDB's rules
from the sizes of the items that a request reads and writes, on tables in memory that keep the contract of the store
(tests/bench/test_tables.py).

"""
