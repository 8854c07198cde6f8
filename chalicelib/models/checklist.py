"""The checklist of a visit in table `reception`, one item a task (keys: models/reception.py)."""

from collections.abc import Mapping
from zlib import crc32

from pynamodb.attributes import UnicodeAttribute

from chalicelib.domain.checklist import Task
from chalicelib.models.attributes import DataAttribute, InstantAttribute, IntegerAttribute
from chalicelib.models.item import Key
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.visits import instant

PREFIX = "task#"
DUE_SHARDS = 4


def due_partition(shard: int) -> str:
    """The partition that lists the tasks of a shard whose owners are still to be reminded."""
    return f"checklist_due#{shard}"


class ChecklistItem(ReceptionTable, discriminator="checklist"):
    """A task of the checklist."""

    visit = UnicodeAttribute()
    id = UnicodeAttribute()
    no = IntegerAttribute()
    source = UnicodeAttribute()
    word = UnicodeAttribute()
    text = UnicodeAttribute()
    owner = UnicodeAttribute()
    owner_name = UnicodeAttribute()
    needed = InstantAttribute()
    due = InstantAttribute()
    counts = DataAttribute[Mapping[str, int]](dict[str, int])
    status = UnicodeAttribute()
    done_at = InstantAttribute(null=True)
    done_by = UnicodeAttribute()
    done_by_name = UnicodeAttribute()
    reminded_at = InstantAttribute(null=True)

    @classmethod
    def at(cls, visit: str, task: str) -> Key:
        """Where the task lives."""
        return cls, f"visit#{visit}", PREFIX + task

    @classmethod
    def from_task(cls, task: Task) -> "ChecklistItem":
        """The item of a task, by its due time as long as somebody has to be reminded of it."""
        _, pk, sk = cls.at(task.visit, task.id)
        due = {}
        if task.status == "open" and task.reminded_at is None:
            shard = crc32(task.visit.encode()) % DUE_SHARDS
            due = {"index1_pk": due_partition(shard), "index1_sk": f"{instant(task.due)}#{task.visit}#{task.id}"}
        return cls.of(task, pk=pk, sk=sk, **due)
