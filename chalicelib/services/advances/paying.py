"""How an advance is paid: it is owed to its applicant once it is approved, and each payment of it counts when made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chalicelib.domain import advances
from chalicelib.domain.advances import PARTS, Advance
from chalicelib.domain.errors import Conflict, FieldError, IllegalMove, Invalid, NotFound
from chalicelib.domain.payments import Payable, payable_id
from chalicelib.models.advances import AdvanceItem
from chalicelib.models.store import Operation
from chalicelib.services import payments
from chalicelib.services.advances.posting import operations_of, stamp
from chalicelib.services.call import Call

KIND = "advance"


def to_be_paid(call: Call, advance: Advance, *amounts: int) -> tuple[Advance, list[Operation]]:
    """The advance with payables of these amounts, and the operations that make them: finance may pay them then."""
    operations: list[Operation] = []
    for amount in amounts:
        part = advance.parts + 1
        owed = (*advance.payables, payable_id(KIND, advance.id, part))
        advance = replace(advance, parts=part, payables=owed)
        operations += payments.owing(
            call,
            KIND,
            advance.id,
            advance.number,
            advance.applicant,
            advance.applicant_name,
            amount,
            advance.currency,
            department=advance.department,
            part=part,
        )
    return advance, operations


def not_paid(call: Call, advance: Advance) -> list[Operation]:
    """Operations by which nothing more of it is to be paid; raises IllegalMove where a payment is on its way."""
    return [operation for id in advance.payables for operation in payments.dropped(call, id)]


def divided(call: Call, advance: Advance, amount: int) -> tuple[Advance, list[Operation]]:
    """The advance whose last payable is paid in two parts, `amount` of it first.

    Raises IllegalMove where it is paid or on its way, Invalid for an amount that leaves nothing of it.
    """
    if not advance.payables or advance.status not in ("approved", "open"):
        raise IllegalMove("advance_illegal_move", state=advance.status, move="divide")
    if advance.parts + 2 > PARTS:
        raise Conflict("advance_too_many_parts", state=advance.status, most=str(PARTS))
    last = advance.payables[-1]
    whole = payments.known(call.store, [last])[last].amount
    if not 0 < amount < whole:
        raise Invalid(FieldError("part", "advance_part", {"open": str(whole), "currency": advance.currency}))
    given_up = payments.dropped(call, last)
    left = replace(advance, payables=advance.payables[:-1], version=advance.version + 1)
    moved, operations = to_be_paid(call, left, amount, whole - amount)
    return moved, [*given_up, *operations]


def settled(call: Call, id: str, payment: Payable) -> Sequence[Operation]:
    """What the advance does in the transaction in which a payment of it is made: `paid` grows by its amount.

    Several payments are several entries. Raises Overpaid for more than was approved.
    """
    (item,) = call.store.get(AdvanceItem.at(id))
    if item is None:
        raise NotFound
    before: Advance = item.to(Advance)
    posting = advances.pay(before, payment.amount, stamp(call), payment.id, payment.reference)
    return operations_of(before, [posting])


payments.SETTLED[KIND] = settled
payments.READS[KIND] = lambda id: [AdvanceItem.at(id)]
