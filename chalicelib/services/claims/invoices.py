"""The invoices behind a claim's lines: the applicant's own, each in the currency of its line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from chalicelib.domain.claims import Claim, Line, StatedLine
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.received import Received
from chalicelib.services import received
from chalicelib.services.call import Call

VENDOR_LIMIT = 120


def check_invoices(claim: Claim, found: Mapping[str, Received]) -> None:
    """Raise Invalid at each line whose invoice is not among those `found`, or not the applicant's, or in another
    currency. Nothing is used yet."""
    faults = []
    for row, line in enumerate(claim.lines):
        invoice = found.get(line.invoice)
        if line.invoice and (invoice is None or invoice.owner != claim.applicant or invoice.status != "registered"):
            faults.append(FieldError(f"lines.{row}.invoice", "unknown_invoice"))
        elif invoice and invoice.currency != line.currency:
            faults.append(FieldError(f"lines.{row}.currency", "currency_of_invoice", {"currency": invoice.currency}))
    if faults:
        raise Invalid(*faults)


def seller_of(invoice: Received | None) -> str:
    """Who a line is of, unless somebody named another; "" without an invoice."""
    return invoice.seller[:VENDOR_LIMIT] if invoice else ""


def paths(claim: Claim) -> dict[str, str]:
    """By invoice: the field in which the claim names it."""
    rows = {line.invoice: row for row, line in reversed([*enumerate(claim.lines)]) if line.invoice}
    return {id: f"lines.{row}.invoice" for id, row in rows.items()}


def of_lines(call: Call, lines: Iterable[Line | StatedLine]) -> dict[str, Received]:
    """The invoices of all lines, by id."""
    ids = {line.invoice for line in lines if line.invoice}
    return received.known(call.store, ids) if ids else {}
