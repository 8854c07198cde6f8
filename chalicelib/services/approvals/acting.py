"""What people do with the documents that are put before them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chalicelib.domain.approvals import (
    Action,
    AddAfter,
    AddBefore,
    Approve,
    Comment,
    CopyTo,
    Delegate,
    Reject,
    Remove,
    Return,
    Transfer,
    Urge,
)
from chalicelib.domain.errors import Contention, DomainError, FieldError, Invalid, Stale
from chalicelib.services.approvals.moving import OpenApproval, changed_document, load, move, resource_of
from chalicelib.services.call import Answer, Call, RequestKey

BULK_LIMIT = 50
ATTEMPTS = 4


@dataclass(frozen=True)
class Asked:
    """A move as a person asks for it: `people` are ids (one of them for moves that take one), `step` a step's key."""

    action: str
    comment: str = ""
    people: tuple[str, ...] = ()
    step: str | None = None


@dataclass(frozen=True)
class _Kind:
    """How a move is made of what was asked, which of the policies' actions it is, and what it needs.

    `stays`: one goes on looking at the document; after the others the inbox comes next.
    """

    make: Callable[[Asked, Mapping[str, Any]], Action]
    permission: str = "approval:decide"
    needs_comment: bool = False
    needs_people: bool = False
    stays: bool = False


MOVES: Mapping[str, _Kind] = {
    "approve": _Kind(lambda asked, who: Approve(**who)),
    "reject": _Kind(lambda asked, who: Reject(**who), needs_comment=True),
    "return": _Kind(lambda asked, who: Return(**who, to=asked.step), needs_comment=True),
    "transfer": _Kind(lambda asked, who: Transfer(**who, to=asked.people[0]), needs_people=True),
    "delegate": _Kind(lambda asked, who: Delegate(**who, to=asked.people[0]), needs_people=True),
    "add_before": _Kind(lambda asked, who: AddBefore(**who, people=asked.people), needs_people=True),
    "add_after": _Kind(lambda asked, who: AddAfter(**who, people=asked.people), needs_people=True),
    "remove": _Kind(
        lambda asked, who: Remove(**_plain(who), person=asked.people[0]), "approval:remove", False, True, True
    ),
    "copy_to": _Kind(
        lambda asked, who: CopyTo(**_plain(who), people=asked.people), "approval:view", needs_people=True, stays=True
    ),
    "urge": _Kind(lambda asked, who: Urge(**_plain(who)), "approval:view", stays=True),
    "comment": _Kind(lambda asked, who: Comment(**_plain(who)), "approval:view", needs_comment=True, stays=True),
}
"""All moves by the names that programs use."""


def _plain(who: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in who.items() if name != "task"}


def act(call: Call, task_or_approval: str, asked: Asked) -> Answer:
    """Make the move; the document changes with it in one transaction.

    Raises NotFound for who takes no part, Stale when the document changed since the version that the person saw,
    Invalid when the move lacks a comment or people, and what the engine raises.
    """
    _check(asked)
    held = load(call, task_or_approval)
    call.permit("approval:view", resource_of(held.running), unseen=True)
    if call.expected_version is not None and call.expected_version != held.document_version:
        raise Stale(state=held.running.status)
    made = _made(call, held, task_or_approval, asked)
    decision, operations = move(call, held.running, held.item, made, held.summary)
    call.permit(MOVES[asked.action].permission, resource_of(held.running))
    answer = {
        "id": task_or_approval,
        "status": str(decision.running.status),
        "document": {"kind": held.running.document_kind, "id": held.running.document_id},
        "location": _next_page(call, held, asked),
    }
    return call.commit(answer, *operations, *changed_document(call, held, decision))


def _next_page(call: Call, held: OpenApproval, asked: Asked) -> str:
    if not MOVES[asked.action].stays:
        return "/approvals"
    if call.me.id == held.running.applicant:
        return held.kind.path(held.running.document_id)
    return f"/approvals/{held.running.id}"


def _check(asked: Asked) -> None:
    kind = MOVES[asked.action]
    if kind.needs_comment and not asked.comment:
        raise Invalid(FieldError("comment", "comment_needed"))
    if kind.needs_people and not asked.people:
        raise Invalid(FieldError("people", "required"))


def _made(call: Call, held: OpenApproval, task_or_approval: str, asked: Asked) -> Action:
    task = task_or_approval if "." in task_or_approval else None
    who = {"by": call.me.id, "seen": held.document_version, "comment": asked.comment, "task": task}
    return MOVES[asked.action].make(asked, who)


def approve_all(call: Call, ids: Sequence[str], comment: str) -> Answer:
    """Approve each of the tasks (at most BULK_LIMIT) in a transaction of its own; one that is refused stops no other.

    Answers by task what became of it: the approval's status, or the code of the refusal. A repetition of the request
    gives each task's first answer again.
    """
    results = [_approved(call, id, comment) for id in dict.fromkeys(ids)]
    call.permitted.append("each task asked the policies")
    done = sum("status" in result for result in results)
    return {"results": results, "approved": done, "refused": len(results) - done, "location": "/approvals"}


def _approved(call: Call, id: str, comment: str) -> dict[str, str]:
    key = RequestKey(f"{call.key.value}#{id}", call.key.fingerprint) if call.key else None
    own = replace(call, key=key, permitted=[])
    try:
        return {"id": id, "status": _patiently(own, id, comment)["status"]}
    except Invalid:
        raise
    except DomainError as error:
        return {"id": id, "code": error.code}


def _patiently(call: Call, id: str, comment: str) -> Answer:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return act(call, id, Asked("approve", comment))
        except DomainError as error:
            first = call.first_answer()
            if first is not None:
                return first
            if not isinstance(error, Contention) or attempt == ATTEMPTS:
                raise
    raise Contention
