"""What pages show of an approval: where it stands, its trail with names, what I may do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from chalicelib.domain.approvals import Entry, Mode, Running, Task, TaskStatus, mode_of
from chalicelib.domain.errors import NotFound
from chalicelib.domain.sites import localised
from chalicelib.services import approvals
from chalicelib.services.approvals import Approval
from chalicelib.services.call import Call


@dataclass(frozen=True)
class DocumentPage:
    """A document as an approver sees it: its data for the part `documents/KIND.html`, its version, its approval."""

    data: dict[str, Any]
    version: int
    approval: Approval | None


DOCUMENT_PAGES: dict[str, Callable[[Call, str], DocumentPage]] = {}
"""By kind of document: what reads one (by its id) for the person who calls."""

_MODULES = {
    "visit": "chalicelib.handlers.visits.shown",
    "request": "chalicelib.handlers.requests.shown",
    "application": "chalicelib.handlers.applications.shown",
    "advance": "chalicelib.handlers.advances.shown",
    "claim": "chalicelib.handlers.claims.shown",
    "budget_change": "chalicelib.handlers.budget_changes.shown",
}
"""By kind of document: the module that adds it to DOCUMENT_PAGES."""


def document_page(call: Call, id: str) -> dict[str, Any]:
    """The document in full with its trail, and the moves that are mine to make."""
    kind, document_id = approvals.document_of(id)
    import_module(_MODULES[kind])
    found = DOCUMENT_PAGES[kind](call, document_id)
    if found.approval is None:
        raise NotFound
    running = found.approval.running
    call.permit("approval:view", approvals.resource_of(running), unseen=True)
    task = _my_task(call, running, id)
    return found.data | {
        "id": id,
        "kind": kind,
        "version": found.version,
        "approval": approval_data(found.approval, call.locale),
        "task": task_data(task) if task else None,
        "asked_by": found.approval.names.get(task.asked_by or "", "") if task else "",
    }


def _my_task(call: Call, running: Running, id: str) -> Task | None:
    mine = [task for task in running.open_tasks if task.person == call.me.id]
    return next((task for task in mine if task.id == id), mine[0] if mine else None)


def task_data(task: Task) -> dict[str, Any]:
    """The task that is mine to decide."""
    return {"id": task.id, "opened_at": task.opened_at, "due_at": task.due_at, "origin": task.origin}


def _mode(approval: Approval) -> str:
    """How those who are asked now decide."""
    running = approval.running
    step = next((step for step in approval.definition.steps if step.key == running.step), None)
    return str(mode_of(step, running.tasks) if step else Mode.ONE_OF)


def approval_data(approval: Approval, locale: str) -> dict[str, Any]:
    """An approval for people: its status, who is next since when, the trail with names, and what I may do."""
    running, names = approval.running, approval.names
    titles = {step.key: localised(step.title, locale) for step in approval.definition.steps}
    return {
        "id": running.id,
        "status": running.status,
        "title": localised(approval.definition.title, locale),
        "process": running.definition_key,
        "step": titles.get(running.step or "", ""),
        "mode": _mode(approval),
        "moves": sorted(approval.moves),
        "removable": approval.removable,
        "waiting": [_waiting_data(task, names, titles) for task in running.open_tasks],
        "queued": [_waiting_data(task, names, titles) for task in running.tasks if task.status is TaskStatus.QUEUED],
        "returnable": [{"key": key, "title": titles.get(key, "")} for key in approval.returnable],
        "copied": [names.get(each, "") for each in running.copied],
        "trail": [entry_data(entry, names, titles) for entry in approval.entries],
    }


def _waiting_data(task: Task, names: dict[str, str], titles: dict[str, str]) -> dict[str, Any]:
    return {
        "task": task.id,
        "person": task.person,
        "name": names.get(task.person, ""),
        "on_behalf_of": names.get(task.on_behalf_of or "", ""),
        "asked_by": names.get(task.asked_by or "", ""),
        "origin": task.origin,
        "since": task.opened_at,
        "due_at": task.due_at,
        "step": titles.get(task.step, ""),
    }


def entry_data(entry: Entry, names: dict[str, str], titles: dict[str, str]) -> dict[str, Any]:
    """A line of a trail with the names of people (by id) and the titles of steps (by key) in it."""
    return {
        "at": entry.at,
        "what": entry.what,
        "name": names.get(entry.who or "", ""),
        "on_behalf_of": names.get(entry.on_behalf_of or "", ""),
        "step": titles.get(entry.step or "", ""),
        "comment": entry.comment,
        "reason": titles.get(entry.reason, entry.reason),
        "seen": entry.seen,
        "about": [names.get(each, "") for each in entry.about],
    }
