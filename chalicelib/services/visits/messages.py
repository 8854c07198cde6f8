"""What was sent to a visit's visitors, what became of it, and the same message once more.

The provider says whether it took a message; that a phone received it, it tells in its own logs only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from chalicelib.domain.approvals import Running
from chalicelib.domain.errors import Conflict, NotFound, TooMany
from chalicelib.domain.notifications import Intent, redeliver
from chalicelib.domain.visits import Visit, Visitor
from chalicelib.models.approvals import RunningItem
from chalicelib.models.gate import GuestItem
from chalicelib.models.notifications import IntentItem, NotificationsTable
from chalicelib.models.store import Query, replace
from chalicelib.models.visits import GuestsItem, VisitItem
from chalicelib.services import approvals
from chalicelib.services.call import Answer, Call
from chalicelib.services.notifications.lists import Message, shown
from chalicelib.services.visits.record import resource_of

AGAIN_AFTER = timedelta(minutes=10)
SENT_AT_MOST = 5
"""Times that one message goes out: who did not get it by then is called."""
REPEATED = frozenset({"invited", "changed", "reminder"})


@dataclass(frozen=True)
class Sent:
    """A text message to a visitor, and whether it can be sent again."""

    visitor: str
    message: Message
    again: bool


@dataclass(frozen=True)
class SentPage:
    """Messages to a visit's visitors, the newest first, and the cursor of older ones."""

    visit: Visit
    items: list[Sent]
    next: str | None


def sent(call: Call, visit_id: str, cursor: str | None, limit: int) -> SentPage:
    """What was sent to the visitors; raises NotFound for those who may not see the visit."""
    running = RunningItem.at(approvals.approval_id("visit", visit_id))
    head, listed, approval = call.store.get(VisitItem.at(visit_id), GuestsItem.at(visit_id), running)
    if head is None:
        raise NotFound
    visit = head.to(Visit)
    call.permit("visit:view", resource_of(visit, approval.to(Running) if approval else None), unseen=True)
    prepares = visit.status == "approved" and call.may("visit:prepare", resource_of(visit))
    query = Query(NotificationsTable, f"about#{visit_id}", index=1, newest_first=True, cursor=cursor, limit=limit)
    page = call.store.query(query)
    names = {each.no: each.name for each in (cast(tuple[Visitor, ...], listed.visitors) if listed else ())}
    intents = [item.to(Intent) for item in page.items if isinstance(item, IntentItem)]
    rows = [Sent(names.get(_no(each), ""), shown(each), prepares and _may_go_again(each, call.now)) for each in intents]
    return SentPage(visit, rows, page.cursor)


def send_again(call: Call, visit_id: str, message_id: str) -> Answer:
    """Send a visitor the same message, with the same link, once more.

    Raises NotFound, Conflict for a visitor who is not invited any more, TooMany, IllegalMove while it is on its way.
    """
    whose = re.fullmatch(rf"{re.escape(visit_id)}#([0-9]{{4}})#.*", message_id)
    guest_key = GuestItem.at(visit_id, int(whose[1]) if whose else 0)
    running = RunningItem.at(approvals.approval_id("visit", visit_id))
    keys = (VisitItem.at(visit_id), IntentItem.at(message_id), guest_key, running)
    head, item, guest, approval = call.store.get(*keys)
    if head is None:
        raise NotFound
    visit = head.to(Visit)
    seen = call.may("visit:view", resource_of(visit, approval.to(Running) if approval else None))
    call.permit("visit:prepare", resource_of(visit), unseen=not seen)
    if item is None or item.about != visit_id or item.template not in REPEATED:
        raise NotFound
    intent = item.to(Intent)
    if visit.status != "approved" or guest is None or guest.status != "invited":
        raise Conflict("invitation_over", state=visit.status)
    if not _may_go_again(intent, call.now):
        raise TooMany(retry_after=str(int(AGAIN_AFTER.total_seconds())))
    again = redeliver(intent, call.now)
    return call.commit({"location": f"/visits/{visit_id}/messages"}, replace(IntentItem.from_intent(again)))


def _may_go_again(intent: Intent, now: datetime) -> bool:
    """Whether the message may be sent once more now."""
    if intent.template not in REPEATED or intent.status not in ("sent", "failed"):
        return False
    last = intent.tries[-1].at if intent.tries else intent.created_at
    return now >= last + AGAIN_AFTER and sum(each.result == "sent" for each in intent.tries) < SENT_AT_MOST


def _no(intent: Intent) -> int:
    """Whom it went to: the id says the visitor's number after the visit's id."""
    return int(intent.id.split("#")[1])
