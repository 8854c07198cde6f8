"""The routes of received invoices."""

from __future__ import annotations

from typing import Any

from chalicelib.handlers.answers import Reply
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.received.forms import (
    ReadForm,
    Reading,
    ReceivedAction,
    ReceivedChanged,
    ReceivedForm,
    ReceivedQuery,
)
from chalicelib.handlers.received.shown import blank_form, line_data, page_data
from chalicelib.handlers.sheets import asked_of
from chalicelib.services import received
from chalicelib.services.call import Answer, Call
from chalicelib.services.sheets.received import SHEET, found

area = Area("chalicelib.handlers.received")

REGISTER = "received:register"
VIEW = "received:view"


@area.endpoint("GET", "/received", action="received:list", query=ReceivedQuery, page="received.html", sheet=SHEET)
def list_received(call: Call, query: ReceivedQuery) -> dict[str, Any]:
    """My received invoices, the newest first, with what of each can still be claimed."""
    page = found(call, asked_of(query), query.cursor, query.limit)
    return {"items": [line_data(each) for each in page.items], "next": page.next}


@area.endpoint("GET", "/received/new", action=REGISTER, page="received_form.html", policy="scan")
def new_received(call: Call) -> dict[str, Any]:
    """The form of an invoice: brought, scanned or filled in by hand."""
    return blank_form(call)


@area.endpoint("POST", "/received/read", action=REGISTER, body=ReadForm, answer=Reading)
def read_received(call: Call, form: ReadForm) -> Answer:
    """What a file or a fapiao's code says, to be looked at by whoever registers it; nothing is kept."""
    return received.read(call, next(iter(form.file), ""), form.qr)


@area.endpoint(
    "POST",
    "/received",
    action=REGISTER,
    body=ReceivedForm,
    answer=ReceivedChanged,
    status=201,
    page="received_form.html",
    policy="scan",
    refill=blank_form,
)
def register_received(call: Call, form: ReceivedForm) -> Answer:
    """Register an invoice that I received."""
    return received.register(call, form.stated(), next(iter(form.file), ""), form.qr)


@area.endpoint("GET", "/received/{id}", action=VIEW, page="received_invoice.html")
def show_received(call: Call, id: str) -> Reply:
    """An invoice with what it backs."""
    data = page_data(call, id)
    return Reply(data, version=data["invoice"]["version"])


@area.endpoint(
    "POST",
    "/received/{id}/actions",
    action="received:change",
    body=ReceivedAction,
    answer=ReceivedChanged,
    page="received_invoice.html",
    refill=page_data,
)
def act_on_received(call: Call, id: str, form: ReceivedAction) -> Answer:
    """Throw an invoice away that nothing was claimed with."""
    return received.discard(call, id)
