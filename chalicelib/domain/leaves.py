"""Leave (请假): from when until when somebody is away, and who decides for them meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.domain.directory import Person
from chalicelib.domain.errors import FieldError, IllegalMove, Invalid

NOTED_LATE = timedelta(days=1)
"""Leave that began no longer ago than this may still be noted: whoever falls ill does so afterwards."""
AHEAD = timedelta(days=366)
LONGEST = timedelta(days=731)
MONTHS = 24
"""LONGEST as people say it."""


@dataclass(frozen=True)
class Leave:
    """One person's leave: away from `starts` until just before `ends` (UTC). `substitute` (代理人) is a person's id."""

    person: str
    substitute: str | None
    starts: datetime
    ends: datetime
    version: int = 1

    def begun(self, now: datetime) -> bool:
        """Whether the person is away at that moment."""
        return self.starts <= now < self.ends


def leave_of(person: Person, now: datetime) -> Leave | None:
    """The leave that the person is on or is to go on; None where there is none, or it is over."""
    if person.away_from is None or person.away_until is None or person.away_until <= now:
        return None
    return Leave(person.id, person.substitute, person.away_from, person.away_until, person.version)


def on_leave(person: Person, substitute: str, starts: datetime, ends: datetime, now: datetime) -> Person:
    """The person with that leave in the place of any other.

    Raises Invalid for oneself as the substitute, an end before the start, a time in the past, too long or too far
    ahead, and IllegalMove for whoever left.
    """
    if not person.active:
        raise IllegalMove(state="departed")
    wrong = [*_wrong_times(person, starts, ends, now), *_wrong_substitute(person, substitute)]
    if wrong:
        raise Invalid(*wrong)
    return replace(person, substitute=substitute, away_from=starts, away_until=ends, version=person.version + 1)


def back(person: Person, now: datetime) -> Person:
    """The person after the leave was ended or called off; raises IllegalMove when there is none."""
    if leave_of(person, now) is None:
        raise IllegalMove(state="present")
    return replace(person, substitute=None, away_from=None, away_until=None, version=person.version + 1)


def clash(leave: Leave, substitute: Person) -> tuple[datetime, datetime] | None:
    """From when until when the substitute is away within the leave; None when they are here all the time."""
    if substitute.away_from is None or substitute.away_until is None:
        return None
    starts, ends = max(leave.starts, substitute.away_from), min(leave.ends, substitute.away_until)
    return (starts, ends) if starts < ends else None


def _wrong_times(person: Person, starts: datetime, ends: datetime, now: datetime) -> Iterator[FieldError]:
    if starts < now - NOTED_LATE and starts != person.away_from:
        yield FieldError("from", "in_the_past")
    elif starts > now + AHEAD:
        yield FieldError("from", "too_far_ahead", {"days": str(AHEAD.days)})
    if ends <= starts:
        yield FieldError("until", "end_before_start")
    elif ends <= now:
        yield FieldError("until", "in_the_past")
    elif ends - starts > LONGEST:
        yield FieldError("until", "period_too_long", {"months": str(MONTHS)})


def _wrong_substitute(person: Person, substitute: str) -> Iterator[FieldError]:
    if substitute == person.id:
        yield FieldError("substitute", "not_yourself")
