"""Changes of an approved visit: what they touch, when they are approved anew, whose number is whose."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.amendments import ChangePending, amend, drop, kept, needs_approval, numbered, parts_of, propose
from chalicelib.domain.errors import IllegalMove, Invalid
from chalicelib.domain.reminders import due, following, reminders
from chalicelib.domain.standards import Estimate
from chalicelib.domain.visits import Helper, Occurrence, Proposal, Visit, Visitor
from tests.reception import ENDS, STARTS, a_visit

NOW = STARTS - timedelta(days=3)
WANG = Visitor("王小明", "+8613912345678", no=1)
LI = Visitor("李雷", "+8613912345679", no=2)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("changes", "parts"),
    [
        ({}, set()),
        ({"starts": STARTS + DAY, "ends": ENDS + DAY, "occurrences": ()}, {"times"}),
        ({"host": "P-other", "host_name": "Other", "host_phone": "+8613800000002"}, {"host"}),
        ({"team": (Helper("P-help"),)}, {"team"}),
        ({"purpose": "Something else"}, {"facts"}),
        ({"level": "vip"}, {"items"}),
        ({"purpose": "x", "team": (Helper("P-help"),)}, {"facts", "team"}),
    ],
)
def test_a_change_touches_what_it_changes(changes: dict[str, Any], parts: set[str]) -> None:
    before = a_visit()
    assert parts_of(before, [WANG], replace(before, **changes), [WANG]) == parts


def test_visitors_are_a_part_of_their_own_and_bookkeeping_is_none() -> None:
    before = a_visit()
    after = replace(before, visitors=2, numbered=2, party="x", version=9, round=4)
    assert parts_of(before, [WANG], after, [WANG, LI]) == {"visitors"}


@pytest.mark.parametrize(
    ("changes", "again"),
    [
        ({"starts": STARTS + DAY, "ends": ENDS + DAY, "occurrences": ()}, False),
        ({"ends": ENDS + DAY, "occurrences": ()}, True),
        ({"occurrences": (Occurrence(STARTS, ENDS), Occurrence(STARTS + 7 * DAY, ENDS + 7 * DAY))}, True),
        ({"estimate": Estimate("CNY", 100)}, True),
        ({"purpose": "x"}, False),
    ],
)
def test_more_days_or_more_money_are_approved_anew(changes: dict[str, Any], again: bool) -> None:
    before = a_visit()
    assert needs_approval(before, replace(before, **changes)) is again


def test_less_money_is_not_approved_anew() -> None:
    before = a_visit(estimate=Estimate("CNY", 100))
    assert not needs_approval(before, replace(before, estimate=Estimate("CNY", 99)))


def test_a_number_is_never_used_for_somebody_else() -> None:
    listed, highest = numbered([replace(WANG, no=0), replace(LI, no=0)])
    assert ([each.no for each in listed], highest) == ([1, 2], 2)
    again, highest = numbered([Visitor("韩梅梅", "+8613912345670"), replace(LI, no=0)], listed, highest)
    assert ([(each.name, each.no) for each in again], highest) == ([("韩梅梅", 3), ("李雷", 2)], 3)
    back, highest = numbered([replace(WANG, no=0)], again, highest)
    assert ([(each.name, each.no) for each in back], highest) == ([("王小明", 4)], 4)


def test_a_corrected_name_keeps_its_number_and_another_phone_is_somebody_else() -> None:
    listed, _ = numbered([replace(WANG, no=0, name="王晓明"), replace(LI, no=0, phone="+8613900000000")], [WANG, LI], 2)
    assert [each.no for each in listed] == [1, 3]


def test_two_visitors_with_one_phone_are_told_apart_by_name() -> None:
    both = [WANG, replace(LI, phone=WANG.phone)]
    wanted = [replace(each, no=0) for each in reversed(both)]
    assert [each.no for each in numbered(wanted, both, 2)[0]] == [2, 1]


def test_another_site_is_another_visit() -> None:
    with pytest.raises(Invalid):
        kept(a_visit(), a_visit(site="works"))


def test_a_change_begins_another_round_and_keeps_what_is_not_asked_for() -> None:
    before = a_visit(round=1, approved_at=NOW, invited_at=NOW)
    after = amend(before, a_visit(purpose="x", applicant="P-other", status="draft", number="1"), NOW + DAY)
    assert (after.round, after.version, after.purpose, after.amended_at) == (2, before.version + 1, "x", NOW + DAY)
    assert (after.applicant, after.status, after.number, after.invited_at) == ("P-ann", "approved", before.number, NOW)


def test_only_one_change_waits_and_only_for_an_approved_visit() -> None:
    proposal = Proposal(a_visit(purpose="x"), (WANG,))
    waiting = propose(a_visit(), proposal)
    with pytest.raises(ChangePending):
        propose(waiting, proposal)
    assert drop(waiting).proposal is None
    for status in ("draft", "pending", "cancelled", "closed"):
        with pytest.raises(IllegalMove):
            propose(a_visit(status=status), proposal)
        with pytest.raises(IllegalMove):
            amend(a_visit(status=status), a_visit(), NOW)
    with pytest.raises(IllegalMove):
        drop(a_visit())


def series(**facts: Any) -> Visit:
    weeks = [n * 7 * DAY for n in range(3)]
    times = tuple(Occurrence(STARTS + step, ENDS + step) for step in weeks)
    return a_visit(ends=times[-1].ends, occurrences=times, approved_at=NOW, **facts)


def test_each_time_has_its_reminders_the_day_and_the_hour_before() -> None:
    hours = [(each.of.starts - each.at) / timedelta(hours=1) for each in reminders(series())]
    assert hours == [24, 1] * 3
    assert following(series(), STARTS) == STARTS + 6 * DAY
    assert following(series(), STARTS + 15 * DAY) is None


def test_a_change_ends_the_reminders_of_before() -> None:
    changed = series(amended_at=STARTS - timedelta(hours=2))
    assert [each.when for each in reminders(changed)][:2] == ["hour", "day"]
    assert due(changed, STARTS - timedelta(minutes=30))[0].when == "hour"
    assert due(changed, STARTS) == []
