"""What lists, pages and the form show of received invoices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.domain.forms import File
from chalicelib.domain.received import FILE, Received
from chalicelib.handlers.attached import shown_again, upload_facts
from chalicelib.services import received
from chalicelib.services.call import Call
from chalicelib.services.permissions import COMPANY
from chalicelib.services.received import Open
from chalicelib.services.received.record import resource_of


def line_data(each: Open) -> dict[str, Any]:
    """An invoice with what is claimed of it and what of it is left."""
    return invoice_data(each.received) | {"claimed": each.claimed, "left": each.left, "state": each.state}


def invoice_data(invoice: Received) -> dict[str, Any]:
    """An invoice without what only the product itself needs."""
    return vars(invoice) | {"differs": list(invoice.differs), "file": _file_data(invoice.file)}


def _file_data(file: File | None) -> dict[str, Any] | None:
    names = ("id", "name", "media", "size")
    return {name: getattr(file, name) for name in names} if file else None


def blank_form(call: Call, typed: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What the form needs; of what was `typed` before a refusal, the file behind its id."""
    call.permit("received:register", COMPANY)
    named = [text for name, text in (typed or {}).items() if text and name.startswith("file.")]
    return {
        "values": {"currency": "CNY"},
        "file_input": upload_facts(FILE),
        "attached": shown_again(call, (), named[:1]),
    }


def page_data(call: Call, id: str) -> dict[str, Any]:
    """An invoice with the documents that it backs, as far as the person may know of them, and what they can do."""
    view = received.view(call, id)
    invoice = view.open.received
    mine = call.may("received:change", resource_of(call, invoice))
    backs = [
        {"amount": each.amount, "live": each.live} | (vars(each.named) if each.named else {"number": ""})
        for each in view.backs
    ]
    free = invoice.status == "registered" and not view.used
    return {"invoice": line_data(view.open), "backs": backs, "moves": ["discard"] if mine and free else []}
