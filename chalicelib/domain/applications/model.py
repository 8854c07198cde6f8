"""A budget application (业务招待预算申请): money that somebody asks for before spending it, from draft to finish."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from chalicelib.domain.applications.rows import Row
from chalicelib.domain.budgets import Share
from chalicelib.domain.errors import IllegalMove
from chalicelib.domain.visits.model import number_of as digits_for

type Status = Literal["draft", "pending", "returned", "withdrawn", "rejected", "cancelled", "approved", "finished"]
type Move = Literal["change", "submit", "approve", "return", "withdraw", "reject", "cancel", "finish"]

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
    ("approved", "finish"): "finished",
    ("approved", "cancel"): "cancelled",
}
"""(status, move) -> status; every other move is illegal and changes nothing."""

STATUSES: tuple[Status, ...] = (
    "draft",
    "pending",
    "returned",
    "withdrawn",
    "rejected",
    "cancelled",
    "approved",
    "finished",
)

HOLDING: frozenset[Status] = frozenset({"pending", "approved"})
"""An application in one of these statuses holds money of its budgets; in every other one it has given it back."""

PREFIX = "BA"


@dataclass(frozen=True)
class Application:
    """An application with its rows; sums are minor units of `currency`, which is that of the applicant's site.

    `visit` and `visit_number` name the visit for which it is, "" where it is for none. `shares` is what it took of each
    budget line at its submission: what it still holds, the line's freeze says, because claims take over from it.
    `round` counts submissions; `submitted_at` is the first one's time; `ended_at` is when it was rejected, cancelled
    or finished.
    """

    id: str
    number: str
    applicant: str
    applicant_name: str
    department: str
    department_path: tuple[str, ...]
    site: str
    currency: str
    purpose: str
    rows: tuple[Row, ...]
    created_at: datetime
    visit: str = ""
    visit_number: str = ""
    shares: tuple[Share, ...] = ()
    budget_reason: str = ""
    status: Status = "draft"
    round: int = 0
    approval: str | None = None
    submitted_at: datetime | None = None
    approved_at: datetime | None = None
    ended_at: datetime | None = None
    version: int = 1

    @property
    def total(self) -> int:
        """What is asked for in all."""
        return sum(row.converted for row in self.rows)

    @property
    def over(self) -> int:
        """How much of it was beyond the budgets when it was submitted."""
        return sum(share.over for share in self.shares)

    @property
    def first_day(self) -> date:
        """The first day of all rows."""
        return min(row.day for row in self.rows)


@dataclass(frozen=True)
class Asked:
    """What an applicant states: what for, the rows, the visit that it is for ("" for none), and why a budget may be
    exceeded."""

    purpose: str
    rows: tuple[Row, ...]
    visit: str = ""
    budget_reason: str = ""


def number_of(application_id: str) -> str:
    """The number of a new application: BA and eight digits from the random end of its ULID."""
    return PREFIX + digits_for(application_id)


def move(application: Application, name: Move, now: datetime) -> Application:
    """The application after a legal move, one version on; raises IllegalMove with the present status."""
    status = MOVES.get((application.status, name))
    if status is None:
        raise IllegalMove("application_illegal_move", state=application.status, move=name)
    moved = replace(application, status=status, version=application.version + 1)
    match name:
        case "submit":
            return replace(moved, round=application.round + 1, submitted_at=application.submitted_at or now)
        case "approve":
            return replace(moved, approved_at=now)
        case "reject" | "cancel" | "finish":
            return replace(moved, ended_at=now)
        case _:
            return moved


def moves_from(status: Status) -> tuple[Move, ...]:
    """What may happen next, in the table's order."""
    return tuple(name for (source, name) in MOVES if source == status)
