"""What a command is going to ask for, read in one batch: the questions themselves then cost nothing more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from chalicelib.models.item import Key
from chalicelib.models.store import BATCH_GET_LIMIT, Operation, Page, Query, Store
from chalicelib.services.call import Call


def read_ahead(call: Call, keys: Iterable[Key]) -> Call:
    """The call with a store that knows the items under `keys`, as they are now, for the length of this command.

    What does not fit into one batch is asked for when it is needed.
    """
    wanted = list(dict.fromkeys(keys))[:BATCH_GET_LIMIT]
    items = call.store.get(*wanted)
    return replace(call, store=_Ahead(call.store, {_place(key): item for key, item in zip(wanted, items, strict=True)}))


def _place(key: Key) -> tuple[str, str, str]:
    model, pk, sk = key
    return model.area, pk, sk


class _Ahead:
    """A store that has read some items already."""

    def __init__(self, store: Store, known: Mapping[tuple[str, str, str], Any]) -> None:
        self._store = store
        self._known = known

    def get(self, *keys: Key) -> list[Any]:
        """See Store.get."""
        unknown = [key for key in keys if _place(key) not in self._known]
        read = dict(zip(unknown, self._store.get(*unknown), strict=True)) if unknown else {}
        return [read[key] if key in read else self._known[_place(key)] for key in keys]

    def query(self, query: Query) -> Page:
        """See Store.query."""
        return self._store.query(query)

    def pages(self, *queries: Query) -> list[Page]:
        """See Store.pages."""
        return self._store.pages(*queries)

    def write(self, *operations: Operation) -> None:
        """See Store.write."""
        self._store.write(*operations)
