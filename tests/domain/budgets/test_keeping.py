"""Allotting, adjusting, transfers, a month's remainder, borrowing, a year's months, closing, sums and proof."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chalicelib.domain.budgets import (
    BudgetClosed,
    Line,
    Overspent,
    adjust,
    allot,
    borrow,
    carry,
    close,
    next_month,
    refreeze,
    rolled_up,
    set_terms,
    shares_of_year,
    transfer,
    unfrozen,
    violations,
)
from chalicelib.domain.errors import IllegalMove, Invalid
from tests.domain.budgets.examples import VISIT, line, stamp, stamps

DECEMBER = line(500, period="2026-12", carries=True, borrows=True)
NOVEMBER = line(1000, carries=True, borrows=True)


def codes(refused: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    return [(field.path, field.code) for field in refused.value.fields]


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"period": "2026-13"}, ("period", "bad_period")),
        ({"period": "26"}, ("period", "bad_period")),
        ({"category": "yachts"}, ("category", "bad_choice")),
        ({"period": "2026", "carries": True}, ("carries", "only_of_months")),
        ({"period": "2026", "borrows": True}, ("borrows", "only_of_months")),
    ],
)
def test_a_line_that_cannot_be_is_refused(facts: dict[str, object], fault: tuple[str, str]) -> None:
    given = {"category": "reception", "period": "2026-11"} | facts
    with pytest.raises(Invalid) as refused:
        allot(Line("L", "D1", currency="CNY", **given), 100, stamp())  # type: ignore[arg-type]
    assert codes(refused) == [fault]


def test_an_adjustment_needs_a_reason_and_never_empties_a_hard_line_below_zero() -> None:
    assert adjust(line(1000), -1000, stamp("Cut")).line.available == 0
    with pytest.raises(Overspent):
        adjust(line(1000), -1001, stamp("Cut"))
    with pytest.raises(Invalid) as refused:
        adjust(line(1000), 5, stamp())
    assert codes(refused) == [("reason", "required")]
    assert adjust(line(1000, control="none"), -1001, stamp("Cut")).line.available == -1


def test_a_transfer_moves_what_is_available_and_keeps_the_sum() -> None:
    given, taken = transfer(NOVEMBER, line(100, "D2"), 1000, stamps())
    assert (given.line.available, taken.line.available) == (0, 1100)
    assert (given.movement.other, taken.movement.other) == (taken.line.id, given.line.id)
    with pytest.raises(Overspent):
        transfer(line(10, control="none"), line(100, "D2"), 11, stamps())


@pytest.mark.parametrize("target", [NOVEMBER, line(0, "D2", currency="USD")])
def test_a_transfer_goes_to_another_line_of_the_same_currency(target: Line) -> None:
    with pytest.raises(Invalid):
        transfer(NOVEMBER, target, 10, stamps())


def test_the_remainder_of_a_month_goes_to_the_next_even_after_its_close() -> None:
    given, taken = carry(close(NOVEMBER), DECEMBER, stamps())
    assert (given.line.available, taken.line.available, taken.line.adjusted) == (0, 1500, 1000)
    with pytest.raises(IllegalMove):
        carry(given.line, DECEMBER, stamps())
    with pytest.raises(IllegalMove):
        carry(line(10), DECEMBER, stamps())
    with pytest.raises(Invalid):
        carry(NOVEMBER, line(10, period="2027-01"), stamps())
    with pytest.raises(BudgetClosed):
        carry(NOVEMBER, close(DECEMBER), stamps())


def test_a_month_borrows_from_the_next_what_that_one_has() -> None:
    taken, given = borrow(NOVEMBER, DECEMBER, 500, stamps())
    assert (taken.line.available, given.line.available) == (1500, 0)
    assert (taken.movement.what, given.movement.what) == ("borrow_in", "borrow_out")
    with pytest.raises(Overspent):
        borrow(NOVEMBER, DECEMBER, 501, stamps())
    with pytest.raises(IllegalMove):
        borrow(line(10), DECEMBER, 1, stamps())


def test_the_month_after_december_is_january() -> None:
    assert [next_month("2026-11"), next_month("2026-12")] == ["2026-12", "2027-01"]


def test_a_year_is_split_evenly_by_weights_or_by_hand() -> None:
    assert shares_of_year(1000, "evenly", ()) == (87, *[83] * 11)
    assert shares_of_year(1300, "weights", (2, *[1] * 11)) == (200, *[100] * 11)
    assert shares_of_year(78, "by_hand", tuple(range(1, 13))) == tuple(range(1, 13))
    for method, months in (("by_hand", (1,) * 12), ("weights", (1,) * 11), ("weights", (0,) * 12)):
        with pytest.raises(Invalid):
            shares_of_year(78, method, months)  # type: ignore[arg-type]


def test_hard_control_is_not_for_a_line_that_is_exceeded() -> None:
    exceeded = replace(line(0, control="none"), available=-1, frozen=1)
    with pytest.raises(Overspent):
        set_terms(exceeded, "hard", carries=False, borrows=False)
    assert set_terms(line(1), "soft", carries=True, borrows=False).control == "soft"


def test_a_line_is_closed_once() -> None:
    with pytest.raises(IllegalMove):
        close(close(NOVEMBER))
    with pytest.raises(BudgetClosed):
        adjust(close(NOVEMBER), 1, stamp("More"))


def test_departments_add_up_with_those_below_them() -> None:
    lines = [line(100), line(10, "D2"), line(7, "D2", currency="USD"), line(1, "gone")]
    found = rolled_up(lines, {"D1": ("D1",), "D2": ("D1", "D2")})
    assert {who: {each: own["allotted"] for each, own in sums.items()} for who, sums in found.items()} == {
        "D1": {"CNY": 110, "USD": 7},
        "D2": {"CNY": 10, "USD": 7},
        "gone": {"CNY": 1},
    }


def test_the_proof_names_each_equation_that_is_broken() -> None:
    opened = allot(Line("L", "D1", "reception", "CNY", "2026-11"), 100, stamp())
    frozen = refreeze(opened.line, unfrozen(opened.line, VISIT), 40, stamp())
    assert frozen is not None
    assert frozen.freeze is not None
    account = [opened.movement, frozen.movement]
    assert [*violations(frozen.line, [frozen.freeze], account)] == []
    lost = [each.equation for each in violations(frozen.line, [], account)]
    assert lost == ["frozen = open freezes"]
    wrong = replace(frozen.line, available=-61)
    assert [each.equation for each in violations(wrong, [frozen.freeze], account)] == [
        "allotted + adjusted = available + frozen + used",
        "available = posted",
        "hard line: available >= 0",
    ]
    spoilt = replace(frozen.freeze, status="released")
    assert [each.equation for each in violations(frozen.line, [spoilt], account)] == ["freeze of visit V1: released"]
