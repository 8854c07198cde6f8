"""Handovers in table `directory`: one item a person, the latest.

| question | key |
|---|---|
| what a person hands over, and how far it is | pk `person#ID`, sk `handover` |
| which handovers are under way (schedule) | index2 `handovers`, PERSON, gone once it is over: a few at a time |
"""

from pynamodb.attributes import UnicodeAttribute

from chalicelib.domain.handover import Handover
from chalicelib.models.attributes import DataAttribute, InstantAttribute, IntegerAttribute
from chalicelib.models.directory import DirectoryTable
from chalicelib.models.item import Key

UNDER_WAY = "handovers"
"""The index partition of the handovers that are under way."""


class HandoverItem(DirectoryTable, discriminator="handover"):
    """What is to go from one person to another."""

    person = UnicodeAttribute()
    successor = UnicodeAttribute()
    successor_name = UnicodeAttribute()
    by = UnicodeAttribute()
    begun_at = InstantAttribute()
    status = UnicodeAttribute()
    handed = IntegerAttribute()
    following = DataAttribute[tuple[str, ...]](tuple[str, ...])

    @classmethod
    def at(cls, person_id: str) -> Key:
        """Where the handover of a person lives."""
        return cls, f"person#{person_id}", "handover"

    @classmethod
    def from_handover(cls, handover: Handover) -> "HandoverItem":
        """The item of a handover, listed while it is under way."""
        _, pk, sk = cls.at(handover.person)
        listed = {"index2_pk": UNDER_WAY, "index2_sk": handover.person} if handover.status == "running" else {}
        return cls.of(handover, pk=pk, sk=sk, **listed)
