"""What rows come to, and what they must say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.applications import (
    COUNTED,
    NEEDED,
    ROWS_LIMIT,
    TYPES,
    Row,
    Type,
    check_converted,
    cost_of,
    faults_of,
    fields_of,
    reckoned,
    units,
    usual_category,
)
from chalicelib.domain.errors import Invalid
from chalicelib.domain.expenses import DEFAULTS
from tests.domain.applications.examples import DAY, TODAY, row


def faults(*rows: Row) -> dict[str, str]:
    return {each.path: each.code for each in faults_of(rows, TODAY)}


@pytest.mark.parametrize(
    ("type", "expected"),
    [
        ("lodging", 60_000),
        ("meals", 60_000),
        ("transport", 40_000),
        ("gifts", 50_000),
        ("venue", 20_000),
        ("material", 1_000_000),
        ("other", 10_000),
    ],
)
def test_a_row_costs_its_price_times_what_its_type_counts(type: Type, expected: int) -> None:
    assert cost_of(row(type)) == expected


@pytest.mark.parametrize("type", TYPES)
def test_a_filled_row_of_each_type_can_stand(type: Type) -> None:
    assert faults(row(type)) == {}


@pytest.mark.parametrize("type", TYPES)
def test_a_row_names_everything_that_its_type_lacks(type: Type) -> None:
    bare = Row(type, DAY, price=100, currency="CNY")
    assert faults(bare) == {f"rows.0.{name}": "required" for name in fields_of(type)}
    assert set(fields_of(type)) == {*NEEDED[type], *COUNTED[type]}


def test_a_row_takes_no_field_of_another_type() -> None:
    assert faults(row("other", nights=2, place="苏州")) == {
        "rows.0.nights": "not_of_this_item",
        "rows.0.place": "not_of_this_item",
    }


def test_what_somebody_states_for_all_of_it_counts_before_the_price() -> None:
    assert cost_of(row("lodging", amount=50_000)) == 50_000
    assert reckoned(row("lodging", amount=50_000)) == 60_000


def test_without_price_and_amount_nobody_knows_what_it_costs() -> None:
    assert faults(row(price=None)) == {"rows.0.price": "amount_needed"}


@pytest.mark.parametrize("sum", [0, -1, -(10**15), 10**13, 10**15])
@pytest.mark.parametrize("name", ["price", "amount"])
def test_what_is_no_sum_is_refused_at_its_field(name: str, sum: int) -> None:
    assert faults(row(**{name: sum}))[f"rows.0.{name}"] == "bad_amount"


def test_a_price_that_is_fine_and_a_number_that_is_fine_can_be_too_much_together() -> None:
    assert faults(row("meals", price=10**10, heads=10_000)) == {"rows.0.price": "bad_amount"}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"day": TODAY - timedelta(days=1)}, {"rows.0.day": "in_the_past"}),
        ({"day": TODAY}, {}),
        ({"day": TODAY + timedelta(days=367)}, {"rows.0.day": "too_far_ahead"}),
        ({"until": DAY - timedelta(days=1)}, {"rows.0.until": "end_before_start"}),
        ({"until": DAY}, {}),
        ({"until": DAY + timedelta(days=93)}, {"rows.0.until": "row_too_long"}),
        ({"heads": 10_001}, {"rows.0.heads": "out_of_range"}),
    ],
)
def test_days_and_counts_have_bounds(facts: dict[str, Any], expected: dict[str, str]) -> None:
    assert faults(row(**facts)) == expected


def test_there_is_at_least_one_row_and_at_most_thirty() -> None:
    assert faults() == {"rows": "required"}
    assert faults(*[row()] * ROWS_LIMIT) == {}
    assert faults(*[row()] * (ROWS_LIMIT + 1)) == {"rows": "too_many_rows"}


def test_every_wrong_field_is_named_at_once_by_its_row() -> None:
    assert faults(row(), row(heads=0), row("gifts", what="")) == {
        "rows.1.heads": "required",
        "rows.2.what": "required",
    }


def test_what_is_nothing_after_rounding_is_no_sum() -> None:
    with pytest.raises(Invalid) as refused:
        check_converted([row(converted=5), row(converted=0), row(converted=10**14)])
    assert [each.path for each in refused.value.fields] == ["rows.1.amount", "rows.2.amount"]


def test_every_type_has_a_usual_category_that_companies_begin_with() -> None:
    keys = {each.key for each in DEFAULTS}
    assert {usual_category(type) for type in TYPES} <= keys
    assert usual_category("transport", "car") == "local_transport"
    assert usual_category("transport", "train") == "long_transport"


def test_the_month_that_pays_is_that_of_the_first_day() -> None:
    assert row(day=date(2026, 3, 31), until=date(2026, 4, 2)).month == "2026-03"


@given(st.sampled_from(TYPES), st.integers(1, 10**9), st.integers(1, 100), st.integers(1, 100))
def test_the_cost_is_exact_for_every_type(type: Type, price: int, first: int, second: int) -> None:
    counts = dict(zip(COUNTED[type], (first, second), strict=False))
    priced = row(type, price=price, **counts)
    assert cost_of(priced) == price * units(priced)
    assert units(priced) == (first * second if len(counts) == 2 else first if counts else 1)
