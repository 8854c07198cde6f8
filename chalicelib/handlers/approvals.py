"""Approvals: my inbox, a document with its trail, the decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from chalicelib.domain.approvals import Entry, Mode, Origin, Running, Task
from chalicelib.domain.errors import NotFound
from chalicelib.domain.sites import localised
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.fields import PageQuery, Strict, Text
from chalicelib.models.approvals import TaskItem
from chalicelib.services import approvals
from chalicelib.services.call import Call

area = Area(__name__)


class InboxQuery(PageQuery):
    """Which tasks: mine to decide, or those I decided."""

    box: Literal["open", "decided"] = "open"


class DecisionForm(Strict):
    """A decision. Rejecting and returning need a comment."""

    action: Literal["approve", "reject", "return"]
    comment: Text = Field(default="")


class DecisionAnswer(Strict):
    """Where the approval stands after the decision."""

    id: str
    status: str
    document: dict[str, str]
    location: str


@area.endpoint("GET", "/approvals", action="inbox:view", query=InboxQuery, page="approvals.html")
def list_approvals(call: Call, query: InboxQuery) -> dict[str, Any]:
    """My tasks: those that wait for me, oldest first, or those I decided."""
    page = approvals.inbox(call, query.box, query.cursor, query.limit)
    tasks = [task_data(item) for item in page.items if isinstance(item, TaskItem)]
    return {"items": tasks, "next": page.cursor, "box": query.box}


@dataclass(frozen=True)
class DocumentPage:
    """A document as an approver sees it: its data for the part `documents/KIND.html`, its version, its approval."""

    data: dict[str, Any]
    version: int
    running: Running | None
    trail: tuple[Entry, ...]
    names: dict[str, str]


DOCUMENT_PAGES: dict[str, Callable[[Call, str], DocumentPage]] = {}
"""By kind of document: what reads one (by its id) for the person who calls."""


def document_page(call: Call, id: str) -> dict[str, Any]:
    """The document in full with its trail, and the decision that is mine to make."""
    kind, document_id = approvals.document_of(id)
    found = DOCUMENT_PAGES[kind](call, document_id)
    if found.running is None:
        raise NotFound
    call.permit("approval:view", approvals.resource_of(found.running), unseen=True)
    task = _my_task(call, found.running, id)
    return found.data | {
        "id": id,
        "kind": kind,
        "version": found.version,
        "approval": approval_data(found.running, found.trail, found.names, call.locale),
        "task": {"id": task.id, "opened_at": task.opened_at} if task else None,
    }


def _my_task(call: Call, running: Running, id: str) -> Task | None:
    mine = [task for task in running.open_tasks if task.person == call.me.id]
    return next((task for task in mine if task.id == id), mine[0] if mine else None)


@area.endpoint("GET", "/approvals/{id}", action="approval:view", page="approval.html")
def show_approval(call: Call, id: str) -> Reply:
    """A document that was put before me (by the task's or the approval's id), with its trail."""
    data = document_page(call, id)
    return Reply(data, version=data["version"])


@area.endpoint(
    "POST",
    "/approvals/{id}/actions",
    action="approval:decide",
    body=DecisionForm,
    answer=DecisionAnswer,
    page="approval.html",
    refill=document_page,
)
def decide_approval(call: Call, id: str, form: DecisionForm) -> Reply:
    """Approve, reject or return to the applicant."""
    answer = approvals.act(call, id, form.action, form.comment)
    return Reply(answer, location=answer["location"])


def task_data(item: TaskItem) -> dict[str, Any]:
    """A task as the inbox shows it."""
    names = (
        "id approval document_kind document_id subject facts applicant applicant_name step status "
        "opened_at decided_at comment"
    )
    return {name: getattr(item, name) for name in names.split()}


def _mode(running: Running) -> str:
    """How many of those who are asked now must approve: one_of or all_of."""
    escalated = any(task.origin is Origin.ESCALATED for task in running.open_tasks)
    step = next((step for step in approvals.definition_of(running).steps if step.key == running.step), None)
    return str(step.mode if step and not escalated else Mode.ONE_OF)


def approval_data(running: Running, trail: tuple[Entry, ...], names: dict[str, str], locale: str) -> dict[str, Any]:
    """An approval for people: its status, who is next since when, and the trail with names."""
    definition = approvals.definition_of(running)
    titles = {step.key: localised(step.title, locale) for step in definition.steps}
    return {
        "id": running.id,
        "status": running.status,
        "title": localised(definition.title, locale),
        "mode": _mode(running),
        "waiting": [
            {"name": names.get(task.person, ""), "since": task.opened_at, "step": titles.get(task.step, "")}
            for task in running.open_tasks
        ],
        "trail": [
            {
                "at": entry.at,
                "what": entry.what,
                "name": names.get(entry.who or "", ""),
                "on_behalf_of": names.get(entry.on_behalf_of or "", ""),
                "step": titles.get(entry.step or "", ""),
                "comment": entry.comment,
                "reason": entry.reason,
                "about": [names.get(each, "") for each in entry.about],
            }
            for entry in trail
        ],
    }
