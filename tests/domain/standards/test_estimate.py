"""What a visit will cost by its items and standards, and every excess with its rule."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.reception_items import TYPES, Leg, ReceptionItem, check_items, units
from chalicelib.domain.standards import Standard, check_estimate
from tests.domain.standards.examples import FIRST, book, estimated, journey, meal, nights, standard, wine

COUNTS = st.integers(0, 1000)
PRICES = st.none() | st.integers(0, 10**8)


@st.composite
def items(draw: st.DrawFn) -> ReceptionItem:
    counts: dict[str, Any] = {name: draw(COUNTS) for name in ("guests", "hosts", "bottles", "nights", "rooms")}
    legs = (Leg("a", "b"),) * draw(st.integers(0, 12))
    return ReceptionItem(draw(st.sampled_from(TYPES)), FIRST, draw(PRICES), legs=legs, **counts)


@st.composite
def standards(draw: st.DrawFn) -> list[Standard]:
    """At most one for each type."""
    chosen = draw(st.lists(st.sampled_from(TYPES), unique=True))
    return [
        standard(type, type=type, amount=draw(PRICES), allowed=draw(st.booleans()), hosts_least=draw(COUNTS))
        for type in chosen
    ]


@given(st.lists(items(), max_size=10), standards())
def test_the_estimate_is_the_sum_of_its_lines_by_type_and_in_all(
    asked: list[ReceptionItem], known: list[Standard]
) -> None:
    found = estimated(book(*known), *asked)
    assert found.total == sum(line.cost or 0 for line in found.lines) == sum(found.by_type.values())
    assert [line.row for line in found.lines] == list(range(len(asked)))
    for type, amount in found.by_type.items():
        assert amount == sum(line.cost or 0 for line in found.lines if line.type == type)


@given(st.lists(items(), max_size=10), standards())
def test_an_item_without_a_price_never_exceeds_the_amount_and_one_above_always_does(
    asked: list[ReceptionItem], known: list[Standard]
) -> None:
    found = estimated(book(*known), *asked)
    exceeding = {excess.row for excess in found.excesses if excess.rule == "amount"}
    for item, line in zip(asked, found.lines, strict=True):
        more = item.price is not None and line.allowance is not None and item.price * units(item) > line.allowance
        assert (line.row in exceeding) == (more and line.allowed)


@pytest.mark.parametrize(
    ("item", "cost"),
    [(meal(), 10), (wine(price=None), 5), (nights(), 6), (journey(), 2), (ReceptionItem("gift", guests=7), 7)],
)
def test_without_a_price_an_item_costs_what_its_standard_allows(item: ReceptionItem, cost: int) -> None:
    """By the head, the room's night, the leg; alcohol by the head, however many bottles."""
    assert estimated(book(standard(type=item.type, amount=100)), item).total == cost * 100


def test_a_price_counts_for_what_is_paid_for() -> None:
    free = book()
    costs = [estimated(free, item).total for item in (meal(price=5), wine(), nights(price=5), journey(price=5))]
    assert costs == [50, 24000, 30, 10]


def test_more_than_the_amount_is_an_excess_with_its_reason() -> None:
    found = estimated(book(standard(amount=15000)), meal(price=15001, reason=" Board meeting "))
    (excess,) = found.excesses
    assert (excess.rule, excess.asked, excess.limit) == ("amount", 150010, 150000)
    assert (excess.blocked, excess.reason) == (False, "Board meeting")
    assert list(check_estimate(found, 2)) == []


def test_an_excess_without_a_reason_is_named_by_its_field() -> None:
    found = estimated(book(standard()), meal(), meal(price=20000))
    assert [(fault.path, fault.code) for fault in check_estimate(found, 2)] == [("items.1.reason", "reason_needed")]


def test_a_blocked_excess_cannot_be_reasoned_away() -> None:
    found = estimated(book(standard(excess="blocked")), meal(price=20000, reason="Please"))
    (fault,) = check_estimate(found, 2)
    assert (fault.path, fault.code, fault.params["limit"]) == ("items.0.price", "above_standard", "1500.00 CNY")


def test_alcohol_that_is_not_allowed_is_an_excess_whatever_it_costs() -> None:
    none = standard(type="alcohol", allowed=False, amount=None, excess="blocked")
    found = estimated(book(none), wine(price=0, reason="Toast"))
    (fault,) = check_estimate(found, 2)
    assert (fault.path, fault.code) == ("items.0.type", "not_allowed_by_standard")


@pytest.mark.parametrize(
    ("guests", "hosts", "exceeds"), [(5, 3, False), (5, 4, True), (12, 4, False), (12, 5, True), (29, 9, False)]
)
def test_three_hosts_for_up_to_ten_guests_else_a_third_of_them(guests: int, hosts: int, exceeds: bool) -> None:
    rule = standard(hosts_least=3, ratio_hosts=1, ratio_guests=3)
    found = estimated(book(rule), meal(guests=guests, hosts=hosts))
    assert bool(found.excesses) == exceeds


def test_too_many_hosts_are_refused_at_their_field() -> None:
    rule = standard(hosts_least=1, excess="blocked")
    (fault,) = check_estimate(estimated(book(rule), meal()), 2)
    assert (fault.path, fault.code, fault.params["max"]) == ("items.0.hosts", "too_many_hosts", "1")


def test_where_nobody_says_what_it_costs_somebody_has_to() -> None:
    tour = ReceptionItem("tour", FIRST, guests=3)
    found = estimated(book(), tour, meal())
    assert [line.cost for line in found.lines] == [0, None]
    assert [(fault.path, fault.code) for fault in check_estimate(found, 2)] == [("items.1.price", "price_needed")]


def test_each_day_is_measured_by_its_own_standard() -> None:
    changing = book(standard("old", valid_until=FIRST), standard("new", valid_from=FIRST + timedelta(1), amount=20000))
    found = estimated(changing, meal(), meal(day=FIRST + timedelta(1)), ReceptionItem("meal", guests=1))
    assert [line.standard for line in found.lines] == ["old", "new", "old"]


def faults(item: ReceptionItem) -> set[tuple[str, str]]:
    return {(fault.path.removeprefix("items.0."), fault.code) for fault in check_items([item], FIRST, FIRST)}


def test_an_item_needs_the_fields_of_its_type() -> None:
    missing: dict[Any, set[str]] = {
        "tour": {"day", "guests"},
        "meal": {"day", "meal", "guests"},
        "alcohol": {"day", "what", "bottles", "guests"},
        "lodging": {"day", "nights", "rooms", "room_level"},
        "transport": {"day", "vehicle", "legs"},
        "gift": {"what", "guests"},
        "other": {"what"},
    }
    for type, names in missing.items():
        assert faults(ReceptionItem(type)) == {(name, "required") for name in names}


def test_an_item_takes_no_field_of_another_type() -> None:
    assert faults(meal(nights=2)) == {("nights", "not_of_this_item")}


def test_numbers_prices_and_days_have_bounds() -> None:
    wrong = meal(guests=1001, price=-1, day=FIRST + timedelta(days=4))
    assert faults(wrong) == {("guests", "out_of_range"), ("price", "bad_amount"), ("day", "outside_visit_days")}


def test_so_many_items_and_no_more() -> None:
    assert [fault.path for fault in check_items([meal()] * 31, FIRST, FIRST)] == ["items"]
