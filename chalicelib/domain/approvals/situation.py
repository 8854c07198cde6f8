"""Everything around an approval that a move depends on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chalicelib.domain.approvals.conditions import Facts
from chalicelib.domain.approvals.people import People


def plain_hours(start: datetime, hours: int) -> datetime:
    """So many hours later by the clock, where no office hours are known."""
    return start + timedelta(hours=hours)


@dataclass(frozen=True, slots=True)
class Situation:
    """The company, the time (UTC), the document's facts, and when so many office hours from a time (UTC) are over."""

    people: People
    now: datetime
    facts: Facts = field(default_factory=dict)
    due: Callable[[datetime, int], datetime] = plain_hours
