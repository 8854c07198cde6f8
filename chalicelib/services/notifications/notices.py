"""Notices to colleagues: each cause gives each person one, however often the cause is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from chalicelib.domain.notifications import Notice
from chalicelib.models.notifications import NoticeItem
from chalicelib.models.store import create
from chalicelib.services.call import Call

NOTICE_GONE_AFTER = timedelta(days=180)


def notify(call: Call, cause: str, people: Iterable[str], template: str, facts: Mapping[str, str], path: str) -> None:
    """Tell `people` (at most 99) once about `cause`."""
    notices = [Notice(f"{cause}#{person}", person, template, facts, path, call.now) for person in dict.fromkeys(people)]
    held = call.store.get(*(NoticeItem.at(notice.id) for notice in notices)) if notices else []
    new = [expiring(notice) for notice, item in zip(notices, held, strict=True) if item is None]
    if new:
        call.commit({}, *(create(item) for item in new))


def expiring(notice: Notice) -> NoticeItem:
    """The item of a notice, which DynamoDB removes after NOTICE_GONE_AFTER."""
    item = NoticeItem.from_notice(notice)
    item.expires = int((notice.created_at + NOTICE_GONE_AFTER).timestamp())
    return item
