"""From an event to messages: whom, by which channel, when, and each only once."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from chalicelib.domain.directory import Person
from chalicelib.domain.errors import Contention, IllegalMove
from chalicelib.domain.notifications import LOST_AFTER, Hook, Preferences
from chalicelib.gateways.provider import NotSent, Receipt
from chalicelib.models.directory import PersonItem
from chalicelib.models.hooks import HookItem, PreferencesItem
from chalicelib.models.notifications import DigestItem, EventItem, IntentItem
from chalicelib.models.store import Put, create
from chalicelib.services import directory, notifications
from chalicelib.services.call import Call
from chalicelib.services.notifications import digests
from chalicelib.services.notifications.planning import Reach
from tests.services.conftest import Company

REACH = Reach("https://atrium.example", mail=True)
MORNING = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
"""9:30 in Shanghai, a Monday."""


def system(company: Company, now: datetime | None = None) -> Call:
    call = company.call(None, now=now or company.now)
    call.permit_public("a test")
    return call


def tell(company: Company, *people: Person, kind: str = "task_opened", cause: str = "c", at: Any = None) -> None:
    """Notify and plan, as the stream does."""
    facts = {"person": "林梅", "subject": "采购"}
    call = system(company, at)
    notifications.notify(call, cause, [person.id for person in people], kind, facts, "/approvals/1")
    notifications.plan(call, REACH, cause)


def prefer(company: Company, person: Person, **facts: Any) -> None:
    item = PreferencesItem.from_preferences(Preferences(person.id, **facts, version=1))
    company.store.write(Put(item, {}))


def add_hook(company: Company, kind: Any = "webhook", events: tuple[str, ...] = ("task_opened",), **facts: Any) -> Hook:
    hook = Hook(f"hook-{kind}", kind, "ERP", frozenset(events), "en", "erp.example", "sealed", company.now, **facts)
    company.store.write(create(HookItem.from_hook(hook)))
    directory.forget()
    return hook


def intents(company: Company) -> list[IntentItem]:
    return sorted(company.store.all(IntentItem), key=lambda item: str(item.id))


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


# Quiet hours


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


# Digests


def collected(company: Company, *causes: str, at: datetime = MORNING) -> None:
    prefer(company, company.manager, digest="daily", digest_at=time(8, 30))
    for cause in causes:
        tell(company, company.manager, cause=cause, at=at)


NEXT = datetime(2026, 3, 3, 0, 30, tzinfo=UTC)
"""8:30 of the next day in Shanghai."""


def send_digest(company: Company, at: datetime) -> None:
    """The schedule, and what the stream makes of it."""
    notifications.take_up(system(company, at))
    for item in company.store.all(DigestItem):
        digests.write(system(company, at), REACH.public_url, item.id)


def mails(company: Company) -> list[IntentItem]:
    return [item for item in intents(company) if item.template == "digest"]


def test_a_digest_is_one_e_mail_with_everything_that_waited(company: Company) -> None:
    collected(company, "a", "b", "c")
    assert {item.status for item in intents(company)} == {"collected"}
    send_digest(company, NEXT - timedelta(seconds=1))
    assert mails(company) == []
    for minutes in (0, 5, 10):
        send_digest(company, NEXT + timedelta(minutes=minutes))
    (mail,) = mails(company)
    assert (mail.channel, mail.address, mail.status) == ("email", company.manager.email, "intended")
    assert mail.title == "Atrium：3条通知" and mail.text.count("林梅请您审批：采购") == 3


def test_what_comes_after_the_time_goes_into_the_next_digest(company: Company) -> None:
    collected(company, "a")
    send_digest(company, NEXT)
    collected(company, "b", at=NEXT)
    send_digest(company, NEXT + timedelta(days=1))
    assert [mail.title for mail in mails(company)] == ["Atrium：1条通知", "Atrium：1条通知"]


def test_a_digest_whose_time_has_come_takes_nothing_more(company: Company) -> None:
    collected(company, "a")
    notifications.take_up(system(company, NEXT))
    call = system(company, NEXT - timedelta(seconds=1))
    notifications.notify(call, "late", [company.manager.id], "task_opened", {}, "/")
    with pytest.raises(IllegalMove):
        notifications.plan(call, REACH, "late")
    notifications.plan(system(company, NEXT), REACH, "late")
    send_digest(company, NEXT + timedelta(days=1))
    assert len(mails(company)) == 2 or mails(company)[0].text.count("/approvals/1") == 1


@pytest.mark.parametrize("lost", ["before", "after"])
def test_a_digest_is_written_once_whenever_its_writer_dies(company: Company, lost: str) -> None:
    collected(company, "a", "b")
    notifications.take_up(system(company, NEXT))
    (digest,) = company.store.all(DigestItem)
    real = company.store.write

    def dying(*operations: Any) -> None:
        if lost == "after":
            real(*operations)
        raise KeyboardInterrupt

    company.store.write = dying  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        digests.write(system(company, NEXT), REACH.public_url, digest.id)
    company.store.write = real  # type: ignore[method-assign]
    send_digest(company, NEXT + LOST_AFTER)
    send_digest(company, NEXT + 2 * LOST_AFTER)
    assert len(mails(company)) == 1


# Hooks


def test_hooks_get_the_events_that_they_asked_for_once_for_all_people(company: Company) -> None:
    hook = add_hook(company)
    add_hook(company, "feishu")
    prefer(company, company.manager, channels={"task_opened": ()})
    prefer(company, company.host, channels={"task_opened": ("robot",)})
    tell(company, company.manager, company.host)
    tell(company, company.host, kind="task_urged", cause="d")
    webhook, robot = [item for item in sorted(intents(company), key=lambda item: str(item.channel)) if item.about][::-1]
    assert (webhook.address, webhook.about) == (hook.id, hook.id)
    body = json.loads(webhook.text)
    assert body["type"] == "task_opened" and body["timestamp"] == company.now.isoformat()
    assert body["data"]["people"] == [company.manager.id, company.host.id]
    assert body["data"]["url"] == "https://atrium.example/approvals/1"
    assert robot.text == "For 何先生: 林梅 asks for your approval: 采购\nhttps://atrium.example/approvals/1"


def test_a_robot_says_nothing_when_nobody_wants_to_be_named(company: Company) -> None:
    add_hook(company, "wecom")
    prefer(company, company.manager, channels={"task_opened": ("email",)})
    tell(company, company.manager)
    assert [item.channel for item in intents(company)] == ["email"]


def test_a_hook_that_is_off_gets_nothing(company: Company) -> None:
    add_hook(company, active=False)
    tell(company, company.manager)
    assert [item.channel for item in intents(company)] == ["email"]


def tried(company: Company, at: datetime, sender: Callable[..., Receipt]) -> IntentItem:
    (item,) = [item for item in intents(company) if item.channel == "webhook"]
    notifications.send(system(company, at), {"webhook": sender}, item.id)
    (item,) = [item for item in intents(company) if item.channel == "webhook"]
    return item


def test_a_webhook_is_tried_for_days_with_growing_pauses_and_can_be_delivered_again(company: Company) -> None:
    add_hook(company)
    prefer(company, company.manager, channels={"task_opened": ()})
    tell(company, company.manager)

    def away(call: Call, intent: Any) -> Receipt:
        raise NotSent("status_503", final=False, said="503 busy")

    now, pauses = company.now, []
    item = tried(company, now, away)
    while item.status != "failed":
        pauses.append((item.next_at - now).total_seconds() / 60)
        now = item.next_at
        assert notifications.take_up(system(company, now)) == 1
        item = tried(company, now, away)
    assert pauses == [1, 5, 30, 120, 300, 600, 840, 1200]
    assert len(item.tries) == 9 and item.tries[0].said == "503 busy"
    answer = notifications.send_anew(company.call(company.admin, now=now), [item.id], "/messages")
    assert answer["redelivered"] == 1
    item = tried(company, now, lambda call, intent: Receipt("msg", "200 ok"))
    assert (item.status, item.attempts, len(item.tries)) == ("sent", 1, 10)
    with pytest.raises(IllegalMove):
        notifications.send_anew(company.call(company.admin), [moved(company, item)], "/messages")


def moved(company: Company, item: IntentItem) -> str:
    item.status = "sending"
    company.store.write(Put(item, {}))
    return str(item.id)
