"""What the stream of the notifications brings: events become messages, digests become e-mails, messages are sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from chalicelib.domain.notifications import Channel
from chalicelib.gateways.email import email
from chalicelib.gateways.outbound import outbound
from chalicelib.gateways.robots import Robots
from chalicelib.gateways.sealing import seals
from chalicelib.gateways.sms import sms
from chalicelib.gateways.webhooks import Webhooks
from chalicelib.services import notifications
from chalicelib.services.call import Call
from chalicelib.services.notifications import digests, hook_messages
from chalicelib.services.notifications.sending import Send
from chalicelib.settings import settings
from chalicelib.workflows.context import call_of
from chalicelib.workflows.streams import Change, each


def run(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
    """Go on with everything that is new; a refused message is noted and tried again by the schedule."""
    return each(event, partial(_consume, call_of("deliver", context)))


def _consume(call: Call, change: Change) -> None:
    follow = FOLLOWS.get((change.kind, change.now("status")))
    if follow:
        follow(call, change.now("id") or "")


def _plan(call: Call, cause: str) -> None:
    reach = notifications.Reach(settings().public_url, mail=bool(settings().mail_from))
    notifications.plan(call, reach, cause)


def _send(call: Call, intent_id: str) -> None:
    notifications.send(call, SENDERS, intent_id)


def _write_digest(call: Call, digest_id: str) -> None:
    digests.write(call, settings().public_url, digest_id)


FOLLOWS: Mapping[tuple[str, str | None], Callable[[Call, str], None]] = {
    ("event", "open"): _plan,
    ("intent", "intended"): _send,
    ("digest", "due"): _write_digest,
}

SENDERS: Mapping[Channel, Send] = {
    "sms": lambda call, intent: sms().send(intent.address, intent.text),
    "email": lambda call, intent: email().send(intent.address, intent.title, intent.text, intent.calendar),
    "webhook": lambda call, intent: hook_messages.send_webhook(call, Webhooks(outbound()), seals(), intent),
    "robot": lambda call, intent: hook_messages.send_robot(call, Robots(outbound()), seals(), intent),
}
