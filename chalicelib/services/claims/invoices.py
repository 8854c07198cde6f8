"""The invoices behind a claim's lines: the applicant's own, each in the currency of its line."""

from __future__ import annotations

from dataclasses import replace

from chalicelib.domain.claims import Claim, Line
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.received import Received
from chalicelib.services import received
from chalicelib.services.call import Call

VENDOR_LIMIT = 120


def check_invoices(call: Call, claim: Claim) -> None:
    """Raise Invalid at each line whose invoice there is not, or is in another currency. Nothing is used yet."""
    ids = {line.invoice for line in claim.lines if line.invoice}
    found = received.known(call.store, ids) if ids else {}
    faults = []
    for row, line in enumerate(claim.lines):
        invoice = found.get(line.invoice)
        if line.invoice and (invoice is None or invoice.owner != claim.applicant or invoice.status != "registered"):
            faults.append(FieldError(f"lines.{row}.invoice", "unknown_invoice"))
        elif invoice and invoice.currency != line.currency:
            faults.append(FieldError(f"lines.{row}.currency", "currency_of_invoice", {"currency": invoice.currency}))
    if faults:
        raise Invalid(*faults)


def with_sellers(call: Call, claim: Claim) -> Claim:
    """The claim, each line with the seller of its invoice where nobody named one."""
    found = of_claim(call, claim)
    return replace(claim, lines=tuple(_with_seller(line, found.get(line.invoice)) for line in claim.lines))


def _with_seller(line: Line, invoice: Received | None) -> Line:
    return line if line.vendor or invoice is None else replace(line, vendor=invoice.seller[:VENDOR_LIMIT])


def paths(claim: Claim) -> dict[str, str]:
    """By invoice: the field in which the claim names it."""
    rows = {line.invoice: row for row, line in reversed([*enumerate(claim.lines)]) if line.invoice}
    return {id: f"lines.{row}.invoice" for id, row in rows.items()}


def of_claim(call: Call, claim: Claim) -> dict[str, Received]:
    """The invoices of all lines, by id."""
    ids = {line.invoice for line in claim.lines if line.invoice}
    return received.known(call.store, ids) if ids else {}
