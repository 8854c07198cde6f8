"""The moves on an approval: those of people, and those that rules make when time passes or people go."""

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
    """A move on one's own open task. `task` names it; None means the one open task that the person has."""

    task: str | None = None


@dataclass(frozen=True, slots=True)
class Submit(Move):
    """The applicant asks for approval, for the first time or again after a return or withdrawal."""

    name: ClassVar[str] = "submit"


@dataclass(frozen=True, slots=True)
class Amend(Move):
    """The applicant asks for approval of a change; what was approved before stands until it is decided."""

    name: ClassVar[str] = "amend"


@dataclass(frozen=True, slots=True)
class Withdraw(Move):
    """The applicant takes the document back before it is decided."""

    name: ClassVar[str] = "withdraw"


@dataclass(frozen=True, slots=True)
class Cancel(Move):
    """The document itself is cancelled. Who may do that is the document's own rule: anybody may act here."""

    name: ClassVar[str] = "cancel"


@dataclass(frozen=True, slots=True)
class Approve(TaskMove):
    """The approver agrees. A delegate's agreement is advice."""

    name: ClassVar[str] = "approve"


@dataclass(frozen=True, slots=True)
class Reject(TaskMove):
    """The approver refuses for good. A delegate's refusal is advice."""

    name: ClassVar[str] = "reject"


@dataclass(frozen=True, slots=True)
class Return(TaskMove):
    """The approver sends the document back: to the applicant, or `to` an earlier step (its key) that asks again."""

    name: ClassVar[str] = "return"
    to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(TaskMove):
    """The task goes to somebody else for good (转办)."""

    name: ClassVar[str] = "transfer"
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegate(TaskMove):
    """Somebody else is asked for advice; then the task comes back (委派)."""

    name: ClassVar[str] = "delegate"
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddBefore(TaskMove):
    """These people must approve before me (前加签)."""

    name: ClassVar[str] = "add_before"
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddAfter(TaskMove):
    """These people must approve after me (后加签)."""

    name: ClassVar[str] = "add_after"
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remove(Move):
    """That person need not decide after all (减签)."""

    name: ClassVar[str] = "remove"
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyTo(Move):
    """These people are to know (抄送)."""

    name: ClassVar[str] = "copy_to"
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Urge(Move):
    """The applicant asks those who are next to hurry (催办)."""

    name: ClassVar[str] = "urge"


@dataclass(frozen=True, slots=True)
class Comment(Move):
    """Somebody who takes part says something; nothing else changes."""

    name: ClassVar[str] = "comment"


@dataclass(frozen=True, slots=True)
class TimeOut:
    """The hours of that open task are over."""

    name: ClassVar[str] = "time_out"
    task: str


@dataclass(frozen=True, slots=True)
class Reassign:
    """That person left or is away: what waits for them goes to whoever stands in."""

    name: ClassVar[str] = "reassign"
    person: str


type OnTask = Approve | Reject | Return | Transfer | Delegate | AddBefore | AddAfter
"""What people do with their own open task."""

type OnDocument = Submit | Amend | Withdraw | Cancel | Remove | CopyTo | Urge | Comment
"""What people do with the document."""

type Action = OnTask | OnDocument | TimeOut | Reassign
"""Every move."""
