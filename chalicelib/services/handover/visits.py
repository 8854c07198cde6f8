"""Visits to come go to somebody else, who receives them or goes on with the application."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from chalicelib.domain.directory import Person
from chalicelib.domain.handover import Handover
from chalicelib.domain.visits import Visit
from chalicelib.models.store import Operation
from chalicelib.models.store import replace as replace_item
from chalicelib.models.visits import VisitItem
from chalicelib.services.call import Call
from chalicelib.services.handover.documents import Found, decides, documents, following_approval, packed
from chalicelib.services.handover.owned import to_come, visits_of
from chalicelib.services.handover.part import Part
from chalicelib.services.visits import summary_of


def part(call: Call, handover: Handover, successor: Person) -> Part | None:
    """Visits to come. Where the successor is asked to decide, they do not become the applicant."""
    return packed(handover, _parcels(call, handover, successor))


def _parcels(call: Call, handover: Handover, successor: Person) -> Iterator[tuple[list[Operation], tuple[str, ...]]]:
    for found in documents(call, visits_of(handover.person, call.now), "visit", VisitItem.at):
        if not to_come(found.item, call.now):
            continue
        visit: Visit = found.item.to(Visit)
        handed = _handed(visit, handover.person, successor, decides(found, successor.id))
        if handed != visit:
            follows = (visit.id,) if handed.host != visit.host and visit.status == "approved" else ()
            yield _written(found, handed), follows


def _handed(visit: Visit, person: str, successor: Person, decides: bool) -> Visit:
    """The department stays: figures and ledger are those of the department that received the guests."""
    handed = visit
    if visit.applicant == person and not decides:
        handed = replace(handed, applicant=successor.id, applicant_name=successor.name)
    if visit.host == person:
        handed = replace(handed, host=successor.id, host_name=successor.name, host_phone=successor.phone)
    return handed


def _written(found: Found, handed: Visit) -> list[Operation]:
    newer = replace(handed, version=handed.version + 1)
    return [
        replace_item(VisitItem.from_visit(newer)),
        *following_approval(found, newer.applicant, summary_of(newer)),
    ]
