"""People as the rules see them."""

from datetime import UTC, datetime, timedelta

from tests.company import person

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def test_a_person_is_away_from_the_first_moment_until_just_before_the_last() -> None:
    someone = person(away_from=START, away_until=START + timedelta(days=1))
    assert not someone.away(START - timedelta(microseconds=1))
    assert someone.away(START)
    assert someone.away(START + timedelta(hours=23))
    assert not someone.away(START + timedelta(days=1))


def test_nobody_is_away_without_leave() -> None:
    assert not person().away(START)
