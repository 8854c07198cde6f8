"""What the European Central Bank's file says of each day, and where a file is wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from chalicelib.domain.rates import Reference, reference_of

TODAY = date(2026, 3, 2)
SINCE = date(2026, 1, 1)
HEAD = ["Date", "USD", "CNY", ""]


def read(*rows: list[str], head: list[str] = HEAD, since: date = SINCE) -> Reference:
    return reference_of([head, *rows], since, TODAY)


def problems(found: Reference) -> list[tuple[int, str, str]]:
    return [(each.row, each.column, each.code) for each in found.problems]


def test_days_are_taken_oldest_first_from_the_day_asked_for_on() -> None:
    found = read(["2026-03-02", "1.08", "7.83", ""], ["2026-02-27", "1.09", "N/A", ""], ["2025-12-31", "1", "2", ""])
    assert found.problems == []
    assert list(found.days.items()) == [
        (date(2026, 2, 27), {"USD": Decimal("1.09")}),
        (date(2026, 3, 2), {"USD": Decimal("1.08"), "CNY": Decimal("7.83")}),
    ]
    assert found.rows == 3


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (["2026-02-30", "1", "7", ""], (2, "Date", "bad_day")),
        (["20260227", "1", "7", ""], (2, "Date", "bad_day")),
        (["=1+1", "1", "7", ""], (2, "Date", "bad_day")),
        (["2026-03-09", "1", "7", ""], (2, "Date", "rate_to_come")),
        (["2026-02-27", "0", "7", ""], (2, "USD", "bad_rate")),
        (["2026-02-27", "1", "-7", ""], (2, "CNY", "bad_rate")),
        (["2026-02-27", "1", "1e9", ""], (2, "CNY", "bad_rate")),
        (["2026-02-27", "1,08", "7", ""], (2, "USD", "bad_rate")),
    ],
)
def test_a_cell_that_cannot_be_is_told_by_its_row_and_column(row: list[str], fault: tuple[int, str, str]) -> None:
    assert problems(read(row)) == [fault]


def test_a_day_stands_in_a_file_once() -> None:
    assert problems(read(["2026-02-27", "1", "7", ""], ["2026-02-27", "1", "7", ""])) == [(3, "Date", "day_twice")]


@pytest.mark.parametrize(
    ("head", "fault"),
    [
        (["Day", "USD"], (1, "Date", "column_missing")),
        ([], (1, "Date", "column_missing")),
        (["Date", "dollar"], (1, "dollar", "unknown_currency")),
        (["Date", "USD", "USD"], (1, "USD", "column_twice")),
    ],
)
def test_headings_that_cannot_be_are_told(head: list[str], fault: tuple[int, str, str]) -> None:
    assert problems(read(["2026-02-27", "1", "7"], head=head)) == [fault]


def test_a_file_with_nothing_in_it_is_told() -> None:
    assert problems(read()) == [(0, "", "file_is_empty")]
    assert problems(reference_of([], SINCE, TODAY)) == [(1, "Date", "column_missing")]
