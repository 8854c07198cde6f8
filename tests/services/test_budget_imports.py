"""Budgets out of a file: tried, taken in whole or not at all, stated anew by their key, and proved afterwards."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from openpyxl import Workbook

from chalicelib.domain.budgets import Group
from chalicelib.domain.errors import Contention, Forbidden, Invalid
from chalicelib.models.budgets import LineItem
from chalicelib.services import budgets
from tests.company import HEAD_OFFICE
from tests.services.budgets import MONTH, allot, figures, line, movements
from tests.services.conftest import Company

HEAD = "部门,类别,期间,预算,币种,控制,结转\n"
MARCH = f"{HEAD_OFFICE.id}.reception.CNY.{MONTH}"


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    budgets.forget_groups()
    yield
    budgets.forget_groups()


@pytest.fixture
def company(on_either_store: Company) -> Company:
    """The same cases on both."""
    return on_either_store


def take(company: Company, rows: str, trial: bool = False) -> Any:
    return budgets.take(company.call(company.admin), (HEAD + rows).encode(), trial)


def counts(answer: Any) -> tuple[int, ...]:
    return tuple(answer[name] for name in ("rows", "new", "changed", "same", "written", "left"))


def problems(answer: Any) -> list[tuple[int, str, str]]:
    return [(each["row"], each["column"], each["code"]) for each in answer["problems"]]


def test_new_lines_are_allotted_and_the_same_file_again_changes_nothing(company: Company) -> None:
    file = "总部,接待,2026-03,1000,,soft,yes\n总部,差旅,2026,500.5,,,\n"
    assert counts(take(company, file, trial=True)) == (2, 2, 0, 0, 0, 2)
    assert company.store.get(LineItem.at(MARCH)) == [None]
    assert counts(take(company, file)) == (2, 2, 0, 0, 2, 0)
    assert figures(company, MARCH) == (100_000, 0, 0)
    assert (line(company, MARCH).control, line(company, MARCH).carries) == ("soft", True)
    assert counts(take(company, file)) == (2, 0, 0, 2, 0, 0)
    assert movements(company, MARCH) == [("allot", 100_000)]


def test_a_line_that_is_there_is_stated_anew_by_the_difference_and_keeps_what_was_adjusted_since(
    company: Company,
) -> None:
    allot(company, "1000")
    budgets.adjust(company.call(company.admin), MARCH, "-50", "Cut")
    answer = take(company, "总部,接待,2026-03,800,,,\n")
    assert counts(answer) == (1, 0, 1, 0, 1, 0)
    assert [(each["before"], each["after"]) for each in answer["changes"]] == [("1,000.00 CNY", "800.00 CNY")]
    assert movements(company, MARCH) == [("allot", 100_000), ("adjust", -5000), ("restate", -20_000)]
    assert figures(company, MARCH) == (75_000, 0, 0)


def test_terms_are_stated_anew_with_and_without_another_sum(company: Company) -> None:
    allot(company, "1000")
    take(company, "总部,接待,2026-03,1000,,soft,\n")
    take(company, "总部,接待,2026-03,1200,,none,是\n")
    found = line(company, MARCH)
    assert (found.control, found.carries, found.allotted) == ("none", True, 120_000)
    assert figures(company, MARCH) == (120_000, 0, 0)


def test_of_a_file_in_which_anything_is_wrong_nothing_is_taken(company: Company) -> None:
    answer = take(company, "总部,接待,2026-03,1000,,,\n总部,接待,2026-04,much,,,\nnobody,接待,2026-05,1,,,\n")
    assert problems(answer) == [(3, "预算", "bad_amount"), (4, "部门", "unknown_department")]
    assert counts(answer)[4:] == (0, 0)
    assert company.store.get(LineItem.at(MARCH)) == [None]


def test_what_the_line_itself_refuses_is_told_by_row_and_column(company: Company) -> None:
    allot(company, "100")
    allot(company, "100", period="2026-04")
    budgets.adjust(company.call(company.admin), MARCH, "-90", "Cut")
    budgets.close(company.call(company.admin), MARCH.replace(MONTH, "2026-04"))
    rows = "总部,接待,2026-03,80,,,\n总部,接待,2026-04,90,,,\n"
    assert problems(take(company, rows)) == [(2, "预算", "budget_overspent"), (3, "预算", "budget_closed")]
    assert figures(company, MARCH) == (1000, 0, 0)


def test_a_long_file_is_written_step_by_step_and_goes_on_where_it_was_left(company: Company) -> None:
    rows = "".join(f"总部,{name},2026-{month:02},100,,,\n" for name in ("接待", "差旅") for month in range(1, 13))
    rows += "".join(f"总部,{name},2027-{month:02},100,,,\n" for name in ("接待", "差旅") for month in range(1, 13))
    assert counts(take(company, rows)) == (48, 48, 0, 0, 45, 3)
    assert counts(take(company, rows)) == (48, 3, 0, 45, 3, 0)
    assert [budgets.violations_of(company.store, id) for id in budgets.every_line(company.store)] == [[]] * 48


def test_two_who_state_a_line_anew_at_once_never_add_both_differences(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    allot(company, "1000")
    write = type(company.store).write

    def somebody_first(store: Any, *operations: Any) -> None:
        monkeypatch.undo()
        take(company, "总部,接待,2026-03,1300,,,\n")
        write(store, *operations)

    monkeypatch.setattr(type(company.store), "write", somebody_first)
    with pytest.raises(Contention):
        take(company, "总部,接待,2026-03,1200,,,\n")
    assert figures(company, MARCH) == (130_000, 0, 0)


def test_a_workbook_is_read_and_groups_have_lines(company: Company) -> None:
    group = Group("entertainment", {"zh": "招待费", "en": "Entertainment"}, ("reception",))
    budgets.set_groups(company.call(company.admin), [group])
    book, content = Workbook(), io.BytesIO()
    for row in (["Department", "Category", "Month", "Budget"], [HEAD_OFFICE.id, "entertainment", "2026-03", 1500]):
        book.active.append(row)
    book.save(content)
    budgets.forget_groups()  # another process stated them
    answer = budgets.take(company.call(company.admin), content.getvalue())
    assert counts(answer) == (1, 1, 0, 0, 1, 0)
    assert figures(company, f"{HEAD_OFFICE.id}.group:entertainment.CNY.{MONTH}") == (150_000, 0, 0)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xff\xfe\x00\x00"])
def test_what_is_no_table_is_refused(company: Company, content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        budgets.take(company.call(company.admin), content)
    assert refused.value.fields[0].path == "file"


def test_only_finance_takes_budgets_in(company: Company) -> None:
    with pytest.raises(Forbidden):
        budgets.take(company.call(company.manager), HEAD.encode())
