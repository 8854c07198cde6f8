"""Budgets in files: what a row states, in either language, and where a file is wrong."""

from __future__ import annotations

import pytest

from chalicelib.domain.budgets.lists import BudgetList, Names, listed
from chalicelib.web.money import digits_of, minor

HEAD = ["部门", "类别", "期间", "预算", "币种", "控制", "结转", "备注"]
NAMES = Names(
    {"d1": ["D1"], "销售部": ["D1"], "市场部": ["D2", "D3"]},
    {"接待": "reception", "travel": "travel", "招待费": "group:entertainment"},
    minor,
    lambda currency: digits_of(currency) is not None,
)


def read(*rows: list[str], head: list[str] = HEAD) -> BudgetList:
    return listed([head, *rows], NAMES)


def problems(found: BudgetList) -> list[tuple[int, str, str]]:
    return [(each.row, each.column, each.code) for each in found.problems]


def test_a_row_is_a_line_with_the_terms_that_it_names() -> None:
    found = read(
        ["销售部", "接待", "2026-03", "12,000.50", "", "柔性", "是", "x"], ["", ""], ["D1", "Travel", "2026", "0"]
    )
    assert found.problems == []
    first, second = found.rows
    assert (first.row, first.line.id, first.amount) == (2, "D1.reception.CNY.2026-03", 1_200_050)
    assert first.terms == {"control": "soft", "carries": True}
    assert (second.row, second.line.id, second.amount, second.terms) == (4, "D1.travel.CNY.2026", 0, {})
    assert (found.ignored, found.count) == (["备注"], 2)


@pytest.mark.parametrize("period", ["2026/3", "2026年3月", "2026-03-01 00:00:00", "2026-3", "2026.03"])
def test_a_month_is_read_as_people_and_spreadsheets_write_it(period: str) -> None:
    assert read(["D1", "接待", period, "1"]).rows[0].line.period == "2026-03"


def test_a_group_is_a_category_of_a_line() -> None:
    assert read(["D1", "招待费", "2026", "1"]).rows[0].line.id == "D1.group:entertainment.CNY.2026"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (["", "接待", "2026", "1"], (2, "部门", "required")),
        (["nobody", "接待", "2026", "1"], (2, "部门", "unknown_department")),
        (["市场部", "接待", "2026", "1"], (2, "部门", "department_twice")),
        (["D1", "gold", "2026", "1"], (2, "类别", "unknown_category")),
        (["D1", "接待", "2026-13", "1"], (2, "期间", "bad_period")),
        (["D1", "接待", "soon", "1"], (2, "期间", "bad_period")),
        (["D1", "接待", "2026", "-1"], (2, "预算", "bad_amount")),
        (["D1", "接待", "2026", "=1+1"], (2, "预算", "bad_amount")),
        (["D1", "接待", "2026", "1.0001", "JPY"], (2, "预算", "bad_amount")),
        (["D1", "接待", "2026", "1", "XXZ"], (2, "币种", "unknown_currency")),
        (["D1", "接待", "2026", "1", "", "strict"], (2, "控制", "bad_choice")),
        (["D1", "接待", "2026", "1", "", "", "maybe"], (2, "结转", "bad_choice")),
        (["D1", "接待", "2026", "1", "", "", "yes"], (2, "结转", "only_of_months")),
    ],
)
def test_a_cell_that_cannot_be_is_told_by_its_row_and_column(row: list[str], fault: tuple[int, str, str]) -> None:
    assert problems(read(row)) == [fault]


def test_a_budget_stands_in_a_file_once() -> None:
    assert problems(read(["D1", "接待", "2026", "1"], ["销售部", "接待", "2026", "2"])) == [(3, "部门", "budget_twice")]


def test_columns_that_are_missing_or_there_twice_are_told() -> None:
    assert problems(read(head=["部门", "类别", "期间"])) == [(1, "预算", "column_missing")]
    twice = ["部门", "Department", "类别", "期间", "预算"]
    assert problems(read(head=twice)) == [(1, "部门", "column_twice")]


def test_a_file_with_nothing_in_it_is_told() -> None:
    assert problems(read()) == [(0, "", "file_is_empty")]
