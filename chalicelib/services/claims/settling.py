"""A claim that is paid, and one that is reversed after that: in the transaction of the payment, or of finance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chalicelib.domain.claims import move
from chalicelib.domain.errors import FieldError, Invalid, Stale
from chalicelib.domain.payments import Payable
from chalicelib.models.claims import ClaimItem
from chalicelib.models.item import Key
from chalicelib.models.store import Operation
from chalicelib.models.store import replace as replace_item
from chalicelib.services import payments
from chalicelib.services.ahead import read_ahead
from chalicelib.services.call import Answer, Call
from chalicelib.services.claims import effects
from chalicelib.services.claims.applying import answer_of
from chalicelib.services.claims.record import KIND, held, kept, resource_of

REVERSE = "claim:reverse"


def _settled(call: Call, id: str, payable: Payable) -> Sequence[Operation]:
    """What becomes of a claim when its payable is paid: budgets are used, advances cleared, invoices claimed."""
    claim = kept(call.store, id)
    moved = move(claim, "settle", call.now)
    call = read_ahead(call, effects.keys(claim))
    return [replace_item(ClaimItem.from_claim(moved)), *effects.written(call, claim, effects.settling(call, claim))]


def _reads(id: str) -> list[Key]:
    return [ClaimItem.at(id)]


def reverse(call: Call, id: str, reason: str) -> Answer:
    """Take a paid claim back: nothing is used, cleared or claimed by it any more, and what was paid is owed.

    One that is not paid yet is not paid any more. Raises NotFound, Forbidden, IllegalMove (also while its payment
    stands in a batch), Stale, Invalid without a reason.
    """
    found = held(call.store, id)
    resource = resource_of(found.claim, found.running)
    call.permit(REVERSE, resource, unseen=not call.may("claim:view", resource))
    if call.expected_version not in (None, found.claim.version):
        raise Stale(state=found.claim.status)
    moved = move(found.claim, "reverse", call.now)
    if not reason.strip():
        raise Invalid(FieldError("reason", "required"))
    payable = payments.keys([payments.payable_id(KIND, id)])
    call = read_ahead(call, [*effects.keys(found.claim), *payable])
    moved = replace(moved, reversal=reason.strip())
    operations = effects.written(call, found.claim, effects.reversing(call, found.claim))
    return call.commit(answer_of(moved), replace_item(ClaimItem.from_claim(moved)), *operations)


payments.SETTLED[KIND] = _settled
payments.READS[KIND] = _reads
