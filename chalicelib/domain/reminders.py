"""When people are reminded of a visit: the day before and the hour before each time that it takes place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from chalicelib.domain.visits import Occurrence, Visit

type When = Literal["day", "hour"]

BEFORE: Mapping[When, timedelta] = {"day": timedelta(hours=24), "hour": timedelta(hours=1)}


@dataclass(frozen=True)
class Reminder:
    """One moment (UTC) of reminding, of the visit's occurrence `number` (from 1)."""

    at: datetime
    when: When
    number: int
    of: Occurrence


def reminders(visit: Visit) -> list[Reminder]:
    """All moments, in order. What lies before the visit was approved or changed last is left out: people know it."""
    known = max((each for each in (visit.approved_at, visit.amended_at) if each), default=None)
    moments = [
        Reminder(of.starts - before, when, number, of)
        for number, of in enumerate(visit.occurrences, 1)
        for when, before in BEFORE.items()
    ]
    return sorted((each for each in moments if known is None or each.at > known), key=lambda each: each.at)


def due(visit: Visit, now: datetime) -> list[Reminder]:
    """Those whose time has come and has not gone: nobody is reminded of what has begun."""
    return [each for each in reminders(visit) if each.at <= now < each.of.starts]


def following(visit: Visit, now: datetime) -> datetime | None:
    """The next moment after `now`, None where there is none."""
    return next((each.at for each in reminders(visit) if each.at > now), None)
