"""Telling webhooks and group robots: which there are, their messages, and sending these."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, cast

from chalicelib.domain.notifications import TEST, Hook, HookKind, Intent, Target, generations
from chalicelib.gateways.provider import NotSent, Receipt
from chalicelib.models.directory import DirectoryTable
from chalicelib.models.hooks import HookItem
from chalicelib.models.store import Query
from chalicelib.services.call import Call
from chalicelib.services.directory.reading import remembered

LIMIT = 100
"""Hooks that a company has at most."""


class Seals(Protocol):
    """Keeper of secrets (gateways/sealing.py)."""

    def webhook_secret(self, hook_id: str, generation: int) -> str:
        """The secret that a webhook's messages are signed with."""

    def seal(self, hook_id: str, target: Target) -> str:
        """The target as a text that only `unseal` reads."""

    def unseal(self, hook_id: str, sealed: str) -> Target:
        """The target."""


class Webhooks(Protocol):
    """Sender of signed webhooks (gateways/webhooks.py)."""

    def send(self, target: Target, secrets: Sequence[str], message_id: str, body: str, now: datetime) -> Receipt:
        """Post `body`; raises NotSent."""


class Robots(Protocol):
    """Sender of robots' messages (gateways/robots.py)."""

    def send(self, kind: HookKind, target: Target, text: str, now: datetime) -> Receipt:
        """Post `text`; raises NotSent."""


def known(call: Call) -> list[Hook]:
    """All hooks, at most half a minute old."""
    query = Query(DirectoryTable, "hooks", index=1, limit=LIMIT)
    return remembered(
        "hooks",
        "",
        call.now,
        lambda: [item.to(Hook) for item in call.store.query(query).items if isinstance(item, HookItem)],
    )


def to_hook(call: Call, cause: str, template: str, hook: Hook, text: str) -> Intent:
    """The message about a cause to a hook."""
    return Intent(
        id=f"{cause}#{hook.id}",
        channel=hook.channel,
        template=template,
        address=hook.id,
        language=hook.language,
        text=text,
        about=hook.id,
        created_at=call.now,
    )


def send_webhook(call: Call, webhooks: Webhooks, seals: Seals, intent: Intent) -> Receipt:
    """Send a message to its webhook; raises NotSent."""
    hook = _target_hook(call, intent)
    secrets = [seals.webhook_secret(hook.id, generation) for generation in generations(hook, call.now)]
    return webhooks.send(seals.unseal(hook.id, hook.sealed), secrets, _known_as(intent), intent.text, call.now)


def _known_as(intent: Intent) -> str:
    """The id by which the receiver knows the message, the same however often it comes."""
    return "msg_" + hashlib.sha256(intent.id.encode()).hexdigest()[:32]


def send_robot(call: Call, robots: Robots, seals: Seals, intent: Intent) -> Receipt:
    """Send a message as a group's robot; raises NotSent."""
    hook = _target_hook(call, intent)
    return robots.send(hook.hook_kind, seals.unseal(hook.id, hook.sealed), intent.text, call.now)


def _target_hook(call: Call, intent: Intent) -> Hook:
    (item,) = call.store.get(HookItem.at(intent.address))
    if item is None or not (item.active or intent.template == TEST):
        raise NotSent("switched_off", final=True)
    return cast(Hook, item.to(Hook))
