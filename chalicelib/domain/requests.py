"""Requests (申请单): documents of custom processes, from draft to decision."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from chalicelib.domain.approvals.conditions import Facts
from chalicelib.domain.errors import IllegalMove
from chalicelib.domain.forms import Form, Kind, Values

type Status = Literal["draft", "pending", "returned", "withdrawn", "rejected", "approved", "cancelled"]
type Move = Literal["change", "submit", "approve", "return", "withdraw", "reject", "cancel"]

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
"""(status, move) -> status; every other move is illegal and changes nothing."""

STATUSES: tuple[Status, ...] = ("draft", "pending", "returned", "withdrawn", "rejected", "approved", "cancelled")
SUBJECT_LIMIT = 60


@dataclass(frozen=True)
class Request:
    """A request with what was filled in.

    `number` is what people call it; `process` and `process_version` name the form and the steps that it keeps;
    `title` is the process's; `facts` are what its conditions ask about, as of the last change; `round` counts
    submissions; `approval` is the running approval's id; `submitted_at` is the first submission's time.
    """

    id: str
    number: str
    process: str
    process_version: int
    title: Mapping[str, str]
    applicant: str
    applicant_name: str
    department: str
    department_path: tuple[str, ...]
    subject: str
    values: Values
    facts: Facts
    created_at: datetime
    status: Status = "draft"
    round: int = 0
    approval: str | None = None
    submitted_at: datetime | None = None
    ended_at: datetime | None = None
    version: int = 1


def move(request: Request, name: Move, now: datetime) -> Request:
    """The request after a legal move, one version on; raises IllegalMove with the present status."""
    status = MOVES.get((request.status, name))
    if status is None:
        raise IllegalMove("request_illegal_move", state=request.status, move=name)
    moved = replace(request, status=status, version=request.version + 1)
    match name:
        case "submit":
            return replace(moved, round=request.round + 1, submitted_at=request.submitted_at or now)
        case "approve" | "cancel" | "reject":
            return replace(moved, ended_at=now)
        case _:
            return moved


def moves_from(status: Status) -> tuple[Move, ...]:
    """What may happen next, in the table's order."""
    return tuple(name for (source, name) in MOVES if source == status)


def subject_of(form: Form, values: Values) -> str:
    """How lists call a request: the first line of text that was filled in, "" where there is none."""
    texts = (str(values[field.key]) for field in form.fields if field.kind in _TELLING and field.key in values)
    return next(texts, "").partition("\n")[0][:SUBJECT_LIMIT]


_TELLING = (Kind.TEXT, Kind.LONG_TEXT)


def number_of(prefix: str, year: int, count: int) -> str:
    """The number that people say and write: `LEAVE-2026-00042`."""
    return f"{prefix}-{year}-{count:05}"
