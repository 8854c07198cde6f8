"""Room bookings: who has which room when, and that nobody gets it twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chalicelib.domain.errors import Conflict


@dataclass(frozen=True)
class Booking:
    """A room held for a visit from `starts` to `ends` (UTC). `number` is the visit's, for people to name it by."""

    visit: str
    number: str
    starts: datetime
    ends: datetime
    by: str = ""


@dataclass(frozen=True)
class RoomDay:
    """All bookings of one room that touch one day (UTC); the unit on which concurrent bookings meet."""

    room: str
    day: date
    bookings: tuple[Booking, ...] = ()
    version: int = 0


class RoomTaken(Conflict):
    """Another booking has the room; it is named."""

    code = "room_taken"


def days_of(starts: datetime, ends: datetime) -> list[date]:
    """The UTC days that a time from `starts` to `ends` touches."""
    last = (ends - timedelta(microseconds=1)).date()
    return [starts.date() + timedelta(days=n) for n in range((last - starts.date()).days + 1)]


def conflict(bookings: Iterable[Booking], wanted: Booking, margin: timedelta) -> Booking | None:
    """The first booking of another visit that overlaps `wanted`, with `margin` free between two."""
    return next(
        (
            held
            for held in bookings
            if held.visit != wanted.visit and held.starts < wanted.ends + margin and wanted.starts < held.ends + margin
        ),
        None,
    )


def book(day: RoomDay, wanted: Booking, margin: timedelta, room_name: str = "") -> RoomDay:
    """The day with `wanted` added; raises RoomTaken naming the booking in the way."""
    held = conflict(day.bookings, wanted, margin)
    if held:
        raise RoomTaken(
            state="taken",
            room=room_name or day.room,
            booking=held.number,
            starts=held.starts.isoformat(),
            ends=held.ends.isoformat(),
        )
    return RoomDay(day.room, day.day, (*day.bookings, wanted), day.version + 1)


def release(day: RoomDay, visit: str) -> RoomDay:
    """The day without any booking of `visit`."""
    kept = tuple(held for held in day.bookings if held.visit != visit)
    return RoomDay(day.room, day.day, kept, day.version + 1)
