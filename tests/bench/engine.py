"""The approvals engine by itself, at its bounds: 50 steps, 200 people."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

from chalicelib.domain.approvals import MAX_STEPS, Approve, Mode, Situation, decide
from tests.domain.approvals.company import NOW, Desk, process, step
from tests.domain.approvals.test_approvals_speed import company_of_200, rules

REPETITIONS = 31


def engine_milliseconds() -> dict[str, float]:
    """Median CPU time of one decision."""
    return {
        "engine: one approval among 50 in a process of 50 steps, 200 people": _spent(_all_of_desk()),
        "engine: one approval that counts in all 50 steps": _spent(_one_of_desk()),
    }


def _all_of_desk() -> Desk:
    steps = [step(f"s{number}", *rules(number * 7), mode=Mode.ALL_OF) for number in range(MAX_STEPS)]
    desk = Desk(process(*steps), company_of_200(), "p0")
    desk.submit()
    return desk


def _one_of_desk() -> Desk:
    desk = Desk(process(*(step(f"s{number}", *rules(0)) for number in range(MAX_STEPS))), company_of_200(), "p0")
    desk.submit()
    return desk


def _spent(desk: Desk) -> float:
    action = Approve(desk.waiting_for[0], 1)
    decision: Callable[[], object] = lambda: decide(desk.definition, desk.running, action, Situation(desk.company, NOW))  # noqa: E731
    times = []
    for _ in range(REPETITIONS):
        started = time.process_time_ns()
        decision()
        times.append((time.process_time_ns() - started) / 1e6)
    return median(times)
