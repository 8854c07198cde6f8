"""Random claims, payments and cancellations in random order: after each step budgets, freezes and advances add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import repeat

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from chalicelib.domain.budgets import (
    Document,
    Freeze,
    Hold,
    Line,
    Movement,
    allot,
    line_id,
    together,
    violations,
)
from chalicelib.domain.claims import (
    HOLDING,
    Allocation,
    Claim,
    Correction,
    Link,
    Offset,
    Source,
    cleared,
    correct,
    finishing,
    giving_back,
    granted,
    linked,
    move,
    needs,
    payable_of,
    take_over,
    taking,
    uncorrected,
    unusing,
    using,
)
from chalicelib.domain.errors import DomainError
from tests.domain.budgets.examples import stamp
from tests.domain.claims.examples import NOW, a_claim, a_line

LINES = [line_id(department, "reception", "CNY", "2026-11") for department in ("D1", "D2", "D3")]
VISITS = ["V0", "V1"]
SUMS = st.integers(1, 200)
WHICH = st.integers(0, 7)


@dataclass
class Advance:
    """What somebody got in advance, as on paper."""

    paid: int
    reserved: int = 0
    cleared: int = 0
    returned: int = 0

    @property
    def free(self) -> int:
        return self.paid - self.cleared - self.returned - self.reserved


class Claims(RuleBasedStateMachine):
    """Three budgets under three controls, two visits that hold some of them, advances, and claims on all of it."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, Line] = {}
        self.freezes: dict[tuple[str, str], Freeze] = {}
        self.movements: list[Movement] = []
        self.visits = dict.fromkeys(VISITS, "approved")
        self.advances: dict[str, Advance] = {}
        self.claims: dict[str, Claim] = {}
        self.paid = 0
        self.owed = 0
        for id, control in zip(LINES, ("hard", "soft", "none"), strict=True):
            department = id.partition(".")[0]
            opened = allot(Line(id, department, "reception", "CNY", "2026-11", control), 600, stamp())
            self.lines[id] = opened.line
            self.movements.append(opened.movement)

    # The budget, as one transaction would change it

    def post(self, *holds: Hold) -> None:
        """All of it or nothing, line by line, as one transaction would."""
        moved = [self._moved(id, [each for each in holds if each.line == id]) for id in {each.line for each in holds}]
        for line, movements, freezes in moved:
            self.lines[line.id] = line
            self.movements += movements
            self.freezes.update({(line.id, freeze.document): freeze for freeze in freezes})

    def _moved(self, id: str, holds: Sequence[Hold]) -> tuple[Line, Sequence[Movement], Sequence[Freeze]]:
        own = {each.document: self.freezes.get((id, each.document.id)) for each in holds}
        freezes = {document: freeze for document, freeze in own.items() if freeze}
        found = together(self.lines[id], freezes, holds, (stamp("Needed") for _ in repeat(0)))
        return found.line, found.movements, found.freezes

    def held_by(self, document: str) -> dict[str, int]:
        return {
            line: freeze.held for (line, owner), freeze in self.freezes.items() if owner == document and freeze.held
        }

    def used_by(self, document: str) -> dict[str, int]:
        found = {line: freeze.converted for (line, owner), freeze in self.freezes.items() if owner == document}
        return {line: amount for line, amount in found.items() if amount}

    def open_of(self, claim: Claim) -> set[str]:
        return {id for id in linked(claim) if self.visits[id] == "approved"}

    def figures(self) -> list[tuple[int, int, int]]:
        return [(line.available, line.frozen, line.used) for line in self.lines.values()]

    # What people do

    @rule(visit=st.sampled_from(VISITS), line=st.sampled_from(LINES), amount=SUMS)
    def visit_freezes(self, visit: str, line: str, amount: int) -> None:
        before = self.figures()
        try:
            if self.visits[visit] == "approved":
                self.post(Hold(Document("visit", visit), line, frozen=amount))
        except DomainError:
            assert self.figures() == before

    @rule(visit=st.sampled_from(VISITS))
    def visit_closes(self, visit: str) -> None:
        claimed = {id: self.held_by(id) for id in self.claims}
        self.post(*finishing(self.source(visit)))
        self.visits[visit] = "closed"
        assert claimed == {id: self.held_by(id) for id in claimed}  # what claims took over is theirs

    @rule(amount=SUMS)
    def advance_is_paid(self, amount: int) -> None:
        self.advances[f"A{len(self.advances)}"] = Advance(amount)

    @precondition(lambda self: self.advances)
    @rule(which=WHICH, amount=SUMS)
    def advance_is_returned(self, which: int, amount: int) -> None:
        advance = [*self.advances.values()][which % len(self.advances)]
        if amount <= advance.free:  # what is reserved by a claim cannot be returned
            advance.returned += amount

    @rule(
        amounts=st.lists(st.tuples(SUMS, SUMS), min_size=1, max_size=3),
        linked=st.sets(st.sampled_from(VISITS)),
        finished=st.booleans(),
        which=WHICH,
        clearing=SUMS,
    )
    def somebody_drafts(
        self, amounts: list[tuple[int, int]], linked: set[str], finished: bool, which: int, clearing: int
    ) -> None:
        lines = []
        for number, (first, second) in enumerate(amounts):
            one, two = LINES[number % 3], LINES[(number + 1) % 3]
            parts = (Allocation(one[:2], first, one), Allocation(two[:2], second, two))
            lines.append(a_line(str(number), first + second, allocations=parts))
        links = tuple(Link("visit", id, finished=finished) for id in sorted(linked))
        total = sum(line.converted for line in lines)
        chosen = f"A{which % len(self.advances)}" if self.advances else ""
        offsets = (Offset(chosen, min(clearing, total)),) if chosen else ()
        id = f"C{len(self.claims)}"
        self.claims[id] = a_claim(*lines, id=id, links=links, offsets=offsets)

    @precondition(lambda self: self.claims)
    @rule(which=WHICH)
    def applicant_submits(self, which: int) -> None:
        claim = self.claim(which)
        before = self.figures()
        taken = take_over(needs(claim), [self.source(link.document) for link in claim.links])
        try:
            submitted = replace(move(uncorrected(claim), "submit", NOW), taken=taken)
            if any(offset.amount > self.advances[offset.advance].free for offset in claim.offsets):
                return
            self.post(*taking(submitted))
        except DomainError:
            assert self.figures() == before
            return
        for offset in claim.offsets:
            self.advances[offset.advance].reserved += offset.amount
        self.claims[claim.id] = submitted
        assert self.held_by(claim.id) == needs(claim)

    @precondition(lambda self: self.claims)
    @rule(which=WHICH, cut=SUMS)
    def approver_corrects(self, which: int, cut: int) -> None:
        claim = self.claim(which)
        line = claim.lines[0]
        if claim.status == "pending":
            corrected = correct(claim, {line.key: Correction(max(0, line.converted - cut), "Too much")})
            self.claims[claim.id] = move(corrected, "correct", NOW)

    @precondition(lambda self: self.claims)
    @rule(which=WHICH, how=st.sampled_from(["reject", "return", "withdraw", "cancel"]))
    def claim_ends(self, which: int, how: str) -> None:
        claim = self.claim(which)
        before = self.figures()
        try:
            moved = move(claim, how, NOW)  # type: ignore[arg-type]
        except DomainError:
            return
        if claim.status not in HOLDING:
            self.claims[claim.id] = moved
            return
        held = Counter(self.held_by(claim.id))
        self.post(*giving_back(claim, self.open_of(claim)))
        self._unreserve(claim)
        self.claims[claim.id] = moved
        assert not self.held_by(claim.id)
        for line, (available, frozen, used) in zip(self.lines.values(), before, strict=True):
            back = line.available - available
            assert (line.frozen, line.used) == (frozen - back, used)
            assert 0 <= back <= held[line.id]

    @precondition(lambda self: self.claims)
    @rule(which=WHICH)
    def claim_is_paid(self, which: int) -> None:
        claim = self.claim(which)
        if claim.status != "pending":
            return
        finished = {link.document for link in claim.links if link.finished}
        closing = [hold for each in sorted(finished) for hold in finishing(self.source(each))]
        settled = move(move(claim, "approve", NOW), "settle", NOW)
        self.post(*using(claim, self.open_of(claim) - finished), *closing)
        self._unreserve(claim)
        for offset in cleared(claim.offsets, claim.sanctioned):
            self.advances[offset.advance].cleared += offset.amount
        for each in finished:
            self.visits[each] = "closed"
            assert not self.held_by(each)
        self.claims[claim.id] = replace(settled, payable=payable_of(claim))
        self.paid += payable_of(claim)
        assert self.used_by(claim.id) == {line: amount for line, amount in granted(claim).items() if amount}
        assert not self.held_by(claim.id)

    @precondition(lambda self: self.claims)
    @rule(which=WHICH)
    def finance_reverses(self, which: int) -> None:
        claim = self.claim(which)
        if claim.status != "paid":
            return
        self.post(*unusing(claim, self.open_of(claim)))
        for offset in cleared(claim.offsets, claim.sanctioned):
            self.advances[offset.advance].cleared -= offset.amount
        self.owed += claim.payable
        self.claims[claim.id] = move(claim, "reverse", NOW)
        assert not self.used_by(claim.id)
        assert not self.held_by(claim.id)

    # What always holds

    @invariant()
    def three_equations_hold_of_every_line(self) -> None:
        for id, line in self.lines.items():
            own = [freeze for (of, _), freeze in self.freezes.items() if of == id]
            moved = [movement for movement in self.movements if movement.line == id]
            assert not [*violations(line, own, moved)]

    @invariant()
    def advances_add_up(self) -> None:
        for name, advance in self.advances.items():
            assert min(advance.free, advance.reserved, advance.cleared, advance.returned) >= 0
            held = [claim for claim in self.claims.values() if claim.status in HOLDING]
            reserved = sum(each.amount for claim in held for each in claim.offsets if each.advance == name)
            assert advance.reserved == reserved

    @invariant()
    def a_claim_holds_money_only_while_it_waits(self) -> None:
        for claim in self.claims.values():
            assert self.held_by(claim.id) == (needs(claim) if claim.status in HOLDING else {})
            assert not self.used_by(claim.id) or claim.status == "paid"

    @invariant()
    def what_was_granted_is_paid_cleared_or_owed_again(self) -> None:
        paid = [claim for claim in self.claims.values() if claim.status == "paid"]
        used = sum(line.used for line in self.lines.values())
        assert used == sum(claim.sanctioned for claim in paid)
        clearing = sum(advance.cleared for advance in self.advances.values())
        assert used == self.paid - self.owed + clearing

    def claim(self, which: int) -> Claim:
        return [*self.claims.values()][which % len(self.claims)]

    def source(self, visit: str) -> Source:
        return Source(Document("visit", visit), self.held_by(visit))

    def _unreserve(self, claim: Claim) -> None:
        for offset in claim.offsets:
            self.advances[offset.advance].reserved -= offset.amount


TestClaims = Claims.TestCase
TestClaims.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
