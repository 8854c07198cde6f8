"""Who hears of what happened to a document in approval: read from the trail, once for each move."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from chalicelib.domain.approvals import Entry, Origin, What
from chalicelib.domain.errors import NotFound
from chalicelib.domain.processes import WALK_IN
from chalicelib.models.approvals import TaskItem, TrailItem
from chalicelib.services import directory
from chalicelib.services.approvals.moving import load
from chalicelib.services.approvals.rules import reassign
from chalicelib.services.call import Call
from chalicelib.services.directory import People
from chalicelib.services.documents import kind_of
from chalicelib.services.notifications import notify

OUTCOMES: Mapping[str, str] = {
    "approved": "approval_approved",
    "rejected": "approval_rejected",
    "returned": "approval_returned",
    "withdrawn": "approval_withdrawn",
}
"""What is told of a new status: of a withdrawal those who were asked, of the others the applicant."""


def task_opened(call: Call, task: TaskItem) -> None:
    """Tell an approver what waits for them; pass it on at once where they left or are away by now.

    The move that opened the task may have read the directory up to half a minute old.
    """
    person = directory.person(call.store, task.person, call.now, fresh=True)
    if not person.active or person.away(call.now):
        reassign(call, person.id)
    template, who = _why(call, task)
    notify(call, task.id, [task.person], template, {"person": who, "subject": task.subject}, f"/approvals/{task.id}")


def _why(call: Call, task: TaskItem) -> tuple[str, str]:
    """Which notice tells of a task, and the name that it mentions."""
    if task.definition_key == WALK_IN.key:
        return "guest_waiting", task.applicant_name
    match task.origin:
        case Origin.SUBSTITUTE:
            return "task_moved", _name(call, task.on_behalf_of)
        case Origin.TRANSFERRED:
            return "approval_transferred", _name(call, task.asked_by)
        case _:
            return "task_opened", task.applicant_name


def tell(call: Call, move: TrailItem) -> None:
    """Tell everybody whom a move concerns, nobody of what they did themselves."""
    for number, entry in enumerate(move.entries):
        telling = TELLINGS.get(entry.what)
        if telling:
            template, concerned = telling
            _tell(call, move, entry, f"{number}", template, concerned(call, move, entry), _to_decide(move))
    if move.outcome in OUTCOMES:
        _outcome(call, move)


def _outcome(call: Call, move: TrailItem) -> None:
    by = next((entry for entry in reversed(move.entries) if entry.who), move.entries[-1])
    if move.outcome == "withdrawn":
        asked = load(call, move.approval).running.people
        return _tell(call, move, by, "outcome", OUTCOMES[move.outcome], asked, _to_decide(move))
    path = kind_of(move.document_kind).path(move.document_id)
    return _tell(call, move, by, "outcome", OUTCOMES[move.outcome], [move.applicant], path)


def _tell(
    call: Call, move: TrailItem, entry: Entry, cause: str, template: str, people: Iterable[str], path: str
) -> None:
    others = [person for person in people if person and person != entry.who]
    facts = {"subject": move.subject, "person": _name(call, entry.who), "comment": entry.comment}
    shown = {name: value for name, value in facts.items() if value}
    notify(call, f"{move.approval}#{move.sk.rpartition('#')[2]}#{cause}", others[:99], template, shown, path)


def _to_decide(move: TrailItem) -> str:
    return f"/approvals/{move.approval}"


def _name(call: Call, person_id: str | None) -> str:
    if person_id is None:
        return ""
    return People(call.store, call.now).named([person_id]).get(person_id, "")


def _about(call: Call, move: TrailItem, entry: Entry) -> Iterable[str]:
    return entry.about


def _waiting(call: Call, move: TrailItem, entry: Entry) -> Iterable[str]:
    """Those who have to decide at this moment; nobody where the document is gone."""
    try:
        return [task.person for task in load(call, move.approval).running.open_tasks]
    except NotFound:
        return []


def _taking_part(call: Call, move: TrailItem, entry: Entry) -> Iterable[str]:
    return [move.applicant, *_waiting(call, move, entry)]


TELLINGS: Mapping[What, tuple[str, Callable[[Call, TrailItem, Entry], Iterable[str]]]] = {
    What.URGED: ("task_urged", _waiting),
    What.REMINDED: ("task_reminded", _about),
    What.COPIED: ("approval_copied", _about),
    What.COMMENTED: ("approval_commented", _taking_part),
    What.ADVISED: ("delegation_answered", _waiting),
}
"""By what happened: the notice and whom it concerns. Who gets a task hears of it by the task itself."""
