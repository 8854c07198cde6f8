"""People and departments as every part of the product reads them.

What is read is kept for CACHED_FOR in the process. A stale answer never writes: every command's transaction checks
the version of the person who gave it (Call.commit), and sign-ins read past the cache.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import batched
from typing import Any, cast

from chalicelib.domain.directory import Department, Person
from chalicelib.domain.errors import NotFound
from chalicelib.models.directory import DepartmentItem, DirectoryTable, PersonItem
from chalicelib.models.store import BATCH_GET_LIMIT, Query, Store

CACHED_FOR = timedelta(seconds=30)
CACHED_AT_MOST = 5000
_known: dict[tuple[str, str], tuple[datetime, Any]] = {}


def forget() -> None:
    """Read everything anew at the next question (after a change in this process, and between tests)."""
    _known.clear()


def remembered[T](kind: str, key: str, now: datetime, load: Callable[[], T]) -> T:
    """What `load` gives, or gave less than CACHED_FOR ago."""
    if _is_known(kind, key, now):
        return cast(T, _known[kind, key][1])
    if len(_known) >= CACHED_AT_MOST:
        _known.clear()
    loaded = load()
    _known[kind, key] = (now, loaded)
    return loaded


def person(store: Store, person_id: str, now: datetime, fresh: bool = False) -> Person:
    """The person, also one who left; raises NotFound."""
    if fresh:
        _known.pop(("person", person_id), None)
    return remembered("person", person_id, now, lambda: _person(store, person_id))


def _person(store: Store, person_id: str) -> Person:
    (item,) = store.get(PersonItem.at(person_id))
    if item is None:
        raise NotFound
    return cast(Person, item.to(Person))


def people(store: Store, ids: Iterable[str], now: datetime) -> dict[str, Person]:
    """Several people by id, also those who left; unknown ids are left out. One read for all who are not known yet."""
    wanted = sorted({*ids})
    found = {id: _known["person", id][1] for id in wanted if _is_known("person", id, now)}
    for some in batched((id for id in wanted if id not in found), BATCH_GET_LIMIT, strict=False):
        items = [item for item in store.get(*(PersonItem.at(id) for id in some)) if item is not None]
        found |= {item.id: remembered("person", item.id, now, partial(item.to, Person)) for item in items}
    return found


def _is_known(kind: str, key: str, now: datetime) -> bool:
    read_at, _ = _known.get((kind, key), (None, None))
    return read_at is not None and now - read_at < CACHED_FOR


def department(store: Store, department_id: str, now: datetime, fresh: bool = False) -> Department:
    """The department; raises NotFound."""
    if fresh:
        _known.pop(("department", department_id), None)
    return remembered("department", department_id, now, lambda: _department(store, department_id))


def _department(store: Store, department_id: str) -> Department:
    (item,) = store.get(DepartmentItem.at(department_id))
    if item is None:
        raise NotFound
    return cast(Department, item.to(Department))


def departments(store: Store, now: datetime) -> list[Department]:
    """All departments by name."""
    everything = Query(DirectoryTable, "departments", index=3, limit=1000)
    return remembered("departments", "", now, lambda: [item.to(Department) for item in every(store, everything)])


def headed_by(store: Store, head: Person, now: datetime, fresh: bool = False) -> frozenset[str]:
    """Ids of the departments that the person heads."""
    if fresh:
        _known.pop(("heads", head.id), None)
    query = Query(DirectoryTable, f"head#{head.id}", index=2, limit=100)
    return remembered("heads", head.id, now, lambda: frozenset(item.id for item in every(store, query)))


def holders(store: Store, role: str, now: datetime) -> tuple[str, ...]:
    """Ids of the active people who hold a role; nobody for `employee`, which is not kept by role."""
    query = Query(DirectoryTable, f"role#{role}", index=2, limit=1000)
    return remembered("role", role, now, lambda: tuple(item.index2_sk for item in every(store, query)))


def administrators(store: Store, now: datetime) -> tuple[str, ...]:
    """Ids of those who decide where nobody else can."""
    return holders(store, "administrator", now)


def manager(store: Store, member: Person, now: datetime) -> Person | None:
    """The direct manager; None at the top."""
    return person(store, member.manager, now) if member.manager else None


def every(store: Store, query: Query) -> list[Any]:
    """All items of a short partition, over as many pages as it takes."""
    page = store.query(query)
    items = list(page.items)
    while page.cursor:
        page = store.query(replace(query, cursor=page.cursor))
        items += page.items
    return items
