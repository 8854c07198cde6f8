"""What hangs on a person: documents, tasks, and their place in the company."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from chalicelib.domain.directory import Person
from chalicelib.models.approvals import ApprovalsTable
from chalicelib.models.directory import DepartmentItem, DirectoryTable, PersonItem
from chalicelib.models.item import Key
from chalicelib.models.leaves import LeaveItem
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import Page, Query, Store
from chalicelib.models.visits import VisitItem, instant
from chalicelib.services import sites
from chalicelib.services.call import Call
from chalicelib.services.directory.people import managed

SHOWN = 100
"""Rows of each group that are shown."""
PAGES = 5
"""Pages of 200 that are looked through for what is still running."""
LONGEST_VISIT = timedelta(days=31)
LONGEST_SERIES = timedelta(days=366)
"""How long a weekly series goes on; a site has too many visits to look that far back for those that one hosts."""
RUNNING = frozenset({"pending", "returned"})
TO_COME = frozenset({"draft", "pending", "returned", "approved"})


@dataclass(frozen=True)
class Place:
    """A person's place in the company: departments that they head, who reports to them, for whom they decide."""

    departments: list[DepartmentItem]
    reports: list[PersonItem]
    leaves: list[LeaveItem]

    def __len__(self) -> int:
        """How much there is to hand over."""
        return len(self.departments) + len(self.reports) + len(self.leaves)


@dataclass(frozen=True)
class Owned:
    """What needs somebody else when the person leaves, at most SHOWN of each. `names` are people's, by id."""

    person: Person
    requests: list[Any]
    visits: list[VisitItem]
    tasks: list[Any]
    place: Place
    names: dict[str, str]


def owned(call: Call, person_id: str) -> Owned:
    """For administrators; raises NotFound."""
    person = managed(call, person_id)
    place = place_of(call, person_id, SHOWN)
    absent = call.store.get(*(PersonItem.at(each.person) for each in place.leaves)) if place.leaves else []
    return Owned(
        person=person,
        requests=_requests(call.store, person_id),
        visits=_visits(call, person_id),
        tasks=call.store.query(Query(ApprovalsTable, f"inbox#{person_id}", index=1, limit=SHOWN)).items,
        place=place,
        names={item.id: item.name for item in absent if item},
    )


def place_of(call: Call, person_id: str, limit: int) -> Place:
    """What can be handed over, at most `limit` of each, as it is now (the lists may lag behind)."""
    heads = Query(DirectoryTable, f"head#{person_id}", index=2, limit=limit)
    manages = Query(DirectoryTable, f"reports#{person_id}", index=2, limit=limit)
    decides = Query(DirectoryTable, f"substitute#{person_id}", index=3, start=instant(call.now), limit=limit)
    departments = _fresh(call.store, heads, lambda item: DepartmentItem.at(item.id))
    reports = _fresh(call.store, manages, lambda item: PersonItem.at(item.index2_sk))
    leaves = _fresh(call.store, decides, lambda item: LeaveItem.at(item.person))
    return Place(
        [each for each in departments if each.head == person_id],
        [each for each in reports if each.manager == person_id and each.active],
        [each for each in leaves if each.substitute == person_id],
    )


def _fresh(store: Store, query: Query, key: Callable[[Any], Key]) -> list[Any]:
    """What the items of a list point to, read by key."""
    keys = [key(item) for item in store.query(query).items]
    return [item for item in store.get(*keys) if item] if keys else []


def _requests(store: Store, person_id: str) -> list[Any]:
    query = Query(ApprovalsTable, f"started#{person_id}", index=1, newest_first=True, limit=200)
    return _sifted(store, query, lambda item: item.status in RUNNING)


def _visits(call: Call, person_id: str) -> list[VisitItem]:
    """Visits that are not over, which the person applied for or receives, the next one first."""
    start = instant(call.now - LONGEST_VISIT)
    begun = instant(call.now - LONGEST_SERIES)
    places = [Query(ReceptionTable, f"owner#{person_id}", index=1, start=each, limit=200) for each in (start, begun)]
    known = sites.sites(call.store, call.now)
    places += [Query(ReceptionTable, f"site#{site.id}", index=3, start=start, limit=200) for site in known]
    found: dict[str, VisitItem] = {}
    for query in places:
        for item in _sifted(call.store, query, lambda item: _to_come(call, item, person_id)):
            found.setdefault(item.id, item)
    return sorted(found.values(), key=lambda item: item.starts)[:SHOWN]


def _to_come(call: Call, item: Any, person_id: str) -> bool:
    if not isinstance(item, VisitItem) or item.ends <= call.now:
        return False
    return item.status in TO_COME and person_id in (item.applicant, item.host)


def _sifted(store: Store, query: Query, wanted: Callable[[Any], bool]) -> list[Any]:
    """The first SHOWN items that are wanted among those of PAGES pages."""
    found: list[Any] = []
    for _ in range(PAGES):
        page: Page = store.query(query)
        found += [item for item in page.items if wanted(item)]
        if page.cursor is None or len(found) >= SHOWN:
            break
        query = replace(query, cursor=page.cursor)
    return found[:SHOWN]
