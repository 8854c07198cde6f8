"""What became of messages: a person's own, a hook's log, and for administrators what could not be sent or waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.notifications import Attempt, Intent
from chalicelib.models.notifications import (
    SHARDS,
    IntentItem,
    NotificationsTable,
    failed_partition,
    unsettled_partition,
)
from chalicelib.models.store import Query
from chalicelib.services.call import Call
from chalicelib.services.permissions import COMPANY, Resource

WAITING_SHOWN = 200
"""Waiting messages that the page shows, the next ones first."""


@dataclass(frozen=True)
class Message:
    """A message without its text, which may hold a visitor's link; of its address only a part is shown."""

    id: str
    channel: str
    template: str
    address: str
    status: str
    created_at: datetime
    next_at: datetime | None
    sent_at: datetime | None
    error: str
    attempts: int
    tries: tuple[Attempt, ...]


@dataclass(frozen=True)
class MessagesPage:
    """Messages and the cursor of what follows."""

    items: list[Message]
    next: str | None


def mine(call: Call, cursor: str | None, limit: int) -> MessagesPage:
    """What was sent to the person who asks, the newest first."""
    call.permit("inbox:view", Resource("Inbox", call.me.id, {"owner": call.me.id}))
    return _page(call, Query(NotificationsTable, f"messages#{call.me.id}", index=2, cursor=cursor, limit=limit))


def log(call: Call, hook_id: str, cursor: str | None, limit: int) -> MessagesPage:
    """For administrators: what was sent to a hook, the newest first."""
    call.permit("webhook:manage", COMPANY)
    return _page(call, Query(NotificationsTable, f"about#{hook_id}", index=1, cursor=cursor, limit=limit))


def failed(call: Call, month: str, cursor: str | None, limit: int) -> MessagesPage:
    """For administrators: the messages of a month (YYYY-MM) that could not be sent, the newest first."""
    call.permit("message:manage", COMPANY)
    return _page(call, Query(NotificationsTable, failed_partition(month), index=3, cursor=cursor, limit=limit))


def waiting(call: Call) -> MessagesPage:
    """For administrators: what waits or is on its way, what is due next first; at most WAITING_SHOWN."""
    call.permit("message:manage", COMPANY)
    shards = [
        Query(NotificationsTable, unsettled_partition(shard), index=3, limit=WAITING_SHOWN) for shard in range(SHARDS)
    ]
    items = [item for query in shards for item in call.store.query(query).items if isinstance(item, IntentItem)]
    items.sort(key=lambda item: item.index3_sk)
    return MessagesPage([shown(item.to(Intent)) for item in items[:WAITING_SHOWN]], None)


def _page(call: Call, query: Query) -> MessagesPage:
    page = call.store.query(replace(query, newest_first=True))
    return MessagesPage(_messages(page.items), page.cursor)


def _messages(items: Sequence[object]) -> list[Message]:
    return [shown(item.to(Intent)) for item in items if isinstance(item, IntentItem)]


def shown(intent: Intent) -> Message:
    """The message as lists show it."""
    return Message(
        id=intent.id,
        channel=intent.channel,
        template=intent.template,
        address=partly(intent.address) if intent.channel in ("sms", "email") else intent.address,
        status=intent.status,
        created_at=intent.created_at,
        next_at=intent.next_at if intent.status in ("waiting", "collected") else None,
        sent_at=intent.sent_at,
        error=intent.error,
        attempts=intent.attempts,
        tries=intent.tries,
    )


def partly(address: str) -> str:
    """The end of a phone number, the first letter and the domain of an e-mail address."""
    name, at, domain = address.partition("@")
    return f"{name[:1]}•••@{domain}" if at else f"•••{address[-4:]}"
