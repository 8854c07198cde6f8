"""What people call received invoices and their parts, and what they read when one is refused. English msgids."""

from collections.abc import Mapping

from chalicelib.web.i18n import N_

KINDS: Mapping[str, str] = {
    "vat_ordinary": N_("VAT invoice, ordinary"),
    "vat_special": N_("VAT invoice, special"),
    "rail": N_("Rail ticket"),
    "air": N_("Air itinerary"),
    "toll": N_("Road toll"),
    "vehicle": N_("Sale of a vehicle"),
    "einvoice": N_("Invoice from abroad"),
    "receipt": N_("Receipt"),
    "other": N_("Other invoice"),
}

STATES: Mapping[str, str] = {"unused": N_("Can be claimed"), "used": N_("Used")}

FIELDS: Mapping[str, str] = {
    "type": N_("Type of invoice"),
    "code": N_("Invoice code"),
    "number": N_("Invoice number"),
    "seller": N_("Seller"),
    "seller_tax_id": N_("Seller's tax id"),
    "buyer": N_("Buyer"),
    "buyer_tax_id": N_("Buyer's tax id"),
    "day": N_("Invoice date"),
    "currency": N_("Currency"),
    "total": N_("Total with tax"),
    "tax": N_("Tax"),
    "net": N_("Without tax"),
}

STATUS: Mapping[str, str] = {"registered": N_("Kept"), "discarded": N_("Discarded")}

REFUSALS: Mapping[str, str] = {
    "invoice_used": N_("Invoice %(invoice)s is used already. It can back one claim at a time."),
    "invoice_used_by": N_("Invoice %(invoice)s is used already, by %(document)s of %(person)s."),
    "invoice_twice": N_("Invoice %(invoice)s stands in this document twice, perhaps registered once more."),
    "invoice_exceeded": N_(
        "Invoice %(invoice)s has %(left)s left, %(asked)s is asked for. Claim no more than what is left of it."
    ),
    "invoice_in_use": N_("This invoice backs a document, so it stays."),
    "unknown_invoice": N_("There is no such invoice. Register it first."),
    "invoice_not_yours": N_("Somebody else registered this invoice. Please register yours."),
    "received_illegal_move": N_("The present status of the invoice does not allow this."),
    "invoice_from_future": N_("This day is still to come. Please check the date on the invoice."),
    "invoice_sum_differs": N_("Tax and the sum without tax do not add up to the total."),
    "tax_above_total": N_("The tax is larger than the total."),
    "net_above_total": N_("The sum without tax is larger than the total."),
    "invoice_is_credit": N_("This is a credit note: money that comes back. It cannot back a claim."),
    "fapiao_unknown": N_("This is no code of a fapiao. It begins with 01 and has commas between its parts."),
    "fapiao_number": N_("The number in this code is not complete. Scan it again, or fill the fields in by hand."),
    "fapiao_amount": N_("The amount in this code cannot be read. Scan it again, or fill the fields in by hand."),
    "fapiao_day": N_("The date in this code cannot be read. Scan it again, or fill the fields in by hand."),
    "xml_with_entities": N_("This XML file declares entities or a document type, which is not taken for safety."),
    "xml_not_well_formed": N_("This XML file is damaged. Please ask the seller for it again."),
    "xml_too_large": N_("This XML file has too many parts to be an invoice."),
    "xml_no_invoice": N_("This XML file is no invoice that can be read: UBL, Cross Industry Invoice or fapiao."),
}
"""By error code, among those of web/messages.py."""
