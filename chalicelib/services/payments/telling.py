"""Payees are told when they are paid, and when a payment failed, which they may be able to mend."""

from __future__ import annotations

from chalicelib.domain.payments import Payable
from chalicelib.services.call import Call
from chalicelib.services.notifications import notify
from chalicelib.web.money import money

TEMPLATES = {"paid": "payment_made", "failed": "payment_failed"}
PAGE = "/payments/mine"


def tell(call: Call, payable: Payable) -> None:
    """Tell the payee, once for each attempt."""
    template = TEMPLATES.get(payable.status)
    if template is None:
        return
    facts = {"subject": payable.number, "amount": money(payable.amount, payable.currency), "comment": payable.reason}
    cause = f"payable#{payable.id}#{payable.status}#{payable.version}"
    notify(call, cause, [payable.payee], template, facts, PAGE)
