"""Bookings of visits: the operations that take them and give them back within a visit's own transaction."""

from __future__ import annotations

from datetime import date
from typing import Any

from chalicelib.domain.bookings import ResourceDay, ResourceTaken, claims, taken_by
from chalicelib.domain.errors import DomainError
from chalicelib.domain.visits import Visit
from chalicelib.models.store import Operation, Update
from chalicelib.models.visits import ResourceDayItem


def wanted(visit: Visit) -> dict[ResourceDay, tuple[int, ...]]:
    """The quarters of an hour that the visit's bookings take, and those of a change of it that waits for approval.

    Margins were fixed when they were asked for.
    """
    proposed = visit.proposal.visit.bookings if visit.proposal else ()
    return claims(visit.site, (*visit.bookings, *proposed))


def owner_of(visit: Visit) -> str:
    """How a visit signs its quarters: the number that people know, and its id."""
    return f"{visit.number} {visit.id}"


def taking(visit: Visit) -> list[Operation]:
    """Operations that book all that the visit wants, or refuse with ResourceTaken naming the booking in the way."""
    return [
        Update(
            ResourceDayItem.at(where),
            {_name(number): owner_of(visit) for number in numbers},
            {_name(number): None for number in numbers},
            _refusal(visit, where, numbers),
        )
        for where, numbers in wanted(visit).items()
    ]


def releasing(visit: Visit) -> list[Operation]:
    """Operations that give all that the visit booked back."""
    return [
        Update(
            ResourceDayItem.at(where),
            {_name(number): None for number in numbers},
            {_name(number): owner_of(visit) for number in numbers},
        )
        for where, numbers in wanted(visit).items()
    ]


def moving(before: Visit, after: Visit) -> list[Operation]:
    """Operations that take what the visit books after a change and not before, and give the reverse back, at once.

    What it books before and after stays its own all the while. They refuse with ResourceTaken.
    """
    had, wants = wanted(before), wanted(after)
    places = {where: (set(had.get(where, ())), set(wants.get(where, ()))) for where in {**had, **wants}}
    return [
        Update(
            ResourceDayItem.at(where),
            {_name(n): owner_of(after) if n in new else None for n in sorted(old ^ new)},
            {_name(n): None if n in new else owner_of(after) for n in sorted(old ^ new)},
            _refusal(after, where, tuple(sorted(new - old))),
        )
        for where, (old, new) in places.items()
        if old != new
    ]


def check_free(items: list[Any], visit: Visit) -> None:
    """Raise ResourceTaken if one of the resource days (as read, in the order of `wanted`) is not free for the visit."""
    for item, (where, numbers) in zip(items, wanted(visit).items(), strict=True):
        if item is not None and taken_by(where.day, item.held(), numbers):
            raise _refusal(visit, where, numbers)(item)


def _name(number: int) -> str:
    return f"q{number:02}"


class _Refusal:
    """Names the booking in the way, from the resource's day as it stands."""

    def __init__(self, resource: str, day: date, numbers: tuple[int, ...]) -> None:
        self._resource, self._day, self._numbers = resource, day, numbers

    def __call__(self, item: ResourceDayItem | None) -> DomainError:
        held = taken_by(self._day, item.held() if item else {}, self._numbers)
        owner, starts, ends = held or ("", None, None)
        times = {"starts": starts.isoformat(), "ends": ends.isoformat()} if starts and ends else {}
        return ResourceTaken(state="taken", resource=self._resource, booking=owner.partition(" ")[0], **times)


def _refusal(visit: Visit, where: ResourceDay, numbers: tuple[int, ...]) -> _Refusal:
    names = (each.name for each in visit.bookings if each.resource == where.resource)
    name = next(names, where.resource)
    return _Refusal(name, where.day, numbers)
