"""Rates of any pair out of what a euro is worth: exact, rounded once, of the latest day that is not too old."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Invalid
from chalicelib.domain.money import exchange
from chalicelib.domain.rates import DIGITS, OLDEST, Day, Quote, check_quote, rate_of, stated

FRIDAY = date(2026, 2, 27)
MONDAY = date(2026, 3, 2)
KNOWN = Day(FRIDAY, {"USD": Decimal("1.08"), "CNY": Decimal("7.83"), "JPY": Decimal("160.5")})

values = st.decimals("0.0001", "99999", places=4).filter(lambda value: value > 0)


def rate(currency: str, base: str, day: date = FRIDAY, *days: Day) -> Decimal | None:
    found = rate_of(days or (KNOWN,), currency, base, day)
    return found.value if found else None


def test_a_pair_is_reckoned_through_the_euro_and_rounded_once() -> None:
    assert rate("EUR", "CNY") == Decimal("7.83")
    assert rate("USD", "CNY") == Decimal("7.25")
    assert rate("CNY", "EUR") == Decimal("0.127713920817")
    assert rate("JPY", "CNY") == Decimal("0.0487850467290")


def test_a_currency_is_worth_itself() -> None:
    found = rate_of((), "CNY", "CNY", MONDAY)
    assert found and (found.value, found.day, found.source) == (1, MONDAY, "same")


def test_a_weekend_has_the_rate_of_the_friday_before() -> None:
    found = rate_of((KNOWN,), "USD", "CNY", MONDAY - timedelta(days=1))
    assert found and (found.day, found.source) == (FRIDAY, "ecb")


def test_a_rate_is_ten_days_old_at_most_and_never_of_a_later_day() -> None:
    assert rate("USD", "CNY", FRIDAY + OLDEST) == Decimal("7.25")
    assert rate("USD", "CNY", FRIDAY + OLDEST + timedelta(days=1)) is None
    assert rate("USD", "CNY", FRIDAY - timedelta(days=1)) is None


def test_an_unknown_currency_has_no_rate() -> None:
    assert rate("XXX", "CNY") is None
    assert rate("CNY", "XXX") is None


def test_what_was_stated_by_hand_counts_before_the_reference_of_its_day_and_backwards_too() -> None:
    own = stated(KNOWN, Quote("USD", "CNY", Decimal("7.2")), frozenset({"USD", "CNY"}))
    found = rate_of((own,), "USD", "CNY", FRIDAY)
    assert found and (found.value, found.source) == (Decimal("7.2"), "hand")
    assert rate("CNY", "USD", FRIDAY, own) == Decimal("0.138888888889")
    later = Day(MONDAY, KNOWN.reference)
    assert rate("USD", "CNY", MONDAY, own, later) == Decimal("7.25"), "the latest day counts, by whatever source"


def test_a_currency_that_the_bank_does_not_know_is_reckoned_through_the_euro() -> None:
    own = stated(KNOWN, Quote("EUR", "KZT", Decimal("500")), frozenset({"EUR", "KZT"}))
    found = rate_of((own,), "KZT", "CNY", FRIDAY)
    assert found and (found.value, found.source) == (Decimal("0.01566"), "hand")


def test_a_rate_by_hand_takes_the_place_of_the_one_for_the_same_pair_either_way_around() -> None:
    pair = frozenset({"USD", "CNY"})
    first = stated(KNOWN, Quote("USD", "CNY", Decimal("7.2")), pair)
    second = stated(first, Quote("CNY", "USD", Decimal("0.14")), pair)
    assert second.own == (Quote("CNY", "USD", Decimal("0.14")),)
    assert stated(second, None, pair).own == ()


@given(values, values)
def test_a_pair_and_its_reverse_are_nearly_one_and_never_written_with_an_exponent(usd: Decimal, cny: Decimal) -> None:
    day = Day(FRIDAY, {"USD": usd, "CNY": cny})
    found = rate_of((day,), "USD", "CNY", FRIDAY), rate_of((day,), "CNY", "USD", FRIDAY)
    assert found[0] and found[1] and "E" not in f"{found[0].text}{found[1].text}"
    there, back = Decimal(found[0].text), Decimal(found[1].text)
    assert abs(Fraction(there) * Fraction(back) - 1) < Fraction(2, 10 ** (DIGITS - 1))
    assert abs(Fraction(there) / (Fraction(cny) / Fraction(usd)) - 1) <= Fraction(1, 2 * 10 ** (DIGITS - 1))


def test_a_document_reckons_by_the_digits_that_it_keeps() -> None:
    found = rate_of((KNOWN,), "JPY", "CNY", FRIDAY)
    assert found
    assert exchange(12_000, Decimal(found.text), 0, 2) == 58_542  # 12,000 JPY are 585.42 CNY


@pytest.mark.parametrize(
    ("quote", "day", "fault"),
    [
        (Quote("USD", "USD", Decimal(1)), FRIDAY, ("base", "same_currency")),
        (Quote("USD", "CNY", Decimal(0)), FRIDAY, ("value", "bad_rate")),
        (Quote("USD", "CNY", Decimal(-7)), FRIDAY, ("value", "bad_rate")),
        (Quote("USD", "CNY", Decimal("NaN")), FRIDAY, ("value", "bad_rate")),
        (Quote("USD", "CNY", Decimal("Infinity")), FRIDAY, ("value", "bad_rate")),
        (Quote("USD", "CNY", Decimal(10) ** 15), FRIDAY, ("value", "bad_rate")),
        (Quote("USD", "CNY", Decimal("0.1234567890123")), FRIDAY, ("value", "bad_rate")),
        (Quote("USD", "CNY", Decimal(7)), MONDAY + timedelta(days=2), ("day", "rate_to_come")),
        (Quote("USD", "CNY", Decimal(7)), date(1998, 12, 31), ("day", "bad_day")),
    ],
)
def test_what_is_no_rate_is_refused(quote: Quote, day: date, fault: tuple[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        check_quote(quote, day, MONDAY)
    assert [(each.path, each.code) for each in refused.value.fields] == [fault]
