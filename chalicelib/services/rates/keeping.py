"""Keeping rates: finance looks at a day, and states or removes a rate by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from chalicelib.domain.errors import FieldError, Invalid, NotFound
from chalicelib.domain.rates import EURO, Day, Quote, Rate, check_quote, rate_of, stated
from chalicelib.models.rates import RatesItem
from chalicelib.models.store import save
from chalicelib.services.call import Answer, Call
from chalicelib.services.permissions import COMPANY
from chalicelib.services.rates.reading import days_until, forget

MANAGE = "rate:manage"
LARGEST_POWER = 30
"""Of ten: what is far beyond it is not written out."""


@dataclass(frozen=True)
class Listed:
    """What every currency that is known is worth in `base` on a day, and what was stated by hand on that very day."""

    day: date
    base: str
    rates: Sequence[Rate]
    own: Sequence[Quote]


def today(call: Call) -> date:
    """The reader's day."""
    return call.now.astimezone(ZoneInfo(call.me.time_zone)).date()


def listed(call: Call, day: date, base: str) -> Listed:
    """The rates that a document of the day would be reckoned by."""
    call.permit(MANAGE, COMPANY)
    days = days_until(call.store, day, call.now)
    named = {EURO, *(each for known in days for each in known.reference)}
    named |= {each for known in days for quote in known.own for each in (quote.currency, quote.base)}
    found = (rate_of(days, currency, base, day) for currency in sorted(named - {base}))
    own = next((known.own for known in days if known.day == day), ())
    return Listed(day, base, [each for each in found if each], own)


def state(call: Call, day: date, currency: str, base: str, value: str) -> Answer:
    """State a rate by hand, in place of one for the same pair and day; raises Invalid."""
    call.permit(MANAGE, COMPANY)
    quote = Quote(currency, base, _number(value))
    check_quote(quote, day, today(call))
    return _write(call, stated(_day(call, day), quote, frozenset({currency, base})), base)


def remove(call: Call, day: date, currency: str, base: str) -> Answer:
    """Take back what was stated by hand for a pair; raises NotFound where nothing was."""
    call.permit(MANAGE, COMPANY)
    before, pair = _day(call, day), frozenset({currency, base})
    if all({each.currency, each.base} != pair for each in before.own):
        raise NotFound
    return _write(call, stated(before, None, pair), base)


def _day(call: Call, day: date) -> Day:
    (item,) = call.store.get(RatesItem.at(day))
    found: Day = item.to(Day) if item else Day(day)
    return found


def _number(text: str) -> Decimal:
    try:
        found = Decimal(text) if text.isascii() else Decimal("NaN")
    except InvalidOperation:
        raise Invalid(FieldError("value", "bad_rate")) from None
    return Decimal(f"{found:f}") if abs(found.adjusted()) < LARGEST_POWER else Decimal("NaN")


def _write(call: Call, day: Day, base: str) -> Answer:
    answer = {"version": day.version, "location": f"/rates?day={day.day}&base={base}"}
    done = call.commit(answer, save(RatesItem.from_day(day)))
    forget()
    return done
