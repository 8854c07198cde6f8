"""Groups of budget categories: which line counts for a document, and what it costs to know."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chalicelib.domain.budgets import Document, Group
from chalicelib.domain.errors import Forbidden, Invalid, Stale
from chalicelib.services import budgets
from chalicelib.services.ahead import read_ahead
from tests.company import HEAD_OFFICE
from tests.services.budgets import MONTH, allot
from tests.services.conftest import Company

TITLE = {"zh": "招待费", "en": "Entertainment"}
GROUP = Group("entertainment", TITLE, ("reception", "marketing"))
VISIT = Document("visit", "V1", "10000001")
WHERE = (HEAD_OFFICE.id, "reception", "CNY", MONTH)


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    budgets.forget_groups()
    yield
    budgets.forget_groups()


def group(company: Company, *groups: Group) -> None:
    budgets.set_groups(company.call(company.admin), groups)


def counting(company: Company) -> str | None:
    line = budgets.line_for(company.store, *WHERE)
    return line and line.id.removeprefix(f"{HEAD_OFFICE.id}.")


def test_the_line_that_counts_is_the_category_s_month_its_year_its_group_s_month_its_year(company: Company) -> None:
    group(company, GROUP)
    assert counting(company) is None
    for facts in (
        {"category": GROUP.category, "period": "2026"},
        {"category": GROUP.category},
        {"period": "2026"},
        {},
    ):
        id = allot(company, **facts)  # type: ignore[arg-type]
        assert counting(company) == id.removeprefix(f"{HEAD_OFFICE.id}.")


def test_a_line_is_for_a_group_that_there_is(company: Company) -> None:
    with pytest.raises(Invalid) as refused:
        allot(company, category="group:entertainment")
    assert [(each.path, each.code) for each in refused.value.fields] == [("category", "unknown_group")]


def test_knowing_the_line_is_one_read_and_none_where_it_was_read_ahead(company: Company) -> None:
    group(company, GROUP)
    allot(company, category=GROUP.category)
    before = company.store.calls
    assert counting(company) == f"group:entertainment.CNY.{MONTH}"
    assert company.store.calls == before + 1
    call = read_ahead(company.call(company.applicant), budgets.keys_for(VISIT, *WHERE))
    line = budgets.line_for(call.store, *WHERE)
    assert line
    call.permit_public("a document's own transaction")
    call.commit({}, *budgets.moving(call, VISIT, {}, {line.id: 100}))
    assert company.store.calls == before + 3


def test_groups_that_another_process_changed_are_heard_of_with_the_next_line(company: Company) -> None:
    group(company, GROUP)
    allot(company, category=GROUP.category)
    budgets.forget_groups()  # as a process that never read any
    assert counting(company) == f"group:entertainment.CNY.{MONTH}"
    group(company, Group("entertainment", TITLE, ("marketing",)))
    assert counting(company) is None


def test_groups_are_kept_by_finance_and_not_overwritten(company: Company) -> None:
    with pytest.raises(Forbidden):
        budgets.set_groups(company.call(company.manager), [GROUP])
    group(company, GROUP)
    with pytest.raises(Stale):
        budgets.set_groups(company.call(company.admin, expected_version=0), [GROUP])
    with pytest.raises(Invalid):
        budgets.set_groups(company.call(company.admin, expected_version=1), [])
