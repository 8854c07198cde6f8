"""A weekly series at the gate: one pass a day, a window for each occurrence, nothing in between."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from chalicelib.domain.gate import Decision, Scan, decide, is_due
from chalicelib.domain.passes import Pass, days_of, enter, leave, pass_for
from chalicelib.domain.visits import Occurrence
from tests.reception import DURING, ENDS, SITE, STARTS, a_code, a_guest, a_visit

WEEK = timedelta(weeks=1)
TIMES = tuple(Occurrence(STARTS + n * WEEK, ENDS + n * WEEK) for n in range(3))
VISIT = a_visit(occurrences=TIMES, ends=TIMES[-1].ends)
GUEST = a_guest(VISIT)
PASSES = [pass_for(VISIT, GUEST, day, of) for day, of in days_of(TIMES, SITE.time_zone).items()]


def scanned(at: datetime) -> Scan:
    return Scan(SITE, "east", "in", at, at, "P-guard", "n")


def decided(at: datetime, held: list[Pass] | None = None) -> Decision:
    return decide(scanned(at), VISIT, GUEST, PASSES if held is None else held, a_code(VISIT, GUEST))


def test_each_day_of_a_series_has_a_pass_with_its_own_times() -> None:
    assert [(held.starts, held.ends) for held in PASSES] == [(each.starts, each.ends) for each in TIMES]


@pytest.mark.parametrize("week", [0, 1, 2])
def test_the_gate_opens_on_each_day_for_that_days_pass(week: int) -> None:
    decision = decided(DURING + week * WEEK)
    assert decision.result == "checked_in"
    assert decision.held
    assert decision.held.day == PASSES[week].day


@pytest.mark.parametrize(
    ("at", "result"),
    [
        (STARTS - timedelta(hours=2), "too_early"),
        (ENDS + timedelta(days=2), "too_early"),
        (ENDS + timedelta(hours=1), "expired"),
        (ENDS + 2 * WEEK + timedelta(days=1), "expired"),
    ],
)
def test_between_the_days_the_gate_stays_shut(at: datetime, result: str) -> None:
    assert decided(at).result == result


def test_who_left_last_week_comes_in_again_this_week() -> None:
    gone = leave(enter(PASSES[0], DURING, "east"), ENDS, "east")
    assert decided(DURING + WEEK, [gone, *PASSES[1:]]).result == "checked_in"


def test_a_phone_number_means_a_visitor_of_a_series_on_its_days_only() -> None:
    asked = [DURING, DURING + timedelta(days=3), DURING + WEEK]
    assert [is_due(scanned(at), GUEST, PASSES) for at in asked] == [True, False, True]
