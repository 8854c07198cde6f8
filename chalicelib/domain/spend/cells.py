"""Figures of spending as sums over the records as they are, kept in cells so that a report costs its cells.

What a record adds to each cell follows from the record alone: a change counts as what it adds after it less what it
added before, and the sum over all changes is the sum over the records, in whatever order they came.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Literal

type Dimension = Literal["department", "category", "person", "project", "customer", "visit", "line", "step", "approver"]
type Measure = Literal[
    "spent",
    "awaiting",
    "refused",
    "excess",
    "lines",
    "decided",
    "minutes",
    "within_day",
    "within_three",
    "approved",
    "rejected",
    "returned",
]
MEASURES: tuple[Measure, ...] = Measure.__value__.__args__
"""`spent` was paid, `awaiting` is approved and not paid yet, `refused` was claimed and not granted, `excess` is above
what the rules allow: minor units. `lines` of claims; `decided` tasks with the `minutes` that their people took."""

COMPANY = "company"
CHUNK = 90
"""Cells that one transaction adds to."""


@dataclass(frozen=True, order=True)
class Cell:
    """Where figures are kept: those of `key` (a category, a person ...) in a month (YYYY-MM) and a currency ("" for
    what is no money), in a `scope`: the company, or one department without those below it."""

    dimension: Dimension
    scope: str
    month: str
    currency: str
    key: str


type Figures = Mapping[Measure, int]
type Added = Sequence[tuple[Cell, Figures]]
type Change = Mapping[Cell, Figures]


def department_scope(department: str) -> str:
    """The scope of a department alone."""
    return f"department#{department}"


def difference(before: Added, after: Added) -> Change:
    """What a change adds to each cell; cells where nothing changes are left out."""
    changed: dict[Cell, Counter[Measure]] = {}
    for sign, sides in ((-1, before), (1, after)):
        for cell, figures in sides:
            counter = changed.setdefault(cell, Counter())
            for measure, amount in figures.items():
                counter[measure] += sign * amount
    kept = {cell: {name: n for name, n in counter.items() if n} for cell, counter in changed.items()}
    return {cell: figures for cell, figures in kept.items() if figures}


def chunks(change: Change) -> Iterable[tuple[Cell, ...]]:
    """The cells of a change in an order that is always the same, as many at a time as a transaction takes."""
    return batched(sorted(change), CHUNK, strict=False)
