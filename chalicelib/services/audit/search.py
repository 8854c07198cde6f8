"""Searching the audit: what a person changed, what changed in a period; newest first, a page at a time."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.domain.audit import Entry
from chalicelib.domain.errors import FieldError, Invalid, Malformed
from chalicelib.models.audit import AuditTable, EntryItem, made_by, made_in
from chalicelib.models.store import Query
from chalicelib.models.visits import instant
from chalicelib.services.audit.history import known_id
from chalicelib.services.call import Call
from chalicelib.services.permissions import COMPANY

LONGEST = timedelta(days=93)
"""Three months, the longest period that is searched at once; a page costs one query for each month that it touches."""
SIFTED = 200
"""Entries of a month that a page looks through where only some of them are asked for."""
_POSITION = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]{15}Z#[a-z]+#\d#\d{12}")


@dataclass(frozen=True)
class Asked:
    """What to look for: from `first` until before `last` (UTC), by the person `by`, in `area`; "" is any of them.

    `by` is an id, a login or an e-mail address.
    """

    first: datetime
    last: datetime
    by: str = ""
    area: str = ""

    def check(self) -> None:
        """Raise Invalid for a period that ends before it begins or is too long."""
        if self.last <= self.first:
            raise Invalid(FieldError("until", "end_before_start"))
        if self.last - self.first > LONGEST:
            raise Invalid(FieldError("until", "period_too_long", {"months": "3"}))


@dataclass(frozen=True)
class Found:
    """Entries, newest first, and the cursor of what follows."""

    entries: list[Entry]
    next: str | None


def search(call: Call, asked: Asked, cursor: str | None, limit: int) -> Found:
    """A page of what was found. Raises Forbidden, Invalid for the period, Malformed for a foreign cursor.

    Where only an area is asked for, a page may show fewer than `limit` and still have a next.
    """
    call.permit("audit:view", COMPANY)
    asked.check()
    asked = replace(asked, by=known_id(call, "person", asked.by)) if asked.by else asked
    end = _position(asked, cursor)
    shown: list[Entry] = []
    for month in _months(asked, end):
        read, rest = _read(call, asked, month, end, limit)
        for item in read:
            if len(shown) == limit:
                return Found(shown, _encoded(_place(item)))
            if asked.area in ("", item.record_area):
                shown.append(item.entry())
        if rest:
            return Found(shown, _encoded(rest))
    return Found(shown, None)


def _months(asked: Asked, end: str) -> Iterator[str]:
    """The months (YYYY-MM) of the period up to the position, the last first."""
    month, first = end[:7], f"{asked.first:%Y-%m}"
    while month >= first:
        yield month
        month = f"{datetime.fromisoformat(month + '-01') - timedelta(days=1):%Y-%m}"


def _read(call: Call, asked: Asked, month: str, end: str, limit: int) -> tuple[list[EntryItem], str]:
    """The month's next entries from the position on, and the place of the one where to go on ("": at the end)."""
    index, pk = (2, made_by(asked.by, month)) if asked.by else (3, made_in(month))
    span: dict[str, Any] = {"start": instant(asked.first), "end": end, "newest_first": True}
    page = call.store.query(Query(AuditTable, pk, index=index, **span, limit=SIFTED if asked.area else limit + 1))
    read = [item for item in page.items if isinstance(item, EntryItem)]
    return (read[:-1], _place(read[-1])) if page.cursor and read else (read, "")


def _place(item: EntryItem) -> str:
    """Where an entry stands in the order of time; alike in both indexes."""
    return str(item.index3_sk)


def _encoded(position: str) -> str:
    return base64.urlsafe_b64encode(position.encode()).decode().rstrip("=")


def _position(asked: Asked, cursor: str | None) -> str:
    """Where to begin: the end of the period, or the entry that the cursor names within it."""
    last = instant(asked.last - timedelta(microseconds=1)) + "~"
    if cursor is None:
        return last
    try:
        position = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError) as error:
        raise Malformed("bad_cursor") from error
    if not _POSITION.fullmatch(position) or not instant(asked.first) <= position <= last:
        raise Malformed("bad_cursor")
    return position
