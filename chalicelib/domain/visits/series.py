"""When a visit takes place: once, or every so many weeks (每周系列) at the same hour of the site's clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from chalicelib.domain.errors import FieldError

OCCURRENCES_LIMIT = 26
WEEKS_LIMIT = 12


@dataclass(frozen=True)
class Occurrence:
    """One time that the visitors come, from `starts` to `ends` (UTC)."""

    starts: datetime
    ends: datetime


@dataclass(frozen=True)
class Series:
    """Every `every` weeks until the day `until`, inclusive, or `count` times; exactly one of the two is given."""

    every: int = 1
    until: date | None = None
    count: int | None = None


def occurring(starts: datetime, ends: datetime, given: tuple[Occurrence, ...]) -> tuple[Occurrence, ...]:
    """The occurrences of what lies between `starts` and `ends`: those of a series, or that one."""
    return given if len(given) > 1 else (Occurrence(starts, ends),)


def due(occurrences: tuple[Occurrence, ...], at: datetime) -> Occurrence:
    """The occurrence that matters at `at` (UTC): the one that runs or comes next, after all of them the last."""
    return next((each for each in occurrences if at <= each.ends), occurrences[-1])


def steps(starts: datetime, series: Series | None) -> tuple[timedelta, ...]:
    """How far after the first occurrence, which begins at `starts` on the site's clock, each one begins.

    A series that goes on for longer than it may is cut off one occurrence after OCCURRENCES_LIMIT.
    """
    if series is None:
        return (timedelta(0),)
    most = min(series.count or OCCURRENCES_LIMIT + 1, OCCURRENCES_LIMIT + 1)
    found = [number * timedelta(weeks=series.every) for number in range(most)]
    until = max(series.until or date.max, starts.date())
    return tuple(step for step in found if (starts + step).date() <= until)


def repeated(starts: datetime, ends: datetime, by: tuple[timedelta, ...]) -> tuple[Occurrence, ...]:
    """What takes place from `starts` to `ends`, both in the site's time zone, again after each of the `steps`.

    The hour of the site's clock stays the same when the clocks change; the times are UTC.
    """
    return tuple(Occurrence((starts + step).astimezone(UTC), (ends + step).astimezone(UTC)) for step in by)


def check_series(starts: datetime, ends: datetime, series: Series | None, furthest: datetime) -> Iterator[FieldError]:
    """What is wrong with a series that begins with `starts` to `ends` (in the site's time zone)."""
    if series is None:
        return
    if (series.until is None) == (series.count is None):
        yield FieldError("series.until", "until_or_count")
        return
    times = repeated(starts, ends, steps(starts, series))
    field = "series.until" if series.until else "series.count"
    if len(times) == 1:
        yield FieldError(field, "series_of_one")
    if len(times) > OCCURRENCES_LIMIT:
        yield FieldError(field, "series_too_long", {"limit": str(OCCURRENCES_LIMIT)})
    elif times[-1].starts > furthest:
        yield FieldError(field, "series_too_far_ahead")
    if any(_days_meet(starts, one, next_) for one, next_ in pairwise(times)):
        yield FieldError("series.every", "series_overlaps")


def _days_meet(starts: datetime, one: Occurrence, following: Occurrence) -> bool:
    """Whether one occurrence is not over on the day before the next: a visitor has one pass a day."""
    zone = starts.tzinfo
    last = (one.ends - timedelta(microseconds=1)).astimezone(zone).date()
    return one.ends > one.starts and last >= following.starts.astimezone(zone).date()


def series_of(occurrences: tuple[Occurrence, ...]) -> Series | None:
    """The series that gave these occurrences, None for a plain visit."""
    if len(occurrences) == 1:
        return None
    # Rounded, for a change of the clocks may lie between the two.
    weeks = round((occurrences[1].starts - occurrences[0].starts) / timedelta(weeks=1))
    return Series(every=weeks, count=len(occurrences))
