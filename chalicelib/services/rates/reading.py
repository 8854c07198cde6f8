"""Rates as documents ask for them: those of a day and of the ten before it, remembered for a minute.

A command that will ask for several days reads their `keys` ahead, with everything else; then each rate costs nothing
more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.rates import OLDEST, Day, Rate, rate_of
from chalicelib.models.item import Key
from chalicelib.models.rates import RatesItem
from chalicelib.models.store import Store
from chalicelib.services.call import Call

CACHED_FOR = timedelta(minutes=1)
REMEMBERED = 2000
_known: dict[date, tuple[datetime, Day | None]] = {}
"""By day: when its rates were read, and what they were (None: there are none)."""


def rate_on(call: Call, currency: str, base: str, day: date, path: str = "currency") -> Rate:
    """What one unit of `currency` is worth in `base`: the latest rate on or before the day, at most ten days old.

    Raises Invalid at `path` where there is none. One batch read, none for days that were read ahead or a moment ago.
    """
    found = rate_of(days_until(call.store, day, call.now) if currency != base else (), currency, base, day)
    if found is None:
        facts = {"currency": currency, "base": base, "day": day.isoformat()}
        raise Invalid(FieldError(path, "rate_missing", facts))
    return found


def keys(days: Iterable[date]) -> list[Key]:
    """What `rate_on` is going to ask about these days, for one batch with other reads."""
    return [RatesItem.at(day) for day in sorted({near for day in days for near in _near(day)}, reverse=True)]


def _near(day: date) -> Sequence[date]:
    return [day - timedelta(days=back) for back in range(OLDEST.days + 1) if day.toordinal() > back]


def days_until(store: Store, day: date, now: datetime) -> list[Day]:
    """The rates of the day and of those before it that may stand in for it."""
    wanted = _near(day)
    if len(_known) > REMEMBERED:
        forget()
    missing = [each for each in wanted if each not in _known or now - _known[each][0] >= CACHED_FOR]
    if missing:
        items = store.get(*(RatesItem.at(each) for each in missing))
        _known.update({each: (now, item.to(Day) if item else None) for each, item in zip(missing, items, strict=True)})
    return [found for each in wanted if (found := _known[each][1])]


def forget() -> None:
    """Read everything anew at the next question (after a change in this process, and between tests)."""
    _known.clear()
