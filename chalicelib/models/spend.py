"""Figures of spending, in table `statistics`: sums by what is spent on, each in SHARDS parts.

| question | key |
|---|---|
| figures of a scope by category, person, project, customer in some months | pk `spend#DIMENSION#SCOPE`, |
| | sk `MONTH#CURRENCY#KEY#SHARD`: one query, which costs its cells whatever they count |
| the lines of claims behind them, by day | the same with dimension `line`; its KEY says whose, when and what for |
| how long approvers take, by step and by person | the same with dimension `step` and `approver`, without currency |
| whether a change was counted | pk `event#ID#spend#N`, sk `event` (models/statistics.py), for each part of a change |

A department's cells are its own without those below: departments move, and what was counted stays right. Who asks for a
department with all below it reads those scopes side by side.
"""

from collections.abc import Mapping
from typing import cast

from chalicelib.domain.spend import MEASURES, Cell, Dimension, Measure
from chalicelib.models.attributes import IntegerAttribute
from chalicelib.models.item import Key
from chalicelib.models.statistics import StatisticsTable


def partition(dimension: Dimension, scope: str) -> str:
    """The partition of a scope's figures by a dimension."""
    return f"spend#{dimension}#{scope}"


class SpendCellItem(StatisticsTable, discriminator="spend_cell"):
    """One part of a cell; its attributes are the measures."""

    for _measure in MEASURES:
        vars()[_measure] = IntegerAttribute(null=True)

    @classmethod
    def at(cls, cell: Cell, shard: int) -> Key:
        """Where a part of a cell lives."""
        order = f"{cell.month}#{cell.currency}#{cell.key}#{shard}"
        return cls, partition(cell.dimension, cell.scope), order

    @property
    def month(self) -> str:
        """The month (YYYY-MM) of the cell."""
        return self.sk[: len("YYYY-MM")]

    @property
    def currency(self) -> str:
        """The currency of the cell, "" for what is no money."""
        return self.sk.split("#", 2)[1]

    @property
    def about(self) -> str:
        """What the figures are of: the cell's key."""
        return self.sk.split("#", 2)[2].rpartition("#")[0]

    def figures(self) -> Mapping[Measure, int]:
        """The sums of this part."""
        return {measure: cast(int | None, getattr(self, measure)) or 0 for measure in MEASURES}
