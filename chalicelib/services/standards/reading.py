"""Levels and standards as every part of reception reads them: all of them at once, remembered by their version.

A form may show what was read a moment ago. A submission reads the head with its first batch and so decides by the
standards of that moment, though it reads them again only when they have changed.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from chalicelib.domain.standards import Book, Standard
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.standards import PARTITION, StandardItem, StandardsItem
from chalicelib.models.store import Query, Store
from chalicelib.services.directory.reading import every

CACHED_FOR = timedelta(seconds=30)
_known: list[tuple[datetime, Book]] = []
"""The last reading, if any."""


def known(store: Store, now: datetime) -> Book:
    """The standards, at most CACHED_FOR old."""
    if not _known or now - _known[0][0] >= CACHED_FOR:
        return whole(store, now)
    return _known[0][1]


def as_of(store: Store, head: StandardsItem | None, now: datetime) -> Book:
    """The standards whose `head` was just read (None before there are any): the remembered ones if they are those."""
    if head is None:
        return Book()
    if _known and _known[0][1].version == head.version:
        return _known[0][1]
    return whole(store, now)


def whole(store: Store, now: datetime) -> Book:
    """The standards as they are, read anew."""
    items = every(store, Query(ReceptionTable, PARTITION, limit=1000))
    head = next((item for item in items if isinstance(item, StandardsItem)), None)
    standards = tuple(item.to(Standard) for item in items if isinstance(item, StandardItem))
    book = Book(head.levels, standards, head.version) if head else Book()
    _known[:] = [(now, book)]
    return book


def forget() -> None:
    """Read everything anew at the next question (after a change in this process, and between tests)."""
    _known.clear()
