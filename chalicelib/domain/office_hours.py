"""Office hours (办公时间): when so many hours of work from a moment are over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MAX_DAYS = 1500
"""How far ahead a calendar is followed; one that gives too few hours by then ends the wait there."""


@dataclass(frozen=True, slots=True)
class Hours:
    """One day's office hours in local time; `closes` comes after `opens`."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Week:
    """The usual office hours from Monday to Sunday, None on days off, in a time zone (IANA name)."""

    days: Sequence[Hours | None]
    time_zone: str

    def hours_on(self, day: date, workday: bool | None) -> Hours | None:
        """The hours of that day: as usual for None, none for False (a holiday), and some for True.

        A day off on which people work for once (调休) has the hours of the week's first workday.
        """
        usual = self.days[day.weekday()]
        if workday is None:
            return usual
        return (usual or next((each for each in self.days if each), None)) if workday else None


def due(start: datetime, hours: int, week: Week, is_workday: Callable[[date], bool | None]) -> datetime:
    """When so many office hours from `start` (UTC) are over, in UTC.

    `is_workday` knows the exceptions: False for public holidays, True for days off that are worked, None for the rest.
    Hours are counted as they pass: a day on which summer time begins during office hours is an hour shorter. A
    calendar without office hours at all ends after MAX_DAYS.
    """
    zone, left = ZoneInfo(week.time_zone), timedelta(hours=hours)
    first = start.astimezone(zone).date()
    for day in (first + timedelta(days=number) for number in range(MAX_DAYS)):
        today = week.hours_on(day, is_workday(day))
        if today is None:
            continue
        begins = max(start, _moment(day, today.opens, zone))
        available = _moment(day, today.closes, zone) - begins
        if available >= left:
            return begins + left
        left -= max(available, timedelta())
    return start + timedelta(days=MAX_DAYS)


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    # Differences between local times ignore changes of the clock; between UTC times they do not.
    return datetime.combine(day, at, zone).astimezone(UTC)
