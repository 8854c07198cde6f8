"""Days off, alcohol, people who were not there, what was not applied for, the wrong time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain.compliance import LinkedApplication
from tests.domain.compliance.examples import BOOK, DAY, MONDAY, TODAY, VISIT, found, item


def test_days_off_are_noted_where_the_category_asks_and_no_visit_was() -> None:
    dinner, later = item(category="meal"), MONDAY + 10 * DAY
    rest = {dinner.day: "weekend", later: "holiday"}
    assert found("rest_day", dinner, rest=rest)["1"]["rest"] == "weekend"
    assert found("rest_day", dinner, rest={later: "holiday"}) == {}
    assert found("rest_day", item(category="hotel"), rest=rest) == {}
    assert found("rest_day", dinner, rest=rest, visits=(VISIT,)) == {}
    assert found("rest_day", replace(dinner, day=later), rest=rest, visits=(VISIT,))["1"]["rest"] == "holiday"


def test_alcohol_is_found_unless_the_visit_was_approved_with_it() -> None:
    assert "1" in found("alcohol", item(alcohol=True), visits=(VISIT,))
    assert found("alcohol", item(alcohol=True), visits=(replace(VISIT, alcohol=True),)) == {}
    assert found("alcohol", item()) == {}


@pytest.mark.parametrize(("heads", "more"), [(0, False), (6, False), (7, True)])
def test_no_more_people_than_came_through_the_gate_and_received_them(heads: int, more: bool) -> None:
    assert ("1" in found("more_heads", item(heads=heads), visits=(VISIT,))) is more


def test_before_the_gate_knows_nothing_is_said_of_people() -> None:
    assert found("more_heads", item(heads=99), visits=(replace(VISIT, came=None),)) == {}
    assert found("more_heads", item(heads=99)) == {}


def test_of_several_visits_those_of_the_lines_day_count() -> None:
    later = replace(VISIT, number="10000002", first=MONDAY + 5 * DAY, last=MONDAY + 5 * DAY, came=20)
    assert "1" in found("more_heads", item(heads=10), visits=(VISIT, later))
    assert found("more_heads", item(heads=10, day=MONDAY + 5 * DAY), visits=(VISIT, later)) == {}
    assert found("more_heads", item(heads=26, day=MONDAY + 9 * DAY), visits=(VISIT, later)) == {}  # of no visit's day


def test_what_needs_an_application_has_one_above_the_threshold() -> None:
    dinners = [item("1", category="meal", amount=600_00), item("2", category="meal", amount=400_00)]
    assert found("no_application", *dinners) == {}
    more = item("3", category="meal", amount=1)
    assert found("no_application", *dinners, more)["1"]["asked"] == "100001"
    assert found("no_application", *dinners, more, visits=(VISIT,)) == {}
    assert found("no_application", *dinners, more, applications=(LinkedApplication("BA1"),)) == {}
    covers, other = (LinkedApplication("BA1", frozenset({name})) for name in ("meal", "gift"))
    assert found("no_application", *dinners, more, applications=(covers,)) == {}
    assert "1" in found("no_application", *dinners, more, applications=(other,))


def test_a_threshold_of_one_currency_says_nothing_of_another() -> None:
    assert found("no_application", item(category="meal", currency="JPY", amount=10**9)) == {}


def test_tomorrow_is_still_to_come() -> None:
    assert found("future", item(day=TODAY, invoice_day=TODAY)) == {}
    assert found("future", item(day=TODAY + DAY))["1"]["day"] == (TODAY + DAY).isoformat()
    assert "1" in found("future", item(invoice_day=TODAY + DAY))


@pytest.mark.parametrize(("day", "late"), [(date(2025, 9, 21), False), (date(2025, 9, 20), True)])
def test_spending_is_claimed_within_its_days(day: date, late: bool) -> None:
    assert ("1" in found("too_old", item(day=day))) is late
    assert (TODAY - date(2025, 9, 21)).days == BOOK.days.spending
