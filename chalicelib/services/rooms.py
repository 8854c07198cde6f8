"""Rooms for visits: the operations that take them and give them back within a visit's own transaction."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from chalicelib.domain.errors import DomainError
from chalicelib.domain.rooms import RoomDay, RoomTaken, claims, taken_by
from chalicelib.domain.sites import Site, localised
from chalicelib.domain.visits import Visit
from chalicelib.models.store import Operation, Update
from chalicelib.models.visits import RoomDayItem


def wanted(visit: Visit) -> dict[RoomDay, tuple[int, ...]]:
    """The quarters of an hour that the visit's rooms take; margins were fixed when they were asked for."""
    uses = [(use.room, use.starts, use.ends, timedelta(minutes=use.margin_minutes)) for use in visit.rooms]
    return claims(visit.site, uses)


def owner_of(visit: Visit) -> str:
    """How a visit signs its quarters: the number that people know, and its id."""
    return f"{visit.number} {visit.id}"


def taking(visit: Visit) -> list[Operation]:
    """Operations that book every room of the visit, or refuse with RoomTaken naming the booking in the way."""
    return [
        Update(
            RoomDayItem.at(where),
            {_name(number): owner_of(visit) for number in numbers},
            {_name(number): None for number in numbers},
            _refusal(visit, where, numbers),
        )
        for where, numbers in wanted(visit).items()
    ]


def releasing(visit: Visit) -> list[Operation]:
    """Operations that give every room of the visit back."""
    return [
        Update(
            RoomDayItem.at(where),
            {_name(number): None for number in numbers},
            {_name(number): owner_of(visit) for number in numbers},
        )
        for where, numbers in wanted(visit).items()
    ]


def check_free(items: list[Any], visit: Visit) -> None:
    """Raise RoomTaken if one of the room days (as read, in the order of `wanted`) is not free for the visit."""
    for item, (where, numbers) in zip(items, wanted(visit).items(), strict=True):
        if item is not None and taken_by(where.day, item.held(), numbers):
            raise _refusal(visit, where, numbers)(item)


def _name(number: int) -> str:
    return f"q{number:02}"


class _Refusal:
    """Names the booking in the way, from the room day as it stands."""

    def __init__(self, room: str, day: date, numbers: tuple[int, ...]) -> None:
        self._room, self._day, self._numbers = room, day, numbers

    def __call__(self, item: RoomDayItem | None) -> DomainError:
        held = taken_by(self._day, item.held() if item else {}, self._numbers)
        owner, starts, ends = held or ("", None, None)
        times = {"starts": starts.isoformat(), "ends": ends.isoformat()} if starts and ends else {}
        return RoomTaken(state="taken", room=self._room, booking=owner.partition(" ")[0], **times)


def _refusal(visit: Visit, where: RoomDay, numbers: tuple[int, ...]) -> _Refusal:
    name = next((use.name for use in visit.rooms if use.room == where.room), where.room)
    return _Refusal(name, where.day, numbers)


def room_name(site: Site, room_id: str, locale: str) -> str:
    """A room's name in the language."""
    room = site.room(room_id)
    return localised(room.name, locale) if room else room_id
