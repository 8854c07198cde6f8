"""Money (金额): whole minor units of an ISO 4217 currency; parts always sum to the whole, and rounding is half-even.

How many digits a currency's minor unit has (0, 2, 3) is given by whoever knows the currencies (web/money.py).
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

type Rate = Decimal | Fraction | int
"""An exact exchange rate: how many units of the other currency one unit of this one gives."""


def half_even(amount: Fraction) -> int:
    """The nearest whole number of minor units, of two that are equally near the even one (banker's rounding)."""
    return round(amount)


def exchange(minor: int, rate: Rate, digits: int, other_digits: int) -> int:
    """The sum in minor units of the other currency, rounded half-even; `digits` are those of the two minor units.

    Raises ValueError for a rate that is not above zero.
    """
    exact = Fraction(rate)
    if exact <= 0:
        raise ValueError("an exchange rate is above zero")
    return half_even(Fraction(minor) * exact * Fraction(10) ** (other_digits - digits))


def split(whole: int, parts: int) -> tuple[int, ...]:
    """The whole in equal parts, the residue with the first; raises ValueError for fewer than one part."""
    return allocate(whole, [1] * parts)


def allocate(whole: int, weights: Sequence[Rate]) -> tuple[int, ...]:
    """The whole shared out by weights: each part rounded half-even, the residue with the largest (of equals the first).

    A weight of zero gives zero. Raises ValueError for weights below zero, or that are nothing together.
    """
    exact = [Fraction(weight) for weight in weights]
    total = sum(exact)
    if total <= 0 or min(exact) < 0:
        raise ValueError("weights are not below zero, and above it together")
    parts = [half_even(whole * weight / total) for weight in exact]
    parts[exact.index(max(exact))] += whole - sum(parts)
    return tuple(parts)
