"""Payments, claims, returns and reversals in random order: after each of them an account on paper says the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from chalicelib.domain.advances import (
    Movement,
    Offset,
    Posting,
    counts_for,
    deduct,
    give_back,
    offset,
    pay,
    schedule,
    unschedule,
    violations,
    waive,
)
from chalicelib.domain.errors import DomainError
from tests.domain.advances.examples import an_advance, stamp

SUMS = st.integers(0, 400)
CLAIMS = st.sampled_from(["C1", "C2", "C3"])


@dataclass
class Paper:
    """The advance as somebody would keep it on paper: what came and went, and what each claim has."""

    paid: int = 0
    back: int = 0
    planned: dict[str, int] = field(default_factory=dict)
    reserved: dict[str, int] = field(default_factory=dict)
    cleared: dict[str, int] = field(default_factory=dict)

    @property
    def outstanding(self) -> int:
        return self.paid - self.back - sum(self.cleared.values())

    @property
    def free(self) -> int:
        return self.outstanding - sum(self.reserved.values()) - sum(self.planned.values())


class Advances(RuleBasedStateMachine):
    """One advance of 1,000, driven by whatever people do."""

    def __init__(self) -> None:
        super().__init__()
        self.advance = an_advance(amount=1_000)
        self.paper = Paper()
        self.movements: list[Movement] = []

    def tried(self, make: Callable[[], Posting]) -> Posting | None:
        try:
            posting = make()
        except DomainError:
            return None
        self.advance = posting.advance
        self.movements.append(posting.movement)
        return posting

    @rule(amount=SUMS)
    def finance_pays(self, amount: int) -> None:
        unpaid = self.advance.unpaid
        if self.tried(lambda: pay(self.advance, amount, stamp())):
            assert 0 < amount <= unpaid
            self.paper.paid += amount

    @rule(what=st.sampled_from(["reserve", "unreserve", "clear", "restore"]), claim=CLAIMS, amount=SUMS)
    def a_claim_moves(self, what: Offset, claim: str, amount: int) -> None:
        paper, before = self.paper, self.advance.status
        has = {"reserve": paper.free, "restore": paper.cleared.get(claim, 0)}.get(what, paper.reserved.get(claim, 0))
        if self.tried(lambda: offset(self.advance, what, amount, stamp(), claim, f"CL-{claim}")) is None:
            assert not 0 < amount <= has or before not in ("open", "settled")
            return
        assert 0 < amount <= has
        sides = {"reserve": (1, 0), "unreserve": (-1, 0), "clear": (-1, 1), "restore": (0, -1)}[what]
        for kept, sign in zip((paper.reserved, paper.cleared), sides, strict=True):
            kept[claim] = kept.get(claim, 0) + sign * amount

    @rule(amount=SUMS)
    def money_comes_back(self, amount: int) -> None:
        free, reserved = self.paper.free, sum(self.paper.reserved.values())
        if self.tried(lambda: give_back(self.advance, amount, "bank", stamp())):
            assert 0 < amount <= free
            assert not reserved
            self.paper.back += amount

    @rule(amount=SUMS)
    def payroll_is_to_keep_it_back(self, amount: int) -> None:
        if posting := self.tried(lambda: schedule(self.advance, amount, "2026-04", stamp())):
            self.paper.planned[posting.movement.id] = amount

    @rule(kept=st.booleans())
    def payroll_says_what_it_did(self, kept: bool) -> None:
        if not self.paper.planned:
            return
        id = next(iter(self.paper.planned))
        if self.tried(lambda: (deduct if kept else unschedule)(self.advance, id, stamp())):
            amount = self.paper.planned.pop(id)
            self.paper.back += amount if kept else 0

    @rule()
    def no_more_is_paid(self) -> None:
        try:
            self.advance = waive(self.advance, stamp())
        except DomainError:
            return
        assert self.advance.amount == self.paper.paid

    @invariant()
    def every_equation_holds(self) -> None:
        assert [*violations(self.advance, self.movements)] == []

    @invariant()
    def the_paper_says_the_same(self) -> None:
        own, paper = self.advance, self.paper
        assert own.paid == own.cleared + own.returned + own.outstanding
        assert (own.outstanding, own.free) == (paper.outstanding, paper.free)
        assert min(own.outstanding, own.free) >= 0
        assert own.reserved == sum(paper.reserved.values()) <= own.outstanding

    @invariant()
    def the_status_follows_from_the_figures(self) -> None:
        own = self.advance
        if own.status != "approved":
            assert (own.status == "settled") == (own.unpaid == own.outstanding == 0)
            assert counts_for(own) == own.unpaid + own.outstanding
            assert (own.remind_at is None) == (own.status == "settled")


TestAdvances = Advances.TestCase
TestAdvances.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
