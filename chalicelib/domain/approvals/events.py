"""What a move brought about, as data for the caller to act on."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.approvals.running import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Which approval of which document, and which person's move at what time (UTC) brought it about."""

    approval: str
    document_kind: str
    document_id: str
    applicant: str
    round: int
    by: str
    at: datetime
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOpened(Event):
    """Somebody has to decide now."""

    task: Task


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskClosed(Event):
    """The task waits no longer; its status tells whether it was decided or merely closed."""

    task: Task


class Submitted(Event):
    """The document went into approval."""


class Approved(Event):
    """The last step is done."""


class Rejected(Event):
    """An approver refused."""


class Returned(Event):
    """The document is with the applicant again."""


class Withdrawn(Event):
    """The applicant took the document back."""


class Cancelled(Event):
    """The document was cancelled before it was decided."""
