"""Random commands in random order: after each of them every line balances, and a naive account says the same."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from chalicelib.domain.budget_changes import WHATS, What, movements
from chalicelib.domain.budgets import (
    CONTROLS,
    Document,
    Freeze,
    Line,
    Movement,
    Posting,
    adjust,
    allot,
    borrow,
    carry,
    close,
    line_id,
    posted,
    refreeze,
    restate,
    set_terms,
    transfer,
    unfrozen,
    violations,
)
from chalicelib.domain.errors import DomainError
from tests.domain.budgets.examples import convert, stamp, stamps
from tests.domain.test_budget_changes import CHANGE

MONTHS = ("2026-11", "2026-12", "2027-01")
SUMS = st.integers(0, 400)
USED = st.integers(1, 400)
ROWS = st.integers(0, len(MONTHS) - 1)
TAKEN = ("adjust", "transfer_in")
DOCUMENTS = st.sampled_from(["V1", "V2", "V3"])


@dataclass
class Naive:
    """A line as somebody would keep it on paper: what was given, and what each document holds and has used."""

    given: int = 0
    held: dict[str, int] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)

    @property
    def available(self) -> int:
        return self.given - sum(self.held.values()) - sum(self.used.values())


class Budgets(RuleBasedStateMachine):
    """Three months of one department, driven by whatever people do."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.paper = [Naive() for _ in MONTHS]
        self.freezes: dict[tuple[int, str], Freeze] = {}
        self.movements: list[Movement] = []
        for row, (month, control) in enumerate(zip(MONTHS, CONTROLS, strict=True)):
            id = line_id("D1", "reception", "CNY", month)
            bare = Line(id, "D1", "reception", "CNY", month, control, carries=True, borrows=True)
            opened = allot(bare, 500, stamp())
            self.lines.append(opened.line)
            self.movements.append(opened.movement)
            self.paper[row].given = 500

    def keep(self, row: int, posting: Posting) -> None:
        self.lines[row] = posting.line
        self.movements.append(posting.movement)
        if posting.freeze:
            self.freezes[row, posting.freeze.document] = posting.freeze

    def freeze_of(self, row: int, document: str) -> Freeze:
        return self.freezes.get((row, document)) or unfrozen(self.lines[row], Document("visit", document))

    @rule(row=ROWS, document=DOCUMENTS, whole=SUMS, reason=st.sampled_from(["", "Needed"]))
    def document_wants(self, row: int, document: str, whole: int, reason: str) -> None:
        paper, before = self.paper[row], self.lines[row]
        more = max(0, whole - paper.used.get(document, 0)) - paper.held.get(document, 0)
        try:
            posting = refreeze(before, self.freeze_of(row, document), whole, stamp(reason))
        except DomainError:
            short = more > paper.available and (before.control == "hard" or (before.control == "soft" and not reason))
            assert more > 0
            assert short or before.status == "closed"
            return
        if posting is None:
            assert more == 0
            return
        self.keep(row, posting)
        paper.held[document] = paper.held.get(document, 0) + more

    @rule(row=ROWS, document=DOCUMENTS, amount=USED)
    def document_uses(self, row: int, document: str, amount: int) -> None:
        paper = self.paper[row]
        try:
            self.keep(row, convert(self.lines[row], self.freeze_of(row, document), amount))
        except DomainError:
            assert amount > paper.held.get(document, 0)
            return
        paper.held[document] -= amount
        paper.used[document] = paper.used.get(document, 0) + amount

    @rule(row=ROWS, document=DOCUMENTS, amount=USED)
    def payment_is_cancelled(self, row: int, document: str, amount: int) -> None:
        paper = self.paper[row]
        try:
            self.keep(row, convert(self.lines[row], self.freeze_of(row, document), -amount))
        except DomainError:
            assert amount > paper.used.get(document, 0)
            return
        paper.used[document] -= amount
        paper.held[document] += amount

    @rule(row=ROWS, amount=st.integers(-400, 400))
    def finance_adjusts(self, row: int, amount: int) -> None:
        try:
            self.keep(row, adjust(self.lines[row], amount, stamp("Why")))
        except DomainError:
            return
        self.paper[row].given += amount

    @rule(row=ROWS, other=ROWS, amount=SUMS)
    def finance_transfers(self, row: int, other: int, amount: int) -> None:
        try:
            given, taken = transfer(self.lines[row], self.lines[other], amount, stamps())
        except DomainError:
            return
        assert amount <= self.paper[row].available
        self.moved(row, other, given, taken)

    @rule(row=ROWS, amount=SUMS)
    def file_states_it_anew(self, row: int, amount: int) -> None:
        before, paper = self.lines[row], self.paper[row]
        try:
            posting = restate(before, amount, stamp())
        except DomainError:
            less = before.allotted - amount
            assert before.status == "closed" or (before.control == "hard" and less > paper.available)
            return
        if posting is None:
            assert amount == before.allotted
            return
        self.keep(row, posting)
        paper.given += amount - before.allotted
        assert posting.line.allotted == amount

    @rule(row=ROWS, other=ROWS, what=st.sampled_from(WHATS), amount=st.integers(1, 400))
    def change_is_approved(self, row: int, other: int, what: What, amount: int) -> None:
        lines = {each.id: place for place, each in enumerate(self.lines)}
        line, source = self.lines[row].id, self.lines[other].id if what == "transfer" else ""
        if line == source:
            return
        change = replace(CHANGE, what=what, line=line, source=source, amount=amount)
        wanted = movements(change, stamps())
        try:
            moved = [Posting(posted(self.lines[lines[each.line]], each), each) for each in wanted]
        except DomainError:
            short = what != "more" and amount > self.paper[other if source else row].available
            assert short or any(self.lines[lines[each.line]].status == "closed" for each in wanted)
            return
        for posting in moved:
            place = lines[posting.line.id]
            self.keep(place, posting)
            self.paper[place].given += posting.movement.amount * (1 if posting.movement.what in TAKEN else -1)

    @rule(row=st.integers(0, len(MONTHS) - 2))
    def month_is_carried(self, row: int) -> None:
        try:
            given, taken = carry(self.lines[row], self.lines[row + 1], stamps())
        except DomainError:
            return
        assert given.line.available == 0
        self.moved(row, row + 1, given, taken)

    @rule(row=st.integers(0, len(MONTHS) - 2), amount=SUMS)
    def month_borrows(self, row: int, amount: int) -> None:
        try:
            taken, given = borrow(self.lines[row], self.lines[row + 1], amount, stamps())
        except DomainError:
            return
        self.moved(row + 1, row, given, taken)

    def moved(self, row: int, other: int, given: Posting, taken: Posting) -> None:
        self.keep(row, given)
        self.keep(other, taken)
        self.paper[row].given -= given.movement.amount
        self.paper[other].given += taken.movement.amount

    @rule(row=ROWS, control=st.sampled_from(CONTROLS))
    def control_changes(self, row: int, control: str) -> None:
        try:
            self.lines[row] = set_terms(self.lines[row], control, carries=True, borrows=True)  # type: ignore[arg-type]
        except DomainError:
            assert self.paper[row].available < 0

    @rule(row=ROWS)
    def period_is_closed(self, row: int) -> None:
        if self.lines[row].status == "open":
            self.lines[row] = close(self.lines[row])

    @invariant()
    def every_line_balances(self) -> None:
        for row, line in enumerate(self.lines):
            freezes = [each for (of, _), each in self.freezes.items() if of == row]
            own = [each for each in self.movements if each.line == line.id]
            assert [*violations(line, freezes, own)] == []

    @invariant()
    def the_paper_says_the_same(self) -> None:
        for line, paper in zip(self.lines, self.paper, strict=True):
            assert line.available == paper.available
            assert line.frozen == sum(paper.held.values())
            assert line.used == sum(paper.used.values())


TestBudgets = Budgets.TestCase
TestBudgets.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
