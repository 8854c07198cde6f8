"""Applying for a visit and changing one's mind: draft, change, submit, withdraw, cancel. One transaction a command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from chalicelib.domain.approvals import Cancel, Submit, Withdraw, begin
from chalicelib.domain.bookings import RESOURCE_DAYS_LIMIT
from chalicelib.domain.errors import IllegalMove
from chalicelib.domain.processes import VISIT, WALK_IN
from chalicelib.domain.visits import (
    HOLDING_BOOKINGS,
    Application,
    Move,
    Visit,
    check_application,
    check_bookings_fit,
    move,
)
from chalicelib.models.item import Key
from chalicelib.models.standards import StandardsItem
from chalicelib.models.store import Operation, create
from chalicelib.models.store import replace as replace_item
from chalicelib.models.visits import NumberItem, ResourceDayItem, VisitItem
from chalicelib.models.work import opening
from chalicelib.services import approvals, bookings
from chalicelib.services.ahead import read_ahead
from chalicelib.services.call import Answer, Call
from chalicelib.services.permissions import COMPANY
from chalicelib.services.visits import cost
from chalicelib.services.visits.amending import amend, take_back
from chalicelib.services.visits.attached import foreseen, with_files
from chalicelib.services.visits.documents import sealing, with_kept
from chalicelib.services.visits.effect import listing
from chalicelib.services.visits.form import asked_of, on_site_time, person_or_none, site_or_none, visit_of
from chalicelib.services.visits.held import Held, answer_of, estimated_now, held_for_change, keys_of
from chalicelib.services.visits.record import summary_of


def apply(
    call: Call, asked: Application, submit_now: bool = False, shown_at: Callable[[str], str] | None = None
) -> Answer:
    """Make a visit from an application, as a draft or submitted at once; `shown_at` gives the page
    that shows it by its id, where that is not the visit's own.

    Raises Invalid naming every wrong field, ResourceTaken naming the booking in the way, Overspent naming what its
    budget has available, BudgetClosed.
    """
    call.permit("visit:create", COMPANY)
    asked = with_kept(asked)
    visit = visit_of(call, asked, call.new_id(), None)
    needed = _needed(visit, submit_now)
    call = foreseen(call, asked, *needed)
    visit, operations = with_files(call, visit, asked)
    operations += [create(NumberItem(*NumberItem.at(visit.number)[1:], visit=visit.id))]
    operations += sealing(visit.id, asked.documents)
    if submit_now:
        call = read_ahead(call, needed) if needed else call
        head = call.store.get(StandardsItem.at())[0] if visit.items else None
        submitted, more = _submitted(call, Held(visit, asked.visitors, None, None, head))
        visit = replace(submitted, version=visit.version)
        operations += more
    else:
        _check_bookings(call, visit)
    answer = answer_of(visit) | ({"location": shown_at(visit.id)} if shown_at else {})
    return call.commit(answer, create(VisitItem.from_visit(visit)), listing(visit, asked.visitors), *operations)


def _needed(visit: Visit, submit_now: bool) -> list[Key]:
    """What making the visit asks for besides its files."""
    if submit_now:
        return [StandardsItem.at(), *cost.budget_keys(visit)] if visit.items else []
    return [ResourceDayItem.at(where) for where in bookings.wanted(visit)]


def change(call: Call, visit_id: str, asked: Application, submit_now: bool = False) -> Answer:
    """Replace what a draft, returned or withdrawn visit asks for, or change an approved one (services/visits/amending).

    Raises what `apply` raises, IllegalMove, ChangePending, Stale.
    """
    call = foreseen(call, asked, *keys_of(visit_id))
    held = held_for_change(call, visit_id)
    asked = with_kept(asked, held.visitors)
    if held.visit.status == "approved":
        return amend(call, held, asked)
    changed = move(held.visit, "change", call.now)
    visit, operations = with_files(call, visit_of(call, asked, visit_id, changed), asked)
    visit = replace(visit, version=changed.version)
    operations += sealing(visit.id, asked.documents)
    if submit_now:
        submitted, more = _submitted(call, replace(held, visit=visit, visitors=asked.visitors))
        visit = replace(submitted, version=visit.version)
        operations += more
    else:
        _check_bookings(call, visit)
    return call.commit(
        answer_of(visit), replace_item(VisitItem.from_visit(visit)), listing(visit, asked.visitors), *operations
    )


def act(call: Call, visit_id: str, action: str) -> Answer:
    """Submit, withdraw, cancel, or take back a change.

    Raises IllegalMove with the present status, Stale, ResourceTaken, Invalid, Overspent, BudgetClosed.
    """
    held = held_for_change(call, visit_id)
    match action:
        case "submit":
            visit, operations = _submitted(call, held)
        case "withdraw":
            visit, operations = _taken_back(call, held, "withdraw")
        case "cancel":
            visit, operations = _taken_back(call, held, "cancel")
        case "take_back":
            visit, operations = take_back(call, held)
        case _:
            raise IllegalMove("visit_illegal_move", state=held.visit.status, move=action)
    return call.commit(answer_of(visit), replace_item(VisitItem.from_visit(visit)), *operations)


def _check_bookings(call: Call, visit: Visit) -> None:
    wanted = bookings.wanted(visit)
    check_bookings_fit(len(wanted), RESOURCE_DAYS_LIMIT)
    if wanted:
        bookings.check_free(call.store.get(*(ResourceDayItem.at(where) for where in wanted)), visit)


def _submitted(call: Call, held: Held) -> tuple[Visit, list[Operation]]:
    """The visit in approval (or approved, where nobody has to be asked), what it books and what it costs taken."""
    if keys := cost.budget_keys(held.visit):
        call = read_ahead(call, keys)
    site = site_or_none(call, held.visit.site)
    visit = cost.charged(call, estimated_now(call, held, site))
    moved = move(visit, "submit", call.now)
    asked = on_site_time(asked_of(visit, held.visitors), site)
    check_application(asked, site, person_or_none(call, visit.host), call.now)
    check_bookings_fit(len(bookings.wanted(visit)), RESOURCE_DAYS_LIMIT)
    id = approvals.approval_id("visit", visit.id)
    running = held.running or begin(id, "visit", visit.id, WALK_IN if visit.walk_in else VISIT, visit.applicant)
    action = Submit(by=call.me.id, seen=moved.version)
    decision, operations = approvals.move(call, running, held.item, action, summary_of(visit))
    moved = replace(moved, approval=id)
    if decision.running.status == "approved":
        moved = replace(move(moved, "approve", call.now), version=moved.version)
    return moved, [*operations, *bookings.taking(moved), *cost.moving(call, None, moved), opening(moved, call.now)]


def _taken_back(call: Call, held: Held, name: Move) -> tuple[Visit, list[Operation]]:
    visit = held.visit
    moved = move(visit, name, call.now)
    operations: list[Operation] = []
    if visit.status in HOLDING_BOOKINGS:
        operations += [*bookings.releasing(visit), *cost.moving(call, visit, None)]
    if held.running and (visit.proposal or visit.status in ("pending", "returned", "withdrawn")):
        kind = Withdraw if name == "withdraw" else Cancel
        action = kind(by=call.me.id, seen=visit.version)
        _, more = approvals.move(call, held.running, held.item, action, summary_of(visit))
        operations = [*operations, *more]
    return replace(moved, proposal=None), operations
