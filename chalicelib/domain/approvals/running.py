"""A running approval: one document on its way through one version of a definition."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.approvals.definition import Definition


class Status(StrEnum):
    """Where the approval stands. Approved, rejected and cancelled are final."""

    DRAFT = "draft"  # made by `begin`, not submitted yet
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"


class TaskStatus(StrEnum):
    """How a task stands. Its person decides only while it is open."""

    QUEUED = "queued"  # its turn has not come: it waits for the tasks in `after`
    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"
    RETURNED = "returned"
    ADVISED_FOR = "advised_for"  # a delegate would approve; the delegator decides
    ADVISED_AGAINST = "advised_against"
    CLOSED = "closed"  # undecided, and no longer needed
    TRANSFERRED = "transferred"  # its person gave it to somebody else
    MOVED = "moved"  # a rule gave it to somebody else: its person left, is away or let it wait too long
    REMOVED = "removed"
    LAPSED_FOR = "lapsed_for"  # nobody decided in time, and the step's rule approved
    LAPSED_AGAINST = "lapsed_against"


LIVING = frozenset({TaskStatus.QUEUED, TaskStatus.OPEN})
"""The task still waits for somebody."""

DECIDED = frozenset(
    {
        TaskStatus.APPROVED,
        TaskStatus.REJECTED,
        TaskStatus.RETURNED,
        TaskStatus.ADVISED_FOR,
        TaskStatus.ADVISED_AGAINST,
    }
)
"""The task's person answered it."""


class Origin(StrEnum):
    """Why a person got the task."""

    RULE = "rule"
    ESCALATED = "escalated"  # nobody matched, or nobody decided in time
    SUBSTITUTE = "substitute"  # for somebody who is away or left
    TRANSFERRED = "transferred"  # 转办
    DELEGATED = "delegated"  # 委派: the answer is advice
    ADDED = "added"  # 加签


class What(StrEnum):
    """What an entry of the trail tells."""

    SUBMITTED = "submitted"
    AMENDED = "amended"  # a change was submitted
    APPROVED = "approved"
    REJECTED = "rejected"
    RETURNED = "returned"
    RETURNED_TO = "returned_to"  # `reason` is the earlier step's key
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    TRANSFERRED = "transferred"
    DELEGATED = "delegated"
    ADVISED = "advised"  # `reason` is "for" or "against"
    ADDED = "added"  # `reason` is "before" or "after"
    REMOVED = "removed"
    COPIED = "copied"  # without `who`: by the definition, on approval
    URGED = "urged"
    COMMENTED = "commented"
    SKIPPED = "skipped"  # the step asked nobody; `reason` says why
    AUTO_APPROVED = "auto_approved"  # the step's rule held
    ESCALATED = "escalated"  # the administrators were asked instead; `reason` says why
    COUNTED = "counted"  # the approvals that `about` gave to earlier steps count in this one
    TIMED_OUT = "timed_out"  # `reason` is what then happened, to the task of the first of `about`
    REMINDED = "reminded"
    MOVED = "moved"  # from the first of `about` to the second; `reason` says why


@dataclass(frozen=True, slots=True)
class Task:
    """One person's question: do you approve? `seen` is the document's version that was decided on.

    `id` is `{approval}.{n}`, n growing over the approval's life. `round` is the submission and `turn` the asking of a
    step that it belongs to; `seat` is the id of the first task in its approver's place. `opened_at` and `due_at` (UTC)
    are None while it is queued, `due_at` also where the step has no hours. `asked_by` transferred, delegated or added.
    """

    id: str
    round: int
    turn: int
    step: str
    seat: str
    person: str
    status: TaskStatus = TaskStatus.OPEN
    origin: Origin = Origin.RULE
    opened_at: datetime | None = None
    due_at: datetime | None = None
    after: tuple[str, ...] = ()
    on_behalf_of: str | None = None
    asked_by: str | None = None
    decided_at: datetime | None = None
    comment: str = ""
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the trail. `who` is None where a rule acted; `about` are the people whom it concerns."""

    at: datetime
    round: int
    what: What
    who: str | None = None
    on_behalf_of: str | None = None
    step: str | None = None
    comment: str = ""
    seen: int | None = None
    reason: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Running:
    """The approval of one document. `step` is the current step's key while pending, else None.

    `round` counts submissions, `turn` the askings of steps over the whole life, `task_count` the tasks ever made and
    `entry_count` the trail's entries. `tasks` are those of the present turn only, so nothing stale can be acted on;
    nor is the trail in here. `passed` are the keys of the steps that asked somebody in this round and are done,
    `approvals` who approved which step in this round, `counted` those whose earlier approval counts in this turn.
    `people` is everybody who ever had a task, `copied` everybody who got a copy.
    """

    id: str
    document_kind: str
    document_id: str
    definition_key: str
    definition_version: int
    applicant: str
    round: int = 0
    turn: int = 0
    status: Status = Status.DRAFT
    step: str | None = None
    tasks: tuple[Task, ...] = ()
    task_count: int = 0
    passed: tuple[str, ...] = ()
    approvals: tuple[tuple[str, str], ...] = ()
    counted: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    entry_count: int = 0
    copied: tuple[str, ...] = ()
    urged_at: datetime | None = None

    @property
    def open_tasks(self) -> tuple[Task, ...]:
        """The tasks that wait for a decision: who is next, and since when."""
        return tuple(task for task in self.tasks if task.status is TaskStatus.OPEN)


def begin(id: str, document_kind: str, document_id: str, definition: Definition, applicant: str) -> Running:
    """A new approval, still a draft: `Submit` sets it going."""
    return Running(id, document_kind, document_id, definition.key, definition.version, applicant)
