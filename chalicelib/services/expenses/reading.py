"""Expense categories as every part of spending reads them: all of them at once, remembered by their version.

A form may show what was read a moment ago. A submission reads the head with its first batch and decides by `as_of`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from chalicelib.domain import expenses
from chalicelib.domain.expenses import Categories
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.expenses import PARTITION, CategoriesItem, CategoryItem
from chalicelib.models.item import Key
from chalicelib.models.store import Query, Store
from chalicelib.services.directory.reading import every

CACHED_FOR = timedelta(seconds=30)
_known: list[tuple[datetime, Categories]] = []
"""The last reading, if any."""


def known(store: Store, now: datetime) -> Categories:
    """The categories, at most CACHED_FOR old; those that came along before anybody stated one."""
    if not _known or now - _known[0][0] >= CACHED_FOR:
        return whole(store, now)
    return _known[0][1]


def head() -> Key:
    """What a command reads with its first batch, to hand it to `as_of`."""
    return CategoriesItem.at()


def as_of(store: Store, head: CategoriesItem | None, now: datetime) -> Categories:
    """The categories whose `head` was just read (None before anybody stated one)."""
    if head is None:
        return expenses.known({})
    if _known and _known[0][1].version == head.version:
        return _known[0][1]
    return whole(store, now)


def whole(store: Store, now: datetime) -> Categories:
    """The categories as they are, read anew."""
    items = every(store, Query(SpendingTable, PARTITION, limit=1000))
    version = next((item.version for item in items if isinstance(item, CategoriesItem)), 0)
    stated = (item.category() for item in items if isinstance(item, CategoryItem))
    found = expenses.known({each.key: each for each in stated}, version)
    _known[:] = [(now, found)]
    return found


def forget() -> None:
    """Read everything anew at the next question (after a change in this process, and between tests)."""
    _known.clear()
