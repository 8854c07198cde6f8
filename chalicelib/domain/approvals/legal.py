"""Which move is legal when, and who may make it."""

from collections.abc import Mapping

from chalicelib.domain.approvals.actions import (
    Action,
    AddAfter,
    AddBefore,
    Amend,
    Approve,
    Cancel,
    Comment,
    CopyTo,
    Delegate,
    OnDocument,
    OnTask,
    Reassign,
    Reject,
    Remove,
    Return,
    Submit,
    TimeOut,
    Transfer,
    Urge,
    Withdraw,
)
from chalicelib.domain.approvals.handing import removable
from chalicelib.domain.approvals.people import People
from chalicelib.domain.approvals.refusals import NotYours
from chalicelib.domain.approvals.running import Origin, Running, Status, Task
from chalicelib.domain.errors import IllegalMove

_ON_TASKS = frozenset({Approve, Reject, Return, Transfer, Delegate, AddBefore, AddAfter})
_TALKING = frozenset({CopyTo, Comment})
_ADVICE = frozenset({Approve, Reject})
_APPLICANTS = frozenset({Submit, Amend, Withdraw, Urge, Cancel})

MOVES: Mapping[Status, frozenset[type[Action]]] = {
    Status.DRAFT: frozenset({Submit}),
    Status.PENDING: _ON_TASKS | _TALKING | {Withdraw, Cancel, Remove, Urge, TimeOut, Reassign},
    Status.APPROVED: _TALKING | {Amend},
    Status.REJECTED: _TALKING | {Amend},
    Status.RETURNED: _TALKING | {Submit, Amend, Cancel},
    Status.WITHDRAWN: _TALKING | {Submit, Amend, Cancel},
    Status.CANCELLED: _TALKING,
}


def legal_moves(running: Running, person: str, people: People) -> frozenset[str]:
    """The names of the moves that this person may make now; pages offer exactly these.

    `cancel` is among the applicant's: the document's own rules may give it to others. `urge` is, however lately it was
    made.
    """
    return frozenset(kind.name for kind in MOVES[running.status] if _may(running, kind, person, people))


def must_be_legal(running: Running, action: Action) -> None:
    """Raises IllegalMove where the status has no such move."""
    if type(action) not in MOVES[running.status]:
        raise IllegalMove(state=running.status, move=action.name)


def must_be_theirs(running: Running, action: OnDocument, people: People) -> None:
    """Raises NotYours for somebody who has no such move. Whom one may remove is said by that move itself."""
    match action:
        case Cancel():
            theirs = True
        case Remove():
            theirs = action.by != running.applicant and _works_here(action.by, people)
        case _:
            theirs = _may(running, type(action), action.by, people)
    if not theirs:
        raise NotYours(move=action.name)


def own_task(running: Running, action: OnTask, people: People) -> Task:
    """The person's open task that the move is about.

    Raises NotYours for those who have none (`own_document` for the applicant), IllegalMove `already_decided` for those
    who had it, and `advice_only` for what a delegate cannot do.
    """
    if action.by == running.applicant:
        raise NotYours("own_document", move=action.name)
    task = _open_task(running, action.by, people)
    if task is None or action.task not in (None, task.id):
        if action.by in running.people and _works_here(action.by, people):
            raise IllegalMove("already_decided", state=running.status, move=action.name)
        raise NotYours(move=action.name)
    if task.origin is Origin.DELEGATED and type(action) not in _ADVICE:
        raise IllegalMove("advice_only", state=running.status, move=action.name)
    return task


def takes_part(running: Running, person: str) -> bool:
    """Whether the document concerns the person: they applied, were asked or got a copy."""
    return person == running.applicant or person in running.people or person in running.copied


def _may(running: Running, kind: type[Action], person: str, people: People) -> bool:
    if kind in _APPLICANTS:
        return person == running.applicant
    if kind in _TALKING:
        return takes_part(running, person) and _works_here(person, people)
    if kind is Remove:
        return bool(removable(running, person, people))
    if kind in _ON_TASKS and person != running.applicant:
        task = _open_task(running, person, people)
        return task is not None and (kind in _ADVICE or task.origin is not Origin.DELEGATED)
    return False


def _open_task(running: Running, person: str, people: People) -> Task | None:
    if not _works_here(person, people):
        return None
    return next((task for task in running.open_tasks if task.person == person), None)


def _works_here(id: str, people: People) -> bool:
    person = people.person(id)
    return person is not None and person.active
