"""Exchange rates in table `spending`: one item a day, with all currencies.

| question | key |
|---|---|
| all rates of a day; of several days | pk `rates#YYYY`, sk `YYYY-MM-DD` |
| the rate of a pair on a day: of the latest day on or before it | that day's key and the ten before it, in one batch |
| what a file changes | pk `rates#YYYY`, from day to day: one query a year |

A day holds what the reference file says of the euro, and what was stated by hand; pairs are reckoned when they are
asked for. Documents keep the rate that they were reckoned by.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from chalicelib.domain.rates import Day, Quote
from chalicelib.models.attributes import DataAttribute
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.item import Key


def partition(year: int) -> str:
    """The partition of a year's days."""
    return f"rates#{year}"


class RatesItem(SpendingTable, discriminator="rates"):
    """All rates of a day."""

    day = DataAttribute[date](date)
    reference = DataAttribute[Mapping[str, Decimal]](dict[str, Decimal])
    own = DataAttribute[tuple[Quote, ...]](tuple[Quote, ...])

    @classmethod
    def at(cls, day: date) -> Key:
        """Where the rates of a day live."""
        return cls, partition(day.year), day.isoformat()

    @classmethod
    def from_day(cls, day: Day) -> "RatesItem":
        """The item of a day."""
        _, pk, sk = cls.at(day.day)
        return cls.of(day, pk=pk, sk=sk)
