"""The approvals engine by itself, at its bounds: 50 steps, 200 people."""

from __future__ import annotations

import time
from statistics import median

from chalicelib.domain.approvals import (
    MAX_PARTS,
    MAX_STEPS,
    Action,
    Any,
    Approve,
    Compare,
    Mode,
    Not,
    Operator,
    Reassign,
    Return,
    Submit,
    decide,
)
from tests.domain.approvals.company import Desk, process, step
from tests.domain.approvals.test_approvals_speed import company_of_200, rules

REPETITIONS = 31


def engine_milliseconds() -> dict[str, float]:
    """Median CPU time of one decision."""
    all_of, one_of = _desk(mode=Mode.ALL_OF), _desk(apart=0)
    returning = _desk(mode=Mode.ALL_OF)
    returning.approve(*returning.waiting_for)
    substituted = _desk(mode=Mode.ALL_OF)
    substituted.company.leave("p1", "p199")
    large = Not(Any(tuple(Compare("amount", Operator.GT, 1000 + number) for number in range(MAX_PARTS))))
    automatic = _desk(submitted=False, auto_approve=large)
    automatic.facts = {"amount": 12}
    return {
        "engine: one approval among 40 in a process of 50 steps, 200 people": _spent(all_of, Approve("p1", 1)),
        "engine: one approval that counts in all 50 steps": _spent(one_of, Approve("p1", 1)),
        "engine: a return to a step of 40": _spent(returning, Return(returning.waiting_for[0], 1, to="s0")),
        "engine: a task that moves to a substitute": _spent(substituted, Reassign("p1")),
        "engine: 50 steps with conditions of 20 comparisons": _spent(automatic, Submit("p0", 1)),
    }


def _desk(apart: int = 7, submitted: bool = True, **options: object) -> Desk:
    steps = [step(f"s{number}", *rules(number * apart), **options) for number in range(MAX_STEPS)]
    desk = Desk(process(*steps), company_of_200(), "p0")
    if submitted:
        desk.submit()
    return desk


def _spent(desk: Desk, action: Action) -> float:
    times = []
    for _ in range(REPETITIONS):
        started = time.process_time_ns()
        decide(desk.definition, desk.running, action, desk.situation)
        times.append((time.process_time_ns() - started) / 1e6)
    return median(times)
