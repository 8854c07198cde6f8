"""What webhooks and robots are told of events, and how often a webhook is tried."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from chalicelib.domain.errors import IllegalMove
from chalicelib.gateways.provider import NotSent, Receipt
from chalicelib.models.notifications import IntentItem
from chalicelib.models.store import Put
from chalicelib.services import notifications
from chalicelib.services.call import Call
from tests.services.conftest import Company
from tests.services.notifications.told import add_hook, intents, prefer, system, tell


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
