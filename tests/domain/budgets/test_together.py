"""Several documents on one line at once: what one hands over another holds; the line is asked for the rest only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.budgets import (
    BudgetClosed,
    Document,
    Freeze,
    Hold,
    Line,
    NotFrozen,
    Overspent,
    Together,
    refreeze,
    together,
    unfrozen,
)
from chalicelib.domain.errors import DomainError, Invalid
from tests.domain.budgets.examples import VISIT, line, stamp

CLAIM = Document("claim", "C1", "CL-1")


class Account:
    """A line and what documents hold of it, moved by one command after another."""

    def __init__(self, of: Line) -> None:
        self.line = of
        self.freezes: dict[Document, Freeze] = {}

    def move(self, *holds: Hold, reason: str = "") -> Together:
        moved = together(self.line, self.freezes, holds, (stamp(reason) for _ in count()))
        self.line = moved.line
        self.freezes |= {Document(each.document_kind, each.document, each.number): each for each in moved.freezes}
        return moved

    @property
    def figures(self) -> tuple[int, int, int]:
        return self.line.available, self.line.frozen, self.line.used

    def held(self, document: Document) -> int:
        return self.freezes[document].held if document in self.freezes else 0


def visited(amount: int = 300, **facts: Any) -> Account:
    """A line of which a visit holds 300."""
    account = Account(line(1000, **facts))
    account.move(Hold(VISIT, account.line.id, frozen=amount), reason="Needed")
    return account


def handed(amount: int, more: int = 0) -> tuple[Hold, Hold]:
    """A claim takes `amount` over from the visit, and `more` of the line."""
    id = line(1000).id
    return Hold(VISIT, id, handed=amount), Hold(CLAIM, id, frozen=amount + more)


def test_a_claim_takes_over_what_the_visit_holds_and_freezes_the_rest() -> None:
    account = visited(300)
    moved = account.move(*handed(300, more=50))
    assert [(each.what, each.amount, each.document) for each in moved.movements] == [
        ("release", 300, VISIT.id),
        ("freeze", 350, CLAIM.id),
    ]
    assert account.figures == (650, 350, 0)
    assert (account.held(VISIT), account.held(CLAIM)) == (0, 350)
    assert (moved.takes, moved.least) == (50, 50)


def test_three_hundred_become_one_hundred_used_and_two_hundred_frozen() -> None:
    account = visited(300)
    account.move(*handed(100))
    account.move(Hold(CLAIM, account.line.id, used=100))
    assert account.figures == (700, 200, 100)
    assert (account.held(VISIT), account.held(CLAIM)) == (200, 0)


def test_a_rejected_claim_leaves_the_budget_as_before() -> None:
    account = visited(300)
    before = account.line, account.freezes[VISIT].held
    account.move(*handed(120))
    account.move(Hold(CLAIM, account.line.id, frozen=-120), Hold(VISIT, account.line.id, handed=-120))
    assert replace(account.line, version=before[0].version) == before[0]
    assert (account.held(VISIT), account.freezes[VISIT].handed) == (before[1], 0)


def test_a_claim_of_which_a_part_was_sanctioned_gives_the_rest_back() -> None:
    account = visited(300)
    account.move(*handed(100))
    moved = account.move(Hold(CLAIM, account.line.id, frozen=-30, used=70), Hold(VISIT, account.line.id, handed=-30))
    assert [each.what for each in moved.movements] == ["release", "freeze", "use"]
    assert account.figures == (700, 230, 70)
    assert (account.held(VISIT), account.held(CLAIM)) == (230, 0)


def test_a_reversed_claim_is_frozen_again_for_its_visit() -> None:
    account = visited(300)
    account.move(*handed(100))
    account.move(Hold(CLAIM, account.line.id, used=100))
    account.move(Hold(CLAIM, account.line.id, frozen=-100, used=-100), Hold(VISIT, account.line.id, handed=-100))
    assert account.figures == (700, 300, 0)
    assert (account.held(VISIT), account.held(CLAIM)) == (300, 0)


def test_what_was_handed_over_counts_as_taken_when_the_visit_changes() -> None:
    account = visited(300)
    account.move(*handed(100))
    assert refreeze(account.line, account.freezes[VISIT], 300, stamp()) is None
    more = refreeze(account.line, account.freezes[VISIT], 350, stamp())
    assert more is not None
    assert more.movement.amount == 50


@pytest.mark.parametrize("state", [{"control": "hard"}, {"control": "soft"}, {"status": "closed"}])
def test_a_takeover_asks_nothing_of_a_line_that_has_nothing_left(state: dict[str, Any]) -> None:
    """A budget that was cut, made strict or closed after the visit was approved does not stop the visit's claim."""
    account = visited(300)
    account.line = replace(account.line, adjusted=-800, available=-100, **state)
    moved = account.move(*handed(300))
    assert (moved.takes, moved.least) == (0, None)
    with pytest.raises((Overspent, Invalid, BudgetClosed)):
        account.move(Hold(CLAIM, account.line.id, frozen=1))


def test_a_hard_line_refuses_what_is_beyond_the_takeover() -> None:
    account = visited(300)
    with pytest.raises(Overspent) as refused:
        account.move(*handed(300, more=701))
    assert refused.value.params["asked"] == "701"
    account.move(*handed(300, more=700))
    assert account.figures == (0, 1000, 0)


def test_nobody_hands_over_uses_or_takes_back_what_is_not_there() -> None:
    account = visited(300)
    account.move(*handed(100))
    for holds in (
        [Hold(VISIT, account.line.id, handed=201), Hold(CLAIM, account.line.id, frozen=201)],
        [Hold(CLAIM, account.line.id, used=101)],
        [Hold(CLAIM, account.line.id, used=-1)],
        [Hold(CLAIM, account.line.id, frozen=-101)],
        [Hold(VISIT, account.line.id, handed=-101), Hold(CLAIM, account.line.id, frozen=-100)],
    ):
        with pytest.raises(NotFrozen):
            account.move(*holds)


def test_a_closed_line_still_settles_what_it_holds() -> None:
    account = visited(300)
    account.move(*handed(100))
    account.line = replace(account.line, status="closed")
    account.move(Hold(CLAIM, account.line.id, used=100))
    assert account.line.used == 100


SOME = st.integers(-400, 400)


@given(
    st.lists(st.tuples(st.sampled_from([VISIT, CLAIM]), SOME, SOME, SOME), max_size=12),
    st.sampled_from(["hard", "soft", "none"]),
)
def test_whatever_is_asked_the_line_balances_and_its_freezes_are_its_figures(
    asked: Sequence[tuple[Document, int, int, int]], control: str
) -> None:
    account = Account(replace(line(1000), control=control))
    for document, frozen, used, handed_over in asked:
        try:
            account.move(Hold(document, account.line.id, frozen, used, handed_over))
        except DomainError:
            continue
        found = account.line
        assert found.allotted + found.adjusted == found.available + found.frozen + found.used
        assert found.frozen == sum(each.held for each in account.freezes.values())
        assert found.used == sum(each.converted for each in account.freezes.values())
        assert control == "none" or found.available >= 0


def test_a_document_that_never_held_anything_begins_at_version_one() -> None:
    account = visited(300)
    assert account.freezes[VISIT].version == unfrozen(account.line, VISIT).version + 1
