"""Any history of batches, releases, answers, failures and retries: each payable is paid once at most, and sums hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from chalicelib.domain import payments as rules
from chalicelib.domain.errors import Conflict, DomainError, Forbidden, IllegalMove
from chalicelib.domain.payments import (
    BATCH_MOVES,
    MOVES,
    Answer,
    Batch,
    Item,
    Payable,
    PaymentFile,
    judged,
    payable_id,
)
from chalicelib.domain.payments.payable import moved

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PAYEES, MAKERS = ("ann", "bob"), ("fay", "gus", "ann")
FILE = PaymentFile("payments/key", "PB.xml", "application/xml", "0" * 64, 1)


class Payments(RuleBasedStateMachine):
    """What services write in one transaction happens here in one rule; `told` is what documents heard."""

    @initialize(amounts=st.lists(st.integers(1, 10**12), min_size=1, max_size=8))
    def owe(self, amounts: list[int]) -> None:
        self.payables = {}
        for number, amount in enumerate(amounts):
            id = payable_id("expense", f"D{number}")
            payee = PAYEES[number % len(PAYEES)]
            self.payables[id] = Payable(id, "expense", f"D{number}", f"EX-{number}", payee, payee, amount, "EUR", NOW)
        self.batches: dict[str, Batch] = {}
        self.items: dict[tuple[str, str], Item] = {}
        self.told: list[tuple[str, int]] = []
        self.ids: set[str] = set()

    @rule(data=st.data(), maker=st.sampled_from(MAKERS))
    def make(self, data: st.DataObject, maker: str) -> None:
        wanted = data.draw(st.lists(st.sampled_from(sorted(self.payables)), min_size=1, max_size=4, unique=True))
        batch = Batch(f"B{len(self.batches)}", "PB", "EUR", maker, NOW)
        for id in wanted:
            try:
                self.payables[id] = rules.batched(self.payables[id], batch.id)
            except IllegalMove:
                continue
            batch = self._take(batch, self.payables[id])
        self.batches[batch.id] = rules.moved_batch(batch, "gathered")

    def _take(self, batch: Batch, payable: Payable) -> Batch:
        facts = {
            name: getattr(payable, name) for name in ("document_kind", "document", "number", "payee", "payee_name")
        }
        no = batch.last_no + 1
        item = Item(batch.id, payable.id, no, amount=payable.amount, currency="EUR", barred=(payable.payee,), **facts)
        assert item.end_to_end not in self.ids
        self.ids.add(item.end_to_end)
        self.items[batch.id, payable.id] = item
        barred = tuple(sorted({*batch.barred, payable.payee}))
        total = batch.total + payable.amount
        return replace(batch, payments=batch.payments + 1, total=total, last_no=no, barred=barred)

    @precondition(lambda self: self.batches)
    @rule(data=st.data(), who=st.sampled_from(MAKERS), four_eyes=st.booleans())
    def release(self, data: st.DataObject, who: str, four_eyes: bool) -> None:
        batch = self._any(data)
        try:
            rules.check_release(batch, who, four_eyes)
            moved = rules.released(batch, who, NOW, acknowledged=True)
        except (Forbidden, Conflict):
            return
        assert who not in PAYEES or who not in {item.payee for item in self._items(batch)}
        held = data.draw(st.booleans())
        more = {"problem": "account_missing"} if held else {"file": FILE}
        self.batches[batch.id] = rules.moved_batch(moved, "hold" if held else "file", **more)

    @precondition(lambda self: self.items)
    @rule(data=st.data(), verdict=st.sampled_from(["paid", "failed"]), who=st.sampled_from(MAKERS))
    def answer(self, data: st.DataObject, verdict: rules.Verdict, who: str) -> None:
        batch, item = self._one(data)
        payable = self.payables[item.payable]
        try:
            rules.check_marker(item, who)
            batch, item = rules.answered(batch, item, verdict, NOW, who)
            made = verdict == "paid"
            payable = rules.paid(payable, NOW, who) if made else rules.failed(payable, "AC04")
        except DomainError:
            return
        self.batches[batch.id], self.items[batch.id, item.payable] = batch, item
        self.payables[payable.id] = payable
        if made:
            self.told.append((payable.id, payable.amount))

    @precondition(lambda self: self.items)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        batch, item = self._one(data)
        try:
            batch, item = rules.without(batch, item)
        except IllegalMove:
            return
        self.batches[batch.id], self.items[batch.id, item.payable] = batch, item
        self.payables[item.payable] = rules.freed(self.payables[item.payable])

    @precondition(lambda self: self.batches)
    @rule(data=st.data())
    def fetch(self, data: st.DataObject) -> None:
        batch = self._any(data)
        if batch.file and batch.status not in ("cancelling", "cancelled"):
            self.batches[batch.id] = rules.fetched(batch)

    @precondition(lambda self: self.batches)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        batch = self._any(data)
        try:
            batch = rules.cancelled_batch(batch)
        except Conflict:
            return
        for item in self._items(batch):
            if item.status == "waiting":
                self.items[batch.id, item.payable] = rules.dropped(item)
                self.payables[item.payable] = rules.freed(self.payables[item.payable])
        self.batches[batch.id] = rules.moved_batch(batch, "freed")

    @precondition(lambda self: self.batches)
    @rule(data=st.data())
    def close(self, data: st.DataObject) -> None:
        batch = self._any(data)
        if batch.status == "answered":
            self.batches[batch.id] = rules.moved_batch(batch, "close")

    @rule(data=st.data(), who=st.sampled_from(MAKERS))
    def pay_by_hand(self, data: st.DataObject, who: str) -> None:
        payable = self.payables[data.draw(st.sampled_from(sorted(self.payables)))]
        try:
            self.payables[payable.id] = rules.paid_by_hand(payable, NOW, who, "Cash")
        except IllegalMove:
            return
        self.told.append((payable.id, payable.amount))

    def _any(self, data: st.DataObject) -> Batch:
        return self.batches[data.draw(st.sampled_from(sorted(self.batches)))]

    def _one(self, data: st.DataObject) -> tuple[Batch, Item]:
        batch, payable = data.draw(st.sampled_from(sorted(self.items)))
        return self.batches[batch], self.items[batch, payable]

    def _items(self, batch: Batch) -> list[Item]:
        return [item for (own, _), item in self.items.items() if own == batch.id]

    @invariant()
    def each_payable_is_paid_once_at_most(self) -> None:
        paid = {id: payable.amount for id, payable in self.payables.items() if payable.status == "paid"}
        assert sorted(self.told) == sorted(paid.items())

    @invariant()
    def each_payable_is_in_one_living_batch_at_most(self) -> None:
        for id, payable in self.payables.items():
            waiting = [item.batch for (_, own), item in self.items.items() if own == id and item.status == "waiting"]
            assert waiting == ([payable.batch] if payable.status == "batched" else [])

    @invariant()
    def the_sums_of_a_batch_are_those_of_its_payments(self) -> None:
        for batch in self.batches.values():
            assert rules.violations(batch, tuple(self._items(batch))) == []
            assert batch.waiting == sum(item.status == "waiting" for item in self._items(batch)) or (
                batch.status == "cancelled"
            )


Payments.TestCase.settings = settings(max_examples=60, stateful_step_count=30)
test_any_history = Payments.TestCase


STATUSES = ("due", "batched", "paid", "failed", "cancelled")


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("move", sorted({move for _, move in MOVES}))
def test_a_payable_moves_as_the_table_says_or_is_refused(status: rules.PayableStatus, move: rules.PayableMove) -> None:
    payable = Payable("expense-D-1", "expense", "D", "EX", "ann", "Ann", 1, "EUR", NOW, status=status)
    if (status, move) in MOVES:
        assert moved(payable, move).status == MOVES[status, move]
    else:
        with pytest.raises(IllegalMove):
            moved(payable, move)


@pytest.mark.parametrize("status", rules.BATCH_STATUSES)
@pytest.mark.parametrize("move", sorted({move for _, move in BATCH_MOVES}))
def test_a_batch_moves_as_the_table_says_or_is_refused(status: rules.BatchStatus, move: rules.BatchMove) -> None:
    batch = Batch("B", "PB", "EUR", "fay", NOW, status=status)
    if (status, move) in BATCH_MOVES:
        assert rules.moved_batch(batch, move).status == BATCH_MOVES[status, move]
    else:
        with pytest.raises(IllegalMove):
            rules.moved_batch(batch, move)


def test_what_was_paid_never_becomes_due_again() -> None:
    assert not [move for status, move in MOVES if status == "paid"]


@pytest.mark.parametrize("text", ["expense-D-1", "claim-01KJPX9W3TZ4QZ6T1N7V0F2B5W-12"])
def test_a_payable_names_its_document(text: str) -> None:
    kind, document = rules.document_of(text)
    assert payable_id(kind, document, int(text.rpartition("-")[2])) == text


@pytest.mark.parametrize("text", ["", "claim", "claim-1", "claim-x-y", "-a-1x"])
def test_what_is_no_id_of_a_payable_names_none(text: str) -> None:
    assert rules.document_of(text) == ("", "") or rules.document_of(text)[0] == ""


def test_rows_of_an_answer_are_judged_by_what_is_known() -> None:
    item = Item("B", "P", 1, "expense", "D", "EX", "ann", "Ann", 1, "EUR")
    id = item.end_to_end
    found = judged([Answer(1, id, None), Answer(2, id, "paid"), Answer(3, "x", "paid")], [item])
    assert [(row.outcome, row.fault) for row in found] == [
        ("open", ""),
        ("wrong", "answer_twice"),
        ("wrong", "answer_unknown_payment"),
    ]
    assert judged([Answer(1, id, "paid")], [replace(item, status="dropped")])[0].fault == "answer_not_in_batch"
    late = NOW + timedelta(days=1)
    assert replace(item, answered_at=late).end_to_end == id
