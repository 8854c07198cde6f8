"""Table `statistics`: sums by scope and month, each in SHARDS parts, and the changes already counted.

| question | key |
|---|---|
| figures of a scope in some months | pk `cell#SCOPE`, sk `MONTH#SHARD`: a Query is charged for its bytes together, |
| | so that a year in four parts (about 10 KB) costs three units and not one for each of its items |
| what visits of a scope cost in some months | pk `cell#SCOPE`, sk `MONTH#SHARD@CURRENCY`: by the same query |
| how often customers came in a month | pk `cell#customers#MONTH`, sk `NAME#SHARD`, costs `NAME#SHARD@CURRENCY` |
| what a department's people owe of advances | pk `outstanding#DEPARTMENT`, sk `CURRENCY`: one sum for each |
| whether a change was counted | pk `event#ID`, sk `event` (35 days, longer than any redelivery) |

Everything in the company adds to one scope, so each cell is kept in parts: a change adds to the part that its visit's
id chooses, and changes of different visits seldom meet. A scope takes 500 changes a second (1,000 write units), which a
million employees come near to in no hour: they make about 30 a second.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import cast
from zlib import crc32

from chalicelib.domain.statistics import CUSTOMER, MEASURES, Cell, Measure
from chalicelib.models.attributes import IntegerAttribute
from chalicelib.models.item import Item, Key, table_meta

SHARDS = 4
EVENTS_KEPT = timedelta(days=35)


def shard_of(visit_id: str) -> int:
    """The part of every cell to which a visit's changes add."""
    return crc32(visit_id.encode()) % SHARDS


def customers_partition(month: str) -> str:
    """The partition of the customers of a month (YYYY-MM)."""
    return f"cell#customers#{month}"


def _at(currency: str) -> str:
    return f"@{currency}" if currency else ""


class StatisticsTable(Item):
    """Any item of the statistics."""

    area = "statistics"
    Meta = table_meta("statistics")


class CellItem(StatisticsTable, discriminator="cell"):
    """One part of a cell; its attributes are the measures."""

    for _measure in MEASURES:
        vars()[_measure] = IntegerAttribute(null=True)

    @classmethod
    def at(cls, cell: Cell, shard: int) -> Key:
        """Where a part of a cell lives; costs stand behind the other figures, customers together by month."""
        if cell.scope.startswith(CUSTOMER):
            name = cell.scope.removeprefix(CUSTOMER)
            return cls, customers_partition(cell.month), f"{name}#{shard}{_at(cell.currency)}"
        return cls, f"cell#{cell.scope}", f"{cell.month}#{shard}{_at(cell.currency)}"

    @property
    def month(self) -> str:
        """The month (YYYY-MM) of the cell."""
        return self.sk[: len("YYYY-MM")]

    @property
    def currency(self) -> str:
        """The currency of a cell of costs, "" of any other."""
        return self.sk.rpartition("#")[2].partition("@")[2]

    @property
    def customer(self) -> str:
        """The name of a customer's cell."""
        return self.sk.rpartition("#")[0]

    def figures(self) -> Mapping[Measure, int]:
        """The sums of this part."""
        return {measure: cast(int | None, getattr(self, measure)) or 0 for measure in MEASURES}


class CountedItem(StatisticsTable, discriminator="counted"):
    """A change that was counted."""

    @classmethod
    def at(cls, event: str) -> Key:
        """Where it is noted."""
        return cls, f"event#{event}", "event"

    @classmethod
    def of_event(cls, event: str, now: datetime) -> "CountedItem":
        """The note that the change was counted."""
        _, pk, sk = cls.at(event)
        return cls(pk, sk, expires=int((now + EVENTS_KEPT).timestamp()))


class OutstandingItem(StatisticsTable, discriminator="outstanding"):
    """What is owed of a department's advances in a currency: in minor units, and of how many advances."""

    amount = IntegerAttribute(default=0)
    advances = IntegerAttribute(default=0)

    @classmethod
    def at(cls, department: str, currency: str) -> Key:
        """Where the sum stands."""
        return cls, f"outstanding#{department}", currency
