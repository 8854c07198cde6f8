"""What a command is going to ask for, read in one batch: the questions themselves then cost nothing more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from chalicelib.models.item import Key
from chalicelib.models.store import BATCH_GET_LIMIT, Operation, Page, Query, Store
from chalicelib.services.call import Call


def read_ahead(call: Call, keys: Iterable[Key], *queries: Query) -> Call:
    """The call with a store that knows the items under `keys`, as they are now, for the length of this command; and the
    first page of each of the `queries`, read side by side with them.

    What does not fit into one batch is asked for when it is needed.
    """
    wanted = list(dict.fromkeys(keys))[:BATCH_GET_LIMIT]
    items, pages = call.store.look(wanted, queries) if queries else (call.store.get(*wanted), [])
    known = {_place(key): item for key, item in zip(wanted, items, strict=True)}
    return replace(call, store=_Ahead(call.store, known, dict(zip(queries, pages, strict=True))))


def _place(key: Key) -> tuple[str, str, str]:
    model, pk, sk = key
    return model.area, pk, sk


class _Ahead:
    """A store that has read some items already."""

    def __init__(
        self, store: Store, known: Mapping[tuple[str, str, str], Any], pages: Mapping[Query, Page] | None = None
    ) -> None:
        self._store = store
        self._known = known
        self._pages = pages or {}

    def get(self, *keys: Key) -> list[Any]:
        """See Store.get."""
        unknown = [key for key in keys if _place(key) not in self._known]
        read = dict(zip(unknown, self._store.get(*unknown), strict=True)) if unknown else {}
        return [read[key] if key in read else self._known[_place(key)] for key in keys]

    def query(self, query: Query) -> Page:
        """See Store.query."""
        return self._pages[query] if query in self._pages else self._store.query(query)

    def pages(self, *queries: Query) -> list[Page]:
        """See Store.pages."""
        return self._store.pages(*queries)

    def look(self, keys: Sequence[Key], queries: Sequence[Query]) -> tuple[list[Any], list[Page]]:
        """See Store.look."""
        return self._store.look(keys, queries)

    def write(self, *operations: Operation) -> None:
        """See Store.write."""
        self._store.write(*operations)
