"""The routes of approvals."""

from __future__ import annotations

from typing import Any

from chalicelib.handlers.answers import Reply
from chalicelib.handlers.approvals.forms import BulkAnswer, BulkForm, InboxQuery, MoveAnswer, MoveForm
from chalicelib.handlers.approvals.rows import Titles, row_data
from chalicelib.handlers.approvals.shown import document_page
from chalicelib.handlers.endpoint import Area
from chalicelib.models.approvals import CopyItem, RunningItem, TaskItem
from chalicelib.services import approvals
from chalicelib.services.approvals import Asked, Filter
from chalicelib.services.call import Call

area = Area("chalicelib.handlers.approvals")


def inbox_data(call: Call, query: InboxQuery) -> dict[str, Any]:
    """A page of one of the boxes, and the processes to filter by."""
    only = Filter(query.process, query.q) if query.process or query.q else None
    page = approvals.inbox(call, query.box, only, query.cursor, query.limit)
    titles = Titles(call)
    items = [row_data(item, titles) for item in page.items if isinstance(item, (TaskItem, CopyItem, RunningItem))]
    found: dict[str, Any] = {
        "items": items,
        "next": page.cursor,
        "box": query.box,
        "process": query.process,
        "q": query.q,
    }
    found |= {"approved": query.approved, "refused": query.refused}
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
