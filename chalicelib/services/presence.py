"""Whether the person who asks is still who they were when their profile was read: asked with the first read.

A process keeps profiles for a while (services/directory/reading.py). A write checks the version anyway; through this
store a reading request does, too, so that whoever left or was signed out sees nothing more from that moment on.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

from chalicelib.domain.directory import Person
from chalicelib.models.directory import PersonItem
from chalicelib.models.item import Key
from chalicelib.models.store import BATCH_GET_LIMIT, Operation, Page, Query, Store
from chalicelib.services.call import ActorChanged


@cache
def _beside() -> ThreadPoolExecutor:
    """Reads a person while a query is on its way, so that the page waits for neither twice."""
    return ThreadPoolExecutor(1, thread_name_prefix="beside")


class WatchingStore:
    """A store that reads `person` with the first read: in its batch, or beside a query.

    Raises ActorChanged when they changed meanwhile.
    """

    def __init__(self, store: Store, person: Person) -> None:
        self._store = store
        self._person = person
        self._confirmed = False

    def get(self, *keys: Key) -> list[Any]:
        """See Store.get."""
        if self._confirmed or len(keys) >= BATCH_GET_LIMIT:
            return self._store.get(*keys)
        *items, me = self._store.get(*keys, PersonItem.at(self._person.id))
        self._check(me)
        return items

    def query(self, query: Query) -> Page:
        """See Store.query."""
        if self._confirmed:
            return self._store.query(query)
        asked = _beside().submit(self._store.get, PersonItem.at(self._person.id))
        page = self._store.query(query)
        self._check(*asked.result())
        return page

    def pages(self, *queries: Query) -> list[Page]:
        """See Store.pages."""
        if self._confirmed:
            return self._store.pages(*queries)
        asked = _beside().submit(self._store.get, PersonItem.at(self._person.id))
        pages = self._store.pages(*queries)
        self._check(*asked.result())
        return pages

    def look(self, keys: Sequence[Key], queries: Sequence[Query]) -> tuple[list[Any], list[Page]]:
        """See Store.look."""
        if self._confirmed or len(keys) >= BATCH_GET_LIMIT:
            return self._store.look(keys, queries)
        (*items, me), pages = self._store.look([*keys, PersonItem.at(self._person.id)], queries)
        self._check(me)
        return items, pages

    def _check(self, me: PersonItem | None) -> None:
        if me is None or me.version != self._person.version:
            raise ActorChanged
        self._confirmed = True

    def write(self, *operations: Operation) -> None:
        """See Store.write."""
        self._store.write(*operations)

    def confirm(self) -> None:
        """Ask now, unless a batch was read since."""
        if not self._confirmed:
            self.get()
