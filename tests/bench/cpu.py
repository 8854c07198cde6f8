"""CPU time of requests with the network stubbed, beside the bare application doing the same DynamoDB call."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from statistics import mean, median
from typing import Any, NamedTuple

from tests.bench import bare
from tests.bench.case import Case
from tests.bench.cases import CASES
from tests.bench.checking import check_milliseconds
from tests.bench.engine import engine_milliseconds
from tests.bench.filling import fill
from tests.bench.network import Network, Sent
from tests.bench.report import Section, table, verdict
from tests.bench.round_trips import take
from tests.bench.world import World, application
from tests.client import Client

REPETITIONS = 150
COMMAND_REACH, LIST_REACH = 3.5, 1.5
CLAIM_MILLISECONDS, CLAIM_REPETITIONS = 12, 400
BARE_MILLISECONDS = 1.4, 2.2
"""What the bare transaction took on the machine for which the reaches in milliseconds were set."""
CLAIM_REACH = round(CLAIM_MILLISECONDS / mean(BARE_MILLISECONDS), 2)
"""Of a large claim's submission, as a multiple of the bare transaction."""


type _Row = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Played:
    """A request that can be answered again and again, with what the network said to it."""

    name: str
    app: Any
    event: dict[str, Any]
    recording: list[Sent]


class Tap:
    """Stands in front of an application and keeps the event that it was sent."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self.routes = app.routes
        self.event: dict[str, Any] = {}

    def __call__(self, event: dict[str, Any], context: Any) -> Any:
        self.event = event
        return self._app(event, context)


def played(world: World, case: Case, page: bool = False) -> Played:
    """The case in the steady state."""
    take(world, case)
    tap = Tap(world.app)
    world.tables.mark()
    world.network.sent.clear()
    case.send(World(world.network, world.pool, tap, world.tokens, world.records), page)
    world.tables.rollback()
    return Played(case.name + (", as a page" if page else ""), world.app, tap.event, list(world.network.sent))


class Spent(NamedTuple):
    """CPU time of a request over its repetitions, in milliseconds."""

    median: float
    least: float


def milliseconds(network: Network, requests: list[Played], repetitions: int = REPETITIONS) -> list[Spent]:
    """The CPU time of each request, all of them in turn in each repetition."""
    times: list[list[float]] = [[] for _ in requests]
    for _ in range(repetitions):
        for request, own in zip(requests, times, strict=True):
            network.play(request.recording)
            event = dict(request.event)
            started = time.process_time_ns()
            answer = request.app(event, None)
            own.append((time.process_time_ns() - started) / 1e6)
            if answer["statusCode"] >= 400:
                raise AssertionError(f"{request.name}: {answer}")
    network.play(None)
    return [Spent(median(own), min(own)) for own in times]


def bare_command(world: World) -> Played:
    """The bare application's transaction of three items."""
    body = {name: value for name, value in application().items() if name in bare.Asked.model_fields}
    return _bare("transaction of 3 items", world.network, lambda client: client.post("/rows", body), None)


def bare_list(world: World, like: Played) -> Played:
    """The bare application's query, answered with the items of Atrium's list, their moments as PynamoDB keeps them."""
    recording = [replace(each, body=_MOMENT.sub(rb'"\1.000000+0000"', each.body)) for each in like.recording]
    return _bare("query of 50 items", world.network, lambda client: client.get("/rows"), recording)


_MOMENT = re.compile(rb'"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)Z"')


def _bare(name: str, network: Network, send: Callable[[Client], Any], recording: list[Sent] | None) -> Played:
    tap = Tap(bare.app)
    network.play(recording or [Sent("dynamodb", "TransactWriteItems", 200, b"{}")])
    if send(Client(tap)).status >= 300:  # type: ignore[arg-type]
        raise AssertionError(name)
    network.play(None)
    return Played(name, bare.app, tap.event, recording or [Sent("dynamodb", "TransactWriteItems", 200, b"{}")])


def section(world: World) -> Section:
    """The table of the requests whose CPU time has a reach, and of some more."""
    with on_one_core():
        return _section(world)


@contextmanager
def on_one_core() -> Iterator[None]:
    """Stay on one core, where the system lets one choose: a function has no more, and work that moves to another one
    between two threads finds its caches cold."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _section(world: World) -> Section:
    fill(world, 100)
    lists = [played(world, case) for case in _chosen(LISTS)]
    commands = [played(world, case) for case in _chosen(COMMANDS)]
    others = [played(world, case) for case in _chosen(OTHERS)]
    rows = _compared(world, bare_list(world, lists[0]), lists, LIST_REACH)
    rows += _compared(world, bare_command(world), commands, COMMAND_REACH)
    rows += [_row(name, spent) for name, spent in _named(world, others).items()]
    rows += _large(world, bare_command(world), *[played(world, case) for case in _chosen((CLAIM,))])
    rows += [
        (name, f"{spent:.2f}", "", "", verdict(spent, 5))
        for name, spent in (engine_milliseconds() | check_milliseconds()).items()
    ]
    return Section("CPU per request", TEXT + table(("request", "ms", "least", "x bare", "reach"), rows))


def _compared(world: World, base: Played, requests: list[Played], reach: float) -> list[_Row]:
    spent = _named(world, [base, *requests])
    first = spent.pop(base.name)
    rows = [_row(f"bare application: {base.name}", first)]
    for name, each in spent.items():
        ratio = each.median / first.median
        rows.append(_row(name, each, f"{ratio:.2f}", verdict(round(ratio, 2), reach)))
    return rows


def _large(world: World, base: Played, claim: Played) -> list[_Row]:
    first, spent = milliseconds(world.network, [base, claim], CLAIM_REPETITIONS)
    ratio = spent.median / first.median
    return [
        _row(f"bare application: {base.name}, beside the claim", first),
        _row(claim.name, spent, f"{ratio:.2f}", verdict(round(ratio, 2), CLAIM_REACH)),
    ]


def _row(name: str, spent: Spent, ratio: str = "", reach: str = "") -> _Row:
    return name, f"{spent.median:.2f}", f"{spent.least:.2f}", ratio, reach


def _named(world: World, requests: list[Played]) -> dict[str, Spent]:
    names = [request.name for request in requests]
    return dict(zip(names, milliseconds(world.network, requests), strict=True))


def _chosen(names: tuple[str, ...]) -> list[Case]:
    known = {case.name: case for case in CASES}
    return [known[name] for name in names]


LISTS = ("GET /visits", "GET /approvals", "GET /approvals?box=decided", "GET /people")
COMMANDS = (
    "POST /visits (draft)",
    "POST /visits (submitted, with a room)",
    "POST /visits/{id}/actions (submit)",
    "POST /approvals/{id}/actions (approve)",
    "POST /gate/scans (QR)",
)
CLAIM = "POST /claims (submitted, 20 lines, 10 invoices, 3 links)"
OTHERS = ("GET /visits/{id}", "GET /i/{token}", "GET /gate/expected", "GET /departments")
TEXT = f"""Process time of a request in the steady state, JSON in and out, RS256 token and policies checked, the
network answered below botocore from a recording; the bare application does a DynamoDB call of the kind in turn with it.
All of it stays on one core: a function has no more. Times are medians, with the least of all repetitions beside them;
ratios are those of the medians. The large claim's reach, {CLAIM_MILLISECONDS} ms, was set for a machine on which the
bare transaction takes {BARE_MILLISECONDS[0]} to {BARE_MILLISECONDS[1]} ms. In the middle of that it is {CLAIM_REACH} x
the bare one, and so it is told here, on any machine.

"""
