"""Levels of visitors and standards of reception in table `reception` (keys: models/reception.py).

The head's version counts every change of any standard: whoever has read all of them of that version need not read them
again, and two people who change standards at once meet on it.
"""

from datetime import date

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib.domain.standards import Level, Standard
from chalicelib.models.attributes import DataAttribute, IntegerAttribute
from chalicelib.models.item import Key
from chalicelib.models.reception import ReceptionTable

PARTITION = "standards#company"


class StandardsItem(ReceptionTable, discriminator="standards"):
    """The levels, and how often anything about standards was changed."""

    levels = DataAttribute[tuple[Level, ...]](tuple[Level, ...])

    @classmethod
    def at(cls) -> Key:
        """Where the head lives."""
        return cls, PARTITION, "head"

    @classmethod
    def of_levels(cls, levels: tuple[Level, ...], version: int) -> "StandardsItem":
        """The head with those levels at its `version`."""
        return cls(PARTITION, "head", levels=levels, version=version)


class StandardItem(ReceptionTable, discriminator="standard"):
    """One standard. The site is "" where it holds for all of them, and so is the level."""

    id = UnicodeAttribute()
    type = UnicodeAttribute()
    level = UnicodeAttribute()
    site = UnicodeAttribute()
    currency = UnicodeAttribute()
    valid_from = DataAttribute[date](date)
    valid_until = DataAttribute[date](date, null=True)
    allowed = BooleanAttribute()
    amount = IntegerAttribute(null=True)
    hosts_least = IntegerAttribute()
    ratio_hosts = IntegerAttribute()
    ratio_guests = IntegerAttribute()
    excess = UnicodeAttribute()
    note = UnicodeAttribute()

    @classmethod
    def at(cls, standard: str) -> Key:
        """Where the standard lives."""
        return cls, PARTITION, f"standard#{standard}"

    @classmethod
    def from_standard(cls, standard: Standard) -> "StandardItem":
        """The item of a standard."""
        _, pk, sk = cls.at(standard.id)
        return cls.of(standard, pk=pk, sk=sk)
