"""Making the list what the visit needs, after its approval and after every change of it."""

from __future__ import annotations

from itertools import batched

from chalicelib.domain.checklist import Task, made
from chalicelib.domain.errors import Contention
from chalicelib.domain.visits import Visit
from chalicelib.domain.visits.preparing import wanted_for
from chalicelib.models.checklist import PREFIX, ChecklistItem
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import Check, Query, save
from chalicelib.models.visits import VisitItem
from chalicelib.services.call import Call
from chalicelib.services.directory import reading

TOUCHED = ("status", "items", "bookings", "team", "starts", "host")
"""The attributes of a visit of which a change may touch its list."""
BATCH = 90


def follow(call: Call, visit_id: str) -> None:
    """Make an approved visit's list what the visit needs as it is now; safe to repeat.

    Raises Contention where the visit or the list is changed at the same moment.
    """
    (item,) = call.store.get(VisitItem.at(visit_id))
    if item is None or item.status != "approved":
        return
    visit: Visit = item.to(Visit)
    query = Query(ReceptionTable, f"visit#{visit.id}", prefix=PREFIX, limit=1000)
    held: list[Task] = [each.to(Task) for each in reading.every(call.store, query)]
    wanted = [*wanted_for(visit)]
    people = reading.people(call.store, {each.owner for each in wanted}, call.now)
    written = made(visit.id, wanted, held, {id: person.name for id, person in people.items()}, call.now)
    unchanged = Check(VisitItem.at(visit.id), {"version": visit.version}, Contention())
    for tasks in batched(written, BATCH, strict=False):
        call.commit({}, unchanged, *(save(ChecklistItem.from_task(task)) for task in tasks))
