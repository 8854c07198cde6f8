"""From an event to messages: whom, by which channel, when, and each only once."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import Contention
from chalicelib.domain.notifications import LOST_AFTER
from chalicelib.models.directory import PersonItem
from chalicelib.models.notifications import DigestItem, EventItem
from chalicelib.models.store import Put
from chalicelib.services import directory, notifications
from chalicelib.services.notifications.planning import Reach
from tests.services.conftest import Company
from tests.services.notifications.told import MORNING, REACH, add_hook, intents, prefer, system, tell


def test_an_approver_gets_an_e_mail_in_their_language_unless_they_chose_otherwise(company: Company) -> None:
    tell(company, company.manager, company.host)
    host, manager = intents(company)
    assert (manager.channel, manager.address, manager.status) == ("email", company.manager.email, "intended")
    assert manager.title == "林梅请您审批：采购"
    assert "https://atrium.example/approvals/1" in manager.text and "https://atrium.example/preferences" in manager.text
    assert host.person == company.host.id


def test_channels_are_chosen_by_kind(company: Company) -> None:
    prefer(company, company.manager, channels={"task_opened": ("sms",), "task_urged": ()})
    tell(company, company.manager)
    tell(company, company.manager, kind="task_urged", cause="d")
    tell(company, company.manager, kind="task_moved", cause="e")
    assert [(item.channel, item.template) for item in intents(company)] == [
        ("sms", "task_opened"),
        ("email", "task_moved"),
    ]
    assert intents(company)[0].text == "林梅请您审批：采购 https://atrium.example/approvals/1"


def test_telling_again_and_planning_again_adds_nothing(company: Company) -> None:
    add_hook(company)
    for _ in range(3):
        tell(company, company.manager)
    assert len(intents(company)) == 2
    assert len(company.store.all(EventItem)) == 1


def test_people_who_are_told_later_of_the_same_cause_get_theirs_too(company: Company) -> None:
    tell(company, company.manager)
    tell(company, company.manager, company.host)
    assert [item.person for item in intents(company)] == [company.host.id, company.manager.id]


def test_whoever_left_gets_no_messages(company: Company) -> None:
    gone = replace(company.host, active=False, version=2)
    company.store.write(Put(PersonItem.from_person(gone), {}))
    tell(company, company.host)
    assert intents(company) == []


def test_without_a_sender_there_are_no_e_mails(company: Company) -> None:
    notifications.notify(system(company), "c", [company.manager.id], "task_opened", {}, "/")
    notifications.plan(system(company), Reach("https://atrium.example", mail=False), "c")
    assert intents(company) == []


@pytest.mark.parametrize("failing", range(1, 4))
def test_an_event_planned_after_a_crash_lacks_nothing_and_doubles_nothing(company: Company, failing: int) -> None:
    prefer(company, company.manager, digest="daily")
    add_hook(company)
    call = system(company)
    notifications.notify(call, "c", [company.manager.id, company.host.id], "task_opened", {}, "/")
    writes, real = iter(range(1, 100)), company.store.write

    def failing_write(*operations: Any) -> None:
        if next(writes) == failing:
            raise Contention
        real(*operations)

    company.store.write = failing_write  # type: ignore[method-assign]
    for _ in range(3):
        try:
            notifications.plan(system(company), REACH, "c")
        except Contention:
            continue
    kinds = [(item.channel, item.status) for item in intents(company)]
    assert sorted(kinds) == [("email", "collected"), ("email", "intended"), ("webhook", "intended")]
    (digest,) = company.store.all(DigestItem)
    assert digest.total == 1


def test_an_event_that_the_stream_lost_is_brought_back(company: Company) -> None:
    notifications.notify(system(company), "c", [company.manager.id], "task_opened", {}, "/")
    assert notifications.take_up(system(company)) == 0
    later = company.now + LOST_AFTER
    assert notifications.take_up(system(company, later)) == 1
    assert notifications.take_up(system(company, later)) == 0
    (event,) = company.store.all(EventItem)
    assert (event.status, event.version) == ("open", 2)
    notifications.plan(system(company, later), REACH, "c")
    assert notifications.take_up(system(company, later + timedelta(seconds=1))) == 0


def test_messages_wait_for_the_end_of_the_quiet_hours(company: Company) -> None:
    prefer(company, company.manager, quiet_from=time(9), quiet_until=time(10), channels={"task_opened": ("sms",)})
    tell(company, company.manager, at=MORNING)
    (held,) = intents(company)
    assert (held.status, held.next_at) == ("waiting", MORNING + timedelta(minutes=30))
    assert notifications.take_up(system(company, MORNING + timedelta(minutes=29))) == 0
    assert notifications.take_up(system(company, MORNING + timedelta(minutes=30))) == 1
    (item,) = intents(company)
    assert (item.status, item.attempts) == ("intended", 0)


def test_a_guest_at_the_gate_waits_for_no_quiet_hours_and_no_digest(company: Company) -> None:
    channels: Any = {"guest_arrived": ("sms", "email")}
    prefer(company, company.host, quiet_from=time(9), quiet_until=time(10), digest="daily", channels=channels)
    tell(company, company.host, kind="guest_arrived", at=MORNING)
    assert [item.status for item in intents(company)] == ["intended", "intended"]


def test_who_leaves_the_company_during_the_quiet_hours_is_told_nothing_any_more(company: Company) -> None:
    tell(company, company.manager)
    company.store.write(Put(PersonItem.from_person(replace(company.manager, active=False, version=2)), {}))
    directory.forget()
    (item,) = intents(company)
    notifications.send(system(company), {"email": lambda call, intent: pytest.fail("it was sent")}, item.id)
    (item,) = intents(company)
    assert (item.status, item.error) == ("failed", "departed")
