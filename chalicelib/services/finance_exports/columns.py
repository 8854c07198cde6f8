"""A kind of record as rows of a CSV: columns with their types, values that every program reads alike.

Texts are guarded against formulas as in every other file (services/exports/tables.py) and stand on one line, because
Athena's reader of CSV takes a line for a row. Times are UTC, sums are minor units.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any, Literal

from chalicelib.models.item import Item
from chalicelib.services.exports.tables import guarded
from chalicelib.services.finance_exports.sources import Source
from chalicelib.web.money import digits_of

type Type = Literal["text", "integer", "boolean", "day", "time"]
type Value = str | int | bool | date | datetime | None

CURRENCY = "currency"
"""The column that says in which currency a row's sums are."""


@dataclass(frozen=True)
class Column:
    """A column and what a record has in it; `summed` is a sum of money, whose totals the manifest has."""

    name: str
    type: Type
    value: Callable[[Any], Value]
    summed: bool = False


@dataclass(frozen=True)
class Kind:
    """A file of the export: what `source` has of the kind `item`, each of them the `records` of some rows.

    `title` is an English msgid; `shape` is the domain's dataclass of the item. A kind with sums has a column CURRENCY.
    What is `moving` between partitions may be read twice; its first column names it, and the last reading counts.
    """

    key: str
    title: str
    source: Source
    item: type[Item]
    shape: type[Any]
    columns: tuple[Column, ...]
    records: Callable[[Any], Iterable[Any]] = lambda record: (record,)
    moving: bool = False

    @property
    def head(self) -> str:
        """The first line of the file."""
        return lines_of([[column.name for column in self.columns]])

    def rows(self, items: Sequence[Item]) -> str:
        """The lines of those of the items that are of this kind."""
        of_kind = (item.to(self.shape) for item in items if isinstance(item, self.item))
        records = (record for each in of_kind for record in self.records(each))
        return lines_of([written(column.value(record)) for column in self.columns] for record in records)


def text(name: str, value: Callable[[Any], Value] | None = None) -> Column:
    """A text; unless `value` says otherwise, the record's attribute of that name."""
    return Column(name, "text", value or attrgetter(name))


def amount(name: str, value: Callable[[Any], int | None] | None = None) -> Column:
    """A sum of money in minor units, whose total the manifest has."""
    return Column(name, "integer", value or attrgetter(name), summed=True)


def money(currency: Callable[[Any], str] = attrgetter(CURRENCY)) -> tuple[Column, ...]:
    """The currency of a row's sums, and how many digits its minor unit has."""
    return Column(CURRENCY, "text", currency), Column("digits", "integer", lambda each: digits_of(currency(each)) or 0)


def number(name: str, value: Callable[[Any], int | None] | None = None) -> Column:
    """Any other whole number."""
    return Column(name, "integer", value or attrgetter(name))


def flag(name: str, value: Callable[[Any], bool] | None = None) -> Column:
    """Yes or no."""
    return Column(name, "boolean", value or attrgetter(name))


def day(name: str, value: Callable[[Any], date | None] | None = None) -> Column:
    """A day."""
    return Column(name, "day", value or attrgetter(name))


def time(name: str, value: Callable[[Any], datetime | None] | None = None) -> Column:
    """A moment, UTC."""
    return Column(name, "time", value or attrgetter(name))


def written(value: Value) -> str:
    """How a value stands in the file; nothing is an empty field."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime():
            return f"{value:%Y-%m-%dT%H:%M:%SZ}"
        case str():
            return guarded(_on_one_line(value))
        case _:
            return str(value)


def _on_one_line(words: str) -> str:
    """The text without breaks and other characters that do not print."""
    return "".join(char if char.isprintable() else " " for char in words).strip()


def lines_of(rows: Iterable[Sequence[str]]) -> str:
    """Rows as they stand in a file."""
    lines = io.StringIO(newline="")
    csv.writer(lines, lineterminator="\n").writerows(rows)
    return lines.getvalue()
