"""What hangs on a person, and its way to somebody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.directory import Person
from chalicelib.domain.errors import Forbidden, Invalid, NotFound
from chalicelib.models.directory import PersonItem
from chalicelib.models.store import Update, create
from chalicelib.models.visits import VisitItem
from chalicelib.services import directory, leaves
from chalicelib.services.directory import handover, owned
from tests.company import HEAD_OFFICE, NOW, add_department, add_person, person
from tests.reception import a_visit
from tests.services.conftest import Company

DAY = timedelta(days=1)


@pytest.fixture
def chief(company: Company) -> Person:
    """Heads two departments, manages twenty people, is the substitute of one."""
    someone = add_person(company.store, person("chief", manager=company.admin.id))
    for number in range(2):
        unit = replace(HEAD_OFFICE, id=f"D{number}", name=f"Unit {number}", head=someone.id, path=(f"D{number}",))
        add_department(company.store, unit)
    for number in range(20):
        add_person(company.store, person(f"report.{number:02}", manager=someone.id))
    leaves.take(company.call(company.host), company.host.id, someone.id, NOW, NOW + DAY)
    return someone


def now(company: Company, person_id: str) -> Person:
    return directory.person(company.store, person_id, NOW, fresh=True)


def everything(company: Company, of: Person, to: str) -> int:
    """Hand over in steps until nothing is left; how many steps it took."""
    for step in range(1, 10):
        if not handover.hand_over(company.call(company.admin), of.id, to)["left"]:
            return step
    raise AssertionError("it does not end")


def test_everything_is_handed_over_in_bounded_steps(company: Company, chief: Person) -> None:
    assert everything(company, chief, company.manager.id) == 2
    left = owned.owned(company.call(company.admin), chief.id).place
    assert len(left) == 0
    taken = owned.owned(company.call(company.admin), company.manager.id).place
    assert (len(taken.departments), len(taken.reports), len(taken.leaves)) == (2, 21, 1)
    assert now(company, company.host.id).substitute == company.manager.id


def test_a_report_who_succeeds_gets_the_manager_above(company: Company, chief: Person) -> None:
    successor = "REPORT03".ljust(26, "0")
    everything(company, chief, successor)
    assert now(company, successor).manager == company.admin.id
    assert now(company, "REPORT04".ljust(26, "0")).manager == successor


def test_a_manager_above_who_left_is_passed_over(company: Company, chief: Person) -> None:
    company.store.write(Update(PersonItem.at(chief.id), {"manager": company.manager.id, "version": 2}, {}))
    company.store.write(Update(PersonItem.at(company.manager.id), {"active": False, "version": 2}, {}))
    directory.forget()
    successor = "REPORT03".ljust(26, "0")
    everything(company, chief, successor)
    assert now(company, successor).manager == company.admin.id


def test_the_absent_person_does_not_become_their_own_substitute(company: Company, chief: Person) -> None:
    everything(company, chief, company.host.id)
    assert now(company, company.host.id).substitute == company.admin.id


def test_tasks_of_the_absent_follow_their_new_substitute(company: Company, chief: Person) -> None:
    everything(company, chief, company.manager.id)
    assert leaves.starting(company.store, NOW) == [company.host.id]


@pytest.mark.parametrize(
    ("successor", "code"), [("nobody", "unknown_person"), ("gone", "departed_person"), ("chief", "not_yourself")]
)
def test_only_somebody_else_who_is_here_succeeds(company: Company, chief: Person, successor: str, code: str) -> None:
    add_person(company.store, person("gone", active=False))
    to = successor.upper().ljust(26, "0")
    with pytest.raises(Invalid) as error:
        handover.hand_over(company.call(company.admin), chief.id, to)
    assert [(field.path, field.code) for field in error.value.fields] == [("to", code)]


def test_only_administrators_see_and_hand_over(company: Company, chief: Person) -> None:
    for who in (company.manager, chief, company.reception):
        with pytest.raises(Forbidden):
            owned.owned(company.call(who), chief.id)
        with pytest.raises(Forbidden):
            handover.hand_over(company.call(who), chief.id, company.host.id)
    with pytest.raises(NotFound):
        owned.owned(company.call(company.admin), "NOBODY")


def test_visits_to_come_are_found_for_applicant_and_host(company: Company) -> None:
    times = {"starts": NOW - DAY, "ends": NOW + DAY, "round": 1}
    for id, facts in {
        "01": {"applicant": company.applicant.id, "host": company.host.id},
        "02": {"applicant": company.stranger.id, "host": company.applicant.id},
        "03": {"applicant": company.applicant.id, "ends": NOW},
        "04": {"applicant": company.applicant.id, "status": "cancelled"},
        "05": {"applicant": company.stranger.id, "host": company.stranger.id},
    }.items():
        visit = a_visit(id=f"VISIT{id}", site="hq", status=facts.pop("status", "approved"), **times | facts)
        company.store.write(create(VisitItem.from_visit(visit)))
    found = owned.owned(company.call(company.admin), company.applicant.id).visits
    assert [item.id for item in found] == ["VISIT01", "VISIT02"]
