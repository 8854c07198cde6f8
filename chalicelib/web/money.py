"""Sums of money as people read and write them; everywhere else they are minor units and a currency."""

from __future__ import annotations

from functools import lru_cache

from chalicelib.domain.forms import major_units, minor_units


@lru_cache(64)
def digits_of(currency: str) -> int | None:
    """How many digits the currency's minor unit has (ISO 4217); None where there is no such currency."""
    import iso4217

    try:
        exponent: int | None = iso4217.Currency(currency).exponent
    except ValueError:
        return None
    return exponent  # none for gold and the like, which are no money


def money(minor: int, currency: str) -> str:
    """1,234.50 CNY; a negative amount has its sign in front."""
    whole, point, rest = major_units(abs(minor), digits_of(currency) or 0).partition(".")
    return f"{'-' if minor < 0 else ''}{int(whole):,}{point}{rest} {currency}"


def amount(minor: int, currency: str) -> str:
    """1234.50, as it stands in a field of a form."""
    return major_units(minor, digits_of(currency) or 0)


def minor(raw: object, currency: str) -> int | None:
    """What somebody wrote in minor units: a text is in the currency's own unit, a whole number is in minor units.

    None for what is no amount of the currency.
    """
    return minor_units(raw, digits_of(currency) or 0)
