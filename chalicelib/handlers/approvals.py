"""Approvals: my inbox, a document with its trail, every move that I may make on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from chalicelib.domain.approvals import Mode, Origin, Running, Task, TaskStatus
from chalicelib.domain.errors import NotFound
from chalicelib.domain.sites import localised
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.fields import Id, Line, PageQuery, Strict, Text
from chalicelib.models.approvals import CopyItem, RunningItem, TaskItem
from chalicelib.services import approvals
from chalicelib.services.approvals import Approval, Asked, Filter
from chalicelib.services.call import Call

area = Area(__name__)


class InboxQuery(PageQuery):
    """Which box, and which of its documents: of one process (its key), or with a text in subject or applicant."""

    box: Literal["open", "decided", "copied", "started"] = "open"
    process: str = Field(default="", max_length=64)
    q: Line = ""


class MoveForm(Strict):
    """A move. `people` are ids: one for transfer, delegate and remove; `step` is where a return goes, the applicant
    without one. Rejecting, returning and commenting need a comment."""

    action: Literal[
        "approve",
        "reject",
        "return",
        "transfer",
        "delegate",
        "add_before",
        "add_after",
        "remove",
        "copy_to",
        "urge",
        "comment",
    ]
    comment: Text = ""
    people: list[Id] = Field(default_factory=list, max_length=20)
    step: Id | None = None


class BulkForm(Strict):
    """Approve many tasks at once, each for itself."""

    action: Literal["approve"]
    ids: list[Id] = Field(min_length=1, max_length=50)
    comment: Text = ""


class MoveAnswer(Strict):
    """Where the approval stands after the move."""

    id: str
    status: str
    document: dict[str, str]
    location: str


class BulkAnswer(Strict):
    """What became of each task: the approval's `status`, or the `code` of the refusal."""

    results: list[dict[str, str]]
    approved: int
    refused: int
    location: str


def inbox_data(call: Call, query: InboxQuery) -> dict[str, Any]:
    """A page of one of the boxes, and the processes to filter by."""
    only = Filter(query.process, query.q) if query.process or query.q else None
    page = approvals.inbox(call, query.box, only, query.cursor, query.limit)
    titles = Titles(call)
    items = [row_data(item, titles) for item in page.items if isinstance(item, (TaskItem, CopyItem, RunningItem))]
    found = {"items": items, "next": page.cursor, "box": query.box, "process": query.process, "q": query.q}
    return found | {"processes": sorted({(item["process"], item["process_title"]) for item in items})}


@area.endpoint("GET", "/approvals", action="inbox:view", query=InboxQuery, page="approvals.html")
def list_approvals(call: Call, query: InboxQuery) -> dict[str, Any]:
    """My inbox: what waits for me (most urgent first), what I decided, what was copied to me, what I started."""
    return inbox_data(call, query)


def bulk_again(call: Call) -> dict[str, Any]:
    """The inbox again, after a refused bulk approval."""
    return inbox_data(call, InboxQuery())


@area.endpoint(
    "POST",
    "/approvals/actions",
    action="inbox:view",
    body=BulkForm,
    answer=BulkAnswer,
    page="approvals.html",
    refill=bulk_again,
)
def approve_many(call: Call, form: BulkForm) -> Reply:
    """Approve several tasks with one comment; each is decided for itself."""
    answer = approvals.approve_all(call, form.ids, form.comment)
    return Reply(answer, location=f"/approvals?approved={answer['approved']}&refused={answer['refused']}")


@dataclass(frozen=True)
class DocumentPage:
    """A document as an approver sees it: its data for the part `documents/KIND.html`, its version, its approval."""

    data: dict[str, Any]
    version: int
    approval: Approval | None


DOCUMENT_PAGES: dict[str, Callable[[Call, str], DocumentPage]] = {}
"""By kind of document: what reads one (by its id) for the person who calls."""


def document_page(call: Call, id: str) -> dict[str, Any]:
    """The document in full with its trail, and the moves that are mine to make."""
    kind, document_id = approvals.document_of(id)
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


@area.endpoint("GET", "/approvals/{id}", action="approval:view", page="approval.html")
def show_approval(call: Call, id: str) -> Reply:
    """A document that was put before me (by the task's or the approval's id), with its trail."""
    data = document_page(call, id)
    return Reply(data, version=data["version"])


@area.endpoint(
    "POST",
    "/approvals/{id}/actions",
    action="approval:decide",
    body=MoveForm,
    answer=MoveAnswer,
    page="approval.html",
    refill=document_page,
)
def move_approval(call: Call, id: str, form: MoveForm) -> Reply:
    """Approve, reject, return, transfer, delegate, add or remove approvers, copy, urge or comment."""
    asked = Asked(form.action, form.comment, tuple(form.people), form.step)
    answer = approvals.act(call, id, asked)
    return Reply(answer, location=answer["location"])


class Titles:
    """Titles of processes and their steps in the reader's language, each definition read once."""

    def __init__(self, call: Call) -> None:
        self._call = call

    def of(self, key: str, version: int) -> str:
        """The process's title."""
        return localised(self._definition(key, version).title, self._call.locale)

    def step(self, key: str, version: int, step: str | None) -> str:
        """The title of one of its steps, "" where it stands at none."""
        steps = self._definition(key, version).steps
        return next((localised(each.title, self._call.locale) for each in steps if each.key == step), "")

    def _definition(self, key: str, version: int) -> Any:
        return approvals.definition_of(self._call, key, version)


_OF_DOCUMENT = ("document_kind", "document_id", "subject", "facts", "applicant", "applicant_name")
_OF_TASK = ("id", "approval", "status", "origin", "opened_at", "due_at", "decided_at", "comment")
_OF_COPY = ("approval", "copied_at")


def row_data(item: TaskItem | CopyItem | RunningItem, titles: Titles) -> dict[str, Any]:
    """A line of a box. `id` leads to /approvals/{id}."""
    key, version = item.definition_key, item.definition_version
    data = {name: getattr(item, name) for name in _OF_DOCUMENT}
    data |= {"process": key, "process_title": titles.of(key, version)}
    if isinstance(item, TaskItem):
        return data | _values(item, _OF_TASK) | {"step": titles.step(key, version, item.step)}
    if isinstance(item, CopyItem):
        return data | _values(item, _OF_COPY) | {"id": item.approval}
    return data | {"id": item.id, "status": item.status, "step": titles.step(key, version, item.step)}


def _values(item: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(item, name) for name in names}


def _mode(approval: Approval) -> str:
    """How those who are asked now decide; administrators who stand in decide one for all."""
    running = approval.running
    escalated = any(task.origin is Origin.ESCALATED for task in running.open_tasks)
    step = next((step for step in approval.definition.steps if step.key == running.step), None)
    return str(step.mode if step and not escalated else Mode.ONE_OF)


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
        "waiting": [_waiting_data(task, names, titles) for task in running.open_tasks],
        "queued": [_waiting_data(task, names, titles) for task in running.tasks if task.status is TaskStatus.QUEUED],
        "returnable": [{"key": key, "title": titles.get(key, "")} for key in approval.returnable],
        "copied": [names.get(each, "") for each in running.copied],
        "trail": [_entry_data(entry, names, titles) for entry in approval.entries],
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


def _entry_data(entry: Any, names: dict[str, str], titles: dict[str, str]) -> dict[str, Any]:
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
