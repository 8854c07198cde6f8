"""A request as the approvals engine, the inboxes and the policies see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.domain.approvals import Running
from chalicelib.domain.errors import NotFound
from chalicelib.domain.requests import Move, Request, move
from chalicelib.models.approvals import RunningItem
from chalicelib.models.item import Key
from chalicelib.models.requests import RequestItem
from chalicelib.models.store import Operation
from chalicelib.models.store import replace as replace_item
from chalicelib.services import approvals
from chalicelib.services.call import Call
from chalicelib.services.documents import KINDS, DocumentKind, Summary
from chalicelib.services.permissions import Resource
from chalicelib.services.uploads import HOLDERS

KIND = "request"
OUTCOMES: dict[str, Move] = {"approved": "approve", "rejected": "reject", "returned": "return"}


@dataclass(frozen=True)
class Held:
    """A request and its approval, as read; `item` is what `running` was read from."""

    request: Request
    running: Running | None
    item: RunningItem | None


def keys(request_id: str) -> tuple[Key, Key]:
    """What `held` asks."""
    return RequestItem.at(request_id), RunningItem.at(approvals.approval_id(KIND, request_id))


def held(call: Call, request_id: str) -> Held:
    """The request and its approval in one read; raises NotFound. The caller asks the policies."""
    head, item = call.store.get(*keys(request_id))
    if head is None:
        raise NotFound
    return Held(head.to(Request), item.to(Running) if item else None, item)


def resource_of(request: Request, running: Running | None = None) -> Resource:
    """What the policies ask about a request: the applicant, who takes part, the departments."""
    people = sorted(approvals.taking_part(running)) if running else []
    facts = {"owner": request.applicant, "people": people, "departments": list(request.department_path)}
    return Resource("Request", request.id, facts)


def summary_of(request: Request) -> Summary:
    """What inboxes show of a request, and what its process's conditions read."""
    facts = {"number": request.number} | {f"title.{language}": text for language, text in request.title.items()}
    return Summary(request.subject or request.number, request.applicant_name, facts, request.facts)


def _outcome(call: Call, document: RequestItem, status: str) -> Sequence[Operation]:
    """The request as its approval's outcome leaves it."""
    return [replace_item(RequestItem.from_request(move(document.to(Request), OUTCOMES[status], call.now)))]


def _permit_files(call: Call, request_id: str) -> None:
    """Whoever sees the request may have its files."""
    found = held(call, request_id)
    call.permit("request:view", resource_of(found.request, found.running), unseen=True)


HOLDERS[KIND] = _permit_files
KINDS[KIND] = DocumentKind(
    name=KIND,
    path="/requests/{}".format,
    at=RequestItem.at,
    version=lambda document: int(document.version),
    summary=lambda document: summary_of(document.to(Request)),
    outcome=_outcome,
)
