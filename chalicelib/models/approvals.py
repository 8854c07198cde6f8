"""Table `approvals`: running approvals with their trails, the tasks that people hold, copies for information.

| question | key |
|---|---|
| an approval with its trail | pk `approval#ID`, sk `approval` and `approval#trail#NNNNNN`: one Query by prefix |
| what I must decide, most urgent first | task's index1 `inbox#PERSON`, `DUE#OPENED#TASK`, present only while open |
| what I decided, newest first | task's index2 `decided#PERSON`, `DECIDED#TASK` |
| what I decided of one process, newest first | task's index3 `decided#PERSON#PROCESS`, `DECIDED#TASK` |
| which tasks are due (schedule) | task's index3 `due#SHARD` (8), `DUE#TASK`, while open with a time limit |
| what I started, newest first | approval's index1 `started#PERSON`, `DOCUMENT` (a ULID sorts by its time) |
| what was copied to me, newest first | copy's index1 `copied#PERSON`, `AT#APPROVAL` |

The id of an approval is KIND-DOCUMENT, so it gives the document's key. Processes: models/processes.py.
"""

from collections.abc import Mapping
from datetime import datetime
from zlib import crc32

from pynamodb.attributes import UnicodeAttribute

from chalicelib.domain.approvals import Entry, Task
from chalicelib.models.attributes import DataAttribute, InstantAttribute, IntegerAttribute
from chalicelib.models.item import Item, Key, table_meta
from chalicelib.models.visits import instant

DUE_SHARDS = 8
NEVER_DUE = "9999"
"""Sorts after every time: tasks without a limit come last."""


def due_partition(shard: int) -> str:
    """The index partition that lists the open tasks with a time limit of one of DUE_SHARDS shards."""
    return f"due#{shard}"


class ApprovalsTable(Item):
    """Any item of the approvals."""

    area = "approvals"
    Meta = table_meta("approvals")


class RunningItem(ApprovalsTable, discriminator="running"):
    """A running approval with the tasks of its present step. `version` counts its moves."""

    id = UnicodeAttribute()
    document_kind = UnicodeAttribute()
    document_id = UnicodeAttribute()
    definition_key = UnicodeAttribute()
    definition_version = IntegerAttribute()
    applicant = UnicodeAttribute()
    round = IntegerAttribute()
    turn = IntegerAttribute()
    status = UnicodeAttribute()
    step = UnicodeAttribute(null=True)
    tasks = DataAttribute[tuple[Task, ...]](tuple[Task, ...])
    task_count = IntegerAttribute()
    entry_count = IntegerAttribute()
    passed = DataAttribute[tuple[str, ...]](tuple[str, ...])
    approvals = DataAttribute[tuple[tuple[str, str], ...]](tuple[tuple[str, str], ...])
    counted = DataAttribute[tuple[str, ...]](tuple[str, ...])
    people = DataAttribute[tuple[str, ...]](tuple[str, ...])
    copied = DataAttribute[tuple[str, ...]](tuple[str, ...])
    urged_at = InstantAttribute(null=True)
    subject = UnicodeAttribute()
    applicant_name = UnicodeAttribute()
    facts = DataAttribute[Mapping[str, str]](dict[str, str])

    @classmethod
    def at(cls, approval_id: str) -> Key:
        """Where the approval lives."""
        return cls, f"approval#{approval_id}", "approval"


class TrailItem(ApprovalsTable, discriminator="trail"):
    """What one move wrote into the trail: the line of who acted, and those of the rules that followed.

    `outcome` is the approval's new status, "" where the move left it as it was.
    """

    approval = UnicodeAttribute()
    document_kind = UnicodeAttribute()
    document_id = UnicodeAttribute()
    definition_key = UnicodeAttribute()
    applicant = UnicodeAttribute()
    subject = UnicodeAttribute()
    outcome = UnicodeAttribute()
    entries = DataAttribute[tuple[Entry, ...]](tuple[Entry, ...])

    @classmethod
    def at(cls, approval_id: str, move: int) -> Key:
        """Where the lines of the approval's `move`th move live."""
        return cls, f"approval#{approval_id}", f"approval#trail#{move:06}"


class TaskItem(ApprovalsTable, discriminator="task"):
    """One person's task with what an inbox shows of its document."""

    id = UnicodeAttribute()
    approval = UnicodeAttribute()
    document_kind = UnicodeAttribute()
    document_id = UnicodeAttribute()
    definition_key = UnicodeAttribute()
    definition_version = IntegerAttribute()
    subject = UnicodeAttribute()
    facts = DataAttribute[Mapping[str, str]](dict[str, str])
    person = UnicodeAttribute()
    applicant = UnicodeAttribute()
    applicant_name = UnicodeAttribute()
    step = UnicodeAttribute()
    status = UnicodeAttribute()
    origin = UnicodeAttribute()
    on_behalf_of = UnicodeAttribute(null=True)
    asked_by = UnicodeAttribute(null=True)
    opened_at = InstantAttribute(null=True)
    due_at = InstantAttribute(null=True)
    decided_at = InstantAttribute(null=True)
    comment = UnicodeAttribute(default="")

    @classmethod
    def at(cls, approval_id: str, task_id: str) -> Key:
        """Where a task lives."""
        return cls, f"approval#{approval_id}", f"task#{task_id}"

    def listed(self) -> "TaskItem":
        """The same task in the lists that its status puts it on."""
        if self.status == "open":
            self._list_as_open()
        elif self.decided_at is not None:
            order = f"{instant(self.decided_at)}#{self.id}"
            self.index2_pk, self.index2_sk = f"decided#{self.person}", order
            self.index3_pk, self.index3_sk = f"decided#{self.person}#{self.definition_key}", order
        return self

    def _list_as_open(self) -> None:
        due_at, opened_at = _time(self.due_at), _time(self.opened_at)
        self.index1_pk, self.index1_sk = f"inbox#{self.person}", f"{due_at or NEVER_DUE}#{opened_at}#{self.id}"
        if due_at:
            self.index3_pk = due_partition(crc32(self.id.encode()) % DUE_SHARDS)
            self.index3_sk = f"{due_at}#{self.id}"


def _time(moment: datetime | None) -> str:
    return instant(moment) if moment else ""


class CopyItem(ApprovalsTable, discriminator="copy"):
    """A document put before somebody for information (抄送)."""

    approval = UnicodeAttribute()
    document_kind = UnicodeAttribute()
    document_id = UnicodeAttribute()
    definition_key = UnicodeAttribute()
    definition_version = IntegerAttribute()
    subject = UnicodeAttribute()
    facts = DataAttribute[Mapping[str, str]](dict[str, str])
    applicant = UnicodeAttribute()
    applicant_name = UnicodeAttribute()
    person = UnicodeAttribute()
    copied_by = UnicodeAttribute()
    copied_at = InstantAttribute()

    @classmethod
    def at(cls, approval_id: str, person: str) -> Key:
        """Where the copy for a person lives."""
        return cls, f"approval#{approval_id}", f"copy#{person}"

    def listed(self) -> "CopyItem":
        """The same copy in its person's list."""
        self.index1_pk, self.index1_sk = f"copied#{self.person}", f"{instant(self.copied_at)}#{self.approval}"
        return self
