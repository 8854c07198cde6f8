"""The rules of spending as every part of spending reads them: all of them at once, remembered by their version."""

from __future__ import annotations

from datetime import datetime, timedelta

from chalicelib.domain.compliance import SHIPPED, Limit, Rules
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.compliance import PARTITION, SpendingLimitItem, SpendingRulesItem
from chalicelib.models.item import Key
from chalicelib.models.office_calendar import OfficeCalendarItem
from chalicelib.models.store import Query, Store
from chalicelib.services.directory.reading import every

CACHED_FOR = timedelta(seconds=30)
_known: list[tuple[datetime, Rules]] = []
"""The last reading, if any."""


def keys() -> list[Key]:
    """What a check reads, for a command that reads it ahead."""
    return [SpendingRulesItem.at(), OfficeCalendarItem.at()]


def known(store: Store, now: datetime) -> Rules:
    """The rules, at most CACHED_FOR old; those that are shipped before finance changed any."""
    if not _known or now - _known[0][0] >= CACHED_FOR:
        return whole(store, now)
    return _known[0][1]


def as_of(store: Store, head: SpendingRulesItem | None, now: datetime) -> Rules:
    """The rules whose `head` was just read: the remembered ones if they are those."""
    if head is None:
        return SHIPPED
    if _known and _known[0][1].version == head.version:
        return _known[0][1]
    return whole(store, now)


def whole(store: Store, now: datetime) -> Rules:
    """The rules as they are, read anew."""
    items = every(store, Query(SpendingTable, PARTITION, limit=1000))
    head = next((item for item in items if isinstance(item, SpendingRulesItem)), None)
    limits = tuple(item.to(Limit) for item in items if isinstance(item, SpendingLimitItem))
    rules = head.rules(limits) if head else SHIPPED
    _known[:] = [(now, rules)]
    return rules


def forget() -> None:
    """Read everything anew at the next question (after a change in this process, and between tests)."""
    _known.clear()
