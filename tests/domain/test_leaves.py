"""Leave: which one is accepted, and how it ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.directory import Person
from chalicelib.domain.errors import IllegalMove, Invalid
from chalicelib.domain.leaves import Leave, back, clash, leave_of, on_leave
from tests.company import person

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def taken(starts: datetime = NOW + DAY, ends: datetime = NOW + 3 * DAY, **facts: Any) -> Person:
    return on_leave(person(**facts), "SUBSTITUTE", starts, ends, NOW)


def test_leave_is_stated_in_the_profile() -> None:
    someone = taken()
    assert (someone.substitute, someone.away_from, someone.away_until) == ("SUBSTITUTE", NOW + DAY, NOW + 3 * DAY)
    assert leave_of(someone, NOW) == Leave(someone.id, "SUBSTITUTE", NOW + DAY, NOW + 3 * DAY, 2)


@pytest.mark.parametrize(
    ("starts", "ends", "refused"),
    [
        (DAY, DAY, {"until": "end_before_start"}),
        (2 * DAY, DAY, {"until": "end_before_start"}),
        (-2 * DAY, DAY, {"from": "in_the_past"}),
        (-HOUR, -HOUR / 2, {"until": "in_the_past"}),
        (-3 * DAY, -2 * DAY, {"from": "in_the_past", "until": "in_the_past"}),
        (367 * DAY, 368 * DAY, {"from": "too_far_ahead"}),
        (DAY, 733 * DAY, {"until": "period_too_long"}),
    ],
)
def test_times_that_cannot_be_are_refused(starts: timedelta, ends: timedelta, refused: dict[str, str]) -> None:
    with pytest.raises(Invalid) as error:
        taken(NOW + starts, NOW + ends)
    assert {field.path: field.code for field in error.value.fields} == refused


def test_who_falls_ill_notes_it_afterwards() -> None:
    assert taken(NOW - 8 * HOUR).away(NOW)


def test_leave_that_began_long_ago_can_be_made_longer() -> None:
    longer = taken(NOW - 10 * DAY, NOW + 9 * DAY, away_from=NOW - 10 * DAY, away_until=NOW + DAY, substitute="OTHER")
    assert longer.away_until == NOW + 9 * DAY


def test_nobody_is_their_own_substitute() -> None:
    someone = person()
    with pytest.raises(Invalid) as error:
        on_leave(someone, someone.id, NOW, NOW + DAY, NOW)
    assert [(field.path, field.code) for field in error.value.fields] == [("substitute", "not_yourself")]


def test_whoever_left_takes_no_leave_and_is_on_none() -> None:
    with pytest.raises(IllegalMove):
        taken(active=False)
    assert leave_of(taken().departed(), NOW) is None


def test_whoever_is_back_is_on_no_leave() -> None:
    assert leave_of(back(taken(), NOW), NOW) is None


def test_leave_that_is_over_or_never_was_cannot_be_ended() -> None:
    for someone in (person(), taken(NOW, NOW + DAY)):
        with pytest.raises(IllegalMove):
            back(someone, NOW + DAY)


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (-2 * DAY, -DAY, None),
        (-2 * DAY, timedelta(), None),
        (2 * DAY, 4 * DAY, None),
        (-DAY, DAY, (timedelta(), DAY)),
        (HOUR, DAY, (HOUR, DAY)),
        (DAY, 9 * DAY, (DAY, 2 * DAY)),
    ],
)
def test_a_substitute_who_is_away_too_is_noticed(
    starts: timedelta, ends: timedelta, expected: tuple[timedelta, timedelta] | None
) -> None:
    leave = Leave("A", "B", NOW, NOW + 2 * DAY)
    substitute = person(away_from=NOW + starts, away_until=NOW + ends)
    assert clash(leave, substitute) == (expected and (NOW + expected[0], NOW + expected[1]))
