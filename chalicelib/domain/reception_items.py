"""Reception items (接待事项): what visitors are offered besides talks, each type with the fields that it needs.

An item costs `price` times its units: heads of a tour, a meal or a gift, bottles, nights times rooms, legs of a
journey. Standards (domain/standards) say what one head, night or trip may cost.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from chalicelib.domain.errors import FieldError

type Type = Literal["tour", "meal", "alcohol", "lodging", "transport", "gift", "other"]
type Meal = Literal["breakfast", "lunch", "dinner", "refreshments"]
type RoomLevel = Literal["standard", "business", "suite"]
type Vehicle = Literal["car", "van", "coach", "train", "flight"]

TYPES: tuple[Type, ...] = ("tour", "meal", "alcohol", "lodging", "transport", "gift", "other")
MEALS: tuple[Meal, ...] = ("breakfast", "lunch", "dinner", "refreshments")
ROOM_LEVELS: tuple[RoomLevel, ...] = ("standard", "business", "suite")
VEHICLES: tuple[Vehicle, ...] = ("car", "van", "coach", "train", "flight")

ITEMS_LIMIT = 30
LEGS_LIMIT = 12
HEADS_LIMIT = 1000
PRICE_LIMIT = 10**12
AROUND = timedelta(days=3)
"""How long before and after the visit something may be arranged: guests stay the night before their flight."""


@dataclass(frozen=True)
class Leg:
    """One journey, from where to where."""

    origin: str
    goal: str


@dataclass(frozen=True)
class ReceptionItem:
    """One item. Which fields beyond `type`, `day`, `price`, `note`, `reason` and `owner` it has, NEEDED and TAKEN say.

    `day` is the day at the site (lodging: the first night); `price` is what one unit costs in minor units of the site's
    currency, None for what the standard allows; `reason` says why a standard is exceeded; `owner` is the id of who
    arranges it, "" for the applicant. `guests` and `hosts` are heads; `venue` is a restaurant, a hotel or a tour's
    route; `what` names a drink, a gift or what else it is.
    """

    type: Type
    day: date | None = None
    price: int | None = None
    note: str = ""
    reason: str = ""
    owner: str = ""
    owner_name: str = ""
    guests: int = 0
    hosts: int = 0
    venue: str = ""
    what: str = ""
    meal: Meal | None = None
    bottles: int = 0
    nights: int = 0
    rooms: int = 0
    room_level: RoomLevel | None = None
    vehicle: Vehicle | None = None
    legs: tuple[Leg, ...] = ()


NEEDED: Mapping[Type, tuple[str, ...]] = {
    "tour": ("day", "guests"),
    "meal": ("day", "meal", "guests"),
    "alcohol": ("day", "what", "bottles", "guests"),
    "lodging": ("day", "nights", "rooms", "room_level"),
    "transport": ("day", "vehicle", "legs"),
    "gift": ("what", "guests"),
    "other": ("what",),
}
"""The fields without which an item of the type cannot be arranged."""

TAKEN: Mapping[Type, tuple[str, ...]] = {
    "tour": ("hosts", "venue"),
    "meal": ("hosts", "venue"),
    "alcohol": ("hosts",),
    "lodging": ("venue",),
    "transport": (),
    "gift": ("day",),
    "other": ("day",),
}
"""What else may be filled in for it."""

_OWN = ("type", "price", "note", "reason", "owner", "owner_name")
_AT: Mapping[str, time] = {
    "breakfast": time(7, 30),
    "lunch": time(12),
    "dinner": time(18),
    "refreshments": time(10),
    "lodging": time(14),
    "transport": time(8),
    "alcohol": time(18),
}
_EARLIEST = time(9)


def fields_of(type: Type) -> tuple[str, ...]:
    """The fields of a type, those first that it needs."""
    return NEEDED[type] + TAKEN[type]


def heads(item: ReceptionItem) -> int:
    """Guests and hosts together."""
    return item.guests + item.hosts


def units(item: ReceptionItem) -> int:
    """What the price is multiplied by."""
    match item.type:
        case "alcohol":
            return item.bottles
        case "lodging":
            return item.nights * item.rooms
        case "transport":
            return len(item.legs)
        case "gift":
            return item.guests
        case "other":
            return 1
        case _:
            return heads(item)


def begins(item: ReceptionItem, starts: datetime, time_zone: str) -> datetime:
    """When (UTC zone of `starts`) it has to be ready, for a visit from `starts` on at a site in that time zone."""
    zone = ZoneInfo(time_zone)
    local = starts.astimezone(zone)
    usual = _AT.get(item.meal or item.type)
    if item.day is None or (usual is None and item.day == local.date()):
        return starts
    return datetime.combine(item.day, usual or _EARLIEST, zone).astimezone(starts.tzinfo)


def check_items(items: Sequence[ReceptionItem], first: date, last: date) -> Iterator[FieldError]:
    """Everything that cannot stand, by its path (`items.2.nights`); `first` and `last` are the visit's days."""
    if len(items) > ITEMS_LIMIT:
        yield FieldError("items", "too_many_rows", {"max_length": str(ITEMS_LIMIT)})
    for row, item in enumerate(items[:ITEMS_LIMIT]):
        yield from _faults(item, f"items.{row}", first, last)


def _faults(item: ReceptionItem, place: str, first: date, last: date) -> Iterator[FieldError]:
    for name in NEEDED[item.type]:
        if not getattr(item, name):
            yield FieldError(f"{place}.{name}", "required")
    known = {*_OWN, *fields_of(item.type)}
    for name in ReceptionItem.__dataclass_fields__:
        if name not in known and getattr(item, name):
            yield FieldError(f"{place}.{name}", "not_of_this_item")
    if item.day and not first - AROUND <= item.day <= last + AROUND:
        yield FieldError(f"{place}.day", "outside_visit_days", {"days": str(AROUND.days)})
    yield from _numbers(item, place)


def _numbers(item: ReceptionItem, place: str) -> Iterator[FieldError]:
    for name in ("guests", "hosts", "bottles", "nights", "rooms"):
        if not 0 <= getattr(item, name) <= HEADS_LIMIT:
            yield FieldError(f"{place}.{name}", "out_of_range", {"min": "0", "max": str(HEADS_LIMIT)})
    if item.price is not None and not 0 <= item.price < PRICE_LIMIT:
        yield FieldError(f"{place}.price", "bad_amount")
    if len(item.legs) > LEGS_LIMIT:
        yield FieldError(f"{place}.legs", "too_many_rows", {"max_length": str(LEGS_LIMIT)})
