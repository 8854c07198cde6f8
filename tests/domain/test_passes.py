"""Whatever is scanned in whatever order, the gate keeps true books."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from chalicelib.domain.errors import IllegalMove
from chalicelib.domain.gate import Scan, decide
from chalicelib.domain.passes import Pass, Passage, days_of, enter, leave, miss, pass_for, revoke
from chalicelib.domain.visits import Occurrence
from tests.reception import ENDS, SITE, STARTS, a_code, a_guest, a_visit

VISIT = a_visit(ends=ENDS + timedelta(days=2))
GUEST = a_guest(VISIT)
EXPECTED = pass_for(VISIT, GUEST, STARTS.date(), VISIT.occurrences[0])


def test_a_visit_has_a_pass_for_each_of_the_sites_own_days() -> None:
    assert [day.day for day in days_of(VISIT.occurrences, SITE.time_zone)] == [2, 3, 4]
    until_midnight = STARTS.replace(hour=16)
    assert list(days_of((Occurrence(STARTS, until_midnight),), SITE.time_zone)) == [date(2026, 3, 2)]


@pytest.mark.parametrize("held", [miss(EXPECTED), revoke(EXPECTED)])
def test_a_missed_or_revoked_pass_lets_nobody_in(held: Pass) -> None:
    with pytest.raises(IllegalMove) as caught:
        enter(held, STARTS, "east")
    assert caught.value.state == held.status


def test_nobody_is_inside_twice_and_nobody_inside_is_revoked_or_missed() -> None:
    inside = enter(EXPECTED, STARTS, "east")
    for refused in (miss, revoke):
        with pytest.raises(IllegalMove):
            refused(inside)
    with pytest.raises(IllegalMove):
        enter(inside, STARTS, "east")


def test_being_signed_out_by_rule_is_marked() -> None:
    held = leave(enter(EXPECTED, STARTS, "east"), ENDS, "", by_rule=True)
    assert held.signed_out_by_rule and held.last_out == ENDS
    back = enter(held, ENDS, "east")
    assert leave(back, ENDS, "east").signed_out_by_rule is False


class Gate(RuleBasedStateMachine):
    """One visitor of a three-day visit; guards scan in and out, some scans arrive late."""

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = STARTS - timedelta(hours=2)
        self.held: dict[date, Pass] = {}
        self.passages: list[Passage] = []

    @rule(minutes=st.integers(0, 900))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(direction=st.sampled_from(["in", "out"]), ago=st.sampled_from([0, 0, 0, 20, 300, 1400]), qr=st.booleans())
    def somebody_scans(self, direction: Any, ago: int, qr: bool) -> None:
        at = self.now - timedelta(minutes=ago)
        scan = Scan(SITE, "east", direction, at, self.now, "P-guard", str(len(self.passages)))
        decision = decide(scan, VISIT, GUEST, self.held.values(), a_code(VISIT, GUEST) if qr else None)
        if decision.passage and decision.held:
            before = self.held.get(decision.held.day)
            assert decision.held.version == (before.version if before else 0) + 1
            self.held[decision.held.day] = decision.held
            self.passages.append(decision.passage)

    @invariant()
    def is_inside_exactly_when_entered_more_often_than_left(self) -> None:
        entered = sum(passage.direction == "in" for passage in self.passages)
        left = sum(passage.direction == "out" for passage in self.passages)
        inside = [held for held in self.held.values() if held.status == "inside"]
        assert len(inside) == entered - left
        assert entered == sum(held.entries for held in self.held.values())

    @invariant()
    def passages_alternate_and_follow_each_other_in_time(self) -> None:
        directions = [passage.direction for passage in self.passages]
        assert directions == ["in" if n % 2 == 0 else "out" for n in range(len(directions))]
        times = [passage.at_time for passage in self.passages]
        assert times == sorted(times)

    @invariant()
    def nobody_comes_in_outside_the_window(self) -> None:
        for passage in self.passages:
            if passage.direction == "in":
                assert STARTS - timedelta(minutes=60) <= passage.at_time <= VISIT.ends


TestGate = Gate.TestCase
TestGate.settings = settings(max_examples=150, stateful_step_count=25, deadline=None)
