"""The whole number of a visitor's identity document, shown to reception and the gate, each time on record."""

from __future__ import annotations

from typing import Literal

from chalicelib.gateways.documents import documents
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.fields import Answered, Strict
from chalicelib.handlers.visits.routes import area
from chalicelib.services.call import Call
from chalicelib.services.visits import documents as service


class ShowForm(Strict):
    """Show it."""

    action: Literal["show"]


class ShownDocument(Answered):
    """A document with its whole number."""

    kind: str
    number: str


@area.endpoint(
    "POST",
    "/visits/{id}/documents/{ref}",
    action="document:show",
    body=ShowForm,
    answer=ShownDocument,
    page="document_number.html",
)
def show_document(call: Call, id: str, ref: str, form: ShowForm) -> Reply:
    """Show the whole number of a visitor's identity document; the audit records who asked and when."""
    document, number = service.show(call, id, ref, documents().open)
    return Reply({"kind": document.sort, "number": number, "visit": id})
