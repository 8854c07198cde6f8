"""Changes of budgets that are asked for (预算调整申请): more, less, or a transfer from another line, upon approval."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from chalicelib.domain.budgets import LARGEST, Kind, Movement, Stamp
from chalicelib.domain.errors import FieldError, IllegalMove, Invalid
from chalicelib.domain.visits import number_of as digits_of_id

type What = Literal["more", "less", "transfer"]
type Status = Literal["draft", "pending", "returned", "withdrawn", "rejected", "approved", "cancelled"]
type Move = Literal["change", "submit", "approve", "return", "withdraw", "reject", "cancel"]

WHATS: tuple[What, ...] = ("more", "less", "transfer")
STATUSES: tuple[Status, ...] = ("draft", "pending", "returned", "withdrawn", "rejected", "approved", "cancelled")
MOVES: Mapping[tuple[Status, Move], Status] = {
    ("draft", "change"): "draft",
    ("draft", "submit"): "pending",
    ("draft", "cancel"): "cancelled",
    ("pending", "approve"): "approved",
    ("pending", "return"): "returned",
    ("pending", "withdraw"): "withdrawn",
    ("pending", "reject"): "rejected",
    ("pending", "cancel"): "cancelled",
    ("returned", "change"): "returned",
    ("returned", "submit"): "pending",
    ("returned", "cancel"): "cancelled",
    ("withdrawn", "change"): "withdrawn",
    ("withdrawn", "submit"): "pending",
    ("withdrawn", "cancel"): "cancelled",
}
"""(status, move) -> status; every other move is illegal and changes nothing. Approved, the money has moved."""

KIND = "budget_change"
PREFIX = "BC"
REASON_LIMIT = 500


@dataclass(frozen=True)
class BudgetChange:
    """What somebody asks of a line: `amount` minor units of its `currency`, above zero, `more` or `less`, or
    a `transfer` of them from the line `source`.

    `department` (with those above it), `category` and `period` are the line's. `round` counts submissions; `approval`
    is the running approval's id.
    """

    id: str
    number: str
    applicant: str
    applicant_name: str
    what: What
    line: str
    source: str
    department: str
    department_path: tuple[str, ...]
    category: str
    period: str
    currency: str
    amount: int
    reason: str
    created_at: datetime
    status: Status = "draft"
    round: int = 0
    approval: str | None = None
    submitted_at: datetime | None = None
    ended_at: datetime | None = None
    version: int = 1

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines that it is about, its own first."""
        return (self.line, self.source) if self.source else (self.line,)


def number_of(id: str) -> str:
    """The number that people say and write, of the random end of the id: `BC-12345678`."""
    return f"{PREFIX}-{digits_of_id(id)}"


def move(change: BudgetChange, name: Move, now: datetime) -> BudgetChange:
    """The change after a legal move, one version on; raises IllegalMove with the present status."""
    status = MOVES.get((change.status, name))
    if status is None:
        raise IllegalMove("budget_change_illegal_move", state=change.status, move=name)
    moved = replace(change, status=status, version=change.version + 1)
    match name:
        case "submit":
            return replace(moved, round=change.round + 1, submitted_at=change.submitted_at or now)
        case "approve" | "cancel" | "reject":
            return replace(moved, ended_at=now)
        case _:
            return moved


def moves_from(status: Status) -> tuple[Move, ...]:
    """What may happen next, in the table's order."""
    return tuple(name for (source, name) in MOVES if source == status)


def check(change: BudgetChange) -> None:
    """Raise Invalid naming every field that is wrong or missing."""
    faults = []
    if change.what == "transfer" and not change.source:
        faults.append(FieldError("source", "required"))
    if change.what != "transfer" and change.source:
        faults.append(FieldError("source", "only_for_transfers"))
    if change.source and change.source == change.line:
        faults.append(FieldError("source", "same_budget"))
    if not 0 < change.amount < LARGEST:
        faults.append(FieldError("amount", "bad_amount"))
    if not change.reason.strip():
        faults.append(FieldError("reason", "required"))
    if faults:
        raise Invalid(*faults)


def movements(change: BudgetChange, stamps: tuple[Stamp, Stamp]) -> list[Movement]:
    """What the approved change moves, naming it. Whether a line can bear it, its figures say at that moment."""

    def moved(line: str, kind: Kind, stamp: Stamp, other: str = "") -> Movement:
        named = {"document_kind": KIND, "document": change.id, "number": change.number}
        return Movement(
            stamp.id, line, kind, change.amount, stamp.at_time, stamp.by, change.reason, other=other, **named
        )

    match change.what:
        case "more":
            return [moved(change.line, "adjust", stamps[0])]
        case "less":
            return [moved(change.line, "give_back", stamps[0])]
        case "transfer":
            given = moved(change.source, "transfer_out", stamps[0], change.line)
            return [given, moved(change.line, "transfer_in", stamps[1], change.source)]
