"""Advances (借款): money that an employee is given for a purpose beforehand and accounts for afterwards.

| status    | means                                                    | next                                 |
|-----------|----------------------------------------------------------|--------------------------------------|
| draft     | being written                                            | pending, cancelled                   |
| pending   | its approvers decide                                     | approved, returned, withdrawn,       |
|           |                                                          | rejected, cancelled                  |
| returned  | its approvers want it changed                            | pending, cancelled                   |
| withdrawn | its applicant took it back                               | pending, cancelled                   |
| approved  | to be paid, and nothing was paid yet                     | open, cancelled                      |
| open      | paid, or partly, and not accounted for entirely          | settled                              |
| settled   | paid as a whole, and cleared or returned as a whole      | open (a claim that cleared of it is  |
|           |                                                          | reversed)                            |
| rejected, cancelled                                                  | -                                    |

Of every advance, whatever happens in whatever order:

- outstanding (未还清) = paid - cleared - returned, and it is never below zero;
- reserved + scheduled <= outstanding: what submitted claims and the payroll are going to take is there;
- paid <= amount;
- reserved and cleared are the sums over its clearings, scheduled is the sum of its deductions;
- each figure is the sum of what its movements say (movements.py), so that a return counts once, however many payments
  there were.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from chalicelib.domain.errors import FieldError, IllegalMove, Invalid

type Status = Literal[
    "draft", "pending", "returned", "withdrawn", "rejected", "cancelled", "approved", "open", "settled"
]
type Move = Literal["change", "submit", "approve", "return", "withdraw", "reject", "cancel"]
type Origin = Literal["application", "reversal"]
"""What it comes from: somebody asked for it, or a claim was reversed after its payment."""

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
    ("approved", "cancel"): "cancelled",
}
"""(status, move) -> status, until it is paid; every other move is illegal. What money moves is in movements.py."""

STATUSES: tuple[Status, ...] = (
    *("draft", "pending", "returned", "withdrawn", "rejected", "cancelled"),
    *("approved", "open", "settled"),
)
LARGEST = 10**15
"""Minor units: no advance is larger."""
PARTS = 20
"""Payables that are made of one advance at most, with those that were divided."""
LONGEST = 366
"""Days until it is due at most."""
_BASE32_TO_PYTHON = str.maketrans("0123456789ABCDEFGHJKMNPQRSTVWXYZ", "0123456789abcdefghijklmnopqrstuv")


@dataclass(frozen=True)
class Clearing:
    """What a claim takes of the advance (冲销): `reserved` while it is decided on, `cleared` once it is posted."""

    claim: str
    number: str
    reserved: int = 0
    cleared: int = 0


@dataclass(frozen=True)
class Deduction:
    """What the payroll is going to keep back of a salary (工资扣款) in a `month` (YYYY-MM), in minor units."""

    id: str
    month: str
    amount: int


@dataclass(frozen=True)
class Excess:
    """A rule that the advance breaks, as of its submission: `limit` (of minor units, with what was `open` already), or
    `overdue` (with the `number` of the advance that was due on `due`)."""

    rule: Literal["limit", "overdue"]
    limit: int = 0
    open: int = 0
    number: str = ""
    due: date | None = None


@dataclass(frozen=True)
class Advance:
    """An advance with its account, in minor units of `currency`.

    `due` is the day by which it is to be accounted for; `source_kind`, `source` and `source_number` name the visit that
    it is for, or the claim whose reversal it comes from; `reason` is why it should be given against `excesses`.
    `round` counts submissions, `parts` the payables that were made of it, of which `payables` (ids) are to be paid
    still. `remind_at` is when the schedule looks next whether to remind its owner, None while nothing is owed.
    """

    id: str
    number: str
    applicant: str
    applicant_name: str
    department: str
    department_path: tuple[str, ...]
    purpose: str
    currency: str
    amount: int
    due: date
    created_at: datetime
    source_kind: str = ""
    source: str = ""
    source_number: str = ""
    reason: str = ""
    excesses: tuple[Excess, ...] = ()
    origin: Origin = "application"
    status: Status = "draft"
    round: int = 0
    approval: str | None = None
    submitted_at: datetime | None = None
    approved_at: datetime | None = None
    paid_at: datetime | None = None
    settled_at: datetime | None = None
    paid: int = 0
    reserved: int = 0
    scheduled: int = 0
    cleared: int = 0
    returned: int = 0
    clearings: tuple[Clearing, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    parts: int = 0
    payables: tuple[str, ...] = ()
    remind_at: datetime | None = None
    version: int = 1

    @property
    def outstanding(self) -> int:
        """What its owner owes: paid, and neither cleared nor returned."""
        return self.paid - self.cleared - self.returned

    @property
    def free(self) -> int:
        """What of it neither a claim nor the payroll is going to take: what can be cleared or returned."""
        return self.outstanding - self.reserved - self.scheduled

    @property
    def unpaid(self) -> int:
        """What is to be paid of it still."""
        return self.amount - self.paid

    def overdue(self, today: date) -> bool:
        """Whether something is owed of it after its day."""
        return self.outstanding > 0 and self.due < today

    def clearing(self, claim: str, number: str = "") -> Clearing:
        """What a claim takes of it, nothing for one that it does not know."""
        return next((each for each in self.clearings if each.claim == claim), Clearing(claim, number))


@dataclass(frozen=True)
class Stated:
    """What an applicant states: purpose, sum in minor units, the day it is to be accounted for, the visit it is for."""

    purpose: str
    currency: str
    amount: int
    due: date
    visit: str = ""
    reason: str = ""


def check_stated(stated: Stated, today: date) -> None:
    """Raise Invalid naming everything that cannot be."""
    faults = []
    if not stated.purpose.strip():
        faults.append(FieldError("purpose", "required"))
    if not 0 < stated.amount < LARGEST:
        faults.append(FieldError("amount", "bad_amount"))
    if not 0 <= (stated.due - today).days <= LONGEST:
        faults.append(FieldError("due", "advance_due_range", {"days": str(LONGEST)}))
    if faults:
        raise Invalid(*faults)


def move(advance: Advance, name: Move, now: datetime) -> Advance:
    """The advance after a legal move, one version on; raises IllegalMove with the present status."""
    status = MOVES.get((advance.status, name))
    if status is None:
        raise IllegalMove("advance_illegal_move", state=advance.status, move=name)
    moved = replace(advance, status=status, version=advance.version + 1)
    match name:
        case "submit":
            return replace(moved, round=advance.round + 1, submitted_at=advance.submitted_at or now)
        case "approve":
            return replace(moved, approved_at=now)
        case _:
            return moved


def moves_from(status: Status) -> tuple[Move, ...]:
    """What may happen next, in the table's order."""
    return tuple(name for (source, name) in MOVES if source == status)


def number_of(id: str, prefix: str = "AD") -> str:
    """The number that people say: eight digits from the random end of a ULID, as reservations have them."""
    return f"{prefix}{int(id[-8:].translate(_BASE32_TO_PYTHON), 32) % 90_000_000 + 10_000_000}"
