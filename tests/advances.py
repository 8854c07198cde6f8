"""Payments of advances as the area of payments makes them, for tests that need one that was paid."""

from __future__ import annotations

from dataclasses import replace

from chalicelib.domain.payments import Payable, payable_id
from chalicelib.models.advances import AdvanceItem
from chalicelib.models.payments import PayableItem
from chalicelib.models.store import replace as replace_item
from chalicelib.services.advances import settled
from chalicelib.services.call import Call


def payment(call: Call, advance: str, part: int = 1) -> str:
    """That part of the advance is paid, once, in one transaction with its payable; the advance's status then."""
    (item,) = call.store.get(PayableItem.at(payable_id("advance", advance, part)))
    if item.status != "paid":
        owed = replace(item.to(Payable), status="paid", version=item.version + 1)
        call.permit_public("a payment's own transaction")
        call.commit({}, replace_item(PayableItem.from_payable(owed)), *settled(call, advance, owed))
    (paid,) = call.store.get(AdvanceItem.at(advance))
    return str(paid.status)
