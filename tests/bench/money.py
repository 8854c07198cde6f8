"""What operations cost a million times, and a company of 1,000 people a month."""

from __future__ import annotations

from itertools import accumulate, chain, repeat, takewhile

from chalicelib.web.page import INBOX_MINUTES
from tests.bench import prices
from tests.bench.filling import fill
from tests.bench.journey import Journey
from tests.bench.operations import CALL_SECONDS, Used, of_case, transitions
from tests.bench.report import Section, table
from tests.bench.units import Units, size
from tests.bench.world import World

PEOPLE = 1000
WORKDAYS = 22
VISITS = 2 * PEOPLE
OPEN_MINUTES = 120
"""A day that somebody looks at a page."""
STRETCH_MINUTES = 10
"""Of it without opening another page or coming back to one: each of these asks at once for the inbox's count."""


def asks(minutes: int) -> int:
    """How often a page that is looked at for so long asks for the inbox's count while that stays the same."""
    steps = chain(INBOX_MINUTES, repeat(INBOX_MINUTES[-1]))
    return 1 + sum(1 for _ in takewhile(lambda at: at <= minutes, accumulate(steps)))


ASKS = OPEN_MINUTES // STRETCH_MINUTES * asks(STRETCH_MINUTES)
"""A day and person."""

CASES = (
    "GET /visits",
    "GET /visits/{id}",
    "GET /approvals",
    "GET /approvals/count",
    "POST /visits (draft)",
    "POST /visits (submitted, with a room)",
    "POST /approvals/{id}/actions (approve)",
    "POST /gate/scans (QR)",
    "GET /gate/expected",
    "GET /i/{token}",
    "GET /ledger/visits",
    "POST /session (password)",
)
MONTH = {
    "POST /session (password)": PEOPLE * WORKDAYS,
    "GET /visits": PEOPLE * WORKDAYS * 3,
    "GET /visits/{id}": PEOPLE * WORKDAYS * 3,
    "GET /approvals": PEOPLE * WORKDAYS * 2,
    "GET /approvals/count": PEOPLE * WORKDAYS * ASKS,
    "GET /gate/expected": 2 * 60 * 10 * WORKDAYS,
    "GET /ledger/visits": PEOPLE // 10 * WORKDAYS,
}


def section(world: World) -> Section:
    """Both tables."""
    fill(world, 100)
    used = {name: of_case(world, name) for name in CASES}
    before = _stored(world)
    journey = Journey(world)
    journey.walk()
    grown = _stored(world) - before
    rows = [_row(name, parts) for name, parts in used.items()]
    rows += [_row(f"visit: {name}", parts) for name, parts in journey.used.items()]
    one_visit = [each for parts in journey.used.values() for each in parts]
    rows.append(_row("**a visit of three visitors, all of the above steps**", one_visit))
    head = ("operation, with what follows from it", "units read / write", "functions", "$ a million")
    text = TEXT + table(head, rows) + MONTH_TEXT.format(**globals()) + _month(used, one_visit, grown)
    return Section("Money", text)


def _row(name: str, parts: list[Used]) -> tuple[str, Units, int, str]:
    units = sum((each.units for each in parts), Units())
    return name, units, sum(each.functions for each in parts), f"{_price(parts) * prices.MILLION:,.2f}"


def _price(parts: list[Used]) -> float:
    return sum(each.price() for each in parts)


def _month(used: dict[str, list[Used]], one_visit: list[Used], grown: int) -> str:
    rows = [(name, count, _price(used[name]) * count) for name, count in MONTH.items()]
    rows.append(("visits of three visitors, from application to archive", VISITS, _price(one_visit) * VISITS))
    states = transitions() * VISITS
    rows.append(("transitions of their workflows", states, states * prices.TRANSITIONS_MILLION / prices.MILLION))
    gigabytes = grown * VISITS * 12 / 1e9
    kept = gigabytes * (prices.STORED_GB_MONTH + prices.RECOVERABLE_GB_MONTH)
    rows += [(f"storage after a year: {gigabytes:.1f} GB", "", kept), ("one secret", 1, prices.SECRET_MONTH)]
    rows.append(("**together**", "", sum(cost for _, _, cost in rows)))
    return table(("in a month", "times", "$"), [(name, _times(count), f"{cost:,.2f}") for name, count, cost in rows])


def _times(count: int | str) -> str:
    return f"{count:,}" if isinstance(count, int) else count


def _stored(world: World) -> int:
    """Bytes of all items with their index entries."""
    return sum(size(item) * (1 + entries) for item, entries in world.tables.stored())


TEXT = f"""Priced at the on-demand prices of us-east-1 as tests/bench/prices.py names them, no free tier. Each operation
includes the functions that its changes set off: workflow, audit chain, statistics, notices. A function is charged for
its CPU time as measured here at its memory's share of a core (API 1 GB, others 0.5 GB) plus {CALL_SECONDS * 1000:g} ms
a call to AWS. Text messages are priced by country and not counted.

"""
MONTH_TEXT = """

A company of {PEOPLE:,} people: {WORKDAYS} workdays; everybody signs in once a day, opens eight pages and looks at
pages for {OPEN_MINUTES} minutes a day, {STRETCH_MINUTES} at a time, which asks {ASKS} times for the inbox's count;
{VISITS:,} visits of three visitors a month; two gates whose list is read once a minute for ten hours; a tenth of the
people look at the ledger once a day.

"""
