"""Parts sum to the whole, rounding is half-even, and rates are exact."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.money import allocate, exchange, half_even, split

SUMS = st.integers(-(10**15), 10**15)
WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any)


@given(SUMS, WEIGHTS)
def test_parts_always_sum_to_the_whole(whole: int, weights: list[int]) -> None:
    assert sum(allocate(whole, weights)) == whole


@given(SUMS, WEIGHTS)
def test_each_part_but_the_largest_is_its_share_to_within_half_a_unit(whole: int, weights: list[int]) -> None:
    parts, largest = allocate(whole, weights), weights.index(max(weights))
    for row, (part, weight) in enumerate(zip(parts, weights, strict=True)):
        if row != largest:
            assert abs(part - Fraction(whole * weight, sum(weights))) <= Fraction(1, 2)


def test_the_residue_is_on_the_largest_part() -> None:
    assert split(100, 3) == (34, 33, 33)
    assert split(-100, 3) == (-34, -33, -33)
    assert allocate(100, [1, 4, 1]) == (17, 66, 17)
    assert allocate(7, [0, 1, 0]) == (0, 7, 0)


@pytest.mark.parametrize("weights", [[], [0, 0], [3, -1]])
def test_weights_that_share_nothing_out_are_refused(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        allocate(100, weights)


@pytest.mark.parametrize(("amount", "rounded"), [("0.5", 0), ("1.5", 2), ("2.5", 2), ("-0.5", 0), ("-1.5", -2)])
def test_halves_go_to_the_even_one(amount: str, rounded: int) -> None:
    assert half_even(Fraction(amount)) == rounded


@pytest.mark.parametrize(
    ("minor", "rate", "digits", "expected"),
    [
        (100_00, Decimal("7.1234"), (2, 2), 712_34),
        (100_00, Decimal("149.505"), (2, 0), 14950),  # 14950.5: half, to the even one
        (100_00, Decimal("149.515"), (2, 0), 14952),
        (14950, Decimal("0.0067"), (0, 2), 100_16),
        (1_000, Decimal("23.1"), (3, 2), 23_10),
        (1, Fraction(1, 3), (2, 3), 3),
    ],
)
def test_a_sum_is_exchanged_between_currencies_of_any_digits(
    minor: int, rate: Decimal, digits: tuple[int, int], expected: int
) -> None:
    assert exchange(minor, rate, *digits) == expected


@pytest.mark.parametrize("rate", [0, Decimal("-1")])
def test_a_rate_is_above_zero(rate: Decimal) -> None:
    with pytest.raises(ValueError, match="rate"):
        exchange(100, rate, 2, 2)
