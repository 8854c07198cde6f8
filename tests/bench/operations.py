"""What one operation takes with all that follows from it: units, functions, CPU time, transitions, pictures."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench import prices
from tests.bench.cases import CASES
from tests.bench.following import follow
from tests.bench.units import Units
from tests.bench.world import World

API_GB, CONSUMER_GB = 1.0, 0.5
CALL_SECONDS = 0.005
MACHINE = Path("infra/workflows/visit.asl.json")


@dataclass(frozen=True)
class Used:
    """What was used. `cpu` is in seconds of this machine; `calls` are those to AWS, one after the other."""

    units: Units
    cpu: float
    calls: int
    requests: int
    functions: int
    pictures: int

    def price(self) -> float:
        """Dollars for one; a function waits CALL_SECONDS for each call and has its memory's share of a core."""
        gigabytes = API_GB if self.requests else CONSUMER_GB
        seconds = self.cpu * prices.GB_OF_A_CORE / gigabytes + self.calls * CALL_SECONDS
        millionths = (
            self.units.read * prices.READ_UNITS_MILLION
            + self.units.write * prices.WRITE_UNITS_MILLION
            + self.functions * prices.LAMBDA_REQUESTS_MILLION
            + self.requests * prices.GATEWAY_REQUESTS_MILLION
            + self.pictures * prices.S3_PUTS_MILLION
        )
        return millionths / prices.MILLION + seconds * gigabytes * prices.LAMBDA_GB_SECOND


def use(world: World, work: Callable[[], object], requests: int) -> list[Used]:
    """Do the work in the world as it is, and what follows; the two parts apart. Changes stay."""

    def itself() -> list[str]:
        work()
        return ["itself"] * max(requests, 1)

    return [_metered(world, itself, requests), _metered(world, lambda: follow(world), 0)]


def _metered(world: World, work: Callable[[], list[str]], requests: int) -> Used:
    units, thinking, sent = world.tables.consumed, world.network.thinking_ns, len(world.network.sent)
    started = time.process_time_ns()
    functions = work()
    spent = time.process_time_ns() - started - (world.network.thinking_ns - thinking)
    calls = world.network.sent[sent:]
    return Used(
        Units(world.tables.consumed.read - units.read, world.tables.consumed.write - units.write),
        spent / 1e9,
        len(calls),
        requests,
        len(functions),
        sum(each.operation == "PutObject" for each in calls),
    )


def of_case(world: World, name: str) -> list[Used]:
    """A request of the case, the second time, taken back afterwards."""
    case = next(each for each in CASES if each.name == name)
    for _ in range(2):
        world.tables.mark()
        used = use(world, lambda: case.send(world), requests=1)
        world.tables.rollback()
    return used


def transitions() -> int:
    """States that an undisturbed execution enters: no choice ends it early or goes round."""
    machine = json.loads(MACHINE.read_text())
    name, count = machine["StartAt"], 1
    while name != "Ended":
        name, count = _after(machine["States"][name]), count + 1
    return count


def _after(state: dict[str, object]) -> str:
    if state["Type"] != "Choice":
        return str(state["Next"])
    choices: list[dict[str, str]] = state["Choices"]  # type: ignore[assignment]
    return next((each["Next"] for each in choices if each["Next"] != "Ended"), str(state["Default"]))
