"""When so many office hours are over."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.office_hours import MAX_DAYS, Hours, Week, due

NINE_TO_SIX = Hours(time(9), time(18))
SHANGHAI = Week((NINE_TO_SIX,) * 5 + (None, None), "Asia/Shanghai")
MONDAY = date(2026, 9, 28)


def usual(day: date) -> bool | None:
    return None


def local(day: date, hour: int, minute: int = 0, zone: str = "Asia/Shanghai") -> datetime:
    return datetime.combine(day, time(hour, minute), ZoneInfo(zone)).astimezone(UTC)


def days_later(number: int) -> date:
    return MONDAY + timedelta(days=number)


def test_hours_of_the_same_day_are_counted_by_the_clock():
    assert due(local(MONDAY, 10), 4, SHANGHAI, usual) == local(MONDAY, 14)


def test_what_is_left_at_closing_time_is_counted_from_the_next_opening():
    assert due(local(MONDAY, 16, 30), 4, SHANGHAI, usual) == local(days_later(1), 11, 30)


def test_hours_that_end_exactly_at_closing_time_end_that_day():
    assert due(local(MONDAY, 16), 2, SHANGHAI, usual) == local(MONDAY, 18)


@pytest.mark.parametrize("hour", [0, 7, 9])
def test_before_opening_nothing_is_counted(hour):
    assert due(local(MONDAY, hour), 1, SHANGHAI, usual) == local(MONDAY, 10)


def test_after_closing_and_at_the_weekend_nothing_is_counted():
    assert due(local(days_later(4), 19), 1, SHANGHAI, usual) == local(days_later(7), 10)
    assert due(local(days_later(6), 11), 1, SHANGHAI, usual) == local(days_later(7), 10)


def test_public_holidays_are_no_office_hours():
    golden_week = {days_later(number) for number in range(3, 10)}
    wednesday = local(days_later(2), 17)
    assert due(wednesday, 2, SHANGHAI, lambda day: False if day in golden_week else None) == local(days_later(10), 10)


def test_a_saturday_that_is_worked_has_the_hours_of_a_workday():
    saturday = days_later(5)
    friday = local(days_later(4), 17)
    assert due(friday, 3, SHANGHAI, lambda day: day == saturday or None) == local(saturday, 11)


def test_every_weekday_may_have_hours_of_its_own():
    week = Week((*(NINE_TO_SIX,) * 4, Hours(time(9), time(12)), Hours(time(10), time(11)), None), "Asia/Shanghai")
    assert due(local(days_later(4), 11), 3, week, usual) == local(days_later(7), 10)


def test_the_time_zone_is_the_offices_not_the_servers():
    week = Week(SHANGHAI.days, "America/New_York")
    assert due(local(MONDAY, 8), 1, week, usual) == local(MONDAY, 10, zone="America/New_York")


@pytest.mark.parametrize(("day", "ends"), [(date(2026, 3, 29), 13), (date(2026, 10, 25), 11)])
def test_an_hour_that_summer_time_takes_or_gives_is_counted_as_it_passes(day, ends):
    week = Week((Hours(time(1), time(20)),) * 7, "Europe/Berlin")
    assert due(local(day, 1, zone="Europe/Berlin"), 11, week, usual) == local(day, ends, zone="Europe/Berlin")


@pytest.mark.parametrize("calendar", [lambda day: False, lambda day: True, usual])
def test_a_calendar_without_any_office_hours_ends_the_wait_nevertheless(calendar):
    start = local(MONDAY, 9)
    assert due(start, 1, Week((None,) * 7, "Asia/Shanghai"), calendar) == start + timedelta(days=MAX_DAYS)


TICK = timedelta(minutes=15)
hours_of_a_day = st.none() | st.builds(
    lambda opens, length: Hours(time(opens), time(opens + length)), st.integers(6, 14), st.integers(1, 8)
)


def worked(start: datetime, end: datetime, week: Week, is_workday: Callable[[date], bool | None]) -> timedelta:
    """Counts the office hours between two moments quarter by quarter."""
    total, moment = timedelta(), start
    while moment < end:
        here = moment.astimezone(ZoneInfo(week.time_zone))
        today = week.hours_on(here.date(), is_workday(here.date()))
        if today is not None and today.opens <= here.time() < today.closes:
            total += TICK
        moment += TICK
    return total


@given(
    days=st.lists(hours_of_a_day, min_size=7, max_size=7).filter(any),
    zone=st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kolkata"]),
    quarter=st.integers(0, 4 * 24 * 365),
    hours=st.integers(1, 40),
    holidays=st.sets(st.integers(0, 30)),
)
def test_exactly_the_hours_asked_for_lie_between_start_and_end(days, zone, quarter, hours, holidays):
    start = datetime(2026, 1, 1, tzinfo=UTC) + quarter * TICK
    off = {start.date() + timedelta(days=number) for number in holidays}

    def is_workday(day: date) -> bool | None:
        return False if day in off else None

    week = Week(tuple(days), zone)
    end = due(start, hours, week, is_workday)
    assert worked(start, end, week, is_workday) == timedelta(hours=hours)
    assert worked(start, end - TICK, week, is_workday) < timedelta(hours=hours)
