"""Payables as a file, for finance."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from chalicelib.domain.payments import Payable
from chalicelib.services.call import Call
from chalicelib.services.directory import reading as directory
from chalicelib.services.exports import Asked, Cell, Column, Sheet, local, titled
from chalicelib.services.payments import reading
from chalicelib.web.i18n import N_, translator
from chalicelib.web.money import amount
from chalicelib.web.payment_words import PAYABLES


def _department(call: Call, payable: Payable) -> Cell:
    known = directory.departments(call.store, call.now)
    return next((each.name for each in known if each.id == payable.department), "")


def _status(call: Call, payable: Payable) -> Cell:
    return translator(call.locale).gettext(PAYABLES[payable.status][0])


COLUMNS: Mapping[str, Callable[[Call, Payable], Cell]] = {
    N_("Document"): lambda call, payable: payable.number,
    N_("Payee"): lambda call, payable: payable.payee_name,
    N_("Amount"): lambda call, payable: Decimal(amount(payable.amount, payable.currency)),
    N_("Currency"): lambda call, payable: payable.currency,
    N_("Department"): _department,
    N_("Status"): _status,
    N_("To be paid since"): lambda call, payable: local(call, payable.created_at),
    N_("Attempts"): lambda call, payable: payable.attempts,
    N_("Reason"): lambda call, payable: payable.reason,
    N_("Paid on"): lambda call, payable: local(call, payable.paid_at),
    N_("Reference"): lambda call, payable: payable.reference,
}


def settled(call: Call, asked: Asked) -> Asked:
    """The same with the month, which is this one unless another is asked for."""
    return {"month": f"{call.now:%Y-%m}", **asked}


def filters(call: Call, asked: Asked) -> reading.Asked:
    """What the list's address asks for."""
    wanted = settled(call, asked)
    texts = {name: wanted.get(name, "") for name in ("month", "currency", "department", "q")}
    return reading.Asked(state=wanted.get("state", "open"), older=int(wanted.get("older", 0)), **texts)


def _rows(call: Call, asked: Asked, cursor: str | None, limit: int) -> tuple[Sequence[Payable], str | None]:
    page = reading.listed(call, filters(call, asked), cursor, limit)
    return page.records, page.next


def _columns(call: Call, asked: Asked) -> Sequence[Column]:
    return titled(call, COLUMNS)


SHEET = Sheet("payables", N_("Payments"), _rows, _columns, settled)
