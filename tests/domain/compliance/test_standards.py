"""Above a standard: for a head, a night, a day, a trip; which limit counts; and above a budget."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from chalicelib.domain.compliance import BudgetRoom, Limit, check
from chalicelib.domain.money import exchange
from tests.domain.compliance.examples import BOOK, DAY, MONDAY, TIERS, TODAY, book, context, found, item, limit, recent

NIGHT = limit("hotel", "night", 400_00)
A_DAY = limit("taxi", "day", 150_00)
TRIP = limit("train", "trip", 1000_00)


def test_per_head_limits_multiply_by_heads() -> None:
    within = item(category="meal", heads=6, amount=1200_00)
    assert found("over_head", within, rules=book(limit())) == {}
    above = item(category="meal", heads=6, amount=1200_01)
    facts = found("over_head", above, rules=book(limit()))["1"]
    assert (facts["asked"], facts["limit"], facts["amount"], facts["units"]) == ("120001", "120000", "20000", "6")


def test_per_night_limits_multiply_by_nights_and_people() -> None:
    assert found("over_night", item(category="hotel", nights=3, amount=1200_00), rules=book(NIGHT)) == {}
    assert "1" in found("over_night", item(category="hotel", nights=3, amount=1200_01), rules=book(NIGHT))
    assert found("over_night", item(category="hotel", nights=3, heads=2, amount=2400_00), rules=book(NIGHT)) == {}


@pytest.mark.parametrize("counts", [{"heads": 0, "nights": 0}, {"heads": 1, "nights": 1}])
def test_a_line_that_names_nobody_is_for_one_person_and_one_night(counts: dict[str, int]) -> None:
    line = item(category="hotel", amount=400_01, **counts)
    assert "1" in found("over_night", line, rules=book(NIGHT))


def test_a_day_counts_all_lines_of_its_category_and_those_of_other_claims() -> None:
    rides = [item("1", category="taxi", amount=60_00), item("2", category="taxi", amount=80_00)]
    assert found("over_day", *rides, rules=book(A_DAY)) == {}
    third = item("3", category="taxi", amount=11_00)
    facts = found("over_day", *rides, third, rules=book(A_DAY))
    assert list(facts) == ["2"]  # the largest carries it
    assert (facts["2"]["asked"], facts["2"]["lines"]) == ("15100", "3")
    before = (recent(category="taxi", amount=20_00),)
    assert list(found("over_day", *rides, rules=book(A_DAY), recent=before)) == ["2"]


def test_another_day_and_another_category_do_not_count_for_a_day() -> None:
    rides = [item("1", category="taxi", amount=100_00), item("2", category="taxi", amount=100_00, day=MONDAY + DAY)]
    assert found("over_day", *rides, item("3", category="bus", amount=100_00), rules=book(A_DAY)) == {}
    before = (recent(category="taxi", amount=100_00, day=MONDAY - DAY),)
    assert found("over_day", rides[0], rules=book(A_DAY), recent=before) == {}


def test_a_trip_counts_its_lines_of_any_day_and_trips_are_told_apart() -> None:
    there, back = item("1", category="train", amount=600_00), item("2", category="train", amount=500_00, day=TODAY)
    assert list(found("over_trip", there, back, rules=book(TRIP))) == ["1"]
    apart = item("2", category="train", amount=500_00, trip="other")
    assert found("over_trip", there, apart, rules=book(TRIP)) == {}


def test_without_a_limit_nothing_is_too_much() -> None:
    assert found("over_head", item(category="meal", amount=10**12), rules=book()) == {}
    unlimited = limit(amount=None, grade="P9")
    dear = item(category="meal", amount=10**12)
    assert found("over_head", dear, rules=book(limit(), unlimited), grade="P9") == {}


@pytest.mark.parametrize(
    ("grade", "place", "limits"),
    [
        ("", "", 100_00),
        ("P7", "", 200_00),
        ("P7", "上海市浦东新区", 400_00),
        ("", "上海", 300_00),
        ("P9", "downtown SHANGHAI", 300_00),
        ("P7", "Shanghailand", 200_00),
        ("P7", "西安", 200_00),
        ("P7", "xi'an", 200_00),
    ],
)
def test_the_most_specific_limit_counts_the_place_before_the_grade(grade: str, place: str, limits: int) -> None:
    rules = book(
        limit(amount=100_00),
        limit(amount=200_00, grade="P7"),
        limit(amount=300_00, tier="first"),
        limit(amount=400_00, tier="first", grade="P7"),
    )
    facts = found("over_head", item(category="meal", amount=999_00, place=place), rules=rules, grade=grade)["1"]
    assert facts["limit"] == str(limits)


@pytest.mark.parametrize(
    ("place", "tier"),
    [
        ("", ""),
        ("南京路, 上海", "second"),  # what is written first counts
        ("上海南京路", "first"),
        ("ＳＨＡＮＧＨＡＩ", "first"),
        ("Xi'an North", "second"),
        ("Parish", ""),
    ],
)
def test_a_place_is_of_the_tier_whose_name_it_writes_first(place: str, tier: str) -> None:
    assert book(tiers=TIERS).tier_of(place) == tier


def test_a_claim_over_a_years_end_is_measured_by_the_limits_of_each_day() -> None:
    old = limit("hotel", "night", 300_00, id="old", valid_from=date(2025, 1, 1), valid_until=date(2025, 12, 31))
    new = limit("hotel", "night", 400_00, id="new")
    lines = [
        item("1", category="hotel", day=date(2025, 12, 31), amount=350_00),
        item("2", category="hotel", day=date(2026, 1, 1), amount=350_00),
    ]
    facts = found("over_night", *lines, rules=book(old, new))
    assert list(facts) == ["1"]
    assert facts["1"]["standard"] == "old"


def test_a_claim_over_a_years_end_is_no_one_day_and_its_invoices_are_in_time() -> None:
    lines = [
        item("1", category="taxi", day=date(2025, 12, 31), amount=100_00, invoice_day=date(2025, 12, 31)),
        item("2", category="taxi", day=date(2026, 1, 1), amount=100_00, invoice_day=date(2026, 1, 1)),
    ]
    assert (
        check(lines, context(today=date(2026, 1, 5)), book(limit("taxi", "day", 150_00, valid_from=date(2025, 1, 1))))
        == ()
    )


def test_rate_frozen_a_paid_claim_is_never_flagged_later() -> None:
    """The sum in the claim's currency is the line's own, by the rate of its day; a check knows no other rate."""
    rules = book(limit("hotel", "night", 1000_00))
    rate_of_that_day = exchange(140_00, Decimal("7.1"), 2, 2)
    line = item(category="hotel", amount=rate_of_that_day, paid=140_00, paid_currency="USD", nights=1)
    judged = context(today=TODAY)
    assert check([line], judged, rules) == ()
    assert exchange(140_00, Decimal("7.3"), 2, 2) > 1000_00  # by a later rate it would be too much
    first_half = limit("hotel", "night", 1000_00, id="old", valid_until=date(2026, 3, 31))
    lowered = limit("hotel", "night", 500_00, id="new", valid_from=date(2026, 4, 1))
    assert check([line], judged, book(first_half, lowered)) == ()  # nor does a later limit count


def test_a_limit_in_the_currency_that_was_paid_counts_before_one_in_the_claims() -> None:
    dollars = limit("hotel", "night", 150_00, currency="USD")
    line = item(category="hotel", amount=1200_00, paid=160_00, paid_currency="USD")
    facts = found("over_night", line, rules=book(NIGHT, dollars))["1"]
    assert (facts["asked"], facts["currency"]) == ("16000", "USD")
    assert found("over_night", line, rules=book(NIGHT))["1"]["currency"] == "CNY"


def test_a_currency_without_minor_units_is_measured_in_its_own() -> None:
    yen = limit("hotel", "night", 15_000, currency="JPY")
    assert found("over_night", item(category="hotel", amount=15_000, currency="JPY"), rules=book(yen)) == {}
    assert "1" in found("over_night", item(category="hotel", amount=15_001, currency="JPY"), rules=book(yen))


def test_above_a_budget_is_said_of_the_claim_as_a_whole() -> None:
    short = BudgetRoom("d.reception.CNY.2026-03", "CNY", 1000_00, 999_99)
    enough = BudgetRoom("d.travel.CNY.2026-03", "CNY", 1000_00, 1000_00)
    facts = found("over_budget", item(), budgets=(enough, short))
    assert list(facts) == [""]
    assert facts[""]["budget"] == short.line


def test_what_is_switched_off_is_not_looked_for() -> None:
    dear = item(category="meal", amount=999_00)
    off: dict[str, Limit] = {}
    assert off == found("over_head", dear, rules=BOOK)
    assert check([dear], context(), book(limit(), severities={"over_head": "off", "no_application": "off"})) == ()
