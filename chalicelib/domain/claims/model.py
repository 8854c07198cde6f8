"""What a claim (报销单) is: lines with their shares of departments, what it is linked to, what it holds of budgets."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from chalicelib.domain.compliance import Finding
from chalicelib.domain.visits.model import number_of as digits_for

type Status = Literal[
    "draft", "pending", "returned", "withdrawn", "rejected", "cancelled", "approved", "paid", "reversed"
]
type Move = Literal[
    "change", "submit", "correct", "approve", "return", "withdraw", "reject", "cancel", "settle", "reverse"
]
type LinkKind = Literal["visit", "application"]

PREFIX = "CL"
LINES_LIMIT = 30
LINKS_LIMIT = 5
OFFSETS_LIMIT = 5
ALLOCATIONS_LIMIT = 8
BUDGETS_LIMIT = 8
"""Budget lines that one claim takes from: they, their freezes and their movements have to fit one transaction."""


@dataclass(frozen=True)
class Allocation:
    """A department's share (分摊) of a line, in minor units of the claim's currency.

    `budget` is the budget line that it takes from since the submission, "" where the department has none for it;
    `share` is the percentage that was stated, "" for a sum.
    """

    department: str
    amount: int
    budget: str = ""
    share: str = ""


@dataclass(frozen=True)
class Line:
    """One expense (费用明细). `key` names it within the claim, for good.

    `amount` and `tax` are in minor units of its own `currency`, `converted` in those of the claim's, by `rate` of
    `rate_day` ("1" and None where both currencies are one): what was converted once stays as it is. `invoice` is the id
    of a received invoice, "" for none; `reason` is what the applicant says to a finding.

    `sanctioned` (核定金额) is what an approver leaves of `converted`, None where nobody changed it; `refusal` is why.
    """

    key: str
    category: str
    day: date
    amount: int
    currency: str
    converted: int
    allocations: tuple[Allocation, ...]
    place: str = ""
    heads: int = 0
    nights: int = 0
    tax: int = 0
    rate: str = "1"
    rate_day: date | None = None
    description: str = ""
    project: str = ""
    customer: str = ""
    invoice: str = ""
    vendor: str = ""
    sanctioned: int | None = None
    refusal: str = ""
    reason: str = ""

    @property
    def granted(self) -> int:
        """What is paid of the line, in minor units of the claim's currency."""
        return self.converted if self.sanctioned is None else self.sanctioned

    @property
    def refused(self) -> bool:
        """Whether nothing of the line is paid."""
        return self.sanctioned == 0


@dataclass(frozen=True)
class Offset:
    """So much of the claim clears an advance (冲销借款), in minor units of the claim's currency."""

    advance: str
    amount: int


@dataclass(frozen=True)
class Link:
    """A pre-application (前置单据) that the claim settles; `finished` says that nothing more is to come of it."""

    kind: LinkKind
    document: str
    number: str = ""
    finished: bool = False


@dataclass(frozen=True)
class Taken:
    """So much of a budget line is the claim's, taken over from a pre-application, or (kind "") frozen anew."""

    line: str
    amount: int
    source_kind: str = ""
    source: str = ""


@dataclass(frozen=True)
class Claim:
    """A claim. Sums are in minor units of `currency`; `payable` (应付) is what advances leave, from the approval on.

    `department_path` is the applicant's department and all above; `taken` is what the claim holds, or last held, of
    budgets; `findings` are those of the last submission; `round` counts submissions; `approval` is the running
    approval's id. `audited` says that the lot fell on it for an audit, `auto` that it approves itself. `reversal` is
    why a paid one was reversed; `budget_reason` is what its applicant says to what is found at the claim as a whole.
    """

    id: str
    number: str
    applicant: str
    applicant_name: str
    department: str
    department_path: tuple[str, ...]
    currency: str
    purpose: str
    lines: tuple[Line, ...]
    created_at: datetime
    links: tuple[Link, ...] = ()
    offsets: tuple[Offset, ...] = ()
    taken: tuple[Taken, ...] = ()
    findings: tuple[Finding, ...] = ()
    status: Status = "draft"
    round: int = 0
    approval: str | None = None
    submitted_at: datetime | None = None
    approved_at: datetime | None = None
    paid_at: datetime | None = None
    ended_at: datetime | None = None
    payable: int = 0
    budget_reason: str = ""
    audited: bool = False
    auto: bool = False
    reversal: str = ""
    version: int = 1

    @property
    def total(self) -> int:
        """What is claimed."""
        return sum(line.converted for line in self.lines)

    @property
    def sanctioned(self) -> int:
        """What is granted of it."""
        return sum(line.granted for line in self.lines)


def number_of(claim_id: str) -> str:
    """The number of a new claim: CL and eight digits from the random end of its ULID."""
    return PREFIX + digits_for(claim_id)
