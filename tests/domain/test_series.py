"""Weekly series: which days they fall on, and what a series must not be."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from chalicelib.domain.visits import FURTHEST_AHEAD, Occurrence, Series, due, repeated, series_of, steps
from chalicelib.domain.visits.series import check_series

BERLIN = ZoneInfo("Europe/Berlin")
STARTS = datetime(2026, 3, 23, 9, tzinfo=BERLIN)
ENDS = STARTS + timedelta(hours=2)


def days(series: Series | None) -> list[date]:
    return [each.starts.astimezone(BERLIN).date() for each in repeated(STARTS, ENDS, steps(STARTS, series))]


def wrong(series: Series | None, ends: datetime = ENDS) -> dict[str, str]:
    return {each.path: each.code for each in check_series(STARTS, ends, series, STARTS + FURTHEST_AHEAD)}


def test_a_plain_visit_takes_place_once() -> None:
    assert days(None) == [date(2026, 3, 23)]


@pytest.mark.parametrize("series", [Series(2, until=date(2026, 4, 20)), Series(2, count=3)])
def test_a_series_takes_place_every_so_many_weeks_until_a_day_inclusive_or_so_often(series: Series) -> None:
    assert days(series) == [date(2026, 3, 23), date(2026, 4, 6), date(2026, 4, 20)]


def test_the_hour_stays_that_of_the_sites_clock_when_the_clocks_change() -> None:
    before, after = repeated(STARTS, ENDS, steps(STARTS, Series(count=2)))
    assert (before.starts, after.starts) == (
        datetime(2026, 3, 23, 8, tzinfo=UTC),
        datetime(2026, 3, 30, 7, tzinfo=UTC),
    )
    assert after.ends - after.starts == timedelta(hours=2)


@pytest.mark.parametrize(
    ("series", "expected"),
    [
        (None, {}),
        (Series(count=26), {}),
        (Series(count=27), {"series.count": "series_too_long"}),
        (Series(until=date(2026, 12, 31)), {"series.until": "series_too_long"}),
        (Series(until=date(2026, 3, 29)), {"series.until": "series_of_one"}),
        (Series(until=date(2025, 1, 1)), {"series.until": "series_of_one"}),
        (Series(), {"series.until": "until_or_count"}),
        (Series(until=date(2026, 5, 1), count=3), {"series.until": "until_or_count"}),
        (Series(12, count=6), {"series.count": "series_too_far_ahead"}),
    ],
)
def test_what_a_series_says_wrong_is_named(series: Series | None, expected: dict[str, str]) -> None:
    assert wrong(series) == expected


@pytest.mark.parametrize(("length", "overlaps"), [(timedelta(days=6), False), (timedelta(days=7), True)])
def test_a_series_that_meets_itself_is_refused(length: timedelta, overlaps: bool) -> None:
    assert wrong(Series(count=2), STARTS + length) == ({"series.every": "series_overlaps"} if overlaps else {})


def test_a_series_is_known_again_by_its_days_across_a_change_of_the_clocks() -> None:
    assert series_of(repeated(STARTS, ENDS, steps(STARTS, Series(3, count=4)))) == Series(3, count=4)
    assert series_of((Occurrence(STARTS, ENDS),)) is None


def test_what_is_due_is_what_runs_or_comes_next_and_in_the_end_the_last() -> None:
    first, second = repeated(STARTS, ENDS, steps(STARTS, Series(count=2)))
    asked = [STARTS, first.ends, first.ends + timedelta(seconds=1), second.ends + timedelta(days=9)]
    assert [due((first, second), at) for at in asked] == [first, first, second, second]
