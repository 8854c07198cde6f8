"""What deserves a second look: by its reason, with its rows, whatever the order; and what does not."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.anomalies import NEAR, WITHIN, Anomaly, Spent, Terms, found

MONDAY, SATURDAY = date(2026, 3, 2), date(2026, 3, 7)
TERMS = Terms(lambda currency: 2, {"CNY": (1000_00,)}, frozenset({"meal"}))


def spent(amount: int = 123_45, day: date = MONDAY, **facts: Any) -> Spent:
    known: dict[str, Any] = {"person": "P", "category": "taxi", "vendor": "", "currency": "CNY"}
    known |= {"claim": "C", "number": "CL1", "line": f"{day}{amount}"} | facts
    return Spent(day=day, amount=amount, **known)


def rules(*rows: Spent) -> list[tuple[str, int]]:
    return [(each.rule, len(each.rows)) for each in found(rows, TERMS)]


def test_the_same_vendor_and_sum_within_days_is_found() -> None:
    near = spent(vendor="老王", day=MONDAY + NEAR, claim="D")
    assert rules(spent(vendor="老王"), near) == [("same_sum", 2)]
    assert rules(spent(vendor="老王"), spent(vendor="老王 ", day=MONDAY + NEAR + timedelta(1), claim="D")) == []


def test_the_same_sum_alone_is_no_finding() -> None:
    assert rules(spent(), spent(claim="D"), spent(vendor="老王", claim="E"), spent(vendor="老李", claim="F")) == []


def test_the_same_sum_in_another_currency_is_no_finding() -> None:
    assert rules(spent(vendor="老王"), spent(vendor="老王", currency="USD")) == []


def test_a_habit_of_round_sums_is_found_and_a_round_sum_is_not() -> None:
    rounds = [spent(n * 500_00, day=MONDAY + timedelta(n)) for n in (1, 2, 3)]
    assert rules(*rounds[:2], spent()) == []
    assert rules(*rounds, spent()) == [("round_sums", 3)]
    assert rules(*rounds, *(spent(n) for n in (11, 22, 33, 44))) == []


def test_a_meal_on_a_day_of_rest_is_found() -> None:
    assert rules(spent(category="meal", day=SATURDAY)) == [("rest_day_meal", 1)]
    assert rules(spent(category="meal"), spent(day=SATURDAY)) == []


def test_a_workday_on_a_weekend_is_none() -> None:
    terms = Terms(lambda currency: 2, {}, frozenset({"meal"}), lambda day: False)
    assert found([spent(category="meal", day=SATURDAY)], terms) == []


def test_who_spends_far_more_than_the_others_is_found() -> None:
    usual = [spent(100_01 + n, person=f"P{n}") for n in range(6)]
    (anomaly,) = found([*usual, spent(900_01, person="X"), spent(90_02, person="X")], TERMS)
    assert (anomaly.rule, len(anomaly.rows), anomaly.facts["amount"]) == ("far_from_peers", 2, "99003")


def test_four_people_cannot_say_what_is_usual() -> None:
    assert rules(*(spent(100_01 + n, person=f"P{n}") for n in range(3)), spent(900_01, person="X")) == []


def test_a_little_more_than_the_others_is_no_finding() -> None:
    assert rules(*(spent(100_01, person=f"P{n}", claim=f"{n}") for n in range(6)), spent(150_01, person="X")) == []


def test_several_sums_just_under_a_limit_within_a_month_are_found() -> None:
    near = [spent(950_01 + n, day=MONDAY + n * timedelta(10)) for n in range(3)]
    assert rules(*near) == [("just_under", 3)]
    far = [spent(950_01 + n, day=MONDAY + n * (WITHIN + timedelta(1))) for n in range(3)]
    assert rules(*far) == rules(*near[:2], spent(1000_00 + 7)) == []


def test_nothing_and_less_than_nothing_is_no_finding() -> None:
    assert rules() == rules(spent(0, vendor="老王"), spent(-5, vendor="老王"), spent(0, category="meal")) == []


ROWS = st.lists(
    st.builds(
        Spent,
        day=st.dates(date(2026, 3, 1), date(2026, 4, 30)),
        person=st.sampled_from("ABCDEFG"),
        category=st.sampled_from(["meal", "taxi"]),
        vendor=st.sampled_from(["", "老王", "老李"]),
        amount=st.sampled_from([0, 99_00, 500_00, 950_00, 999_99, 1000_00, 70_000_00]),
        currency=st.sampled_from(["CNY", "USD"]),
        claim=st.sampled_from("12345"),
        number=st.just("CL"),
        line=st.sampled_from("abc"),
    ),
    max_size=40,
)


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_does_not_matter_and_every_finding_is_true_of_its_rows(rows: list[Spent], random: Random) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    anomalies = found(rows, TERMS)
    assert found(shuffled, TERMS) == anomalies
    for each in anomalies:
        assert each.rows and set(each.rows) <= set(rows)
        assert len(set(each.rows)) == len(each.rows)
        _reason(each)


def _reason(anomaly: Anomaly) -> None:
    """What the rule says is true of the rows."""
    rows = anomaly.rows
    match anomaly.rule:
        case "same_sum":
            assert len(rows) > 1 and len({(row.vendor, row.amount, row.currency) for row in rows}) == 1
        case "round_sums":
            assert all(row.amount % 100_00 == 0 for row in rows) and len({row.person for row in rows}) == 1
        case "rest_day_meal":
            assert rows[0].day.weekday() >= 5 and rows[0].category == "meal"
        case "far_from_peers":
            assert sum(row.amount for row in rows) == int(anomaly.facts["amount"])
        case "just_under":
            assert all(900_00 <= row.amount < 1000_00 for row in rows) and len(rows) >= 3
