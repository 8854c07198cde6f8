"""The checklist of an approved visit: made once, ticked off by those who prepare, reminded of while it is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.bookings import Booking
from chalicelib.domain.checklist import Task
from chalicelib.domain.errors import Forbidden, IllegalMove, NotFound, Stale
from chalicelib.domain.visits import Helper, Visit
from chalicelib.models.checklist import ChecklistItem
from chalicelib.models.notifications import NoticeItem
from chalicelib.models.store import replace as replace_item
from chalicelib.models.visits import VisitItem
from chalicelib.services import checklist, visits
from chalicelib.services.checklist import reminding
from chalicelib.services.notifications import inbox
from tests.services.conftest import Company
from tests.services.test_reception import meal
from tests.services.test_visits import START, decide, submitted


def approved(company: Company, **facts: Any) -> str:
    """An approved visit with a meal, a room and a helper, and its list."""
    known: dict[str, Any] = {
        "items": (meal(price=100),),
        "bookings": (Booking("r1", START, START + timedelta(hours=1)),),
        "team": (Helper(company.stranger.id, "Interpreting"),),
    }
    visit = submitted(company, **known | facts)
    decide(company, "approve")
    checklist.follow(company.call(None, permitted=["test"]), visit)
    return visit


def tasks(company: Company, visit_id: str) -> list[Task]:
    held = [item.to(Task) for item in company.store.all(ChecklistItem) if item.visit == visit_id]
    return sorted(held, key=lambda task: task.no)


def changed(company: Company, visit_id: str, **facts: Any) -> None:
    """The visit after a change of those facts, and its list."""
    (item,) = company.store.get(VisitItem.at(visit_id))
    visit: Visit = item.to(Visit)
    company.store.write(replace_item(VisitItem.from_visit(replace(visit, version=visit.version + 1, **facts))))
    checklist.follow(company.call(None, permitted=["test"]), visit_id)


def tick(company: Company, who: Any, task: Task, action: checklist.Action = "tick", **facts: Any) -> dict[str, Any]:
    return checklist.act(company.call(who, **facts), task.visit, task.id, action)


def reminders(company: Company) -> list[tuple[str, str]]:
    found = [item for item in company.store.all(NoticeItem) if item.template == "checklist_due"]
    return sorted((item.person, item.facts["word"]) for item in found)


def remind(company: Company, later: timedelta) -> int:
    return reminding.remind_due(company.call(None, now=company.now + later, permitted=["test"]))


def test_an_approved_visit_has_a_list_with_owners_and_due_times(company: Company) -> None:
    listed = tasks(company, approved(company))
    assert [(task.word, task.owner, task.status) for task in listed] == [
        ("meal", company.applicant.id, "open"),
        ("room", company.host.id, "open"),
        ("team", company.stranger.id, "open"),
    ]
    assert all(company.now < task.due <= START + timedelta(hours=8) for task in listed)
    assert listed[0].counts == {"guests": 4, "hosts": 2}


def test_a_visit_that_is_not_approved_has_none(company: Company) -> None:
    visit = submitted(company, items=(meal(price=100),))
    checklist.follow(company.call(None, permitted=["test"]), visit)
    assert tasks(company, visit) == []


def test_following_again_changes_nothing(company: Company) -> None:
    visit = approved(company)
    before = tasks(company, visit)
    checklist.follow(company.call(None, now=company.now + timedelta(hours=2), permitted=["test"]), visit)
    assert tasks(company, visit) == before


def test_a_change_opens_only_what_it_touches(company: Company) -> None:
    visit = approved(company)
    for task in tasks(company, visit):
        tick(company, company.host, task)
    changed(company, visit, items=(meal(price=100, guests=9),))
    assert sorted((task.word, task.status) for task in tasks(company, visit)) == [
        ("meal", "dropped"),
        ("meal", "open"),
        ("room", "done"),
        ("team", "done"),
    ]


def test_host_applicant_helper_and_reception_tick_off(company: Company) -> None:
    first, second, third = tasks(company, approved(company))
    assert tick(company, company.applicant, first)["status"] == "done"
    assert tick(company, company.stranger, third)["status"] == "done"
    assert tick(company, company.reception, second)["status"] == "done"
    assert tick(company, company.host, replace(first), "untick")["status"] == "open"


def test_an_approver_looks_but_does_not_tick_and_a_stranger_knows_of_nothing(company: Company) -> None:
    (first, *_) = tasks(company, approved(company, team=()))
    with pytest.raises(Forbidden):
        tick(company, company.manager, first)
    with pytest.raises(NotFound):
        tick(company, company.stranger, first)


def test_a_task_is_ticked_once_and_by_the_version_that_was_seen(company: Company) -> None:
    (first, *_) = tasks(company, approved(company))
    with pytest.raises(Stale):
        tick(company, company.host, first, expected_version=9)
    tick(company, company.host, first)
    with pytest.raises(IllegalMove):
        tick(company, company.host, first)


def test_nothing_is_prepared_for_a_visit_that_is_off(company: Company) -> None:
    visit = approved(company)
    visits.act(company.call(company.applicant), visit, "cancel")
    with pytest.raises(IllegalMove):
        tick(company, company.host, tasks(company, visit)[0])


def test_the_page_shows_the_list_and_whether_i_may_tick_it(company: Company) -> None:
    visit = approved(company)
    changed(company, visit, team=())
    shown = visits.view(company.call(company.host), visit)
    assert ([task.word for task in shown.checklist], shown.prepares) == (["meal", "room"], True)
    assert not visits.view(company.call(company.manager), visit).prepares


def test_owners_are_reminded_once_of_what_is_due(company: Company) -> None:
    (first, *_) = tasks(company, approved(company))
    tick(company, company.host, first)
    assert remind(company, timedelta(minutes=5)) == 0
    assert remind(company, timedelta(days=1)) == 2
    assert remind(company, timedelta(days=2)) == 0
    assert reminders(company) == [(company.host.id, "room"), (company.stranger.id, "team")]


def test_the_notice_leads_to_the_list_and_names_the_task_to_tick(company: Company) -> None:
    visit = approved(company, bookings=(), team=())
    (task,) = tasks(company, visit)
    remind(company, timedelta(days=3))
    (notice, *_) = (each for each in inbox(company.call(company.applicant)).items if each.task)
    assert (notice.task, notice.path) == (task.id, f"/visits/{visit}#checklist")
    assert "用餐" in notice.text
    assert tick(company, company.applicant, task)["status"] == "done"


def test_nobody_is_reminded_of_a_cancelled_visit(company: Company) -> None:
    visit = approved(company)
    visits.act(company.call(company.applicant), visit, "cancel")
    assert remind(company, timedelta(days=1)) == 3
    assert reminders(company) == []


def test_what_moved_is_due_later_and_reminded_of_then(company: Company) -> None:
    visit = approved(company, items=(), bookings=())
    later = {"starts": START + timedelta(days=7), "ends": START + timedelta(days=7, hours=2), "occurrences": ()}
    changed(company, visit, **later)
    assert remind(company, timedelta(days=1)) == 0
    assert remind(company, timedelta(days=8)) == 1
    assert len(reminders(company)) == 1
