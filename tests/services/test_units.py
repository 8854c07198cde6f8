"""A department's move reaches everything below it, whatever the stream and the index miss."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.directory import Department, Unit
from chalicelib.models.directory import DepartmentItem, PersonItem, SpreadItem
from chalicelib.models.store import Page, create
from chalicelib.services import reconciling
from chalicelib.services.call import Call
from chalicelib.services.directory import units
from tests.company import HEAD_OFFICE, add_department, add_person, person
from tests.services.conftest import Company

GROUP = Department("01GROUP0000000000000000000", "集团", None, None, "1", ("01GROUP0000000000000000000",))
BRANCH = Department(
    "01BRANCH000000000000000000", "分部", HEAD_OFFICE.id, None, "2", (*HEAD_OFFICE.path, "01BRANCH000000000000000000")
)
MOVED = (GROUP.id, HEAD_OFFICE.id)
UNIT = Unit(HEAD_OFFICE.name, HEAD_OFFICE.cost_centre, GROUP.id)


@pytest.fixture
def company(company: Company) -> Company:
    """A company with a branch, and head office about to come below a group."""
    add_department(company.store, GROUP)
    add_department(company.store, BRANCH)
    add_person(company.store, person("branch.clerk", department=BRANCH.id, department_path=BRANCH.path))
    return company


def move(company: Company, unit: Unit = UNIT) -> None:
    units.change(company.call(company.admin), HEAD_OFFICE.id, unit)


def later(company: Company, minutes: int = 5) -> Call:
    """The system's call some minutes after the move."""
    company.now += timedelta(minutes=minutes)
    call = company.call(None)
    call.permit_public("a test")
    return call


def paths(company: Company) -> set[tuple[str, ...]]:
    """Where people and departments below the group are."""
    people = {each.department_path for each in company.store.all(PersonItem)}
    return people | {each.path for each in company.store.all(DepartmentItem) if each.id != GROUP.id}


def test_a_move_that_no_stream_told_is_finished_by_the_reconciler_level_by_level(company: Company) -> None:
    move(company)
    people = len(company.store.all(PersonItem))
    assert reconciling.reconcile_departments(later(company, 1)) == 0, "the stream has not had its time"
    written = [reconciling.reconcile_departments(later(company)) for _ in range(4)]
    assert written == [people, 1, 0, 0]
    assert paths(company) == {MOVED, (*MOVED, BRANCH.id)}
    assert company.store.all(SpreadItem) == []


def test_whom_the_index_did_not_show_yet_is_found_later(company: Company) -> None:
    move(company)
    for department in (HEAD_OFFICE.id, BRANCH.id):
        units.spread(later(company, 0), department)
    late = person("late.comer", department=BRANCH.id, department_path=BRANCH.path)
    company.store.write(create(PersonItem.from_person(late)))
    assert reconciling.reconcile_departments(later(company)) == 1
    assert paths(company) == {MOVED, (*MOVED, BRANCH.id)}


def test_whoever_is_in_another_department_by_now_keeps_its_path(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = add_person(company.store, person("moved.on", department=GROUP.id, department_path=GROUP.path))
    old_entry: Any = PersonItem.from_person(replace(elsewhere, department=HEAD_OFFICE.id))
    monkeypatch.setattr(
        company.store, "query", lambda query: Page([old_entry] if "departments#" not in query.pk else [])
    )
    assert units.spread(later(company), HEAD_OFFICE.id) == 0


def test_a_change_that_moves_nothing_leaves_nothing_to_do(company: Company) -> None:
    move(company, replace(UNIT, name="本部", parent=None))
    assert company.store.all(SpreadItem) == []
