"""A visit as the approvals engine and the policies see it."""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.domain.approvals import Running
from chalicelib.domain.visits import HOLDING_BOOKINGS, Move, Visit, facts_of, move
from chalicelib.models.store import Operation
from chalicelib.models.store import replace as replace_item
from chalicelib.models.visits import VisitItem
from chalicelib.services import approvals, bookings
from chalicelib.services.call import Call
from chalicelib.services.documents import KINDS, DocumentKind, Summary
from chalicelib.services.permissions import Resource
from chalicelib.services.visits import cost
from chalicelib.services.visits.effect import change_decided


def resource_of(visit: Visit, running: Running | None = None) -> Resource:
    """What the policies ask about a visit: owner, host, team and approvers, departments, site."""
    people = visit.people | approvals.taking_part(running) if running else visit.people
    facts = {
        "owner": visit.applicant,
        "people": sorted(people),
        "departments": list(visit.department_path),
        "site": visit.site,
    }
    return Resource("Visit", visit.id, facts)


def summary_of(visit: Visit) -> Summary:
    """What inboxes show of a visit, of one with a change that waits as it would become."""
    visit = visit.proposal.visit if visit.proposal else visit
    first = visit.occurrences[0]
    facts = {
        "starts": first.starts.isoformat(),
        "ends": first.ends.isoformat(),
        "times": str(len(visit.occurrences)) if len(visit.occurrences) > 1 else "",
        "time_zone": visit.time_zone,
        "host": visit.host_name,
        "visitors": str(visit.visitors),
        "purpose": visit.purpose,
    }
    return Summary(visit.party, visit.applicant_name, facts, facts_of(visit))


OUTCOMES: dict[str, Move] = {"approved": "approve", "rejected": "reject", "returned": "return"}


def _outcome(call: Call, document: VisitItem, status: str) -> Sequence[Operation]:
    """The visit as its approval's outcome leaves it; refused ones give back what they booked and froze."""
    visit = document.to(Visit)
    if visit.status == "approved":
        return change_decided(call, visit, status)
    moved = move(visit, OUTCOMES[status], call.now)
    released: list[Operation] = []
    if moved.status not in HOLDING_BOOKINGS:
        released += [*bookings.releasing(visit), *cost.moving(call, visit, None)]
    return [replace_item(VisitItem.from_visit(moved)), *released]


KINDS["visit"] = DocumentKind(
    name="visit",
    at=VisitItem.at,
    path="/visits/{}".format,
    version=lambda document: int(document.version),
    summary=lambda document: summary_of(document.to(Visit)),
    outcome=_outcome,
)
