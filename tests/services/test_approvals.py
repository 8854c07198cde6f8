"""What people do with documents that are put before them, and what rules do when people go."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.directory import Person
from chalicelib.domain.errors import Conflict, Invalid, NotFound, Stale
from chalicelib.models.approvals import CopyItem, RunningItem, TaskItem, TrailItem
from chalicelib.models.directory import PersonItem
from chalicelib.models.notifications import NoticeItem
from chalicelib.models.store import replace as replace_item
from chalicelib.services import approvals, visits
from chalicelib.services.approvals import Asked, Filter, telling
from chalicelib.services.directory import reading
from tests.company import NOW
from tests.services.conftest import Company
from tests.services.test_visits import status_of, submitted


def inbox(company: Company, who: Person, box: str = "open", **facts: Any) -> list[Any]:
    return approvals.inbox(company.call(who), box, **facts).items


def move(company: Company, who: Person, action: str, *people: Person, comment: str = "", **facts: Any) -> Any:
    (task,) = inbox(company, who)
    asked_for = Asked(action, comment, tuple(person.id for person in people))
    return approvals.act(company.call(who, **facts), task.id, asked_for)


def away(company: Company, person: Person, substitute: Person | None) -> None:
    """Make the person absent from now on for a week."""
    until = company.now + timedelta(days=7)
    changed = replace(
        reading.person(company.store, person.id, company.now, fresh=True),
        substitute=substitute.id if substitute else None,
        away_from=company.now,
        away_until=until,
    )
    company.store.write(replace_item(PersonItem.from_person(replace(changed, version=changed.version + 1))))
    reading.forget()


def trail(company: Company, visit_id: str) -> list[str]:
    found = approvals.history(company.call(company.admin), f"visit-{visit_id}")
    assert found is not None
    return [str(entry.what) for entry in found[1]]


def test_a_transferred_task_is_in_the_other_inbox_at_once_and_in_no_other(company: Company) -> None:
    visit_id = submitted(company)
    move(company, company.manager, "transfer", company.host)
    assert inbox(company, company.manager) == []
    assert move(company, company.host, "approve")["status"] == "approved"
    assert status_of(company, visit_id) == "approved"
    assert trail(company, visit_id) == ["submitted", "transferred", "approved"]


@pytest.mark.parametrize("advice", ["approve", "reject"])
def test_a_delegate_advises_and_the_task_comes_back(company: Company, advice: str) -> None:
    visit_id = submitted(company)
    move(company, company.manager, "delegate", company.host)
    assert inbox(company, company.manager) == []
    move(company, company.host, advice, comment="我的意见")
    assert status_of(company, visit_id) == "pending"
    assert move(company, company.manager, "approve")["status"] == "approved"


def test_people_added_before_decide_first_and_those_added_after_afterwards(company: Company) -> None:
    visit_id = submitted(company)
    move(company, company.manager, "add_after", company.admin)
    move(company, company.manager, "add_before", company.host)
    assert (inbox(company, company.manager), inbox(company, company.admin)) == ([], [])
    move(company, company.host, "approve")
    move(company, company.manager, "approve")
    assert status_of(company, visit_id) == "pending"
    move(company, company.admin, "approve")
    assert status_of(company, visit_id) == "approved"


def test_who_was_added_can_be_taken_out_again_but_not_the_last_approver(company: Company) -> None:
    submitted(company)
    move(company, company.manager, "add_before", company.host)
    approval = inbox(company, company.host)[0].approval
    approvals.act(company.call(company.manager), approval, Asked("remove", people=(company.host.id,)))
    assert inbox(company, company.host) == []
    with pytest.raises(Conflict) as refused:
        approvals.act(company.call(company.admin), approval, Asked("remove", people=(company.manager.id,)))
    assert refused.value.code == "last_approver"


def test_a_copy_lets_its_receiver_see_and_comment_but_not_decide(company: Company) -> None:
    visit_id = submitted(company)
    approval = f"visit-{visit_id}"
    with pytest.raises(NotFound):
        approvals.act(company.call(company.stranger), approval, Asked("comment", "?"))
    approvals.act(company.call(company.applicant), approval, Asked("copy_to", people=(company.stranger.id,)))
    (copy,) = inbox(company, company.stranger, "copied")
    assert isinstance(copy, CopyItem) and copy.approval == approval
    approvals.act(company.call(company.stranger), approval, Asked("comment", "知悉"))
    with pytest.raises(Exception) as refused:
        approvals.act(company.call(company.stranger), approval, Asked("approve"))
    assert getattr(refused.value, "code", "") == "not_yours"
    assert trail(company, visit_id) == ["submitted", "copied", "commented"]


def test_the_applicant_urges_at_most_once_an_hour(company: Company) -> None:
    approval = f"visit-{submitted(company)}"
    approvals.act(company.call(company.applicant), approval, Asked("urge"))
    with pytest.raises(Conflict) as refused:
        approvals.act(company.call(company.applicant), approval, Asked("urge"))
    assert refused.value.code == "urged_recently"
    company.now += timedelta(hours=1, seconds=1)
    approvals.act(company.call(company.applicant), approval, Asked("urge"))


def test_moves_that_need_people_or_words_are_refused_without(company: Company) -> None:
    submitted(company)
    for action, field in (("transfer", "people"), ("comment", "comment"), ("return", "comment")):
        with pytest.raises(Invalid) as refused:
            move(company, company.manager, action)
        assert [wrong.path for wrong in refused.value.fields] == [field]


def test_started_documents_are_in_their_applicants_box_with_where_they_stand(company: Company) -> None:
    submitted(company)
    (mine,) = inbox(company, company.applicant, "started")
    assert isinstance(mine, RunningItem) and mine.status == "pending"


def test_a_filter_keeps_what_fits_by_process_subject_and_applicant(company: Company) -> None:
    submitted(company)
    for only, fits in (
        (Filter("visit"), True),
        (Filter("leave"), False),
        (Filter(text="林梅"), True),
        (Filter(text="?"), False),
    ):
        assert bool(inbox(company, company.manager, only=only)) is fits
    move(company, company.manager, "approve")
    assert len(inbox(company, company.manager, "decided", only=Filter("visit"))) == 1
    assert inbox(company, company.manager, "decided", only=Filter("leave")) == []


def test_bulk_approval_decides_each_task_for_itself_and_names_the_refused(company: Company) -> None:
    ids = [submitted(company), submitted(company)]
    tasks = [task.id for task in inbox(company, company.manager)]
    approvals.act(company.call(company.manager), tasks[0], Asked("reject", "否"))
    answer = approvals.approve_all(company.call(company.manager, key="bulk-1"), tasks, "同意")
    assert (answer["approved"], answer["refused"]) == (1, 1)
    assert {status_of(company, id) for id in ids} == {"approved", "rejected"}


def test_a_repeated_bulk_approval_answers_the_same_and_changes_nothing(company: Company) -> None:
    submitted(company)
    tasks = [task.id for task in inbox(company, company.manager)]
    first = approvals.approve_all(company.call(company.manager, key="bulk-2"), tasks, "")
    written = len(company.store.all(TrailItem))
    assert approvals.approve_all(company.call(company.manager, key="bulk-2"), tasks, "") == first
    assert len(company.store.all(TrailItem)) == written


def test_leave_moves_the_open_task_to_the_substitute_who_acts_on_behalf(company: Company) -> None:
    visit_id = submitted(company)
    away(company, company.manager, company.host)
    system = replace(company.call(None), actor="system:drive")
    system.permit_public("test")
    assert approvals.reassign(system, company.manager.id) == 1
    assert approvals.reassign(system, company.manager.id) == 0
    (task,) = inbox(company, company.host)
    assert task.on_behalf_of == company.manager.id
    move(company, company.host, "approve")
    assert status_of(company, visit_id) == "approved"


def test_leave_without_a_substitute_leaves_the_task_and_writes_nothing(company: Company) -> None:
    visit_id = submitted(company)
    away(company, company.manager, None)
    system = replace(company.call(None), actor="system:drive")
    system.permit_public("test")
    before = company.store.all(RunningItem)[0].version
    assert approvals.reassign(system, company.manager.id) == 0
    assert (company.store.all(RunningItem)[0].version, trail(company, visit_id)) == (before, ["submitted"])
    assert len(inbox(company, company.manager)) == 1


def test_a_task_is_decided_on_the_version_that_was_seen(company: Company) -> None:
    submitted(company)
    with pytest.raises(Stale):
        move(company, company.manager, "approve", expected_version=99)


def test_tasks_are_listed_by_urgency() -> None:
    def listed(no: int, **facts: Any) -> str:
        task = TaskItem("p", f"s{no}", id=f"t{no}", person="P", definition_key="visit", status="open", **facts)
        return str(task.listed().index1_sk)

    now = NOW
    without, later, sooner = (
        listed(1, opened_at=now),
        listed(2, opened_at=now, due_at=now + timedelta(hours=8)),
        listed(3, opened_at=now, due_at=now + timedelta(hours=1)),
    )
    assert sorted([without, later, sooner]) == [sooner, later, without]


def told(company: Company, who: Person) -> list[str]:
    """The notices of the person after all that happened was told twice."""
    system = replace(company.call(None), actor="system:drive")
    system.permit_public("test")
    for item in company.store.all(TrailItem) * 2:
        telling.tell(system, item)
    for task in company.store.all(TaskItem):
        if task.status == "open":
            telling.task_opened(system, task)
    return [notice.template for notice in company.store.all(NoticeItem) if notice.person == who.id]


@pytest.mark.parametrize(
    "action, notice",
    [("approve", "approval_approved"), ("reject", "approval_rejected"), ("return", "approval_returned")],
)
def test_the_applicant_hears_once_of_a_decision(company: Company, action: str, notice: str) -> None:
    submitted(company)
    move(company, company.manager, action, comment="因为")
    assert told(company, company.applicant) == [notice]
    assert told(company, company.manager) == []


def test_approvers_hear_of_their_task_of_urging_and_of_a_withdrawal(company: Company) -> None:
    visit_id = submitted(company)
    assert told(company, company.manager) == ["task_opened"]
    approvals.act(company.call(company.applicant), f"visit-{visit_id}", Asked("urge"))
    assert told(company, company.manager) == ["task_opened", "task_urged"]
    visits.act(company.call(company.applicant), visit_id, "withdraw")
    assert told(company, company.manager) == ["task_opened", "task_urged", "approval_withdrawn"]


def test_a_transfer_a_copy_and_a_comment_are_told_to_whom_they_concern(company: Company) -> None:
    visit_id = submitted(company)
    move(company, company.manager, "transfer", company.host)
    approvals.act(company.call(company.applicant), f"visit-{visit_id}", Asked("copy_to", people=(company.stranger.id,)))
    approvals.act(company.call(company.applicant), f"visit-{visit_id}", Asked("comment", "请尽快"))
    assert told(company, company.host) == ["approval_commented", "approval_transferred"]
    assert told(company, company.stranger) == ["approval_copied"]
    assert told(company, company.applicant) == []


def test_a_task_that_opens_for_somebody_who_just_went_away_moves_on_at_once(company: Company) -> None:
    submitted(company)
    away(company, company.manager, company.host)
    told(company, company.manager)
    assert [task.on_behalf_of for task in inbox(company, company.host)] == [company.manager.id]
    assert told(company, company.host) == ["task_moved"]
