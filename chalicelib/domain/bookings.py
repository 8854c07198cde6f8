"""Bookings of rooms, equipment and vehicles: the day of one is 96 quarters of an hour, each of one visit at most.

Times are rounded outwards to whole quarters, the margins for setting up and cleaning included. Because a booking is
a claim on named quarters, two people who book at the same moment meet on the same item of the table and one is refused.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from chalicelib.domain.errors import Conflict
from chalicelib.domain.sites import ResourceKind

QUARTER = timedelta(minutes=15)
QUARTERS = 96
RESOURCE_DAYS_LIMIT = 40
"""Days of all resources together that one visit books: what one transaction takes beside the visit itself."""


@dataclass(frozen=True)
class Booking:
    """A room, a piece of equipment or a vehicle (an id of its site's) wanted from `starts` to `ends` (UTC).

    Its kind, name, margin and keeper (a person's id, "" without one) are those of when it was asked for.
    """

    resource: str
    starts: datetime
    ends: datetime
    kind: ResourceKind = "room"
    name: str = ""
    margin_minutes: int = 0
    keeper: str = ""


@dataclass(frozen=True)
class ResourceDay:
    """One resource on one UTC day: the unit on which bookings meet."""

    site: str
    resource: str
    day: date


class ResourceTaken(Conflict):
    """Another booking has the resource; its number and times are named."""

    code = "resource_taken"


def quarters(starts: datetime, ends: datetime, margin: timedelta) -> dict[date, tuple[int, ...]]:
    """The quarters (0 to 95) of each UTC day that a use from `starts` to `ends` takes, margins included."""
    taken: dict[date, tuple[int, ...]] = {}
    moment = _floor(starts - margin)
    while moment < ends + margin:
        number = moment.hour * 4 + moment.minute // 15
        taken[moment.date()] = (*taken.get(moment.date(), ()), number)
        moment += QUARTER
    return taken


def _floor(moment: datetime) -> datetime:
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)


def claims(site: str, bookings: Iterable[Booking]) -> dict[ResourceDay, tuple[int, ...]]:
    """The quarters that all the bookings of one visit take together, by resource and day."""
    wanted: dict[ResourceDay, set[int]] = {}
    for each in bookings:
        for day, numbers in quarters(each.starts, each.ends, timedelta(minutes=each.margin_minutes)).items():
            wanted.setdefault(ResourceDay(site, each.resource, day), set()).update(numbers)
    return {where: tuple(sorted(numbers)) for where, numbers in wanted.items()}


def taken_by(day: date, held: Mapping[int, str], wanted: Iterable[int]) -> tuple[str, datetime, datetime] | None:
    """The booking in the way: whose it is and from when until when it has the resource (UTC); None if all is free."""
    first = next((number for number in wanted if number in held), None)
    if first is None:
        return None
    owner = held[first]
    start = end = first
    while held.get(start - 1) == owner:
        start -= 1
    while held.get(end + 1) == owner:
        end += 1
    midnight = datetime.combine(day, time(), UTC)
    return owner, midnight + start * QUARTER, midnight + (end + 1) * QUARTER


@dataclass(frozen=True)
class Busy:
    """Somebody has a resource from `starts` to `ends` (UTC), the time to set up and to clean up included."""

    owner: str
    starts: datetime
    ends: datetime


def busy(days: Mapping[date, Mapping[int, str]], starts: datetime, ends: datetime) -> list[Busy]:
    """What is booked between `starts` and `ends` (UTC) by the quarters of each UTC day and whose they are, in order."""
    found: list[Busy] = []
    for moment, owner in _taken(days):
        last = found[-1] if found else None
        if last and last.owner == owner and last.ends == moment:
            found[-1] = Busy(owner, last.starts, moment + QUARTER)
        else:
            found.append(Busy(owner, moment, moment + QUARTER))
    return [each for each in found if each.starts < ends and each.ends > starts]


def _taken(days: Mapping[date, Mapping[int, str]]) -> Iterator[tuple[datetime, str]]:
    for day, held in sorted(days.items()):
        midnight = datetime.combine(day, time(), UTC)
        yield from ((midnight + number * QUARTER, owner) for number, owner in sorted(held.items()))
