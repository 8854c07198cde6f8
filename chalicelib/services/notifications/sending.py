"""Messages of every channel from intent to sent: at least once, word for word the same each time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import batched

from chalicelib.domain.errors import Contention
from chalicelib.domain.invitations import Guest
from chalicelib.domain.notifications import Channel, Intent, claim, confirm, redeliver, refuse
from chalicelib.domain.sites import Site
from chalicelib.domain.visits import Occurrence, Visit
from chalicelib.gateways.provider import NotSent, Receipt
from chalicelib.models.notifications import IntentItem
from chalicelib.models.store import BATCH_GET_LIMIT, Operation, create, replace
from chalicelib.services import directory
from chalicelib.services.call import Answer, Call
from chalicelib.services.notifications.texts import sms_text
from chalicelib.services.permissions import COMPANY

type Send = Callable[[Call, Intent], Receipt]
"""Sends a message of one channel and returns what the other side said; raises NotSent."""


def intention(
    call: Call,
    template: str,
    visit: Visit,
    site: Site,
    guest: Guest,
    public_url: str,
    of: Occurrence | None = None,
    part: str = "",
) -> Intent:
    """The text message `template` to a guest, to be sent once for each round of the visit, or each `part` of one.

    It tells the times of the whole visit, or of its occurrence `of`.
    """
    return Intent(
        id=f"{visit.id}#{guest.no:04}#{template}{part}#{visit.round}",
        channel="sms",
        template=template,
        about=visit.id,
        address=guest.phone,
        language=guest.language,
        text=sms_text(template, guest, visit, site, public_url, of),
        created_at=call.now,
    )


def intend(intent: Intent) -> Operation:
    """The operation that creates the intent; it fails where there is one already."""
    return create(IntentItem.from_intent(intent))


def not_intended(call: Call, intents: Sequence[Intent]) -> list[Intent]:
    """Those of the intents that do not exist yet."""
    new: list[Intent] = []
    for some in batched(intents, BATCH_GET_LIMIT, strict=False):
        held = call.store.get(*(IntentItem.at(intent.id) for intent in some))
        new += [intent for intent, item in zip(some, held, strict=True) if item is None]
    return new


def send(call: Call, senders: Mapping[Channel, Send], intent_id: str) -> None:
    """Send the message if it is intended; whoever claims it first sends it.

    A sender that dies between the provider's answer and ours leaves it claimed, and the schedule intends it once more.
    """
    (item,) = call.store.get(IntentItem.at(intent_id))
    if item is None or item.status != "intended":
        return
    try:
        claimed = keep(call, claim(item.to(Intent), call.now))
    except Contention:
        return  # another sender has it
    keep(call, _tried(call, senders[claimed.channel], claimed))


def _tried(call: Call, sender: Send, intent: Intent) -> Intent:
    try:
        _check_still_here(call, intent)
        receipt = sender(call, intent)
    except NotSent as refusal:
        return refuse(intent, refusal.reason, refusal.final, call.now, refusal.said)
    return confirm(intent, receipt.message_id, call.now, receipt.said)


def _check_still_here(call: Call, intent: Intent) -> None:
    """Whoever left the company meanwhile (quiet hours, pauses) is told nothing any more."""
    if intent.person and not directory.person(call.store, intent.person, call.now).active:
        raise NotSent("departed", final=True)


def keep(call: Call, intent: Intent) -> Intent:
    """Write the intent over the version before it; raises Contention."""
    call.commit({}, replace(IntentItem.from_intent(intent)))
    return intent


def send_anew(call: Call, ids: Sequence[str], location: str) -> Answer:
    """For administrators: deliver messages once more that were sent or failed (at most 50); unknown ids are passed by.

    Raises IllegalMove for one that is on its way.
    """
    call.permit("message:manage", COMPANY)
    items = call.store.get(*(IntentItem.at(each) for each in dict.fromkeys(ids))) if ids else []
    anew = [redeliver(item.to(Intent), call.now) for item in items if item is not None]
    operations = [replace(IntentItem.from_intent(intent)) for intent in anew]
    return call.commit({"redelivered": len(anew), "location": location}, *operations)
