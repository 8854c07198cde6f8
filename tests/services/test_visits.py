"""Visits and their approval as use cases, on the store in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.bookings import Booking, ResourceTaken
from chalicelib.domain.errors import Contention, Forbidden, IllegalMove, Invalid, NotFound, Stale
from chalicelib.domain.visits import Application, Helper, Visit, Visitor
from chalicelib.models.approvals import TaskItem
from chalicelib.models.directory import PersonItem
from chalicelib.models.store import replace as replace_item
from chalicelib.models.visits import ResourceDayItem, VisitItem
from chalicelib.services import approvals, visits
from chalicelib.services.approvals import Asked
from chalicelib.services.call import AlreadyAnswered
from tests.company import NOW
from tests.services.conftest import Company

START = NOW + timedelta(hours=4)


def asked(company: Company, **facts: Any) -> Application:
    defaults: dict[str, Any] = {
        "site": "hq",
        "starts": START,
        "ends": START + timedelta(hours=2),
        "host": company.host.id,
        "purpose": "审计",
        "visitors": (Visitor("王芳", "+8613912345678", company="ACME"),),
    }
    return Application(**defaults | facts)


def room(name: str = "r1", hours: int = 0) -> Booking:
    return Booking(name, START + timedelta(hours=hours), START + timedelta(hours=hours + 1))


def submitted(company: Company, **facts: Any) -> str:
    return str(visits.apply(company.call(company.applicant), asked(company, **facts), submit_now=True)["id"])


def status_of(company: Company, visit_id: str) -> str:
    (item,) = company.store.get(VisitItem.at(visit_id))
    return str(item.status)


def task_of(company: Company) -> TaskItem:
    (task,) = approvals.inbox(company.call(company.manager)).items
    assert isinstance(task, TaskItem)
    return task


def decide(company: Company, action: str, comment: str = "因为", **facts: Any) -> dict[str, Any]:
    return approvals.act(company.call(company.manager, **facts), task_of(company).id, Asked(action, comment))


def quarters_taken(company: Company) -> int:
    return sum(len(item.held()) for item in company.store.all(ResourceDayItem))


def test_a_draft_asks_nobody_and_takes_no_room(company: Company) -> None:
    answer = visits.apply(company.call(company.applicant), asked(company, bookings=(room(),)))
    assert answer["status"] == "draft"
    assert company.store.all(TaskItem) == []
    assert quarters_taken(company) == 0


def test_a_submitted_visit_is_in_the_managers_inbox_in_the_same_moment(company: Company) -> None:
    visit_id = submitted(company)
    assert status_of(company, visit_id) == "pending"
    task = task_of(company)
    assert (task.subject, task.applicant_name, task.facts["host"]) == ("王芳 · ACME", "林梅", "何先生")


def test_times_without_a_zone_are_the_sites_own(company: Company) -> None:
    local = (START + timedelta(hours=8)).replace(tzinfo=None)
    visit_id = submitted(company, starts=local, ends=local + timedelta(hours=1))
    (item,) = company.store.get(VisitItem.at(visit_id))
    assert item.starts == START


def test_approval_approves_the_visit_in_the_same_transaction(company: Company) -> None:
    visit_id = submitted(company)
    writes = company.store.calls
    answer = decide(company, "approve", "")
    assert answer["status"] == "approved"
    assert status_of(company, visit_id) == "approved"
    assert company.store.calls - writes <= 5  # the inbox, one read, one transaction, and names read for the first time
    assert approvals.inbox(company.call(company.manager)).items == []
    assert len(approvals.inbox(company.call(company.manager), "decided").items) == 1


@pytest.mark.parametrize(("action", "status"), [("reject", "rejected"), ("return", "returned")])
def test_a_refused_visit_gives_its_rooms_back(company: Company, action: str, status: str) -> None:
    visit_id = submitted(company, bookings=(room(),))
    assert quarters_taken(company) == 4
    decide(company, action)
    assert status_of(company, visit_id) == status
    assert quarters_taken(company) == 0


@pytest.mark.parametrize("action", ["withdraw", "cancel"])
def test_a_visit_taken_back_leaves_no_task_and_no_room(company: Company, action: str) -> None:
    visit_id = submitted(company, bookings=(room(),))
    visits.act(company.call(company.applicant), visit_id, action)
    assert approvals.inbox(company.call(company.manager)).items == []
    assert quarters_taken(company) == 0


def test_an_approved_visit_can_be_cancelled_but_not_withdrawn(company: Company) -> None:
    visit_id = submitted(company, bookings=(room(),))
    decide(company, "approve")
    with pytest.raises(IllegalMove) as refused:
        visits.act(company.call(company.applicant), visit_id, "withdraw")
    assert refused.value.state == "approved"
    assert visits.act(company.call(company.applicant), visit_id, "cancel")["status"] == "cancelled"
    assert quarters_taken(company) == 0


def test_a_returned_visit_is_changed_and_submitted_again(company: Company) -> None:
    visit_id = submitted(company, bookings=(room(),))
    decide(company, "return", "会议室太小")
    changed = asked(company, bookings=(room("r2"),), purpose="年审")
    answer = visits.change(company.call(company.applicant), visit_id, changed, submit_now=True)
    assert answer["status"] == "pending"
    decide(company, "approve")
    (item,) = company.store.get(VisitItem.at(visit_id))
    assert (item.status, item.purpose, item.round) == ("approved", "年审", 2)


def test_a_second_submission_of_an_unchanged_draft_is_a_new_round_of_the_same_approval(company: Company) -> None:
    visit_id = submitted(company)
    visits.act(company.call(company.applicant), visit_id, "withdraw")
    visits.act(company.call(company.applicant), visit_id, "submit")
    assert task_of(company).id == f"visit-{visit_id}.2"


def test_a_taken_room_is_refused_by_naming_the_booking_at_submit_and_already_in_the_draft(company: Company) -> None:
    first = submitted(company, bookings=(room(),))
    (held,) = company.store.get(VisitItem.at(first))
    for submit_now in (True, False):
        with pytest.raises(ResourceTaken) as refused:
            visits.apply(company.call(company.applicant), asked(company, bookings=(room(),)), submit_now)
        assert refused.value.params["booking"] == held.number
        assert refused.value.params["resource"] == "一号会议室"


def test_back_to_back_bookings_of_one_room_are_allowed(company: Company) -> None:
    submitted(company, bookings=(room(hours=0),))
    submitted(company, bookings=(room(hours=1),))
    assert quarters_taken(company) == 8


def test_a_departed_host_is_named_when_applying_and_again_when_submitting(company: Company) -> None:
    draft = visits.apply(company.call(company.applicant), asked(company))["id"]
    left = replace(company.host, active=False, version=2)
    company.store.write(replace_item(PersonItem.from_person(left)))
    for attempt in (
        lambda: visits.act(company.call(company.applicant, now=NOW + timedelta(minutes=5)), draft, "submit"),
        lambda: visits.apply(company.call(company.applicant, now=NOW + timedelta(minutes=5)), asked(company)),
    ):
        with pytest.raises(Invalid) as refused:
            attempt()
        assert [(field.path, field.code) for field in refused.value.fields] == [("host", "host_departed")]


def test_a_rejection_needs_a_comment(company: Company) -> None:
    submitted(company)
    with pytest.raises(Invalid) as refused:
        decide(company, "reject", "")
    assert refused.value.fields[0].path == "comment"


def test_a_second_decision_is_refused_with_the_state(company: Company) -> None:
    submitted(company)
    task = task_of(company).id
    decide(company, "approve")
    with pytest.raises(IllegalMove) as refused:
        approvals.act(company.call(company.manager), task, Asked("reject", "zu spät"))
    assert refused.value.state == "approved"


def test_a_repeated_command_meets_its_first_answer(company: Company) -> None:
    call = company.call(company.applicant, key="k1")
    answer = visits.apply(call, asked(company))
    with pytest.raises(AlreadyAnswered):
        visits.apply(company.call(company.applicant, key="k1"), asked(company))
    assert company.call(company.applicant, key="k1").first_answer() == answer
    assert len(company.store.all(VisitItem)) == 1


def test_a_decision_on_an_older_version_than_the_present_is_stale(company: Company) -> None:
    submitted(company)
    with pytest.raises(Stale):
        decide(company, "approve", expected_version=7)


def test_strangers_do_not_learn_that_a_visit_exists(company: Company) -> None:
    visit_id = submitted(company)
    with pytest.raises(NotFound):
        visits.view(company.call(company.stranger), visit_id)
    with pytest.raises(NotFound):
        visits.act(company.call(company.stranger), visit_id, "cancel")
    with pytest.raises(NotFound):
        approvals.act(company.call(company.stranger), task_of(company).id, Asked("approve"))


def test_the_host_sees_the_visit_but_may_not_change_it(company: Company) -> None:
    visit_id = submitted(company, team=(Helper(company.reception.id, "茶水"),))
    assert visits.view(company.call(company.host), visit_id).moves == ()
    with pytest.raises(Forbidden):
        visits.act(company.call(company.host), visit_id, "cancel")


def test_the_approver_sees_the_visit_with_its_trail(company: Company) -> None:
    visit_id = submitted(company)
    view = visits.view(company.call(company.manager), visit_id)
    assert view.approval is not None
    assert [entry.what for entry in view.approval.entries] == ["submitted"]
    assert view.approval.names[company.manager.id] == "陈经理"
    assert view.approval.moves >= {"approve", "reject", "return"}


def test_an_applicant_without_manager_is_decided_by_an_administrator(company: Company) -> None:
    visit = visits.apply(company.call(company.host), asked(company), submit_now=True)
    (task,) = approvals.inbox(company.call(company.admin)).items
    approvals.act(company.call(company.admin), task.id, Asked("approve"))
    assert status_of(company, visit["id"]) == "approved"


def test_a_person_whose_rights_changed_meanwhile_writes_nothing(company: Company) -> None:
    call = company.call(company.applicant)
    company.store.write(replace_item(PersonItem.from_person(replace(company.applicant, active=False, version=2))))
    with pytest.raises(Contention):
        visits.apply(call, asked(company))
    assert company.store.all(VisitItem) == []


def test_my_visits_come_latest_first_and_page_by_page(company: Company) -> None:
    ids = [
        submitted(company, starts=START + timedelta(days=n), ends=START + timedelta(days=n, hours=1)) for n in (1, 2, 3)
    ]
    first = visits.mine(company.call(company.applicant), limit=2)
    second = visits.mine(company.call(company.applicant), first.cursor, limit=2)
    assert [item.to(Visit).id for item in (*first.items, *second.items)] == ids[::-1]


def test_two_hundred_visitors_fit_into_one_transaction(company: Company) -> None:
    many = tuple(Visitor(f"访客{n}", f"+86139{n:08}") for n in range(200))
    visit_id = submitted(company, visitors=many)
    assert len(visits.view(company.call(company.applicant), visit_id).visitors) == 200
