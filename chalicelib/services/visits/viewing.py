"""Looking at visits: one with everything, and my own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.domain.budgets import Line
from chalicelib.domain.checklist import Task
from chalicelib.domain.errors import NotFound
from chalicelib.domain.invitations import Guest, Rating
from chalicelib.domain.passes import Pass, Passage
from chalicelib.domain.sites import Site
from chalicelib.domain.visits import HOLDING_BOOKINGS, Move, Visit, Visitor, moves_from
from chalicelib.models.budgets import LineItem
from chalicelib.models.checklist import ChecklistItem
from chalicelib.models.gate import GuestItem, PassageItem, PassItem, RatingItem
from chalicelib.models.item import Item
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import Page, Query
from chalicelib.models.visits import GuestsItem, VisitItem
from chalicelib.services import approvals
from chalicelib.services.call import Call
from chalicelib.services.directory.reading import every
from chalicelib.services.permissions import Resource
from chalicelib.services.sites import site as read_site
from chalicelib.services.visits.record import resource_of

PAGE = 1500
"""Items of one visit that are read at once; 200 visitors who come on many days have more passes."""


@dataclass(frozen=True)
class VisitView:
    """All that a visit's page shows. `moves` is what I can do with it; its approval has moves of its own.

    `checklist` is what is to be prepared, in its order; `prepares` says that I may tick it off. `budget` is the line
    of which it holds something.
    """

    visit: Visit
    visitors: tuple[Visitor, ...]
    guests: tuple[Guest, ...]
    passes: tuple[Pass, ...]
    passages: tuple[Passage, ...]
    approval: approvals.Approval | None
    moves: tuple[Move, ...]
    site: Site
    checklist: tuple[Task, ...] = ()
    prepares: bool = False
    ratings: tuple[Rating, ...] = ()
    budget: Line | None = None


def view(call: Call, visit_id: str) -> VisitView:
    """Everything about one visit; raises NotFound for those who may not see it."""
    approval = approvals.view(call, approvals.approval_id("visit", visit_id))
    # From the visitors' list on: the archive, which sorts before it, is as long as all the rest.
    found = every(call.store, Query(ReceptionTable, f"visit#{visit_id}", start="guests", limit=PAGE))
    head = next((each for each in found if isinstance(each, VisitItem)), None)
    if head is None:
        raise NotFound
    visit = head.to(Visit)
    resource = resource_of(visit, approval.running if approval else None)
    call.permit("visit:view", resource, unseen=True)
    return VisitView(
        visit=visit,
        visitors=next((each.visitors for each in found if isinstance(each, GuestsItem)), ()),
        guests=tuple(each.to(Guest) for each in found if isinstance(each, GuestItem)),
        passes=tuple(each.to(Pass) for each in found if isinstance(each, PassItem)),
        ratings=tuple(each.to(Rating) for each in found if isinstance(each, RatingItem)),
        passages=tuple(each.to(Passage) for each in found if isinstance(each, PassageItem)),
        approval=approval,
        moves=_my_moves(call, visit, resource),
        site=read_site(call.store, visit.site, call.now),
        checklist=_checklist(found),
        prepares=visit.status == "approved" and call.may("visit:prepare", resource_of(visit)),
        budget=_budget(call, visit),
    )


def _budget(call: Call, visit: Visit) -> Line | None:
    asked = visit.proposal.visit if visit.proposal else visit
    if asked.budget is None or visit.status not in HOLDING_BOOKINGS:
        return None
    (item,) = call.store.get(LineItem.at(asked.budget.line))
    return item.to(Line) if item else None


def _checklist(found: Iterable[Item]) -> tuple[Task, ...]:
    tasks = [each.to(Task) for each in found if isinstance(each, ChecklistItem)]
    return tuple(sorted((task for task in tasks if task.status != "dropped"), key=lambda task: (task.due, task.no)))


def _my_moves(call: Call, visit: Visit, resource: Resource) -> tuple[Move, ...]:
    waiting: Move = "take_back" if visit.proposal else "amend"
    mine: tuple[Move, ...] = ("change", "submit", "withdraw", "cancel", waiting)
    if not call.may("visit:change", resource):
        return ()
    return tuple(name for name in moves_from(visit.status) if name in mine)


def mine(call: Call, cursor: str | None = None, limit: int = 50) -> Page:
    """The visits that the person applied for, latest first."""
    call.permit("visit:list", Resource("Visit", "mine", {"owner": call.me.id}))
    query = Query(ReceptionTable, f"owner#{call.me.id}", index=1, newest_first=True, cursor=cursor, limit=limit)
    return call.store.query(query)
