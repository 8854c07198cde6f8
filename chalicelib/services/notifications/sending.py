"""Text messages from intent to sent: at least once, with the same text each time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from chalicelib.domain.errors import Contention
from chalicelib.domain.invitations import Guest
from chalicelib.domain.notifications import Intent, again, claim, confirm, is_stuck, refuse
from chalicelib.domain.sites import Site
from chalicelib.domain.visits import Visit
from chalicelib.gateways.sms import NotSent
from chalicelib.models.notifications import SHARDS, IntentItem, NotificationsTable, unsettled_partition
from chalicelib.models.store import Operation, Query, create, replace
from chalicelib.services.call import Call
from chalicelib.services.notifications.texts import sms_text

BATCH = 50


class Sms(Protocol):
    """Whoever takes text messages (gateways/sms.py)."""

    def send(self, phone: str, text: str) -> str:
        """Send and return the message's id; raises NotSent."""


def intention(call: Call, template: str, visit: Visit, site: Site, guest: Guest, public_url: str) -> Intent:
    """The message `template` to a guest, to be sent once for each round of the visit."""
    return Intent(
        id=f"{visit.id}#{guest.no:04}#{template}#{visit.round}",
        template=template,
        about=visit.id,
        no=guest.no,
        phone=guest.phone,
        language=guest.language,
        text=sms_text(template, guest, visit, site, public_url),
        created_at=call.now,
    )


def intend(intent: Intent) -> Operation:
    """The operation that creates the intent; it fails where there is one already."""
    return create(IntentItem.from_intent(intent))


def not_intended(call: Call, intents: Sequence[Intent]) -> list[Intent]:
    """Those of the intents (at most 100) that do not exist yet."""
    held = call.store.get(*(IntentItem.at(intent.id) for intent in intents)) if intents else []
    return [intent for intent, item in zip(intents, held, strict=True) if item is None]


def send(call: Call, provider: Sms, intent_id: str) -> None:
    """Send the message if it is intended; whoever claims it first sends it.

    A sender that dies between the provider's answer and ours leaves it claimed, and `send_again` sends it once more.
    """
    (item,) = call.store.get(IntentItem.at(intent_id))
    if item is None or item.status != "intended":
        return
    try:
        claimed = _save(call, claim(item.to(Intent), call.now))
    except Contention:
        return  # another sender has it
    _save(call, _tried(call, provider, claimed))


def _tried(call: Call, provider: Sms, intent: Intent) -> Intent:
    try:
        message_id = provider.send(intent.phone, intent.text)
    except NotSent as refusal:
        return refuse(intent, refusal.reason, refusal.final, call.now)
    return confirm(intent, message_id, call.now)


def _save(call: Call, intent: Intent) -> Intent:
    call.commit({}, replace(IntentItem.from_intent(intent)))
    return intent


def send_again(call: Call) -> int:
    """Intend every stuck message anew (the stream brings it to a sender); returns how many were stuck."""
    return sum(_revive(call, intent) for shard in range(SHARDS) for intent in _stuck(call, shard))


def _stuck(call: Call, shard: int) -> list[Intent]:
    page = call.store.query(Query(NotificationsTable, unsettled_partition(shard), index=3, limit=BATCH))
    intents = [item.to(Intent) for item in page.items]
    return [intent for intent in intents if is_stuck(intent, call.now)]


def _revive(call: Call, intent: Intent) -> bool:
    try:
        _save(call, again(intent, call.now))
    except Contention:
        return False  # it moved meanwhile, so it was not stuck
    return True
