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
    """How a task stands; `closed` means that it ended without this person's decision."""

    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"
    RETURNED = "returned"
    CLOSED = "closed"


class Origin(StrEnum):
    """Why a person got the task."""

    RULE = "rule"
    ESCALATED = "escalated"


class What(StrEnum):
    """What an entry of the trail tells."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"  # the step asked nobody; `reason` says why
    ESCALATED = "escalated"  # the administrators were asked instead; `reason` says why
    COUNTED = "counted"  # the approvals that `about` gave to earlier steps count in this one


@dataclass(frozen=True, slots=True)
class Task:
    """One person's question: do you approve? `seen` is the document's version that was decided on.

    `id` is `{approval}.{n}`, n growing over the approval's life; `round` is the submission it belongs to.
    """

    id: str
    round: int
    step: str
    person: str
    opened_at: datetime
    on_behalf_of: str | None = None
    origin: Origin = Origin.RULE
    status: TaskStatus = TaskStatus.OPEN
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

    `round` counts submissions. `task_count` counts the tasks ever made, so that a caller may load only the
    tasks of the present round and an empty trail: the engine reads no other, and appends.
    """

    id: str
    document_kind: str
    document_id: str
    definition_key: str
    definition_version: int
    applicant: str
    round: int = 0
    status: Status = Status.DRAFT
    step: str | None = None
    tasks: tuple[Task, ...] = ()
    task_count: int = 0
    trail: tuple[Entry, ...] = ()

    @property
    def open_tasks(self) -> tuple[Task, ...]:
        """The tasks that wait for a decision: who is next, and since when."""
        return tuple(task for task in self.tasks if task.status is TaskStatus.OPEN)


def begin(id: str, document_kind: str, document_id: str, definition: Definition, applicant: str) -> Running:
    """A new approval, still a draft: `Submit` sets it going."""
    return Running(id, document_kind, document_id, definition.key, definition.version, applicant)
