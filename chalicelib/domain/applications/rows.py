"""Rows of a budget application: what money is wanted for, each type with its own fields, and what a row comes to.

A row comes to what somebody stated for all of it, otherwise to its price times its units: nights times rooms, heads,
pieces, days. Prices and amounts are minor units of the row's own currency.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

type Type = Literal["lodging", "meals", "transport", "gifts", "venue", "material", "other"]
type Travel = Literal["flight", "flight_business", "train", "train_first", "coach", "car", "ship"]

TYPES: tuple[Type, ...] = ("lodging", "meals", "transport", "gifts", "venue", "material", "other")
TRAVELS: tuple[Travel, ...] = ("flight", "flight_business", "train", "train_first", "coach", "car", "ship")


@dataclass(frozen=True)
class Row:
    """One thing that money is wanted for. Which fields its type has, NEEDED and COUNTED say.

    `day` is its first day, whose month pays; `until` its last one, if there are several. `category` is the key of an
    expense category. `price` is what one unit costs and `amount` what all of it costs, None where nobody said so.

    What follows is reckoned when it is saved: its `cost`, the exchange `rate` ("1" for the same currency) of the day
    `rate_day`, `converted` into minor units of the application's currency, and the budget `line` that it takes from,
    "" where there is none.
    """

    type: Type
    day: date
    until: date | None = None
    category: str = ""
    place: str = ""
    what: str = ""
    origin: str = ""
    goal: str = ""
    travel: Travel | None = None
    heads: int = 0
    nights: int = 0
    rooms: int = 0
    days: int = 0
    quantity: int = 0
    price: int | None = None
    amount: int | None = None
    currency: str = ""
    project: str = ""
    customer: str = ""
    note: str = ""
    cost: int = 0
    rate: str = "1"
    rate_day: date | None = None
    converted: int = 0
    line: str = ""

    @property
    def month(self) -> str:
        """The month that pays, YYYY-MM."""
        return f"{self.day:%Y-%m}"


NEEDED: Mapping[Type, tuple[str, ...]] = {
    "lodging": ("place",),
    "meals": (),
    "transport": ("travel", "origin", "goal"),
    "gifts": ("what",),
    "venue": ("place",),
    "material": ("what",),
    "other": ("what",),
}
"""The fields without which nobody could say what a row is about."""

COUNTED: Mapping[Type, tuple[str, ...]] = {
    "lodging": ("nights", "rooms"),
    "meals": ("heads",),
    "transport": ("heads",),
    "gifts": ("quantity",),
    "venue": ("days",),
    "material": ("quantity",),
    "other": (),
}
"""What a price is multiplied by; needed, too."""

OWN = frozenset({"place", "what", "origin", "goal", "travel", "heads", "nights", "rooms", "days", "quantity"})
"""The fields that only some types have."""

USUAL: Mapping[Type, str] = {
    "lodging": "lodging",
    "meals": "meal",
    "transport": "long_transport",
    "gifts": "gift",
    "venue": "venue",
    "material": "material",
    "other": "other",
}
"""The key of the expense category that a type usually belongs to."""


def fields_of(type: Type) -> tuple[str, ...]:
    """The fields of a type, those first that it needs."""
    return NEEDED[type] + COUNTED[type]


def usual_category(type: Type, travel: Travel | None = None) -> str:
    """The expense category of a row where nobody chose one: a car drives around the town, a train does not."""
    return "local_transport" if type == "transport" and travel == "car" else USUAL[type]


def units(row: Row) -> int:
    """What the price is multiplied by."""
    found = 1
    for name in COUNTED[row.type]:
        found *= getattr(row, name)
    return found


def reckoned(row: Row) -> int | None:
    """What the row comes to by its price; None without one."""
    return row.price * units(row) if row.price is not None else None


def cost_of(row: Row) -> int | None:
    """What the row comes to; None where neither amount nor price is known."""
    return row.amount if row.amount is not None else reckoned(row)
