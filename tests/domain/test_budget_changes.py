"""Changes of budgets that are asked for: their moves, what can be asked, and what they move once approved."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from chalicelib.domain.budget_changes import (
    MOVES,
    STATUSES,
    BudgetChange,
    check,
    move,
    movements,
    moves_from,
    number_of,
)
from chalicelib.domain.budgets import EFFECTS, Overspent, posted
from chalicelib.domain.errors import IllegalMove, Invalid
from tests.domain.budgets.examples import NOW, line, stamp

MARCH, TRAVEL = line(1000), line(500, department="D2")
CHANGE = BudgetChange(
    id="01TESTS0000000000000000001",
    number="BC-10000001",
    applicant="P1",
    applicant_name="林梅",
    what="transfer",
    line=MARCH.id,
    source=TRAVEL.id,
    department="D1",
    department_path=("D1",),
    category="reception",
    period="2026-11",
    currency="CNY",
    amount=200,
    reason="Trade fair",
    created_at=NOW,
)


def moved(**facts: object) -> list[tuple[str, str, int, str]]:
    change = replace(CHANGE, **facts)  # type: ignore[arg-type]
    found = movements(change, (stamp(), stamp()))
    assert all((each.document, each.number, each.reason) == (change.id, change.number, change.reason) for each in found)
    return [(each.line, each.what, each.amount, each.other) for each in found]


def test_every_move_is_in_the_table_or_refused() -> None:
    names = sorted({name for _, name in MOVES})
    for status, name in product(STATUSES, names):
        change = replace(CHANGE, status=status)
        if (status, name) in MOVES:
            after = move(change, name, NOW)
            assert (after.status, after.version) == (MOVES[status, name], 2)
        else:
            with pytest.raises(IllegalMove):
                move(change, name, NOW)
    assert moves_from("approved") == (), "what moved money stays"


def test_a_transfer_moves_on_both_lines_and_names_the_other() -> None:
    assert moved() == [
        (TRAVEL.id, "transfer_out", 200, MARCH.id),
        (MARCH.id, "transfer_in", 200, TRAVEL.id),
    ]


def test_more_is_an_adjustment_and_less_is_given_back() -> None:
    assert moved(what="more", source="") == [(MARCH.id, "adjust", 200, "")]
    assert moved(what="less", source="") == [(MARCH.id, "give_back", 200, "")]


@pytest.mark.parametrize("control", ["hard", "soft", "none"])
def test_nothing_is_given_back_that_is_not_there_whatever_the_control(control: str) -> None:
    (given,) = movements(replace(CHANGE, what="less", source="", amount=1001), (stamp(), stamp()))
    with pytest.raises(Overspent):
        posted(replace(MARCH, control=control), given)  # type: ignore[arg-type]


def test_no_movement_breaks_the_balance() -> None:
    for effects in EFFECTS.values():
        left = effects.get("allotted", 0) + effects.get("adjusted", 0)
        assert left == effects.get("available", 0) + effects.get("frozen", 0) + effects.get("used", 0)


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"source": ""}, ("source", "required")),
        ({"what": "more"}, ("source", "only_for_transfers")),
        ({"source": MARCH.id}, ("source", "same_budget")),
        ({"amount": 0}, ("amount", "bad_amount")),
        ({"amount": -1}, ("amount", "bad_amount")),
        ({"amount": 10**15}, ("amount", "bad_amount")),
        ({"reason": " "}, ("reason", "required")),
    ],
)
def test_what_cannot_be_asked_is_named_by_its_field(facts: dict[str, object], fault: tuple[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        check(replace(CHANGE, **facts))  # type: ignore[arg-type]
    assert [(each.path, each.code) for each in refused.value.fields] == [fault]


def test_a_number_is_said_and_typed_easily() -> None:
    assert number_of("01TESTS0000000000000000001").startswith("BC-")
    assert len(number_of("01TESTS0000000000000000001")) == 11
