"""What hangs on a person: documents, tasks, and their place in the company."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.domain.directory import Person
from chalicelib.domain.errors import NotFound
from chalicelib.domain.handover import Handover
from chalicelib.models.advances import of_person
from chalicelib.models.applications import of_applicant
from chalicelib.models.approvals import ApprovalsTable
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.claims import of_claimant
from chalicelib.models.directory import DirectoryTable, PersonItem
from chalicelib.models.handover import HandoverItem
from chalicelib.models.leaves import LeaveItem
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import Page, Query, Store
from chalicelib.models.visits import VisitItem, hosted, instant
from chalicelib.services.call import Call
from chalicelib.services.directory.people import MANAGE
from chalicelib.services.permissions import COMPANY

SHOWN = 49
"""Rows of each group that are shown: names of two groups, the person and the handover are read in one batch."""
PAGES = 5
"""Pages of 200 that are looked through for what is still under way."""
LONGEST_SERIES = timedelta(days=366)
OPEN = frozenset({"draft", "pending", "returned", "withdrawn"})
TO_COME = OPEN | {"approved"}
SPENDING = ("advance", "claim", "application")
UNSETTLED = TO_COME | {"open"}


@dataclass(frozen=True)
class Owned:
    """What needs somebody else when the person leaves, at most SHOWN of each, as far as the lists know.

    `departments` and `leaves` are items, `names` those of the people who report to them or whom they stand in for,
    by id; `handover` is the latest one. `spending` are advances, claims and applications that are not over, each
    with its kind: they stay the person's, and finance settles them.
    """

    person: Person
    requests: list[Any]
    visits: list[VisitItem]
    tasks: list[Any]
    departments: list[Any]
    reports: list[str]
    leaves: list[LeaveItem]
    names: dict[str, str]
    handover: Handover | None
    spending: list[tuple[str, Any]]

    @property
    def places(self) -> int:
        """How many departments, reports and leaves there are."""
        return len(self.departments) + len(self.reports) + len(self.leaves)

    def __len__(self) -> int:
        """How much there is to hand over or to settle, as far as it is shown; tasks move by themselves."""
        return self.places + len(self.requests) + len(self.visits) + len(self.spending)


def owned(call: Call, person_id: str) -> Owned:
    """For administrators; raises NotFound."""
    call.permit(MANAGE, COMPANY)
    return hanging_on(call, person_id)


def hanging_on(call: Call, person_id: str) -> Owned:
    """The same for whoever has been permitted: the lists side by side, then one batch. Raises NotFound."""
    queries = (*place_lists(person_id, call.now, SHOWN), inbox_of(person_id), requests_of(person_id))
    lists = (*queries, *visits_of(person_id, call.now), *spending_of(person_id))
    pages = call.store.pages(*lists)
    heads, reports, leaves, tasks = (page.items for page in pages[:4])
    ids = [str(item.index2_sk) for item in reports]
    absent = [item.person for item in leaves if isinstance(item, LeaveItem)]
    found, handover, *named = call.store.get(
        PersonItem.at(person_id), HandoverItem.at(person_id), *(PersonItem.at(id) for id in (*ids, *absent))
    )
    if found is None:
        raise NotFound
    kept = (_open, *(_still(call.now),) * 2, *(_unsettled,) * 3)
    requests, applied, received, *spending = (
        _sifted(call.store, query, page, wanted) for query, page, wanted in zip(lists[4:], pages[4:], kept, strict=True)
    )
    return Owned(
        person=found.to(Person),
        requests=requests,
        visits=_by_time([*applied, *received]),
        tasks=tasks,
        departments=heads,
        reports=ids,
        leaves=[item for item in leaves if isinstance(item, LeaveItem)],
        names={item.id: item.name for item in named if item},
        handover=handover.to(Handover) if handover else None,
        spending=[(kind, item) for kind, items in zip(SPENDING, spending, strict=True) for item in items][:SHOWN],
    )


def place_lists(person_id: str, now: datetime, limit: int) -> tuple[Query, Query, Query]:
    """The departments that a person heads, who reports to them, the leaves in which they are the substitute."""
    return (
        Query(DirectoryTable, f"head#{person_id}", index=2, limit=limit),
        Query(DirectoryTable, f"reports#{person_id}", index=2, limit=limit),
        Query(DirectoryTable, f"substitute#{person_id}", index=3, start=instant(now), limit=limit),
    )


def inbox_of(person_id: str) -> Query:
    """What the person has to decide."""
    return Query(ApprovalsTable, f"inbox#{person_id}", index=1, limit=SHOWN)


def requests_of(person_id: str) -> Query:
    """All requests of the person, the latest first."""
    return Query(ApprovalsTable, f"owner#{person_id}", index=1, newest_first=True, limit=200)


def visits_of(person_id: str, now: datetime) -> tuple[Query, Query]:
    """Visits that may not be over, which the person applied for or receives, the furthest ahead first."""
    start = instant(now - LONGEST_SERIES)
    applied = Query(ReceptionTable, f"owner#{person_id}", index=1, start=start, newest_first=True, limit=200)
    return applied, Query(ReceptionTable, hosted(person_id), index=4, start=start, newest_first=True, limit=200)


def spending_of(person_id: str) -> tuple[Query, Query, Query]:
    """The person's advances, claims and budget applications, the latest first."""
    lists = of_person(person_id), of_claimant(person_id), of_applicant(person_id)
    advances, claims, applications = (
        Query(SpendingTable, each, index=1, newest_first=True, limit=200) for each in lists
    )
    return advances, claims, applications


def to_come(item: Any, now: datetime) -> bool:
    """Whether the item is a visit for which somebody is still needed."""
    return isinstance(item, VisitItem) and item.ends > now and item.status in TO_COME


def _open(item: Any) -> bool:
    return item.status in OPEN


def _unsettled(item: Any) -> bool:
    return item.status in UNSETTLED


def _still(now: datetime) -> Callable[[Any], bool]:
    return lambda item: to_come(item, now)


def _by_time(visits: list[Any]) -> list[VisitItem]:
    """Each visit once, the next one first."""
    return sorted({item.id: item for item in visits}.values(), key=lambda item: item.starts)[:SHOWN]


def _sifted(store: Store, query: Query, page: Page, wanted: Callable[[Any], bool]) -> list[Any]:
    """The first SHOWN items that are wanted among those of PAGES pages, the first of which has been read."""
    found = [item for item in page.items if wanted(item)]
    for _ in range(PAGES - 1):
        if page.cursor is None or len(found) >= SHOWN:
            break
        page = store.query(replace(query, cursor=page.cursor))
        found += [item for item in page.items if wanted(item)]
    return found[:SHOWN]
