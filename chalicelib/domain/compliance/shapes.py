"""What the check (合规检测) is told of a claim's lines and of what they are linked to, and what it finds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

type Rule = Literal[
    "over_head",
    "over_night",
    "over_day",
    "over_trip",
    "over_budget",
    "no_invoice",
    "invoice_old",
    "invoice_outside",
    "invoice_short",
    "wrong_title",
    "rest_day",
    "alcohol",
    "more_heads",
    "split",
    "duplicate",
    "no_application",
    "future",
    "too_old",
]
type Severity = Literal["off", "note", "justify", "block"]
"""What a finding leads to: it is not looked for, it is shown, it needs a reason on the line, it cannot be submitted."""
type RestDay = Literal["", "weekend", "holiday"]

RULES: tuple[Rule, ...] = get_args(Rule.__value__)
SEVERITIES: tuple[Severity, ...] = get_args(Severity.__value__)


@dataclass(frozen=True, kw_only=True)
class Item:
    """A line of a claim; `key` is its own among them.

    `amount` is in minor units of `currency`, the claim's, by the rate that is frozen with the line: no rate of a later
    day changes what is found. What was paid in another currency has that sum, too: `paid` of `paid_currency`.
    `heads` and `nights` are 0 where they are not asked for; `trip` tells journeys apart where a claim covers several.
    `invoice` is the received invoice's id, `invoice_total` its whole in the currency that was paid, None where nobody
    knows it; "" for what is not known of its buyer.
    """

    key: str
    category: str
    day: date
    amount: int
    currency: str
    paid: int | None = None
    paid_currency: str = ""
    place: str = ""
    heads: int = 0
    nights: int = 0
    route: str = ""
    trip: str = ""
    vendor: str = ""
    description: str = ""
    alcohol: bool = False
    has_invoice: bool = False
    invoice: str = ""
    invoice_day: date | None = None
    invoice_total: int | None = None
    buyer_tax_id: str = ""
    buyer_name: str = ""

    @property
    def receipt(self) -> tuple[int, str]:
        """The sum as it was paid, and its currency."""
        if self.paid is not None and self.paid_currency:
            return self.paid, self.paid_currency
        return self.amount, self.currency


@dataclass(frozen=True)
class Recent:
    """A line of another claim of the same person, with the claim's number; those of the last RECENT_DAYS days."""

    number: str
    item: Item


RECENT_DAYS = 90


@dataclass(frozen=True)
class LinkedVisit:
    """A visit that the claim is linked to: its days, and who was there.

    `came` is how many visitors went through the gate, None while nobody knows; `hosts` how many of the company took
    part; `alcohol`: it was approved with alcohol.
    """

    number: str
    first: date
    last: date
    came: int | None = None
    hosts: int = 0
    alcohol: bool = False

    def covers(self, day: date, margin: int = 0) -> bool:
        """Whether the day is one of the visit's, or at most `margin` days away from them."""
        return (self.first - day).days <= margin and (day - self.last).days <= margin


@dataclass(frozen=True)
class LinkedApplication:
    """An approved application that the claim is linked to; no `categories` means any."""

    number: str
    categories: frozenset[str] = frozenset()


@dataclass(frozen=True)
class BudgetRoom:
    """What the claim asks for of a budget line and what that has for it, in minor units."""

    line: str
    currency: str
    asked: int
    available: int


@dataclass(frozen=True)
class Context:
    """What the check is told besides the lines.

    `today` is the day by which the claim is judged, where the person is: that of its submission once it was submitted,
    so that what was in time stays in time. `recent` is of other claims only. `rest` names the days of the lines
    that are no workdays.
    """

    today: date
    grade: str = ""
    visits: tuple[LinkedVisit, ...] = ()
    applications: tuple[LinkedApplication, ...] = ()
    recent: tuple[Recent, ...] = ()
    budgets: tuple[BudgetRoom, ...] = ()
    rest: Mapping[date, RestDay] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """What was found at a `line` ("": at the claim as a whole), by which rule and how grave that is.

    `facts` say all that its text needs, so that it stays as it was found: sums are in minor units of `currency`, days
    ISO 8601.
    """

    rule: Rule
    severity: Severity
    line: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
