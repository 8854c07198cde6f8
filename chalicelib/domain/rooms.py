"""Room bookings: a room's day is 96 quarters of an hour, and each quarter belongs to one visit at most.

Times are rounded outwards to whole quarters, the margins for setting up and cleaning included. Because a booking is
a claim on named quarters, two people who book at the same moment meet on the same item of the table and one is refused.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from chalicelib.domain.errors import Conflict

QUARTER = timedelta(minutes=15)
QUARTERS = 96
ROOM_DAYS_LIMIT = 40


@dataclass(frozen=True)
class RoomDay:
    """One room on one UTC day: the unit on which bookings meet."""

    site: str
    room: str
    day: date


class RoomTaken(Conflict):
    """Another booking has the room; its number and times are named."""

    code = "room_taken"


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


def claims(site: str, uses: Iterable[tuple[str, datetime, datetime, timedelta]]) -> dict[RoomDay, tuple[int, ...]]:
    """The quarters that all the uses (room, starts, ends, margin) of one visit take together, by room and day."""
    wanted: dict[RoomDay, set[int]] = {}
    for room, starts, ends, margin in uses:
        for day, numbers in quarters(starts, ends, margin).items():
            wanted.setdefault(RoomDay(site, room, day), set()).update(numbers)
    return {where: tuple(sorted(numbers)) for where, numbers in wanted.items()}


def taken_by(day: date, held: Mapping[int, str], wanted: Iterable[int]) -> tuple[str, datetime, datetime] | None:
    """The booking in the way: whose it is and from when until when it has the room (UTC); None if all is free."""
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
