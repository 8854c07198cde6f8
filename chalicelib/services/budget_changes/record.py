"""A change of a budget as the approvals engine, the inboxes and the policies see it; approved, it moves the money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.domain.approvals import Facts, Running
from chalicelib.domain.budget_changes import KIND, BudgetChange, Move, move, movements
from chalicelib.domain.budgets import Movement, Stamp
from chalicelib.domain.errors import NotFound
from chalicelib.models.approvals import RunningItem
from chalicelib.models.budget_changes import BudgetChangeItem
from chalicelib.models.store import Operation
from chalicelib.models.store import replace as replace_item
from chalicelib.services import approvals
from chalicelib.services.budgets.unread import bears, unread
from chalicelib.services.call import Call
from chalicelib.services.documents import KINDS, DocumentKind, Summary
from chalicelib.services.permissions import Resource
from chalicelib.web.money import money

OUTCOMES: dict[str, Move] = {"approved": "approve", "rejected": "reject", "returned": "return"}
SIGNS = {"more": "+", "less": "-", "transfer": "→ "}


@dataclass(frozen=True)
class Held:
    """A change and its approval, as read; `item` is what `running` was read from."""

    change: BudgetChange
    running: Running | None
    item: RunningItem | None


def held(call: Call, id: str) -> Held:
    """The change and its approval in one read; raises NotFound. The caller asks the policies."""
    head, item = call.store.get(BudgetChangeItem.at(id), RunningItem.at(approvals.approval_id(KIND, id)))
    if head is None:
        raise NotFound
    return Held(head.to(BudgetChange), item.to(Running) if item else None, item)


def resource_of(change: BudgetChange, running: Running | None = None) -> Resource:
    """What the policies ask about a change: the applicant, who takes part, the line's departments."""
    people = sorted(approvals.taking_part(running)) if running else []
    facts = {"owner": change.applicant, "people": people, "departments": list(change.department_path)}
    return Resource("BudgetChange", change.id, facts)


def summary_of(change: BudgetChange) -> Summary:
    """What inboxes show of a change, and what conditions read."""
    subject = f"{SIGNS[change.what]}{money(change.amount, change.currency)} · {change.period}"
    values: Facts = {"amount": change.amount, "currency": change.currency, "department": change.department_path}
    return Summary(subject, change.applicant_name, {"number": change.number, "summary": change.reason}, values)


def moving(call: Call, change: BudgetChange) -> list[Operation]:
    """Operations by which the approved change moves money on its lines, if they can bear it then: else Overspent,
    BudgetClosed."""
    return [operation for each in _movements(call, change) for operation in unread(each)]


def bearing(call: Call, change: BudgetChange) -> list[Operation]:
    """Operations that refuse what its lines could not bear if it was approved at once."""
    return [bears(each) for each in _movements(call, change)]


def _movements(call: Call, change: BudgetChange) -> list[Movement]:
    first, second = (Stamp(call.new_id(), call.now, call.actor, change.reason) for _ in range(2))
    return movements(change, (first, second))


def _outcome(call: Call, document: BudgetChangeItem, status: str) -> Sequence[Operation]:
    """The change as its approval's outcome leaves it; approved, the money moves in the same transaction."""
    change: BudgetChange = document.to(BudgetChange)
    moved = move(change, OUTCOMES[status], call.now)
    operations: list[Operation] = [replace_item(BudgetChangeItem.from_change(moved))]
    return [*operations, *moving(call, change)] if moved.status == "approved" else operations


KINDS[KIND] = DocumentKind(
    name=KIND,
    at=BudgetChangeItem.at,
    path="/budget-changes/{}".format,
    version=lambda document: int(document.version),
    summary=lambda document: summary_of(document.to(BudgetChange)),
    outcome=_outcome,
)
