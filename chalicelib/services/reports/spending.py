"""What was spent, by month and by whatever one asks for; the expenses behind it; what was above its standard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from chalicelib.domain.spend import About, Dimension, Measure, about
from chalicelib.services import spend
from chalicelib.services.call import Call
from chalicelib.services.reports.asked import Filters, below, scopes
from chalicelib.services.spend import Read

SUMS: tuple[Measure, ...] = ("spent", "awaiting", "refused", "excess", "lines")


@dataclass(frozen=True)
class Row:
    """What was spent on one thing in one currency, in minor units; `lines` counts expenses."""

    key: str
    currency: str
    figures: Mapping[Measure, int]

    @property
    def total(self) -> int:
        """Spent, or going to be."""
        return self.figures["spent"] + self.figures["awaiting"]


@dataclass(frozen=True)
class Spending:
    """A report: totals and months by currency, the rows that were asked for, the largest first.

    `whole` is False where there was more than is read at once.
    """

    totals: Mapping[str, Mapping[Measure, int]]
    months: Mapping[str, Mapping[str, Mapping[Measure, int]]]
    rows: Sequence[Row]
    whole: bool


@dataclass(frozen=True)
class Expense:
    """A line of a claim as reports see it: `amount` is spent or going to be, `excess` above its standard."""

    about: About
    currency: str
    amount: int
    excess: int


def spending(call: Call, wanted: Filters, by: Dimension) -> Spending:
    """The report by a dimension; one step of reading. Raises Forbidden."""
    own = below(call, wanted)
    asked: list[tuple[Dimension, Sequence[str]]] = [("category", [each]) for each in scopes(own)]
    further: list[tuple[Dimension, Sequence[str]]] = []
    if by != "category" and not (by == "department" and own):
        further = [(by, scopes(own))]
    found = spend.read(call.store, [*asked, *further], wanted.first, wanted.last)
    whole = all(each.whole for each in found)
    by_category = found[: len(asked)]
    if further:
        rows = _rows(found[len(asked) :])
    elif by == "department":
        rows = [row for id, each in zip(own, by_category, strict=True) for row in _named(id, each)]
    else:
        rows = _rows(by_category)
    return Spending(_totals(by_category), _months(by_category), sorted(rows, key=_largest), whole)


def _largest(row: Row) -> tuple[str, int, str]:
    return row.currency, -row.total, row.key


def _rows(found: Iterable[Read]) -> list[Row]:
    sums: dict[tuple[str, str], Counter[Measure]] = {}
    for each in found:
        for (_, currency, key), figures in each.sums.items():
            sums.setdefault((key, currency), Counter()).update(figures)
    return [Row(key, currency, figures) for (key, currency), figures in sums.items()]


def _named(key: str, found: Read) -> list[Row]:
    """All that a department spent, as one row for each currency."""
    return [Row(key, currency, figures) for currency, figures in _totals([found]).items()]


def _totals(found: Iterable[Read]) -> dict[str, Counter[Measure]]:
    totals: dict[str, Counter[Measure]] = {}
    for each in found:
        for (_, currency, _), figures in each.sums.items():
            totals.setdefault(currency, Counter()).update(figures)
    return totals


def _months(found: Iterable[Read]) -> dict[str, dict[str, Counter[Measure]]]:
    months: dict[str, dict[str, Counter[Measure]]] = {}
    for each in found:
        for (month, currency, _), figures in each.sums.items():
            months.setdefault(currency, {}).setdefault(month, Counter()).update(figures)
    return months


def expenses(call: Call, wanted: Filters) -> tuple[list[Expense], bool]:
    """The expenses behind a report, the latest first, and whether these are all. Raises Forbidden."""
    (found,) = spend.read(call.store, [("line", scopes(below(call, wanted)))], wanted.first, wanted.last)
    lines = [
        Expense(about(key), currency, figures["spent"] + figures["awaiting"], figures["excess"])
        for (_, currency, key), figures in found.sums.items()
    ]
    return sorted(lines, key=lambda each: (each.about, each.currency), reverse=True), found.whole


def of(lines: Iterable[Expense], by: str, key: str, currency: str) -> list[Expense]:
    """Those of one person, category, project or customer, and of one currency; "" leaves either open."""
    kept = [each for each in lines if not currency or each.currency == currency]
    return [each for each in kept if not by or not key or getattr(each.about, by) == key]
