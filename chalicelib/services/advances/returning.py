"""What finance does with an advance: pays it in parts, takes money back, has the payroll keep it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from chalicelib.domain import advances
from chalicelib.domain.advances import Advance, Method, Posting
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.payments import payable_id
from chalicelib.models.advances import AdvanceItem
from chalicelib.models.store import Operation
from chalicelib.models.store import replace as replace_item
from chalicelib.services import payments
from chalicelib.services.advances.paying import KIND, divided, not_paid
from chalicelib.services.advances.posting import operations_of, stamp
from chalicelib.services.advances.record import held, keys_of, resource_of
from chalicelib.services.advances.standing import counted
from chalicelib.services.ahead import read_ahead
from chalicelib.services.call import Answer, Call
from chalicelib.web.money import minor

MANAGE = "advance:manage"

type Amount = int | str
"""A whole number in minor units, or a text in the currency's own unit."""


def take_back(call: Call, id: str, amount: Amount, method: Method, reference: str, reason: str) -> Answer:
    """Money came back, in cash or by a transfer (with the bank's `reference`): it counts, against a receipt.

    Raises BeingCleared while a claim has reserved something, Invalid naming what is open for more than that.
    """
    return _moved(
        call,
        id,
        lambda own: advances.give_back(own, _minor(amount, own), method, stamp(call, reason), reference),
    )


def schedule(call: Call, id: str, amount: Amount, month: str, reason: str) -> Answer:
    """Have the payroll of a month (YYYY-MM, this one or later) keep it back; raises what `take_back` does."""
    if month < f"{call.now:%Y-%m}":
        raise Invalid(FieldError("month", "advance_month_over"))
    return _moved(call, id, lambda own: advances.schedule(own, _minor(amount, own), month, stamp(call, reason)))


def deduct(call: Call, id: str, deduction: str) -> Answer:
    """The payroll kept it back: it counts, against a receipt. Raises Invalid for one that is not planned."""
    return _moved(call, id, lambda own: advances.deduct(own, deduction, stamp(call)))


def unschedule(call: Call, id: str, deduction: str, reason: str) -> Answer:
    """The payroll is not to keep it back after all; raises Invalid for one that is not planned."""
    return _moved(call, id, lambda own: advances.unschedule(own, deduction, stamp(call, reason)))


def divide(call: Call, id: str, part: Amount) -> Answer:
    """Pay it in parts: `part` of what is to be paid first, the rest by a payment of its own.

    Raises IllegalMove where the payment is on its way or made, Invalid for an amount that leaves nothing.
    """
    call = read_ahead(call, [*keys_of(id), *payments.keys([payable_id(KIND, id)])])
    own = _held(call, id)
    moved, operations = divided(call, own, _minor(part, own, "part"))
    return call.commit(_answer(moved), replace_item(AdvanceItem.from_advance(moved)), *operations)


def waive(call: Call, id: str) -> Answer:
    """Pay no more of an advance that was paid in part; raises IllegalMove where all is paid or on its way."""
    own = _held(call, id)
    moved = advances.waive(own, stamp(call))
    operations: list[Operation] = [*not_paid(call, own), *counted(moved)]
    return call.commit(_answer(moved), replace_item(AdvanceItem.from_advance(moved)), *operations)


def _moved(call: Call, id: str, posted: Callable[[Advance], Posting]) -> Answer:
    own = _held(call, id)
    posting = posted(own)
    after = replace(posting.advance, version=own.version + 1)
    return call.commit(_answer(after, posting.movement.receipt), *operations_of(own, [posting]))


def _held(call: Call, id: str) -> Advance:
    """The advance; raises NotFound, Forbidden for somebody's own."""
    found = held(call, id)
    resource = resource_of(found.advance, found.running)
    call.permit(MANAGE, resource, unseen=not call.may("advance:view", resource))
    return found.advance


def _answer(advance: Advance, receipt: str = "") -> Answer:
    answer: Answer = {"id": advance.id, "status": advance.status, "version": advance.version}
    return answer | {"number": advance.number, "receipt": receipt, "location": f"/advances/{advance.id}"}


def _minor(raw: Amount, advance: Advance, path: str = "amount") -> int:
    found = minor(raw, advance.currency)
    if found is None:
        raise Invalid(FieldError(path, "bad_amount"))
    return found
