"""Identity documents of a visit's visitors: kept sealed, shown in full only on record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from chalicelib.domain.documents import SealedDocument, as_kept
from chalicelib.domain.errors import FieldError, Invalid, NotFound
from chalicelib.domain.visits import Application, Visitor
from chalicelib.models.store import Operation, create
from chalicelib.models.visits import DisclosureItem, SealedDocumentItem, VisitItem
from chalicelib.services.call import Call
from chalicelib.services.permissions import Resource

AT_ONCE = 36
"""Numbers that one application or change may state anew: they are written with it, its bookings and its files, in one
transaction."""

type Open = Callable[[SealedDocument], str]


def sealing(visit_id: str, documents: Iterable[SealedDocument]) -> list[Operation]:
    """Keep what was stated anew; raises Invalid for more than AT_ONCE."""
    operations: list[Operation] = [create(SealedDocumentItem.of_visit(visit_id, each)) for each in documents]
    if len(operations) > AT_ONCE:
        raise Invalid(FieldError("visitors", "too_many_documents", {"limit": str(AT_ONCE)}))
    return operations


def with_kept(asked: Application, listed: Iterable[Visitor] = ()) -> Application:
    """The application with the documents of those who are `listed` as they are kept, not as a form shows them."""
    kept = [visitor.document for visitor in listed if visitor.document]
    visitors = tuple(replace(each, document=as_kept(each.document, kept)) for each in asked.visitors)
    return replace(asked, visitors=visitors)


def show(call: Call, visit_id: str, ref: str, open: Open) -> tuple[SealedDocument, str]:
    """A document and its whole number, for reception and the gate; that it was shown is recorded first.

    Raises Forbidden, NotFound where there is no such document (any more).
    """
    visit, held = call.store.get(VisitItem.at(visit_id), SealedDocumentItem.at(visit_id, ref))
    site = visit.site if visit else ""
    call.permit("document:show", Resource("Visit", visit_id, {"site": site}))
    if visit is None or held is None:
        raise NotFound
    call.commit({"ref": ref}, create(DisclosureItem.of_document(visit_id, ref, call.new_id())))
    document: SealedDocument = held.to(SealedDocument)
    return document, open(document)
