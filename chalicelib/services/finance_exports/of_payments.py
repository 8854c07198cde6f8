"""Advances, payments and received invoices in finance's export."""

from __future__ import annotations

from datetime import date

from chalicelib.domain.advances import Advance
from chalicelib.domain.advances import Movement as AdvanceMovement
from chalicelib.domain.payments import Payable
from chalicelib.domain.received import Received
from chalicelib.domain.statistics import months_between
from chalicelib.models import advances, payments, received
from chalicelib.models.advances import AdvanceItem, AdvanceMovementItem
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.payments import PayableItem
from chalicelib.models.received import ReceivedItem
from chalicelib.services.finance_exports.columns import Kind, amount, day, number, text, time
from chalicelib.services.finance_exports.columns import money as money_of
from chalicelib.services.finance_exports.of_claims import FIRST_MONTH
from chalicelib.services.finance_exports.sources import Source
from chalicelib.web.i18n import N_


def _payables(today: date) -> list[str]:
    """What is to be paid first: a payment that moves on meanwhile is read again where it went."""
    months = (f"paid#{month}" for month in months_between(FIRST_MONTH, f"{today:%Y-%m}"))
    return [pk for state in ("open", "batched", *months) for pk in payments.shards(state)]


ADVANCES = Source(SpendingTable, 3, lambda day: advances.paid_shards())
PAYABLES = Source(SpendingTable, 2, _payables, whole=False)
RECEIVED = Source(SpendingTable, 2, lambda day: received.shards(), whole=False)

KINDS: tuple[Kind, ...] = (
    Kind(
        "advances",
        N_("Advances"),
        ADVANCES,
        AdvanceItem,
        Advance,
        (
            *(text("id"), text("number"), text("status"), text("applicant"), text("applicant_name")),
            *(text("department"), *money_of(), text("purpose"), day("due_on", lambda advance: advance.due)),
            *(amount("amount"), amount("paid"), amount("cleared"), amount("returned"), amount("outstanding")),
            *(text("origin"), text("source_kind"), text("source"), text("source_number")),
            *(time("submitted_at"), time("approved_at"), time("paid_at"), time("settled_at")),
        ),
    ),
    Kind(
        "advance_movements",
        N_("Movements of advances"),
        ADVANCES,
        AdvanceMovementItem,
        AdvanceMovement,
        (
            *(text("id"), text("advance"), text("movement", lambda movement: movement.what), number("amount")),
            *(time("at_time"), text("made_by", lambda movement: movement.by), text("reason")),
            *(text("document_kind"), text("document"), text("document_number", lambda movement: movement.number)),
            *(text("method"), text("month"), text("receipt")),
        ),
    ),
    Kind(
        "payments",
        N_("Payments"),
        PAYABLES,
        PayableItem,
        Payable,
        (
            *(text("id"), text("status"), text("document_kind"), text("document")),
            *(text("document_number", lambda payable: payable.number), text("payee"), text("payee_name")),
            *(text("department"), *money_of(), amount("amount"), text("batch"), number("attempts")),
            *(text("reason"), text("reference"), time("created_at"), time("paid_at"), text("paid_by")),
            time("reversed_at"),
        ),
        moving=True,
    ),
    Kind(
        "received_invoices",
        N_("Received invoices"),
        RECEIVED,
        ReceivedItem,
        Received,
        (
            *(text("id"), text("status"), text("owner"), text("owner_name"), text("type"), text("code")),
            *(text("number"), text("seller"), text("seller_tax_id"), text("buyer"), text("buyer_tax_id")),
            *(day("invoiced_on", lambda invoice: invoice.day), *money_of()),
            *(amount("net"), amount("tax"), amount("total"), text("digest"), time("created_at")),
            text("differs", lambda invoice: " ".join(invoice.differs)),
        ),
    ),
)
