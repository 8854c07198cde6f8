"""Table `exports`: lists that are made into files in the background.

| question | key |
|---|---|
| an export and how far it is | pk `export#ID`: sk `export`, and `progress` while it is running |
| a person's exports, newest first | index1 `exports#PERSON`, `CREATED#ID` |
| which running export stands still (reconciler) | progress's index2 `running#SHARD` (4), `AT#ID` |

The stream of `progress` is what drives the work: each step writes the next one's. Everything is removed a day after
its file.
"""

from datetime import timedelta
from zlib import crc32

from pynamodb.attributes import UnicodeAttribute

from chalicelib.domain.exports import KEPT_FOR, Export, Progress
from chalicelib.models.attributes import DataAttribute, InstantAttribute, IntegerAttribute
from chalicelib.models.item import Item, Key, table_meta
from chalicelib.models.visits import instant

SHARDS = 4
REMOVED_AFTER = KEPT_FOR + timedelta(days=1)


def running_partition(shard: int) -> str:
    """The index partition that lists what is running of one of SHARDS shards."""
    return f"running#{shard}"


class ExportsTable(Item):
    """Any item of the exports."""

    area = "exports"
    Meta = table_meta("exports")


class ExportItem(ExportsTable, discriminator="export"):
    """What was asked for, and what became of it."""

    id = UnicodeAttribute()
    person = UnicodeAttribute()
    sheet = UnicodeAttribute()
    asked = DataAttribute[dict[str, str]](dict[str, str])
    format = UnicodeAttribute()
    locale = UnicodeAttribute()
    standing = UnicodeAttribute()
    created_at = InstantAttribute()
    status = UnicodeAttribute()
    reason = UnicodeAttribute()
    rows = IntegerAttribute()
    size = IntegerAttribute()
    ended_at = InstantAttribute(null=True)

    @classmethod
    def at(cls, export_id: str) -> Key:
        """Where the export lives."""
        return cls, f"export#{export_id}", "export"

    @classmethod
    def from_export(cls, export: Export) -> "ExportItem":
        """The item of an export, in its person's list."""
        _, pk, sk = cls.at(export.id)
        order = f"{instant(export.created_at)}#{export.id}"
        item = cls.of(export, pk=pk, sk=sk, index1_pk=f"exports#{export.person}", index1_sk=order)
        item.expires = int((export.created_at + REMOVED_AFTER).timestamp())
        return item


class ProgressItem(ExportsTable, discriminator="export_progress"):
    """How far a running export is."""

    export = UnicodeAttribute()
    at_time = InstantAttribute()
    phase = UnicodeAttribute()
    cursor = UnicodeAttribute(null=True)
    rows = IntegerAttribute()
    parts = IntegerAttribute()
    titles = DataAttribute[tuple[str, ...]](tuple[str, ...])
    attempts = IntegerAttribute()

    @classmethod
    def at(cls, export_id: str) -> Key:
        """Where the progress of an export stands."""
        return cls, f"export#{export_id}", "progress"

    @classmethod
    def from_progress(cls, progress: Progress) -> "ProgressItem":
        """The item of a progress, among those that are looked after."""
        _, pk, sk = cls.at(progress.export)
        shard = crc32(progress.export.encode()) % SHARDS
        order = f"{instant(progress.at_time)}#{progress.export}"
        return cls.of(progress, pk=pk, sk=sk, index2_pk=running_partition(shard), index2_sk=order)
