"""Starting a request and changing one's mind: draft, change, submit, withdraw, cancel, copy. One transaction each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from chalicelib.domain.approvals import Cancel, Submit, Withdraw, begin
from chalicelib.domain.errors import Conflict, IllegalMove, NotFound, Stale
from chalicelib.domain.forms import Form, Values, carry_over, facts, read, read_draft
from chalicelib.domain.processes import Process
from chalicelib.domain.requests import Move, Request, move, number_of, subject_of
from chalicelib.models.processes import CounterItem, ProcessItem
from chalicelib.models.requests import RequestItem, RequestNumberItem
from chalicelib.models.store import Check, Operation, Put, create
from chalicelib.models.store import replace as replace_item
from chalicelib.services import approvals, processes
from chalicelib.services.call import Answer, Call
from chalicelib.services.forms import CompanyWorld
from chalicelib.services.permissions import COMPANY
from chalicelib.services.requests.foresight import foreseen, foreseen_change, year_of
from chalicelib.services.requests.record import KIND, Held, held, resource_of, summary_of
from chalicelib.services.uploads import Attachments


@dataclass(frozen=True)
class Start:
    """A process that is open to new requests, as read for a command; `count` requests were begun in this `year`."""

    process: Process
    version: processes.Version
    year: int
    count: int

    @property
    def number(self) -> str:
        """The number of the next request."""
        return number_of(self.process.prefix, self.year, self.count + 1)


def start(call: Call, process: str, raw: Any, submit_now: bool = False) -> Answer:
    """Make a request, as a draft or submitted at once.

    Raises NotFound for an unknown process, Conflict for one that cannot be started, Invalid naming every wrong field.
    """
    call.permit("request:create", COMPANY)
    call = foreseen(call, process, raw)
    begun = _start(call, process)
    attached = Attachments(call, KIND)
    values = (read if submit_now else read_draft)(begun.version.form, raw, _world(call, attached))
    return _made(call, begun, values, attached, submit_now)


def copy(call: Call, request_id: str) -> Answer:
    """A new draft of one's own with the values of a request that one may see, as far as the form still takes them."""
    source = held(call, request_id)
    call.permit("request:view", resource_of(source.request, source.running), unseen=True)
    call.permit("request:create", COMPANY)
    begun = _start(call, source.request.process)
    return _made(
        call, begun, carry_over(begun.version.form, source.request.values, _world(call)), Attachments(call, KIND)
    )


def change(call: Call, request_id: str, raw: Any, submit_now: bool = False) -> Answer:
    """State anew what was filled in. Raises what `start` raises, IllegalMove, Stale."""
    call = foreseen_change(call, request_id, raw)
    found = _held_for_change(call, request_id)
    form, attached = _form(call, found.request), Attachments(call, KIND, request_id)
    values = (read if submit_now else read_draft)(form, raw, _world(call, attached))
    request = _filled(call, move(found.request, "change", call.now), form, values)
    operations: list[Operation] = []
    if submit_now:
        submitted, operations = _submitted(call, replace(found, request=request))
        request = replace(submitted, version=request.version)
    operations += attached.claims(request.id)
    return call.commit(_answer(request), replace_item(RequestItem.from_request(request)), *operations)


def act(call: Call, request_id: str, action: str) -> Answer:
    """Submit, withdraw or cancel. Raises IllegalMove with the present status, Stale, Invalid for what is missing."""
    found = _held_for_change(call, request_id)
    match action:
        case "submit":
            request, operations = _submitted_as_it_stands(call, found)
        case "withdraw" | "cancel":
            request, operations = _taken_back(call, found, action)
        case _:
            raise IllegalMove("request_illegal_move", state=found.request.status, move=action)
    return call.commit(_answer(request), replace_item(RequestItem.from_request(request)), *operations)


def _answer(request: Request) -> Answer:
    answer = {"id": request.id, "status": request.status, "version": request.version, "number": request.number}
    return answer | {"location": f"/requests/{request.id}"}


def _world(call: Call, attached: Attachments | None = None) -> CompanyWorld:
    return CompanyWorld(call.store, call.now, attached.files) if attached else CompanyWorld(call.store, call.now)


