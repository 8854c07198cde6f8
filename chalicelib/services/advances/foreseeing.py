"""What asking for an advance needs to know, read at once: records by key and the person's standing side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from chalicelib.models.advances import AdvanceTermsItem
from chalicelib.models.item import Key
from chalicelib.models.store import Operation, Page, Query, Store, base_of
from chalicelib.models.visits import VisitItem
from chalicelib.services.advances.standing import query_of
from chalicelib.services.ahead import read_ahead
from chalicelib.services.call import Call


def foreseen(call: Call, keys: Iterable[Key], visit: str, submitting: bool) -> Call:
    """The call that knows the records under `keys`, the visit and, for a submission, rules and standing."""
    wanted = [*keys, *([VisitItem.at(visit)] if visit else [])]
    if not submitting:
        return read_ahead(call, wanted) if wanted else call
    wanted.append(AdvanceTermsItem.at())
    standing, *found = call.store.pages(query_of(call.me.id), *(_of(key) for key in wanted))
    known = {
        (key[0].area, *key[1:]): page.items[0] if page.items else None for key, page in zip(wanted, found, strict=True)
    }
    return replace(call, store=_Foreseen(call.store, known, query_of(call.me.id), standing))


def _of(key: Key) -> Query:
    """The query for one item, which can go beside others."""
    model, pk, sk = key
    return Query(base_of(model), pk, start=sk, end=sk, limit=1)


class _Foreseen:
    """A store that has read some items and one partition already."""

    def __init__(self, store: Store, known: dict[tuple[str, str, str], Any], query: Query, page: Page) -> None:
        self._store = store
        self._known = known
        self._query = query
        self._page = page

    def get(self, *keys: Key) -> list[Any]:
        """See Store.get."""
        unknown = [key for key in keys if (key[0].area, *key[1:]) not in self._known]
        read = dict(zip(unknown, self._store.get(*unknown), strict=True)) if unknown else {}
        return [read[key] if key in read else self._known[key[0].area, key[1], key[2]] for key in keys]

    def query(self, query: Query) -> Page:
        """See Store.query."""
        return self._page if query == self._query else self._store.query(query)

    def pages(self, *queries: Query) -> list[Page]:
        """See Store.pages."""
        return self._store.pages(*queries)

    def look(self, keys: Sequence[Key], queries: Sequence[Query]) -> tuple[list[Any], list[Page]]:
        """See Store.look."""
        return self._store.look(keys, queries)

    def write(self, *operations: Operation) -> None:
        """See Store.write."""
        self._store.write(*operations)
