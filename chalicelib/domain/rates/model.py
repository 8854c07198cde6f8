"""An exchange rate (汇率) of a day: stated by hand, or out of what the European Central Bank says of the euro."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from chalicelib.domain.errors import FieldError, Invalid

EURO = "EUR"
OLDEST = timedelta(days=10)
"""How old a rate may be: longer than any row of days without trade."""
FIRST = date(1999, 1, 1)
"""The euro's first day."""
SOURCES = ("ecb", "hand", "same")
LARGEST = 10**9
PLACES = 12
"""Digits behind the point of a rate that is stated."""
DIGITS = 12
"""Significant digits of a rate that follows from others."""

_ROUNDED = Context(prec=DIGITS, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True)
class Rate:
    """One unit of `currency` is worth `value` of `base`, on `day`, by `source` (one of SOURCES).

    `text` is what a document freezes: the sum is reckoned from these digits and no others.
    """

    currency: str
    base: str
    value: Decimal
    day: date
    source: str

    @property
    def text(self) -> str:
        """The value in digits, without an exponent."""
        return f"{self.value:f}"


@dataclass(frozen=True)
class Quote:
    """What finance stated by hand: one unit of `currency` is worth `value` of `base`."""

    currency: str
    base: str
    value: Decimal


@dataclass(frozen=True)
class Day:
    """All rates of a day: `reference` says how much of a currency a euro is worth, `own` what was stated by hand."""

    day: date
    reference: Mapping[str, Decimal] = field(default_factory=dict)
    own: tuple[Quote, ...] = ()
    version: int = 0


def rate_of(days: Iterable[Day], currency: str, base: str, day: date) -> Rate | None:
    """The rate of the latest of the days that knows one, not after `day` and at most OLDEST before it; None else.

    Of one day, what was stated by hand for the pair counts before what follows from the reference. A pair that nobody
    states is reckoned through the euro, exactly, and rounded once.
    """
    if currency == base:
        return Rate(currency, base, Decimal(1), day, "same")
    near = (each for each in days if timedelta(0) <= day - each.day <= OLDEST)
    for each in sorted(near, key=lambda known: known.day, reverse=True):
        found = _worth(each, currency, base)
        if found:
            exact, source = found
            return Rate(currency, base, _rounded(exact), each.day, source)
    return None


def _worth(day: Day, currency: str, base: str) -> tuple[Fraction, str] | None:
    direct = _direct(day, currency, base)
    if direct or EURO in (currency, base):
        return direct
    into, out_of = _direct(day, currency, EURO), _direct(day, EURO, base)
    if into is None or out_of is None:
        return None
    return into[0] * out_of[0], "hand" if "hand" in (into[1], out_of[1]) else "ecb"


def _direct(day: Day, currency: str, base: str) -> tuple[Fraction, str] | None:
    for each in day.own:
        if (each.currency, each.base) == (currency, base):
            return Fraction(each.value), "hand"
        if (each.base, each.currency) == (currency, base):
            return 1 / Fraction(each.value), "hand"
    if currency == EURO and base in day.reference:
        return Fraction(day.reference[base]), "ecb"
    if base == EURO and currency in day.reference:
        return 1 / Fraction(day.reference[currency]), "ecb"
    return None


def _rounded(exact: Fraction) -> Decimal:
    """To DIGITS significant digits."""
    return _ROUNDED.divide(Decimal(exact.numerator), Decimal(exact.denominator)).normalize()


def check_quote(quote: Quote, day: date, today: date) -> None:
    """Raise Invalid for a rate that cannot be stated."""
    faults = []
    if quote.currency == quote.base:
        faults.append(FieldError("base", "same_currency"))
    if not _can_be(quote.value):
        faults.append(FieldError("value", "bad_rate"))
    if day < FIRST:
        faults.append(FieldError("day", "bad_day"))
    if day > today + timedelta(days=1):
        faults.append(FieldError("day", "rate_to_come"))
    if faults:
        raise Invalid(*faults)


def _can_be(value: Decimal) -> bool:
    if not value.is_finite() or not 0 < value < LARGEST:
        return False
    return -int(value.as_tuple().exponent) <= PLACES


def stated(day: Day, quote: Quote | None, pair: frozenset[str]) -> Day:
    """The day with another rate by hand for the pair, or with none."""
    others = tuple(each for each in day.own if {each.currency, each.base} != pair)
    own = (*others, quote) if quote else others
    return replace(day, own=tuple(sorted(own, key=lambda each: (each.currency, each.base))), version=day.version + 1)
