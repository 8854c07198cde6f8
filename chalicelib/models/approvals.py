"""Table `approvals`: running approvals and the tasks that people hold.

| question | key |
|---|---|
| an approval with its trail | pk `approval#ID`, sk `running`; the id is KIND-DOCUMENT: it gives the document's key |
| what I must decide, oldest first | task's index1 `inbox#PERSON`, `OPENED#TASK`, present only while open |
| what I decided, newest first | task's index2 `decided#PERSON`, `DECIDED#TASK` |
| what I started, newest first | running's index1 `started#PERSON`, `SUBMITTED#ID` |
"""

from datetime import datetime

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.domain.approvals import Entry, Running, Task
from chalicelib.models.attributes import DataAttribute, IntegerAttribute
from chalicelib.models.item import Item, Key, table_meta
from chalicelib.models.visits import instant


class ApprovalsTable(Item):
    """Any item of the approvals."""

    area = "approvals"
    Meta = table_meta("approvals")


class RunningItem(ApprovalsTable, discriminator="running"):
    """A running approval with the tasks of its present turn and its whole trail."""

    id = UnicodeAttribute()
    document_kind = UnicodeAttribute()
    document_id = UnicodeAttribute()
    definition_key = UnicodeAttribute()
    definition_version = IntegerAttribute()
    applicant = UnicodeAttribute()
    round = IntegerAttribute()
    status = UnicodeAttribute()
    step = UnicodeAttribute(null=True)
    turn = IntegerAttribute()
    tasks = DataAttribute[tuple[Task, ...]](tuple[Task, ...])
    task_count = IntegerAttribute()
    passed = DataAttribute[tuple[str, ...]](tuple[str, ...])
    approvals = DataAttribute[tuple[tuple[str, str], ...]](tuple[tuple[str, str], ...])
    counted = DataAttribute[tuple[str, ...]](tuple[str, ...])
    people = DataAttribute[tuple[str, ...]](tuple[str, ...])
    entry_count = IntegerAttribute()
    copied = DataAttribute[tuple[str, ...]](tuple[str, ...])
    urged_at = UTCDateTimeAttribute(null=True)
    trail = DataAttribute[tuple[Entry, ...]](tuple[Entry, ...])
    subject = UnicodeAttribute()

    @classmethod
    def at(cls, approval_id: str) -> Key:
        """Where the approval lives."""
        return cls, f"approval#{approval_id}", "running"

    @classmethod
    def from_running(cls, running: Running, trail: tuple[Entry, ...], subject: str, version: int) -> "RunningItem":
        """The item of an approval at its `version`, listed for its applicant."""
        started = instant(trail[0].at) if trail else ""
        return cls.of(
            running,
            pk=f"approval#{running.id}",
            sk="running",
            trail=trail,
            subject=subject,
            version=version,
            index1_pk=f"started#{running.applicant}",
            index1_sk=f"{started}#{running.id}",
        )


class TaskItem(ApprovalsTable, discriminator="task"):
    """One person's task with what an inbox shows of its document."""

    id = UnicodeAttribute()
    approval = UnicodeAttribute()
    document_kind = UnicodeAttribute()
    document_id = UnicodeAttribute()
    subject = UnicodeAttribute()
    facts = DataAttribute[dict[str, str]](dict[str, str])
    person = UnicodeAttribute()
    applicant = UnicodeAttribute()
    applicant_name = UnicodeAttribute()
    step = UnicodeAttribute()
    status = UnicodeAttribute()
    opened_at = UTCDateTimeAttribute(null=True)
    decided_at = UTCDateTimeAttribute(null=True)
    comment = UnicodeAttribute(default="")

    @classmethod
    def at(cls, approval_id: str, task_id: str) -> Key:
        """Where a task lives."""
        return cls, f"approval#{approval_id}", f"task#{task_id}"

    def listed(self, order: datetime | None) -> "TaskItem":
        """The same task in the list that its status puts it on, sorted by `order`."""
        place = f"{instant(order) if order else ''}#{self.id}"
        self.index1_pk, self.index1_sk = (f"inbox#{self.person}", place) if self.status == "open" else (None, None)
        if self.status != "open" and self.decided_at is not None:
            self.index2_pk, self.index2_sk = f"decided#{self.person}", place
        return self