def _start(call: Call, key: str) -> Start:
    year = year_of(call)
    head, counter = call.store.get(ProcessItem.at(key), CounterItem.at(key, year))
    if head is None or head.status == "draft":
        raise NotFound
    if head.status != "published":
        raise Conflict("process_retired", state=head.status)
    version = processes.version_of(call.store, key, head.published)
    return Start(head.to(Process), version, year, counter.last if counter else 0)


def _made(call: Call, begun: Start, values: Values, attached: Attachments, submit_now: bool = False) -> Answer:
    request = _filled(call, _blank(call, begun), begun.version.form, values)
    operations = attached.claims(request.id)
    if submit_now:
        submitted, moves = _submitted(call, Held(request, None, None))
        request, operations = replace(submitted, version=request.version), operations + moves
    return call.commit(
        _answer(request), create(RequestItem.from_request(request)), *_numbering(begun, request), *operations
    )


def _numbering(begun: Start, request: Request) -> list[Operation]:
    """The number is this request's, the counter moves on, and the version is still the one that people start."""
    _, pk, sk = RequestNumberItem.at(request.number)
    key = begun.process.id
    _, counter_pk, counter_sk = CounterItem.at(key, begun.year)
    counter = CounterItem(counter_pk, counter_sk, last=begun.count + 1)
    return [
        create(RequestNumberItem(pk, sk, request=request.id)),
        Put(counter, {"last": begun.count} if begun.count else None),
        Check(ProcessItem.at(key), {"published": begun.version.number, "status": "published"}),
    ]


def _blank(call: Call, begun: Start) -> Request:
    applicant = call.me
    return Request(
        id=call.new_id(),
        number=begun.number,
        process=begun.process.id,
        process_version=begun.version.number,
        title=begun.version.definition.title,
        applicant=applicant.id,
        applicant_name=applicant.name,
        department=applicant.department,
        department_path=applicant.department_path,
        subject="",
        values={},
        facts={},
        created_at=call.now,
    )


def _filled(call: Call, request: Request, form: Form, values: Values) -> Request:
    subject = subject_of(form, values)
    return replace(request, values=values, facts=facts(form, values, _world(call)), subject=subject)


def _form(call: Call, request: Request) -> Form:
    return processes.version_of(call.store, request.process, request.process_version).form


def _held_for_change(call: Call, request_id: str) -> Held:
    found = held(call, request_id)
    resource = resource_of(found.request, found.running)
    call.permit("request:change", resource, unseen=not call.may("request:view", resource))
    if call.expected_version not in (None, found.request.version):
        raise Stale(state=found.request.status)
    return found


def _submitted_as_it_stands(call: Call, found: Held) -> tuple[Request, list[Operation]]:
    """What was fine when it was filled in may not be any more: it is read again, in full."""
    form = _form(call, found.request)
    moved = move(found.request, "submit", call.now)
    values = read(form, found.request.values, _world(call, Attachments(call, KIND, found.request.id)))
    submitted, operations = _submitted(call, replace(found, request=_filled(call, found.request, form, values)))
    return replace(submitted, version=moved.version), operations


def _submitted(call: Call, found: Held) -> tuple[Request, list[Operation]]:
    """The request in approval, or approved, where nobody has to be asked."""
    moved = move(found.request, "submit", call.now)
    definition = processes.definition_of(call.store, moved.process, moved.process_version)
    id = approvals.approval_id(KIND, moved.id)
    running = found.running or begin(id, KIND, moved.id, definition, moved.applicant)
    action = Submit(by=call.me.id, seen=moved.version)
    decision, operations = approvals.move(call, running, found.item, action, summary_of(moved))
    moved = replace(moved, approval=id)
    if decision.running.status == "approved":
        moved = replace(move(moved, "approve", call.now), version=moved.version)
    return moved, operations


def _taken_back(call: Call, found: Held, name: Move) -> tuple[Request, list[Operation]]:
    request = found.request
    moved = move(request, name, call.now)
    if found.running is None or request.status not in ("pending", "returned", "withdrawn"):
        return moved, []
    kind = Withdraw if name == "withdraw" else Cancel
    action = kind(by=call.me.id, seen=request.version)
    _, operations = approvals.move(call, found.running, found.item, action, summary_of(request))
    return moved, operations
