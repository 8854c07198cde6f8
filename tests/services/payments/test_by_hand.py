"""Paid without a batch, in parts, and what the documents do with it."""

from __future__ import annotations

import pytest

from chalicelib.domain.errors import Conflict, IllegalMove, Invalid, NotFound
from chalicelib.services import payments
from chalicelib.services.payments import settling
from tests.payments import converted, release_freeze
from tests.services.payments.office import Office

# ---------------------------------------------------------------- by hand, and what documents do


def test_a_payable_is_paid_by_hand_without_a_batch(office: Office) -> None:
    owed = office.owes()
    settling.pay_by_hand(office.call(office.finance), owed, "Cash, receipt 12")
    paid = office.payable(owed)
    assert (paid.status, paid.reference, paid.paid_by) == ("paid", "Cash, receipt 12", office.finance.id)
    assert converted(office.store, "D001") == 10_000
    with pytest.raises(IllegalMove):
        settling.pay_by_hand(office.call(office.finance), owed, "again")
    with pytest.raises(Conflict):
        office.batch(owed)


def test_what_stands_in_a_batch_is_not_paid_beside_it(office: Office) -> None:
    owed = office.owes()
    office.batch(owed)
    with pytest.raises(IllegalMove, match="payable_taken"):
        settling.pay_by_hand(office.call(office.finance), owed, "Cash")


def test_what_its_document_refuses_is_not_paid(office: Office) -> None:
    owed = office.owes()
    id = office.ready(owed)
    release_freeze(office.store, "D001")
    with pytest.raises(Conflict, match="budget_not_frozen"):
        office.mark(id, owed)
    assert (office.payable(owed).status, office.head(id).paid) == ("batched", 0)


def test_a_document_is_paid_in_parts(office: Office) -> None:
    first = office.owes()
    call = office.call(office.admin)
    call.permit_public("a document's own transaction")
    more = payments.owing(call, "expense", "D001", "EX-D001", office.applicant.id, "林梅", 500, "EUR", part=2)
    call.commit({}, *more)
    id = office.ready(first, "expense-D001-2")
    office.mark(id, first)
    office.mark(id, "expense-D001-2")
    assert converted(office.store, "D001") == 10_500
    with pytest.raises(Conflict, match="payable_exists"):
        call.commit({}, *more)


def test_a_cancelled_document_is_not_paid_any_more(office: Office) -> None:
    owed, batched = office.owes(), office.owes()
    office.batch(batched)
    call = office.call(office.applicant)
    call.permit_public("a document's own transaction")
    call.commit({}, *payments.dropped(call, owed))
    assert office.payable(owed).status == "cancelled"
    for id in (owed, batched):
        with pytest.raises(IllegalMove):
            payments.dropped(call, id)
    with pytest.raises(NotFound):
        payments.dropped(call, "expense-none-1")


def test_a_reversed_document_leaves_its_payment_paid_and_says_so(office: Office) -> None:
    owed = office.owes()
    call = office.call(office.finance)
    call.permit_public("a document's own transaction")
    with pytest.raises(IllegalMove):
        payments.reversed(call, owed)
    settling.pay_by_hand(office.call(office.finance), owed, "Cash")
    call.commit({}, *payments.reversed(call, owed))
    assert (office.payable(owed).status, office.payable(owed).reversed_at) == ("paid", office.now)
    with pytest.raises(IllegalMove):
        payments.reversed(call, owed)


@pytest.mark.parametrize("amount", [0, -1, 10**15])
def test_nobody_is_owed_what_cannot_be_paid(office: Office, amount: int) -> None:
    with pytest.raises(Invalid):
        office.owes(amount=amount)
