"""What the stream did not bring, or whose pause is over: intended anew, so that the stream brings it (again)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace as with_

from chalicelib.domain.errors import Contention
from chalicelib.domain.notifications import LOST_AFTER, Digest, Event, Intent, again
from chalicelib.domain.notifications.digests import close
from chalicelib.models.item import Item
from chalicelib.models.notifications import (
    SHARDS,
    DigestItem,
    EventItem,
    IntentItem,
    NotificationsTable,
    unsettled_partition,
)
from chalicelib.models.store import Query, replace
from chalicelib.models.visits import instant
from chalicelib.services.call import Call

BATCH = 100
"""What one round takes up of a shard, the longest overdue first; the next round takes the rest."""


def take_up(call: Call) -> int:
    """Bring every message, event and digest that is due back to the stream; returns how many there were."""
    return sum(_taken_up(call, item) for shard in range(SHARDS) for item in _due(call, shard))


def _due(call: Call, shard: int) -> Iterator[Item]:
    query = Query(NotificationsTable, unsettled_partition(shard), index=3, end=instant(call.now) + "~", limit=BATCH)
    yield from call.store.query(query).items


def _taken_up(call: Call, item: Item) -> bool:
    try:
        call.commit({}, replace(_moved(call, item)))
    except Contention:
        return False  # somebody works on it at this moment
    return True


def _moved(call: Call, item: Item) -> Item:
    if isinstance(item, IntentItem):
        return IntentItem.from_intent(again(item.to(Intent), call.now))
    if isinstance(item, DigestItem):
        return DigestItem.from_digest(close(item.to(Digest), call.now))
    event = item.to(Event)
    later = with_(event, next_at=call.now + LOST_AFTER, version=event.version + 1)
    return EventItem.from_event(later)
