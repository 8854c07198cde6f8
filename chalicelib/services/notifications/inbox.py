"""The inbox of notices of the person who asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.notifications import Notice, read
from chalicelib.models.notifications import NoticeItem, NotificationsTable
from chalicelib.models.store import Query, replace
from chalicelib.services.call import Answer, Call
from chalicelib.services.notifications.texts import notice_text
from chalicelib.services.notifications.words import NOTICES
from chalicelib.services.permissions import Resource

COUNTED_AT_MOST = 100


@dataclass(frozen=True)
class Shown:
    """A notice as its reader sees it; `task` is the one of a checklist that it asks for, "" for other notices."""

    id: str
    text: str
    path: str
    created_at: datetime
    read: bool
    task: str = ""


@dataclass(frozen=True)
class InboxPage:
    """Notices, newest first, and the cursor of older ones."""

    items: list[Shown]
    next: str | None


def inbox(call: Call, cursor: str | None = None, limit: int = 50) -> InboxPage:
    """The person's notices, newest first, in their language; old ones of which nobody is told any more are left out."""
    _permit(call)
    query = Query(NotificationsTable, f"inbox#{call.me.id}", index=1, limit=limit, newest_first=True, cursor=cursor)
    page = call.store.query(query)
    told = (item.to(Notice) for item in page.items)
    return InboxPage([_shown(notice, call.locale) for notice in told if notice.template in NOTICES], page.cursor)


def _shown(notice: Notice, locale: str) -> Shown:
    text = notice_text(notice.template, notice.facts, locale)
    task = notice.facts.get("task", "") if notice.template == "checklist_due" else ""
    return Shown(notice.id, text, notice.path, notice.created_at, notice.read_at is not None, task)


def unread(call: Call) -> int:
    """How many notices the person has not read; counts to COUNTED_AT_MOST."""
    _permit(call)
    query = Query(NotificationsTable, f"unread#{call.me.id}", index=2, limit=COUNTED_AT_MOST)
    return len(call.store.query(query).items)


def mark_read(call: Call, ids: Sequence[str]) -> Answer:
    """Mark the person's own notices of those ids (at most 50) as read; ids of others and unknown ones are passed by."""
    _permit(call)
    items = call.store.get(*(NoticeItem.at(each) for each in dict.fromkeys(ids))) if ids else []
    own = [item.to(Notice) for item in items if item is not None and item.person == call.me.id]
    unread_ones = [notice for notice in own if notice.read_at is None]
    changed = [replace(NoticeItem.from_notice(read(notice, call.now))) for notice in unread_ones]
    return call.commit({"read": len(changed), "location": "/notices"}, *changed)


def _permit(call: Call) -> None:
    call.permit("inbox:view", Resource("Inbox", call.me.id, {"owner": call.me.id}))
