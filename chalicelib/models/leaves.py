"""Leaves in table `directory`: one item a person, the latest leave; the profile states it, too.

| question | key |
|---|---|
| a person's leave | pk `person#ID`, sk `leave` |
| whose leave began (sweep) | index1 `starting#SHARD`, `START#ID`, gone once their open tasks have moved |
| who is away at a moment | index2 `leaves#SHARD`, `END#ID`: from that moment on, those that have begun |
| for whom somebody is the substitute | index3 `substitute#PERSON`, `END#ID` |
"""

from zlib import crc32

from pynamodb.attributes import UnicodeAttribute

from chalicelib.domain.leaves import Leave
from chalicelib.models.attributes import InstantAttribute
from chalicelib.models.directory import DirectoryTable
from chalicelib.models.item import Key
from chalicelib.models.visits import instant

SHARDS = 2


def starting_leaves(shard: int) -> str:
    """The index partition of one of SHARDS shards of the leaves whose beginning nothing has followed yet."""
    return f"starting#{shard}"


def leaves(shard: int) -> str:
    """The index partition of one of SHARDS shards of all leaves, by their end."""
    return f"leaves#{shard}"


class LeaveItem(DirectoryTable, discriminator="leave"):
    """A person's leave."""

    person = UnicodeAttribute()
    substitute = UnicodeAttribute(null=True)
    starts = InstantAttribute()
    ends = InstantAttribute()

    @classmethod
    def at(cls, person_id: str) -> Key:
        """Where the leave of a person lives."""
        return cls, f"person#{person_id}", "leave"

    @classmethod
    def from_leave(cls, leave: Leave) -> "LeaveItem":
        """The item of a leave that nothing has followed yet."""
        shard, end = crc32(leave.person.encode()) % SHARDS, f"{instant(leave.ends)}#{leave.person}"
        keys = {"index1_pk": starting_leaves(shard), "index1_sk": f"{instant(leave.starts)}#{leave.person}"}
        keys |= {"index2_pk": leaves(shard), "index2_sk": end}
        if leave.substitute:
            keys |= {"index3_pk": f"substitute#{leave.substitute}", "index3_sk": end}
        _, pk, sk = cls.at(leave.person)
        return cls.of(leave, pk=pk, sk=sk, **keys)
