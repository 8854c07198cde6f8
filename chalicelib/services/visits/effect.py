"""What a change of an approved visit writes once it counts, and what its approval's outcome brings."""

from __future__ import annotations

from chalicelib.domain import amendments
from chalicelib.domain.bookings import RESOURCE_DAYS_LIMIT
from chalicelib.domain.visits import Visit, Visitor, check_bookings_fit
from chalicelib.models.store import Operation, Put
from chalicelib.models.store import replace as replace_item
from chalicelib.models.visits import GuestsItem, VisitItem
from chalicelib.models.work import opening
from chalicelib.services import bookings
from chalicelib.services.call import Call
from chalicelib.services.visits import cost


def listing(visit: Visit, visitors: tuple[Visitor, ...]) -> Operation:
    """The operation that keeps the visitors' list, with their numbers; the head's condition guards both."""
    _, pk, sk = GuestsItem.at(visit.id)
    return Put(GuestsItem(pk, sk, visitors=amendments.numbered(visitors)[0]), {})


def taking_effect(call: Call, before: Visit, visit: Visit, visitors: tuple[Visitor, ...]) -> list[Operation]:
    """Operations that make `before` the changed visit: its bookings without a gap, its workflow in another round."""
    check_bookings_fit(len(bookings.wanted(visit)), RESOURCE_DAYS_LIMIT)
    return [
        replace_item(VisitItem.from_visit(visit)),
        listing(visit, visitors),
        *held_by(call, before, visit),
        opening(visit, call.now),
    ]


def held_by(call: Call, before: Visit, after: Visit) -> list[Operation]:
    """Operations that bring the bookings and the money that a visit holds from before a change to after it."""
    return [*bookings.moving(before, after), *cost.moving(call, before, after)]


def change_decided(call: Call, visit: Visit, outcome: str) -> list[Operation]:
    """The approved visit with the change that waited, or without it: refused, the visit stays as it was."""
    if visit.proposal is None:
        return []
    if outcome == "approved":
        amended = amendments.amend(visit, visit.proposal.visit, call.now)
        return taking_effect(call, visit, amended, visit.proposal.visitors)
    dropped = amendments.drop(visit)
    return [replace_item(VisitItem.from_visit(dropped)), *held_by(call, visit, dropped)]
