"""Making a batch of payables, taking some out of it again, giving it up, putting it away.

A batch of up to AT_ONCE payables is complete with its command. Of a larger one the command takes the first, and each
step of the stream takes further ones, until none is left: what cannot be taken any more is left out, with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from chalicelib.domain import payments as rules
from chalicelib.domain.approvals import Running
from chalicelib.domain.errors import Conflict, FieldError, Invalid
from chalicelib.domain.payments import AT_ONCE, LIMIT, TO_BE_PAID, Batch, Item, LeftOut, Payable
from chalicelib.models.payment_batches import BatchItem, PaymentItem
from chalicelib.models.payments import PayableItem
from chalicelib.models.store import Operation, create, save
from chalicelib.models.store import replace as replace_item
from chalicelib.services.call import Answer, Call
from chalicelib.services.payments.record import (
    MANAGE,
    answer_of,
    approval_key,
    barred,
    batch_of,
    items_of,
    payment_of,
)
from chalicelib.services.permissions import COMPANY


def make(call: Call, payables: Sequence[str]) -> Answer:
    """Take payables of one currency into a new batch.

    Raises Invalid naming each that is of another currency or unknown, Conflict naming one that is not to be paid.
    """
    call.permit(MANAGE, COMPANY)
    wanted = tuple(dict.fromkeys(payables))
    if not 0 < len(wanted) <= LIMIT:
        raise Invalid(FieldError("payables", "payment_batch_size", {"limit": str(LIMIT)}))
    id = call.new_id()
    batch = Batch(id, rules.number_of(id), "", call.actor, call.now, waiting_for=wanted)
    gathered, operations = take_in(call, batch)
    _refuse_left_out(gathered, wanted)
    first = replace(gathered, version=1)
    return call.commit(answer_of(first), create(BatchItem.from_batch(first)), *operations)


def _refuse_left_out(batch: Batch, wanted: Sequence[str]) -> None:
    """What somebody has just chosen is said to be wrong, not left out."""
    if not batch.left_out:
        return
    taken = [each for each in batch.left_out if each.reason == "payable_taken"]
    if taken:
        raise Conflict("payable_taken", state="batched", payable=taken[0].payable)
    raise Invalid(*(FieldError(f"payables.{wanted.index(each.payable)}", each.reason) for each in batch.left_out))


def take_in(call: Call, batch: Batch) -> tuple[Batch, list[Operation]]:
    """The batch with the next of those it waits for, and the operations of these; a draft once none is left."""
    portion, rest = batch.waiting_for[:AT_ONCE], batch.waiting_for[AT_ONCE:]
    found = call.store.get(*(PayableItem.at(id) for id in portion), *(approval_key(id) for id in portion))
    left_out: list[LeftOut] = []
    operations: list[Operation] = []
    for id, item, running in zip(portion, found, found[len(portion) :], strict=False):
        payable: Payable | None = item.to(Payable) if item else None
        refusal = _refusal(batch, payable)
        if payable is None or refusal:
            left_out.append(LeftOut(id, refusal))
            continue
        batch, own = _taken(batch, payable, running)
        operations += own
    further = replace(batch, waiting_for=rest, left_out=(*batch.left_out, *left_out))
    if rest:
        return replace(further, version=batch.version + 1), operations
    return rules.moved_batch(further, "gathered"), operations


def _refusal(batch: Batch, payable: Payable | None) -> str:
    if payable is None:
        return "unknown_payable"
    if payable.status not in TO_BE_PAID:
        return "payable_taken"
    return "payable_other_currency" if batch.currency and payable.currency != batch.currency else ""


def _taken(batch: Batch, payable: Payable, running: Any) -> tuple[Batch, list[Operation]]:
    approval: Running | None = running.to(Running) if running else None
    own = barred(payable, approval)
    item = Item(
        batch=batch.id,
        payable=payable.id,
        no=batch.last_no + 1,
        document_kind=payable.document_kind,
        document=payable.document,
        number=payable.number,
        payee=payable.payee,
        payee_name=payable.payee_name,
        amount=payable.amount,
        currency=payable.currency,
        barred=own,
    )
    grown = replace(
        batch,
        currency=payable.currency,
        payments=batch.payments + 1,
        total=batch.total + payable.amount,
        last_no=item.no,
        barred=tuple(sorted({*batch.barred, *own})),
    )
    taken = replace_item(PayableItem.from_payable(rules.batched(payable, batch.id)))
    return grown, [create(PaymentItem.from_item(item)), taken]


def remove(call: Call, batch: str, payable: str) -> Answer:
    """Take one payment out of a draft: its payable is to be paid again. Raises IllegalMove."""
    call.permit(MANAGE, COMPANY)
    found = payment_of(call.store, batch, payable)
    fewer, item = rules.without(found.batch, found.item)
    freed = PayableItem.from_payable(rules.freed(found.payable))
    operations = [replace_item(BatchItem.from_batch(fewer)), replace_item(PaymentItem.from_item(item))]
    return call.commit(answer_of(fewer), *operations, replace_item(freed))


def cancel(call: Call, id: str) -> Answer:
    """Give the batch up: its payables are given back step by step. Raises IllegalMove, Conflict once it was fetched."""
    call.permit(MANAGE, COMPANY)
    return _moved(call, rules.cancelled_batch(batch_of(call, id)))


def close(call: Call, id: str) -> Answer:
    """Put an answered batch away; raises IllegalMove."""
    call.permit(MANAGE, COMPANY)
    return _moved(call, rules.moved_batch(batch_of(call, id), "close"))


def _moved(call: Call, batch: Batch) -> Answer:
    return call.commit(answer_of(batch), save(BatchItem.from_batch(batch)))


def give_back(call: Call, batch: Batch) -> None:
    """One step of giving a batch up: some of its payables are to be paid again; it is cancelled once all are."""
    waiting = [item for item in items_of(call.store, batch.id) if item.status == "waiting"]
    portion = waiting[:AT_ONCE]
    found = call.store.get(*(PayableItem.at(item.payable) for item in portion)) if portion else []
    operations: list[Operation] = []
    for item, owed in zip(portion, found, strict=True):
        freed = PayableItem.from_payable(rules.freed(owed.to(Payable)))
        operations += [replace_item(PaymentItem.from_item(rules.dropped(item))), replace_item(freed)]
    done = len(waiting) == len(portion)
    further = rules.moved_batch(batch, "freed") if done else replace(batch, version=batch.version + 1)
    call.commit({}, replace_item(BatchItem.from_batch(further)), *operations)
