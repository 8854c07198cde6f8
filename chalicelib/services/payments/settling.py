"""Saying that a payment was made, or was not: by hand, or one by one as a bank's answer says.

A payment that was made settles its document in the same transaction; one that was not makes its payable due again.
Whoever approved the document or is paid by it says neither.
"""

from __future__ import annotations

from chalicelib.domain import payments as rules
from chalicelib.domain.approvals import Running
from chalicelib.domain.errors import NotFound
from chalicelib.domain.payments import Batch, NotYours, Payable, Verdict, document_of
from chalicelib.models.payment_batches import BatchItem, PaymentItem
from chalicelib.models.payments import PayableItem
from chalicelib.models.store import Operation
from chalicelib.models.store import replace as replace_item
from chalicelib.services.ahead import read_ahead
from chalicelib.services.call import Answer, Call
from chalicelib.services.payments.kinds import reads, settled
from chalicelib.services.payments.record import (
    MANAGE,
    answer_of,
    approval_key,
    barred,
    payment_keys,
    payment_of,
)
from chalicelib.services.permissions import COMPANY


def mark(call: Call, batch: str, payable: str, verdict: Verdict, note: str) -> Answer:
    """Say by hand what became of a payment of a released batch; `note` is the reference, or why it failed.

    Raises NotYours, IllegalMove, and what its document says.
    """
    call.permit(MANAGE, COMPANY)
    call = read_ahead(call, [*payment_keys(batch, payable), *reads(*document_of(payable))])
    rules.check_marker(payment_of(call.store, batch, payable).item, call.actor)
    head, operations = told(call, batch, payable, verdict, note, call.actor)
    return call.commit(answer_of(head), *operations)


def told(call: Call, batch: str, payable: str, verdict: Verdict, note: str, by: str) -> tuple[Batch, list[Operation]]:
    """The batch after an answer to one of its payments, and the operations of it, the payable and the document."""
    found = payment_of(call.store, batch, payable)
    head, item = rules.answered(found.batch, found.item, verdict, call.now, by, note)
    made = verdict == "paid"
    owed = rules.paid(found.payable, call.now, by, note) if made else rules.failed(found.payable, note)
    operations: list[Operation] = [
        replace_item(BatchItem.from_batch(head)),
        replace_item(PaymentItem.from_item(item)),
        replace_item(PayableItem.from_payable(owed)),
    ]
    return head, [*operations, *(settled(call, owed) if made else ())]


def pay_by_hand(call: Call, id: str, reference: str) -> Answer:
    """Say that a payable was paid without a batch, and how; raises NotYours, IllegalMove, NotFound."""
    call.permit(MANAGE, COMPANY)
    call = read_ahead(call, [PayableItem.at(id), approval_key(id), *reads(*document_of(id))])
    item, running = call.store.get(PayableItem.at(id), approval_key(id))
    if item is None:
        raise NotFound
    owed: Payable = item.to(Payable)
    if call.actor in barred(owed, running.to(Running) if running else None):
        raise NotYours(number=owed.number)
    payable = rules.paid_by_hand(owed, call.now, call.actor, reference)
    answer: Answer = {"id": payable.id, "status": payable.status, "version": payable.version}
    answer["location"] = f"/payments/{payable.id}"
    return call.commit(answer, replace_item(PayableItem.from_payable(payable)), *settled(call, payable))
