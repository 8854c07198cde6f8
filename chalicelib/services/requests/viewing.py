"""Looking at one request, or at the empty form of a new one."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.forms import Form
from chalicelib.domain.processes import Process
from chalicelib.domain.requests import Move, Request, moves_from
from chalicelib.models.requests import RequestItem
from chalicelib.services import approvals, forms, processes
from chalicelib.services.call import Call
from chalicelib.services.permissions import COMPANY, Resource
from chalicelib.services.requests.record import resource_of

MINE: tuple[Move, ...] = ("change", "submit", "withdraw", "cancel")


@dataclass(frozen=True)
class RequestView:
    """All that a request's page shows. `moves` is what I can do with it; its approval has moves of its own."""

    request: Request
    form: Form
    fields: list[forms.Shown]
    approval: approvals.Approval | None
    moves: tuple[Move, ...]


def view(call: Call, request_id: str) -> RequestView:
    """Everything about one request; raises NotFound for those who may not see it."""
    (item,) = call.store.get(RequestItem.at(request_id))
    if item is None:
        raise NotFound
    request: Request = item.to(Request)
    approval = approvals.view(call, request.approval) if request.approval else None
    resource = resource_of(request, approval.running if approval else None)
    call.permit("request:view", resource, unseen=True)
    form = processes.version_of(call.store, request.process, request.process_version).form
    shown = forms.labels(call, form, request.values)
    return RequestView(request, form, shown, approval, _my_moves(call, request, resource))


def _my_moves(call: Call, request: Request, resource: Resource) -> tuple[Move, ...]:
    if not call.may("request:change", resource):
        return ()
    return tuple(name for name in moves_from(request.status) if name in MINE)


def blank(call: Call, key: str) -> tuple[Process, Form]:
    """A process that may be started, and its form. Raises NotFound, Conflict for one that is retired."""
    call.permit("request:create", COMPANY)
    process = processes.current(call.store, key)
    if process.status == "draft":
        raise NotFound
    if process.status != "published":
        raise Conflict("process_retired", state=process.status)
    return process, processes.version_of(call.store, key, process.published).form
