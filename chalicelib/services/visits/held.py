"""A visit as a command finds it, and what the commands on one have in common."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.domain.approvals import Running
from chalicelib.domain.errors import NotFound, Stale
from chalicelib.domain.sites import Site
from chalicelib.domain.visits import Visit, Visitor
from chalicelib.models.approvals import RunningItem
from chalicelib.models.item import Key
from chalicelib.models.standards import StandardsItem
from chalicelib.models.visits import GuestsItem, VisitItem
from chalicelib.services import approvals, standards
from chalicelib.services.call import Answer, Call
from chalicelib.services.visits import cost
from chalicelib.services.visits.record import resource_of


@dataclass(frozen=True)
class Held:
    """A visit with its visitors and its approval, and the head of the standards, as read for a command."""

    visit: Visit
    visitors: tuple[Visitor, ...]
    running: Running | None
    item: RunningItem | None
    standards: StandardsItem | None


def keys_of(visit_id: str) -> tuple[Key, ...]:
    """Where all that a command on the visit needs is kept."""
    approval = RunningItem.at(approvals.approval_id("visit", visit_id))
    return VisitItem.at(visit_id), GuestsItem.at(visit_id), approval, StandardsItem.at()


def held_for_change(call: Call, visit_id: str) -> Held:
    """What a command on the visit needs, in one read; raises NotFound, Forbidden, Stale."""
    head, guests, item, standards_head = call.store.get(*keys_of(visit_id))
    if head is None or guests is None:
        raise NotFound
    visit = head.to(Visit)
    running = item.to(Running) if item else None
    call.permit(
        "visit:change", resource_of(visit, running), unseen=not call.may("visit:view", resource_of(visit, running))
    )
    if call.expected_version is not None and call.expected_version != visit.version:
        raise Stale(state=visit.status)
    return Held(visit, guests.visitors, running, item, standards_head)


def estimated_now(call: Call, held: Held, site: Site | None) -> Visit:
    """The visit, estimated by the standards of this moment; raises Invalid for what they do not let through."""
    if site is None or not held.visit.items:
        return held.visit
    book = standards.as_of(call.store, held.standards, call.now)
    visit = cost.estimated(held.visit, book, site.currency)
    cost.check_submission(visit)
    return visit


def answer_of(visit: Visit) -> Answer:
    """What a command on a visit answers."""
    answer = {"id": visit.id, "status": visit.status, "version": visit.version, "number": visit.number}
    return answer | {"location": f"/visits/{visit.id}"}
