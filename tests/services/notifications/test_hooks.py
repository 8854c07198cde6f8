"""Setting up webhooks and robots, and sending to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import Forbidden, IllegalMove, Invalid, NotFound, Stale
from chalicelib.domain.notifications import Hook, Target
from chalicelib.domain.notifications.hooks import Facts
from chalicelib.gateways.provider import NotSent, Receipt
from chalicelib.gateways.sealing import Seals
from chalicelib.models.directory import RequestItem
from chalicelib.models.hooks import HookItem
from chalicelib.models.notifications import IntentItem
from chalicelib.services import notifications
from chalicelib.services.call import Call
from chalicelib.services.notifications import hook_messages, hooks, lists
from tests.services.conftest import Company

SEALS = Seals(b"ours")
SETUP = hooks.Setup(lambda host: ["8.8.8.8"], lambda: SEALS)
FACTS = Facts("ERP", frozenset({"task_opened"}), "en")
URL = "https://erp.example/in?key=very-secret"


@dataclass
class Sent:
    """Takes what webhooks and robots are told."""

    calls: list[tuple[Any, ...]] = field(default_factory=list)

    def send(self, *call: Any) -> Receipt:
        self.calls.append(call)
        return Receipt("m", "200 ok")


def add(company: Company, kind: Any = "webhook", secret: str = "", **facts: Any) -> hooks.Shown:
    return hooks.create(company.call(company.admin, **facts), SETUP, kind, FACTS, Target(URL, secret))


def send(company: Company, sent: Sent, now: datetime | None = None) -> IntentItem:
    """Send the newest message."""
    call = company.call(None, now=now or company.now)
    call.permit_public("a test")
    senders: Any = {
        "webhook": lambda call, intent: hook_messages.send_webhook(call, sent, SEALS, intent),
        "robot": lambda call, intent: hook_messages.send_robot(call, sent, SEALS, intent),
    }
    (item,) = [item for item in company.store.all(IntentItem) if item.status == "intended"]
    notifications.send(call, senders, item.id)
    (tried,) = [each for each in company.store.all(IntentItem) if each.id == item.id]
    return tried


def stored(company: Company) -> str:
    return repr(company.store.items)


def test_neither_the_secret_nor_the_address_stands_in_a_table(company: Company) -> None:
    made = add(company, key="k")
    assert made.secret == SEALS.webhook_secret(made.answer["id"], 1)
    add(company, "dingtalk", secret="SEC-very-secret")
    assert made.secret not in stored(company) and "very-secret" not in stored(company)
    (request,) = company.store.all(RequestItem)
    assert set(request.answer) == {"id", "version", "location"}


def test_a_test_message_is_signed_and_logged(company: Company) -> None:
    made, sent = add(company), Sent()
    hooks.test(company.call(company.admin), made.answer["id"])
    assert send(company, sent).status == "sent"
    ((target, secrets, message_id, body, now),) = sent.calls
    assert (target, secrets, now) == (Target(URL), [made.secret], company.now)
    assert message_id.startswith("msg_") and "." not in message_id and '"type": "test"' in body
    (logged,) = lists.log(company.call(company.admin), made.answer["id"], None, 10).items
    assert (logged.status, logged.template, [each.result for each in logged.tries]) == ("sent", "test", ["sent"])


def test_a_robot_is_sent_the_text_with_its_own_secret(company: Company) -> None:
    made, sent = add(company, "feishu", secret="S"), Sent()
    assert made.secret == ""
    hooks.test(company.call(company.admin), made.answer["id"])
    send(company, sent)
    assert sent.calls == [
        ("feishu", Target(URL, "S"), "This is a test: messages from Atrium arrive here.", company.now)
    ]


def test_a_new_secret_is_shown_once_and_both_sign_for_a_day(company: Company) -> None:
    made, sent = add(company), Sent()
    renewed = hooks.renew_secret(company.call(company.admin), SETUP, made.answer["id"])
    assert renewed.secret != made.secret
    for hours, secrets in ((1, [renewed.secret, made.secret]), (25, [renewed.secret])):
        hooks.test(company.call(company.admin), made.answer["id"])
        send(company, sent, company.now + timedelta(hours=hours))
        assert sent.calls[-1][1] == secrets


def test_what_waits_for_a_hook_that_was_switched_off_is_not_sent(company: Company) -> None:
    made, sent = add(company), Sent()
    hook_id = made.answer["id"]
    (item,) = company.store.get(HookItem.at(hook_id))
    waiting = hook_messages.to_hook(company.call(None), "c", "task_opened", item.to(Hook), "{}")
    company.store.write(notifications.intend(waiting))
    hooks.switch(company.call(company.admin), hook_id, active=False)
    tried = send(company, sent)
    assert (tried.status, tried.error, sent.calls) == ("failed", "switched_off", [])
    hooks.test(company.call(company.admin), hook_id)
    assert send(company, sent).status == "sent", "a test says whether it can be switched on again"


@pytest.mark.parametrize("reason", ["private_address", "unknown_host"])
def test_an_address_is_looked_at_when_it_is_stated(company: Company, reason: str) -> None:
    def look(host: str) -> Sequence[str]:
        raise NotSent(reason, final=True)

    setup: Any = hooks.Setup(look, lambda: SEALS)  # type: ignore[arg-type]
    with pytest.raises(Invalid) as refused:
        hooks.create(company.call(company.admin), setup, "webhook", FACTS, Target(URL))
    assert [(wrong.path, wrong.code) for wrong in refused.value.fields] == [("url", reason)]
    made = add(company)
    with pytest.raises(Invalid):
        hooks.change(company.call(company.admin), setup, made.answer["id"], FACTS, Target(URL))
    hooks.change(company.call(company.admin), setup, made.answer["id"], FACTS, None)


def test_a_change_keeps_the_address_unless_another_is_stated(company: Company) -> None:
    made = add(company, "dingtalk", secret="S")
    hook_id = made.answer["id"]
    hooks.change(company.call(company.admin), SETUP, hook_id, Facts("New", frozenset({"task_urged"})), None)
    hook = hooks.one(company.call(company.admin), hook_id)
    assert (hook.name, hook.version, SEALS.unseal(hook.id, hook.sealed)) == ("New", 2, Target(URL, "S"))
    with pytest.raises(Stale):
        hooks.change(company.call(company.admin, expected_version=1), SETUP, hook_id, FACTS, None)
    other = Target("https://other.example/")
    hooks.change(company.call(company.admin), SETUP, hook_id, FACTS, other)
    hook = hooks.one(company.call(company.admin), hook_id)
    assert (hook.host, SEALS.unseal(hook.id, hook.sealed)) == ("other.example", other)


def test_only_administrators_set_up_hooks(company: Company) -> None:
    made = add(company)

    def tries(call: Call) -> list[Any]:
        id = made.answer["id"]
        return [
            lambda: hooks.listed(call),
            lambda: hooks.one(call, id),
            lambda: hooks.create(call, SETUP, "webhook", FACTS, Target(URL)),
            lambda: hooks.change(call, SETUP, id, FACTS, None),
            lambda: hooks.renew_secret(call, SETUP, id),
            lambda: hooks.switch(call, id, active=False),
            lambda: hooks.test(call, id),
            lambda: lists.log(call, id, None, 10),
            lambda: lists.failed(call, "2026-03", None, 10),
            lambda: lists.waiting(call),
            lambda: notifications.send_anew(call, [], "/"),
        ]

    for attempt in tries(company.call(company.manager)):
        with pytest.raises(Forbidden):
            attempt()
    with pytest.raises(NotFound):
        hooks.one(company.call(company.admin), "nobody")
    with pytest.raises(IllegalMove):
        hooks.switch(company.call(company.admin), made.answer["id"], active=True)


def test_failed_and_waiting_messages_are_listed_without_their_texts(company: Company) -> None:
    made = add(company)
    for _ in range(2):
        hooks.test(company.call(company.admin), made.answer["id"])
    waiting = lists.waiting(company.call(company.admin)).items
    assert [each.status for each in waiting] == ["intended", "intended"]
    call = company.call(None)
    call.permit_public("a test")

    def gone(call: Call, intent: Any) -> Receipt:
        raise NotSent("status_410", final=True)

    notifications.send(call, {"webhook": gone}, waiting[0].id)
    (failed,) = lists.failed(company.call(company.admin), f"{company.now:%Y-%m}", None, 10).items
    assert (failed.status, failed.error) == ("failed", "status_410")
    assert not hasattr(failed, "text")
    assert len(lists.waiting(company.call(company.admin)).items) == 1


@pytest.mark.parametrize(
    ("address", "shown"), [("+8613812345678", "•••5678"), ("lin.mei@atrium.example", "l•••@atrium.example")]
)
def test_of_an_address_only_a_part_is_shown(address: str, shown: str) -> None:
    assert lists.partly(address) == shown
