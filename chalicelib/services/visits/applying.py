"""Applying for a visit and changing one's mind: draft, change, submit, withdraw, cancel. One transaction a command."""

from __future__ import annotations

from dataclasses import dataclass, replace

from chalicelib.domain.approvals import Cancel, Running, Submit, Withdraw, begin
from chalicelib.domain.errors import IllegalMove, NotFound, Stale
from chalicelib.domain.processes import VISIT
from chalicelib.domain.rooms import ROOM_DAYS_LIMIT
from chalicelib.domain.visits import (
    HOLDING_ROOMS,
    Application,
    Move,
    Visit,
    Visitor,
    check_application,
    check_rooms_fit,
    move,
)
from chalicelib.models.approvals import RunningItem
from chalicelib.models.store import Operation, Put, create
from chalicelib.models.store import replace as replace_item
from chalicelib.models.visits import GuestsItem, NumberItem, RoomDayItem, VisitItem
from chalicelib.models.work import opening
from chalicelib.services import approvals, rooms
from chalicelib.services.call import Answer, Call
from chalicelib.services.permissions import COMPANY
from chalicelib.services.visits.form import person_or_none, site_or_none, visit_of
from chalicelib.services.visits.record import resource_of, summary_of


@dataclass(frozen=True)
class Held:
    """A visit with its visitors and its approval, as read for a command."""

    visit: Visit
    visitors: tuple[Visitor, ...]
    running: Running | None
    item: RunningItem | None


def apply(call: Call, asked: Application, submit_now: bool = False) -> Answer:
    """Make a visit from an application, as a draft or submitted at once.

    Raises Invalid naming every wrong field, RoomTaken naming the booking in the way.
    """
    call.permit("visit:create", COMPANY)
    visit_id = call.new_id()
    visit = visit_of(call, asked, visit_id, None)
    operations: list[Operation] = [create(NumberItem(*NumberItem.at(visit.number)[1:], visit=visit.id))]
    if submit_now:
        submitted, more = _submitted(call, Held(visit, asked.visitors, None, None))
        visit = replace(submitted, version=visit.version)
        operations += more
    else:
        _check_rooms(call, visit)
    return call.commit(_answer(visit), create(VisitItem.from_visit(visit)), _guests(visit, asked), *operations)


def change(call: Call, visit_id: str, asked: Application, submit_now: bool = False) -> Answer:
    """Replace what a draft, returned or withdrawn visit asks for. Raises what `apply` raises, IllegalMove, Stale."""
    held = _held_for_change(call, visit_id)
    changed = move(held.visit, "change", call.now)
    visit = replace(visit_of(call, asked, visit_id, changed), version=changed.version)
    operations: list[Operation] = []
    if submit_now:
        submitted, operations = _submitted(call, replace(held, visit=visit, visitors=asked.visitors))
        visit = replace(submitted, version=visit.version)
    else:
        _check_rooms(call, visit)
    return call.commit(_answer(visit), replace_item(VisitItem.from_visit(visit)), _guests(visit, asked), *operations)


def act(call: Call, visit_id: str, action: str) -> Answer:
    """Submit, withdraw or cancel. Raises IllegalMove with the present status, Stale, RoomTaken, Invalid."""
    held = _held_for_change(call, visit_id)
    match action:
        case "submit":
            visit, operations = _submitted(call, held)
        case "withdraw":
            visit, operations = _taken_back(call, held, "withdraw")
        case "cancel":
            visit, operations = _taken_back(call, held, "cancel")
        case _:
            raise IllegalMove("visit_illegal_move", state=held.visit.status, move=action)
    return call.commit(_answer(visit), replace_item(VisitItem.from_visit(visit)), *operations)


def _answer(visit: Visit) -> Answer:
    answer = {"id": visit.id, "status": visit.status, "version": visit.version, "number": visit.number}
    return answer | {"location": f"/visits/{visit.id}"}


def _guests(visit: Visit, asked: Application) -> Operation:
    _, pk, sk = GuestsItem.at(visit.id)
    return Put(GuestsItem(pk, sk, visitors=asked.visitors), {})  # the head's condition guards both


def _check_rooms(call: Call, visit: Visit) -> None:
    wanted = rooms.wanted(visit)
    check_rooms_fit(len(wanted), ROOM_DAYS_LIMIT)
    if wanted:
        rooms.check_free(call.store.get(*(RoomDayItem.at(where) for where in wanted)), visit)


def _held_for_change(call: Call, visit_id: str) -> Held:
    keys = (VisitItem.at(visit_id), GuestsItem.at(visit_id), RunningItem.at(approvals.approval_id("visit", visit_id)))
    head, guests, item = call.store.get(*keys)
    if head is None or guests is None:
        raise NotFound
    visit = head.to(Visit)
    running = item.to(Running) if item else None
    call.permit(
        "visit:change", resource_of(visit, running), unseen=not call.may("visit:view", resource_of(visit, running))
    )
    if call.expected_version is not None and call.expected_version != visit.version:
        raise Stale(state=visit.status)
    return Held(visit, guests.visitors, running, item)


def _submitted(call: Call, held: Held) -> tuple[Visit, list[Operation]]:
    """The visit in approval (or approved, where nobody has to be asked), its rooms taken."""
    visit = held.visit
    asked = Application(
        site=visit.site,
        starts=visit.starts,
        ends=visit.ends,
        host=visit.host,
        purpose=visit.purpose,
        visitors=held.visitors,
        team=visit.team,
        rooms=visit.rooms,
        requirements=visit.requirements,
    )
    moved = move(visit, "submit", call.now)
    check_application(asked, site_or_none(call, visit.site), person_or_none(call, visit.host), call.now)
    check_rooms_fit(len(rooms.wanted(visit)), ROOM_DAYS_LIMIT)
    id = approvals.approval_id("visit", visit.id)
    running = held.running or begin(id, "visit", visit.id, VISIT, visit.applicant)
    action = Submit(by=call.me.id, seen=moved.version)
    decision, operations = approvals.move(call, running, held.item, action, summary_of(visit))
    moved = replace(moved, approval=id)
    if decision.running.status == "approved":
        moved = replace(move(moved, "approve", call.now), version=moved.version)
    return moved, [*operations, *rooms.taking(moved), opening(moved, call.now)]


def _taken_back(call: Call, held: Held, name: Move) -> tuple[Visit, list[Operation]]:
    visit = held.visit
    moved = move(visit, name, call.now)
    operations = rooms.releasing(visit) if visit.status in HOLDING_ROOMS else []
    if held.running and visit.status in ("pending", "returned", "withdrawn"):
        kind = Withdraw if name == "withdraw" else Cancel
        action = kind(by=call.me.id, seen=visit.version)
        _, more = approvals.move(call, held.running, held.item, action, summary_of(visit))
        operations = [*operations, *more]
    return moved, operations
