"""The moves that people make on an approval."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Move:
    """Who acts, and on which version of the document."""

    name: ClassVar[str]
    by: str
    seen: int
    comment: str = ""


@dataclass(frozen=True, slots=True)
class TaskMove(Move):
    """A decision. `task` names the task to decide; None means the open task that the person has."""

    task: str | None = None


@dataclass(frozen=True, slots=True)
class Submit(Move):
    """The applicant asks for approval, for the first time or again after a return or withdrawal."""

    name: ClassVar[str] = "submit"


@dataclass(frozen=True, slots=True)
class Approve(TaskMove):
    """The approver agrees."""

    name: ClassVar[str] = "approve"


@dataclass(frozen=True, slots=True)
class Reject(TaskMove):
    """The approver refuses for good."""

    name: ClassVar[str] = "reject"


@dataclass(frozen=True, slots=True)
class Return(TaskMove):
    """The approver sends the document back to the applicant, who may correct and submit it again."""

    name: ClassVar[str] = "return"


@dataclass(frozen=True, slots=True)
class Withdraw(Move):
    """The applicant takes the document back before it is decided."""

    name: ClassVar[str] = "withdraw"


@dataclass(frozen=True, slots=True)
class Cancel(Move):
    """The document itself is cancelled. Who may do that is the document's own rule: anybody may act here."""

    name: ClassVar[str] = "cancel"


type Action = Submit | Approve | Reject | Return | Withdraw | Cancel
