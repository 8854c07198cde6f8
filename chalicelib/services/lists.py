"""One page out of several partitions of an index, the latest first, sifted by a rule: for lists that no key answers.

A cursor names the sort key of the first item that was not shown, so it needs no partition and survives changes.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chalicelib.domain.errors import Malformed
from chalicelib.models.store import Query, Store, key_names

SIFTED = 200
"""Items of each partition that a page looks through where only some of them are meant."""
_POSITION = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{15}Z#[\w-]{1,64}")


@dataclass(frozen=True)
class Listed[T]:
    """Records, the latest first, and the cursor of what follows."""

    records: list[T]
    next: str | None


def page_of[T](
    store: Store, queries: Sequence[Query], shape: type[T], shows: Callable[[T], bool], cursor: str | None, limit: int
) -> Listed[T]:
    """At most `limit` records of the partitions (one index) that the rule shows, each asked side by side with the rest.

    It may show fewer and still have a next. Raises Malformed for a cursor that is none.
    """
    order = key_names(queries[0].index)[1]
    read, rest = _read(store, [_from(query, cursor) for query in queries], order)
    shown: list[T] = []
    for item in read:
        if len(shown) == limit:
            return Listed(shown, _encoded(getattr(item, order)))
        record: T = item.to(shape)
        if shows(record):
            shown.append(record)
    return Listed(shown, _encoded(rest) if rest else None)


def _from(query: Query, cursor: str | None) -> Query:
    started = query if cursor is None else replace(query, end=_position(cursor))
    return replace(started, newest_first=True, cursor=None)


def _read(store: Store, queries: Sequence[Query], order: str) -> tuple[list[Any], str]:
    """The items of all partitions in the order of the list, down to where a partition has more than was read, and that
    place ("" at the end)."""
    pages = store.pages(*queries)
    rest = max((getattr(page.items[-1], order) for page in pages if page.cursor and page.items), default="")
    items = [item for page in pages for item in page.items if getattr(item, order) > rest]
    return sorted(items, key=lambda item: str(getattr(item, order)), reverse=True), rest


def _encoded(position: str) -> str:
    return base64.urlsafe_b64encode(position.encode()).decode().rstrip("=")


def _position(cursor: str) -> str:
    try:
        position = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError) as error:
        raise Malformed("bad_cursor") from error
    if not _POSITION.fullmatch(position):
        raise Malformed("bad_cursor")
    return position
