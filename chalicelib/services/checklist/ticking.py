"""Ticking a task off, and taking that back."""

from __future__ import annotations

from typing import Literal

from chalicelib.domain.approvals import Running
from chalicelib.domain.checklist import Task, tick, untick
from chalicelib.domain.errors import IllegalMove, NotFound, Stale
from chalicelib.domain.visits import Visit
from chalicelib.models.approvals import RunningItem
from chalicelib.models.checklist import ChecklistItem
from chalicelib.models.store import replace
from chalicelib.models.visits import VisitItem
from chalicelib.services import approvals
from chalicelib.services.call import Answer, Call
from chalicelib.services.visits.record import resource_of

type Action = Literal["tick", "untick"]

PREPARE = "visit:prepare"


def act(call: Call, visit_id: str, task_id: str, action: Action) -> Answer:
    """Say that a task is done, or that it is not after all. Raises NotFound, IllegalMove, Stale."""
    running = RunningItem.at(approvals.approval_id("visit", visit_id))
    head, item, approval = call.store.get(VisitItem.at(visit_id), ChecklistItem.at(visit_id, task_id), running)
    if head is None:
        raise NotFound
    visit: Visit = head.to(Visit)
    seen = call.may("visit:view", resource_of(visit, approval.to(Running) if approval else None))
    call.permit(PREPARE, resource_of(visit), unseen=not seen)
    if item is None:
        raise NotFound
    return _commit(call, visit, item.to(Task), action)


def _commit(call: Call, visit: Visit, task: Task, action: Action) -> Answer:
    if visit.status != "approved":
        raise IllegalMove("visit_illegal_move", state=visit.status, move=action)
    if call.expected_version not in (None, task.version):
        raise Stale(state=task.status)
    moved = tick(task, call.me.id, call.me.name, call.now) if action == "tick" else untick(task)
    answer = {"id": moved.id, "status": moved.status, "version": moved.version}
    done = answer | {"location": f"/visits/{visit.id}#checklist"}
    return call.commit(done, replace(ChecklistItem.from_task(moved)))
