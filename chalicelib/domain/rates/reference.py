"""The reference rates that the European Central Bank publishes: what a file says, and where it is wrong.

Its columns are Date and currencies, its rows days (the newest first), its cells how much of the currency a euro is
worth; N/A where the bank states none. https://www.ecb.europa.eu/stats/policy_and_exchange_rates
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from chalicelib.domain.imports import Problem

USUAL_DAYS = 400
"""How far back a file is taken unless somebody says from which day: what documents of today can be about."""
HEADING = "Date"
NOTHING = ("", "N/A")
_CURRENCY = re.compile(r"[A-Z]{3}")
_VALUE = re.compile(r"\d{1,9}(\.\d{1,12})?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

type Rates = dict[str, Decimal]


@dataclass(frozen=True)
class Reference:
    """What a file says of the days from the one asked for on, oldest first; how many rows it has, what is wrong."""

    days: Mapping[date, Rates]
    rows: int
    problems: Sequence[Problem]


def reference_of(rows: Iterable[Sequence[str]], since: date, today: date) -> Reference:
    """The reference rates in the rows of a file, the first of which names the currencies."""
    numbered = enumerate((tuple(cell.strip() for cell in row) for row in rows), 1)
    _, first = next(numbered, (0, ()))
    problems = [*_headings(first)]
    days: dict[date, Rates] = {}
    count = 0
    if not problems:
        for number, cells in numbered:
            count += any(cells)
            problems += _read(number, cells, first, days, (since, today)) if any(cells) else ()
    if not count and not problems:
        problems.append(Problem(0, "", "file_is_empty"))
    return Reference(dict(sorted(days.items())), count, problems)


def _headings(first: Sequence[str]) -> Iterator[Problem]:
    if not first or first[0] != HEADING:
        yield Problem(1, HEADING, "column_missing")
        return
    named = [each for each in first[1:] if each]
    for each in named:
        if not _CURRENCY.fullmatch(each):
            yield Problem(1, each, "unknown_currency")
    for each in sorted({each for each in named if named.count(each) > 1}):
        yield Problem(1, each, "column_twice")


def _read(
    number: int, cells: Sequence[str], first: Sequence[str], days: dict[date, Rates], span: tuple[date, date]
) -> Iterator[Problem]:
    """Put the row's day to the others; what is wrong with it."""
    day, code = _day(cells[0], days, span[1])
    if day is None:
        yield Problem(number, HEADING, code, {"value": cells[0][:20]})
        return
    if day < span[0]:
        return
    days[day] = {}
    for heading, cell in zip(first[1:], cells[1:], strict=False):
        if cell in NOTHING or not heading:
            continue
        if _VALUE.fullmatch(cell) and Decimal(cell) > 0:
            days[day][heading] = Decimal(cell)
        else:
            yield Problem(number, heading, "bad_rate")


def _day(text: str, days: Mapping[date, Rates], today: date) -> tuple[date | None, str]:
    """The day, or None and why it is none."""
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        return None, "bad_day"
    if day in days:
        return None, "day_twice"
    return (None, "rate_to_come") if day > today + timedelta(days=1) else (day, "")
