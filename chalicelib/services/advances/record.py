"""An advance as the approvals engine, the inboxes and the policies see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.domain.advances import Advance, Move, move
from chalicelib.domain.approvals import Facts, Running
from chalicelib.domain.errors import NotFound
from chalicelib.models.advances import AdvanceItem
from chalicelib.models.approvals import RunningItem
from chalicelib.models.item import Key
from chalicelib.models.store import Operation
from chalicelib.models.store import replace as replace_item
from chalicelib.services import approvals
from chalicelib.services.advances.paying import KIND, to_be_paid
from chalicelib.services.advances.standing import counted
from chalicelib.services.call import Call
from chalicelib.services.documents import KINDS, DocumentKind, Summary
from chalicelib.services.permissions import Resource
from chalicelib.web.money import money

OUTCOMES: dict[str, Move] = {"approved": "approve", "rejected": "reject", "returned": "return"}


@dataclass(frozen=True)
class Held:
    """An advance and its approval, as read; `item` is what `running` was read from."""

    advance: Advance
    running: Running | None
    item: RunningItem | None


def keys_of(id: str) -> tuple[Key, Key]:
    """Where an advance and its approval are."""
    return AdvanceItem.at(id), RunningItem.at(approvals.approval_id(KIND, id))


def held(call: Call, id: str) -> Held:
    """The advance and its approval in one read; raises NotFound. The caller asks the policies."""
    head, item = call.store.get(*keys_of(id))
    if head is None:
        raise NotFound
    return Held(head.to(Advance), item.to(Running) if item else None, item)


def resource_of(advance: Advance, running: Running | None = None) -> Resource:
    """What the policies ask about an advance: the applicant, who takes part, the departments."""
    people = sorted(approvals.taking_part(running)) if running else []
    facts = {"owner": advance.applicant, "people": people, "departments": list(advance.department_path)}
    return Resource("Advance", advance.id, facts)


def facts_of(advance: Advance) -> Facts:
    """What conditions of its process may ask about; `amount` is in minor units."""
    return {
        "amount": advance.amount,
        "currency": advance.currency,
        "excess": "yes" if advance.excesses else "no",
        "department": advance.department_path,
    }


def summary_of(advance: Advance) -> Summary:
    """What inboxes show of an advance."""
    facts = {
        "number": advance.number,
        "amount": str(advance.amount),
        "currency": advance.currency,
        "due": advance.due.isoformat(),
        "summary": money(advance.amount, advance.currency),
    }
    return Summary(advance.purpose, advance.applicant_name, facts, facts_of(advance))


def _outcome(call: Call, document: AdvanceItem, status: str) -> Sequence[Operation]:
    """The advance as its approval's outcome leaves it: approved, it is to be paid; else it counts for nothing more."""
    moved = move(document.to(Advance), OUTCOMES[status], call.now)
    if moved.status == "approved":
        moved, follows = to_be_paid(call, moved, moved.amount)
    else:
        follows = counted(moved)
    return [replace_item(AdvanceItem.from_advance(moved)), *follows]


KINDS[KIND] = DocumentKind(
    name=KIND,
    at=AdvanceItem.at,
    path="/advances/{}".format,
    version=lambda document: int(document.version),
    summary=lambda document: summary_of(document.to(Advance)),
    outcome=_outcome,
)
