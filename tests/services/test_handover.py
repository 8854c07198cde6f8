"""What hangs on a person, and its way to somebody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.directory import Person
from chalicelib.domain.errors import Contention, Forbidden, Invalid, NotFound
from chalicelib.domain.visits import Visit
from chalicelib.models.approvals import RunningItem, TaskItem
from chalicelib.models.directory import DepartmentItem, DirectoryTable, PersonItem
from chalicelib.models.gate import GuestItem, PassItem
from chalicelib.models.handover import HandoverItem
from chalicelib.models.notifications import NoticeItem
from chalicelib.models.store import Page, Query, Update, create
from chalicelib.models.visits import VisitItem
from chalicelib.services import approvals, directory, handover, leaves
from chalicelib.services.visits import act
from tests.company import HEAD_OFFICE, NOW, add_department, add_person, person
from tests.reception import a_guest, a_visit, invited
from tests.services.conftest import Company
from tests.services.notifications.told import system
from tests.services.test_visits import submitted

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
    """Wish it, and go on in steps until nothing is left; how many steps handed something over."""
    handover.wish(company.call(company.admin), of.id, to)
    return carried_out(company, of)


def carried_out(company: Company, of: Person) -> int:
    for steps in range(20):
        if not handover.step(system(company), of.id):
            return steps
    raise AssertionError("it does not end")


def test_everything_is_handed_over_in_bounded_steps(company: Company, chief: Person) -> None:
    assert everything(company, chief, company.manager.id) == 2
    left = handover.owned(company.call(company.admin), chief.id)
    assert len(left) == 0
    assert left.handover and (left.handover.status, left.handover.handed) == ("done", 23)
    taken = handover.owned(company.call(company.admin), company.manager.id)
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
        handover.wish(company.call(company.admin), chief.id, to)
    assert [(field.path, field.code) for field in error.value.fields] == [("to", code)]


def test_only_administrators_see_and_hand_over(company: Company, chief: Person) -> None:
    for who in (company.manager, chief, company.reception):
        with pytest.raises(Forbidden):
            handover.owned(company.call(who), chief.id)
        with pytest.raises(Forbidden):
            handover.wish(company.call(who), chief.id, company.host.id)
    with pytest.raises(NotFound):
        handover.owned(company.call(company.admin), "NOBODY")


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
    found = handover.owned(company.call(company.admin), company.applicant.id).visits
    assert [item.id for item in found] == ["VISIT01", "VISIT02"]


def test_the_wish_alone_is_one_read_and_one_transaction(company: Company, chief: Person) -> None:
    call = company.call(company.admin)
    company.store.calls = 0
    answer = handover.wish(call, chief.id, company.manager.id)
    assert (company.store.calls, answer["status"]) == (2, "running")


def test_what_hangs_on_a_person_is_two_reads(company: Company, chief: Person) -> None:
    call = company.call(company.admin)
    company.store.calls = 0
    handover.owned(call, chief.id)
    assert company.store.calls == 2


def test_a_record_that_is_told_twice_is_followed_once(company: Company, chief: Person) -> None:
    handover.wish(company.call(company.admin), chief.id, company.manager.id)
    assert handover.step(system(company), chief.id, 1)
    assert not handover.step(system(company), chief.id, 1)
    (item,) = company.store.all(HandoverItem)
    assert (item.version, item.handed) == (2, 15)


def test_a_successor_who_leaves_meanwhile_stops_it(company: Company, chief: Person) -> None:
    handover.wish(company.call(company.admin), chief.id, company.manager.id)
    assert handover.step(system(company), chief.id)
    company.store.write(Update(PersonItem.at(company.manager.id), {"active": False, "version": 9}, {}))
    assert not handover.step(system(company), chief.id)
    (item,) = company.store.all(HandoverItem)
    assert (item.status, item.index2_pk) == ("stopped", None)
    handover.wish(company.call(company.admin), chief.id, company.host.id)
    carried_out(company, chief)
    assert len(handover.owned(company.call(company.admin), chief.id)) == 0


def test_the_schedule_goes_on_with_what_the_stream_left_standing(company: Company, chief: Person) -> None:
    handover.wish(company.call(company.admin), chief.id, company.manager.id)
    assert handover.take_up(system(company)) == 0
    assert handover.take_up(system(company, NOW + timedelta(minutes=2))) == 1
    (item,) = company.store.all(HandoverItem)
    assert item.handed == 15


def test_lists_that_lag_behind_end_nothing_early(company: Company, chief: Person, monkeypatch: Any) -> None:
    everything(company, chief, company.manager.id)
    lagging = Query(DirectoryTable, f"reports#{company.manager.id}", index=2, limit=12)
    stale = company.store.query(lagging)
    handover.wish(company.call(company.admin), chief.id, company.host.id)
    monkeypatch.setattr(company.store, "pages", lambda *queries: [Page([]), stale, Page([])])
    with pytest.raises(Contention):
        handover.step(system(company), chief.id)


def test_the_administrator_who_wished_it_is_named_and_the_successor_hears_of_it_once(
    company: Company, chief: Person
) -> None:
    everything(company, chief, company.manager.id)
    assert {item.changed_by for item in company.store.all(DepartmentItem) if item.head} == {company.admin.id}
    (notice,) = company.store.all(NoticeItem)
    assert (notice.person, notice.template, notice.facts["count"]) == (company.manager.id, "handed_over", "23")


def keep(company: Company, id: str, status: Any, **facts: Any) -> Visit:
    """A visit in that status with one invited visitor, who has a pass."""
    times = {"starts": NOW - DAY / 4, "ends": NOW + DAY / 4, "round": 1}
    visit = a_visit(id=id, site="hq", number=id, status=status, **times | facts)
    company.store.write(*invited(visit, a_guest(visit)))
    return visit


def visits(company: Company) -> dict[str, VisitItem]:
    return {item.id: item for item in company.store.all(VisitItem)}


def test_visits_to_come_get_another_host_and_their_passes_follow(company: Company) -> None:
    keep(company, "01", "approved", host=company.host.id, applicant=company.applicant.id)
    keep(company, "02", "closed", host=company.host.id, applicant=company.applicant.id)
    everything(company, company.host, company.stranger.id)
    found = visits(company)
    assert (found["01"].host, found["01"].host_phone) == (company.stranger.id, company.stranger.phone)
    assert (found["01"].applicant, found["02"].host) == (company.applicant.id, company.host.id)
    hosts = {item.visit: item.host for item in company.store.all(PassItem)}
    assert hosts == {"01": company.stranger.id, "02": company.host.id}
    promised = {item.visit: item.appointment.host for item in company.store.all(GuestItem)}
    assert promised == hosts


def test_an_application_under_way_goes_on_with_its_approval(company: Company) -> None:
    visit_id = submitted(company)
    everything(company, company.applicant, company.stranger.id)
    (running,) = company.store.all(RunningItem)
    assert (visits(company)[visit_id].applicant, running.applicant) == (company.stranger.id,) * 2
    (task,) = approvals.inbox(company.call(company.manager)).items
    assert isinstance(task, TaskItem) and task.applicant_name == company.stranger.name
    act(company.call(company.stranger), visit_id, "withdraw")
    assert visits(company)[visit_id].status == "withdrawn"
    with pytest.raises(NotFound):
        act(company.call(company.applicant), visit_id, "submit")


def test_nobody_becomes_the_applicant_of_what_they_are_asked_to_decide(company: Company) -> None:
    visit_id = submitted(company)
    everything(company, company.applicant, company.manager.id)
    assert visits(company)[visit_id].applicant == company.applicant.id
    assert [item.id for item in handover.owned(company.call(company.admin), company.applicant.id).visits] == [visit_id]
