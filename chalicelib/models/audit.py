"""Table `audit`: chains of entries, one for each area and shard; a record's entries are all in one chain.

| question | key |
|---|---|
| where a chain ends | pk `chain#AREA#SHARD`, sk `head` |
| the entries of a chain, in order | pk `chain#AREA#SHARD`, sk `entry#SEQ` |
| the entries of a record, in order | index1 `record#AREA#KEY`, `SEQ` |
| what a person changed in a month (UTC), by time | index2 `by#PERSON#YYYY-MM`, `AT#AREA#SHARD#SEQ` |
| what changed in a month (UTC), by time | index3 `month#YYYY-MM`, `AT#AREA#SHARD#SEQ`: it takes a thousand a second, |
| | and only the recording waits if there ever are more (a million employees make about two hundred) |
| whether an event is in its chain already | pk `event#AREA#ID`, sk `event` (35 days, longer than any redelivery) |
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zlib import crc32

from pynamodb.attributes import UnicodeAttribute

from chalicelib.domain.audit import START, Entry
from chalicelib.models.attributes import DataAttribute, IntegerAttribute
from chalicelib.models.item import INDEXES, Item, Key, table_meta
from chalicelib.models.visits import instant

AUDITED = ("reception", "approvals", "directory", "exports", "spending")
"""The areas whose changes are recorded. What the others hold follows from these: figures, and messages, each of which
is its own record of what became of it (what people set up about them is in the directory)."""
SHARDS = 4
EVENTS_KEPT = timedelta(days=35)


class AuditTable(Item):
    """Any item of the audit."""

    area = "audit"
    Meta = table_meta("audit")


def chain_of(area: str, record: str) -> str:
    """The chain that holds the entries of a record."""
    return chain(area, _shard(record))


def _shard(record: str) -> int:
    return crc32(record.encode()) % SHARDS


def chain(area: str, shard: int) -> str:
    """The chain of an area's shard (0 to SHARDS - 1)."""
    return f"chain#{area}#{shard}"


def chains() -> list[str]:
    """All chains of all areas."""
    return [chain(area, shard) for area in AUDITED for shard in range(SHARDS)]


def made_by(person: str, month: str) -> str:
    """The index partition of what a person changed in a month (YYYY-MM, UTC)."""
    return f"by#{person}#{month}"


def made_in(month: str) -> str:
    """The index partition of what changed in a month (YYYY-MM, UTC)."""
    return f"month#{month}"


class HeadItem(AuditTable, discriminator="chain_head"):
    """The end of a chain; entries up to number `copied` are in the bucket."""

    seq = IntegerAttribute(default=0)
    hash = UnicodeAttribute(default=START)
    copied = IntegerAttribute(default=0)

    @classmethod
    def at(cls, chain: str) -> Key:
        """Where the end of a chain stands."""
        return cls, chain, "head"


class EntryItem(AuditTable, discriminator="entry"):
    """One entry of a chain."""

    event = UnicodeAttribute()
    # The attribute is not called `area`: Item has that name for the table.
    record_area = UnicodeAttribute()
    record = UnicodeAttribute()
    item = UnicodeAttribute()
    changed = UnicodeAttribute()
    at_time = UnicodeAttribute()
    by = UnicodeAttribute()
    source = UnicodeAttribute()
    request = UnicodeAttribute()
    old = DataAttribute[Mapping[str, Any]](dict[str, Any])
    new = DataAttribute[Mapping[str, Any]](dict[str, Any])
    seq = IntegerAttribute()
    before = UnicodeAttribute()
    hash = UnicodeAttribute()
    behalf = UnicodeAttribute(null=True)

    @classmethod
    def from_entry(cls, entry: Entry) -> "EntryItem":
        """The item of an entry, listed with its record, with its month and with the person who made the change."""
        order = f"{entry.seq:012}"
        made = instant(datetime.fromisoformat(entry.at).astimezone(UTC))
        place = f"{made}#{entry.area}#{_shard(entry.record)}#{order}"
        month = made[: len("YYYY-MM")]
        a_person = bool(entry.by) and ":" not in entry.by
        by: Any = {"index2_pk": made_by(entry.by, month), "index2_sk": place} if a_person else {}
        return cls(
            chain_of(entry.area, entry.record),
            f"entry#{order}",
            index1_pk=f"record#{entry.area}#{entry.record}",
            index1_sk=order,
            index3_pk=made_in(month),
            index3_sk=place,
            event=entry.event,
            record_area=entry.area,
            record=entry.record,
            item=entry.item,
            changed=entry.kind,
            at_time=entry.at,
            by=entry.by,
            source=entry.source,
            request=entry.request,
            old=entry.old,
            new=entry.new,
            seq=entry.seq,
            before=entry.before,
            hash=entry.hash,
            behalf=entry.behalf or None,
            **by,
        )

    @property
    def place(self) -> int | None:
        """The number at which it stands in its chain; None where no entry of a chain stands."""
        order = self.sk.removeprefix("entry#")
        return int(order) if len(order) == 12 and order.isdecimal() else None

    @property
    def is_listed(self) -> bool:
        """Whether it is found where its record, its month and its person are looked for."""
        expected = EntryItem.from_entry(self.entry())
        return all(getattr(self, name) == getattr(expected, name) for name in ("pk", "sk", *_INDEX_KEYS))

    def entry(self) -> Entry:
        """The entry as it was appended."""
        return Entry(
            event=self.event,
            area=self.record_area,
            record=self.record,
            item=self.item,
            kind=self.changed,
            at=self.at_time,
            by=self.by,
            source=self.source,
            request=self.request,
            old=self.old,
            new=self.new,
            seq=self.seq,
            before=self.before,
            hash=self.hash,
            behalf=self.behalf or "",
        )


_INDEX_KEYS = tuple(f"{index}_{part}" for index in INDEXES for part in ("pk", "sk"))


class EventItem(AuditTable, discriminator="recorded"):
    """A change that is in its chain."""

    @classmethod
    def at(cls, area: str, event: str) -> Key:
        """Where it is noted."""
        return cls, f"event#{area}#{event}", "event"

    @classmethod
    def of_event(cls, area: str, event: str, now: datetime) -> "EventItem":
        """The note that the change was recorded."""
        _, pk, sk = cls.at(area, event)
        return cls(pk, sk, expires=int((now + EVENTS_KEPT).timestamp()))
