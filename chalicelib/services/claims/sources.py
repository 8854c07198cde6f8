"""What a claim is linked to: visits and budget applications, whose they are, whether they are open, what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.domain.applications import Application
from chalicelib.domain.budgets import Document
from chalicelib.domain.claims import Claim, Link, Source, StatedLink, linked
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.visits import HOLDING_BOOKINGS, Visit
from chalicelib.models.applications import ApplicationItem
from chalicelib.models.item import Key
from chalicelib.models.store import Check, Operation, Store
from chalicelib.models.visits import VisitItem
from chalicelib.services import budgets
from chalicelib.services.call import Call

VISITED = frozenset({"approved", "closed", "archived"})
"""Statuses of a visit that claims may settle."""


@dataclass(frozen=True)
class PreApplication:
    """A visit or an application as claims see it. `open`: what comes back is its own again.

    `lines` are the budget lines that it may hold something of; `status` is what it stands in now.
    """

    kind: str
    id: str
    number: str
    status: str
    open: bool
    settles: bool
    people: frozenset[str]
    lines: tuple[str, ...]
    record: Visit | Application

    @property
    def document(self) -> Document:
        """The document as budgets know it."""
        return Document(self.kind, self.id, self.number)


def key_of(kind: str, id: str) -> Key:
    """Where a pre-application lives."""
    return VisitItem.at(id) if kind == "visit" else ApplicationItem.at(id)


def keys(links: Iterable[Link | StatedLink]) -> list[Key]:
    """What `read` is going to ask."""
    return [key_of(link.kind, link.document) for link in links]


def read(store: Store, links: Sequence[Link | StatedLink]) -> dict[str, PreApplication]:
    """By id: the pre-applications that there are; one read, none without links."""
    items = store.get(*keys(links)) if links else []
    found = (_seen(link.kind, item) for link, item in zip(links, items, strict=True) if item is not None)
    return {each.id: each for each in found}


def _seen(kind: str, item: Any) -> PreApplication:
    return _visit(item.to(Visit)) if kind == "visit" else _application(item.to(Application))


def _visit(visit: Visit) -> PreApplication:
    both = (visit, visit.proposal.visit if visit.proposal else None)
    lines = dict.fromkeys(each.budget.line for each in both if each and each.budget)
    people = visit.people | {visit.applicant}
    is_open, settles = visit.status in HOLDING_BOOKINGS, visit.status in VISITED
    return PreApplication("visit", visit.id, visit.number, visit.status, is_open, settles, people, (*lines,), visit)


def _application(application: Application) -> PreApplication:
    lines = tuple(share.line for share in application.shares)
    is_open = application.status == "approved"
    facts = (application.id, application.number, application.status, is_open, is_open)
    return PreApplication("application", *facts, frozenset({application.applicant}), lines, application)


def linked_to(call: Call, stated: Sequence[StatedLink]) -> tuple[Link, ...]:
    """The links with the numbers of what they lead to; raises Invalid for what is not the person's, or not approved."""
    found = read(call.store, stated)
    faults = [fault for row, link in enumerate(stated) if (fault := _fault(call, row, found.get(link.document)))]
    if faults:
        raise Invalid(*faults)
    return tuple(Link(link.kind, link.document, found[link.document].number, link.finished) for link in stated)


def _fault(call: Call, row: int, found: PreApplication | None) -> FieldError | None:
    """Somebody else's is not told apart from what there is not."""
    if found is None or call.me.id not in found.people:
        return FieldError(f"links.{row}.document", "not_your_document")
    return None if found.settles else FieldError(f"links.{row}.document", "document_not_approved")


def holding(store: Store, found: Iterable[PreApplication], lines: Iterable[str]) -> list[Source]:
    """What they hold of these budget lines; nothing is taken from one that is not open."""
    wanted = [*lines]
    return [Source(each.document, budgets.holdings(store, each.document, wanted)) for each in found if each.open]


def open_of(claim: Claim, found: Mapping[str, PreApplication]) -> set[str]:
    """The ids of the claim's pre-applications that are open and are to stay so."""
    staying = {link.document for link in claim.links if not link.finished}
    return {id for id in linked(claim) if id in found and found[id].open and id in staying}


def still_open(found: Iterable[PreApplication]) -> list[Operation]:
    """Checks that these stay as they were read until this is written: what is over must get nothing back."""
    return [Check(key_of(each.kind, each.id), {"status": each.status}) for each in found]
