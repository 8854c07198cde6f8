"""Reception items as the routes of visits take them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.reception_items import (
    HEADS_LIMIT,
    LEGS_LIMIT,
    Leg,
    Meal,
    ReceptionItem,
    RoomLevel,
    Type,
    Vehicle,
)
from chalicelib.handlers.fields import Id, Line, Name, Strict
from chalicelib.web.money import minor

Heads = Annotated[int, Field(ge=0, le=HEADS_LIMIT)]
Amount = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300, pattern=r"^[^\x00-\x08\x0b-\x1f]*$")]


class LegForm(Strict):
    """A journey, from where to where."""

    origin: Name
    goal: Name


class ItemForm(Strict):
    """A reception item with the fields of its type. `day` is the day at the site.

    `price` is for one head, bottle, room and night, or trip: a text is in the currency of the site ("85.50"), a whole
    number in minor units; left out, what the standard allows. `owner` (a person's id) arranges it, otherwise the
    applicant. An excess over the standard needs its `reason`, or is refused.
    """

    type: Type
    day: date | None = None
    price: int | Amount | None = None
    note: Line = ""
    reason: Reason = ""
    owner: Id | None = None
    guests: Heads = 0
    hosts: Heads = 0
    venue: Line = ""
    what: Line = ""
    meal: Meal | None = None
    bottles: Heads = 0
    nights: Heads = 0
    rooms: Heads = 0
    room_level: RoomLevel | None = None
    vehicle: Vehicle | None = None
    legs: list[LegForm] = Field(default_factory=list, max_length=LEGS_LIMIT)


def items_of(forms: Sequence[ItemForm], currency: str) -> tuple[ReceptionItem, ...]:
    """The items, prices in minor units of the site's currency; raises Invalid naming each that is no amount of it."""
    prices = [minor(form.price, currency) if form.price not in (None, "") else None for form in forms]
    wrong = [
        FieldError(f"items.{row}.price", "bad_amount")
        for row, (form, price) in enumerate(zip(forms, prices, strict=True))
        if form.price not in (None, "") and price is None
    ]
    if wrong:
        raise Invalid(*wrong)
    return tuple(_item(form, price) for form, price in zip(forms, prices, strict=True))


def _item(form: ItemForm, price: int | None) -> ReceptionItem:
    plain = form.model_dump(exclude={"price", "owner", "legs"})
    legs = tuple(Leg(leg.origin, leg.goal) for leg in form.legs)
    return ReceptionItem(**plain, price=price, owner=form.owner or "", legs=legs)
