"""What is kept of a claim's lines for comparing other claims with them: duplicates, pieces of one, a day's spending."""

from dataclasses import dataclass
from datetime import date

from chalicelib.domain.claims.model import Claim, Line


@dataclass(frozen=True)
class Trace:
    """A line in short: `amount` in the claim's `currency`, and what was `paid` where that was another one."""

    category: str
    day: date
    amount: int
    currency: str
    vendor: str = ""
    invoice: str = ""
    paid: int | None = None
    paid_currency: str = ""


def traces(claim: Claim) -> tuple[Trace, ...]:
    """The lines of the claim in short."""
    return tuple(_trace(line, claim.currency) for line in claim.lines)


def _trace(line: Line, currency: str) -> Trace:
    foreign = line.currency != currency
    known = (line.category, line.day, line.converted, currency, line.vendor, line.invoice)
    return Trace(*known, line.amount if foreign else None, line.currency if foreign else "")
