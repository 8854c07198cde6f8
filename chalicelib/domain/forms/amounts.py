"""Numbers, money and dates as people write them, without a float anywhere."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from chalicelib.domain.forms.form import WHOLE_DIGITS_LIMIT

_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|[+-]?\.[0-9]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST = 40
_DIGITS = 28
_TOO_LARGE = 10**WHOLE_DIGITS_LIMIT


def number(raw: object) -> Decimal | None:
    """The number that a whole number, a Decimal or a text (thousands may be set apart by commas) stands for.

    None for anything else, and beyond WHOLE_DIGITS_LIMIT digits before the point.
    """
    found = _decimal(raw)
    return found if found is not None and _fits(found) else None


def _fits(value: Decimal) -> bool:
    """Whether reckoning with it stays exact: Python's decimals keep 28 digits."""
    if not value.is_finite() or len(value.as_tuple().digits) > _DIGITS:
        return False
    return -_DIGITS <= value.adjusted() < WHOLE_DIGITS_LIMIT


def _decimal(raw: Any) -> Decimal | None:
    match raw:
        case bool():
            return None
        case int() | Decimal():
            return Decimal(raw)
        case str() if len(raw) <= _LONGEST and _NUMBER.fullmatch(raw.strip()):
            return Decimal(raw.strip().replace(",", ""))
    return None


def decimals_of(value: Decimal) -> int:
    """How many digits after the point the value needs."""
    if not value:
        return 0
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def plain(value: Decimal) -> int | str:
    """How a number is kept: as a whole number, or as its shortest decimal text."""
    if decimals_of(value) == 0:
        return int(value)
    return format(value.normalize(), "f")


def minor_units(raw: object, digits: int) -> int | None:
    """Money in minor units: a whole number is already in them, a text is an amount in the currency's own unit.

    None for anything else, and for an amount with more than the currency's `digits` after the point.
    """
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw if abs(raw) < _TOO_LARGE else None
    amount = number(raw) if isinstance(raw, str) else None
    if amount is None or decimals_of(amount) > digits:
        return None
    minor = int(amount.scaleb(digits))
    return minor if abs(minor) < _TOO_LARGE else None


def major_units(minor: int, digits: int) -> str:
    """Money as an amount in the currency's own unit, with all its digits."""
    return format(Decimal(minor).scaleb(-digits), "f")


def iso_date(raw: object) -> date | None:
    """The day that an ISO text (YYYY-MM-DD) names; None for anything else."""
    if not isinstance(raw, str) or not _DATE.fullmatch(raw.strip()):
        return None
    try:
        return date.fromisoformat(raw.strip())
    except ValueError:
        return None
