"""What somebody states of a claim: texts and sums as they were typed, before anything was looked up."""

from dataclasses import dataclass
from datetime import date

from chalicelib.domain.claims.model import LinkKind

type Amount = int | str
"""A whole number is in minor units, a text in the currency's own unit."""


@dataclass(frozen=True)
class StatedPart:
    """A department's part of a line: a `share` in percent, or an `amount`; without either, all of it."""

    department: str
    share: str = ""
    amount: Amount = ""


@dataclass(frozen=True)
class StatedLine:
    """A line; `key` is that of one that is there already, "" for a new one. No `parts`: all is the department's of its
    applicant."""

    category: str
    day: date
    amount: Amount
    currency: str
    key: str = ""
    tax: Amount = ""
    place: str = ""
    heads: int = 0
    nights: int = 0
    description: str = ""
    project: str = ""
    customer: str = ""
    invoice: str = ""
    vendor: str = ""
    reason: str = ""
    parts: tuple[StatedPart, ...] = ()


@dataclass(frozen=True)
class StatedLink:
    """A visit or a budget application, and whether nothing more is to come of it."""

    kind: LinkKind
    document: str
    finished: bool = False


@dataclass(frozen=True)
class StatedOffset:
    """An advance that is cleared, by `amount` or (left out) as far as the claim and the advance go."""

    advance: str
    amount: Amount = ""


@dataclass(frozen=True)
class Stated:
    """A whole claim. `reason` is what the applicant says to what was found at the claim as a whole."""

    purpose: str
    currency: str
    lines: tuple[StatedLine, ...] = ()
    links: tuple[StatedLink, ...] = ()
    offsets: tuple[StatedOffset, ...] = ()
    budget_reason: str = ""
