"""A person's place in the company goes to somebody else: departments, reports, leaves in which they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.domain.errors import Contention
from chalicelib.domain.handover import Handover, manager_after, substitute_after
from chalicelib.domain.leaves import Leave
from chalicelib.models import store as write
from chalicelib.models.directory import DepartmentItem, PersonItem, ReportItem
from chalicelib.models.item import Key
from chalicelib.models.leaves import LeaveItem
from chalicelib.models.store import Delete, Operation, Put, Store
from chalicelib.services import approvals
from chalicelib.services.call import Call
from chalicelib.services.directory.reading import every
from chalicelib.services.directory.roster import People
from chalicelib.services.handover.owned import SHOWN, place_lists
from chalicelib.services.handover.part import Part

STEP = 12
"""Departments, reports and leaves each that one part hands over: at most five operations for every three of them."""
LONGEST_LINE = 50


@dataclass(frozen=True)
class Place:
    """Departments that a person heads, who reports to them, for whom they decide."""

    departments: list[DepartmentItem]
    reports: list[PersonItem]
    leaves: list[LeaveItem]

    def __len__(self) -> int:
        """How much there is to hand over."""
        return len(self.departments) + len(self.reports) + len(self.leaves)


def part(call: Call, handover: Handover) -> Part | None:
    """At most STEP of each. Raises Contention when the lists still name what went over: they lag behind."""
    pages = call.store.pages(*place_lists(handover.person, call.now, STEP))
    heads, reports, leaves = (page.items for page in pages)
    if not (heads or reports or leaves):
        return None
    place = _place(call.store, handover.person, heads, reports, leaves)
    if not place:
        raise Contention
    operations = _operations(call, place, handover.successor, _next_above(call, handover.person))
    return Part(operations, len(place), handover.following)


def let_decisions_follow(call: Call, handover: Handover) -> None:
    """Move what waits for those whom the successor stands in for by now, without waiting for the stream."""
    _, _, leaves = place_lists(handover.successor, call.now, SHOWN)
    for item in every(call.store, leaves):
        if item.index1_pk and item.starts <= call.now:
            approvals.reassign(call, item.person)


def _place(store: Store, person_id: str, heads: list[Any], reports: list[Any], leaves: list[Any]) -> Place:
    """What the lists name, as it is now."""
    departments = _read(store, [DepartmentItem.at(item.id) for item in heads])
    people = _read(store, [PersonItem.at(item.index2_sk) for item in reports])
    absences = _read(store, [LeaveItem.at(item.person) for item in leaves])
    return Place(
        [each for each in departments if each.head == person_id],
        [each for each in people if each.manager == person_id and each.active],
        [each for each in absences if each.substitute == person_id],
    )


def _read(store: Store, keys: list[Key]) -> list[Any]:
    return [item for item in store.get(*keys) if item] if keys else []


def _operations(call: Call, place: Place, to: str, above: str | None) -> list[Operation]:
    line = _line(call, to)
    managers = {each.id: manager_after(each.id, to, line, above) for each in place.reports}
    substitutes = {each.person: substitute_after(each.person, to, above) for each in place.leaves}
    known = {each.id: each for each in place.reports}
    absent = _read(call.store, [PersonItem.at(each.person) for each in place.leaves if each.person not in known])
    known |= {item.id: item for item in absent}
    operations: list[Operation] = [_headed(each, to) for each in place.departments]
    operations += [write.replace(_changed(item, managers, substitutes)) for item in known.values()]
    operations += [_reporting(id, manager) for id, manager in managers.items()]
    return operations + [_deciding(each, substitutes[each.person]) for each in place.leaves]


def _next_above(call: Call, person_id: str) -> str | None:
    """The nearest manager of a person who works here."""
    people = People(call.store, call.now)
    above = (people.person(id) for id in _line(call, person_id))
    return next((manager.id for manager in above if manager and manager.active), None)


def _line(call: Call, person_id: str) -> list[str]:
    """The managers above a person, as far as there are any."""
    people, line, at = People(call.store, call.now), [person_id], person_id
    while len(line) < LONGEST_LINE:
        above = people.person(at)
        if above is None or above.manager is None or above.manager in line:
            break
        at = above.manager
        line.append(at)
    return line[1:]


def _headed(department: DepartmentItem, to: str) -> Operation:
    department.head, department.version = to, department.version + 1
    department.index2_pk = f"head#{to}"
    return write.replace(department)


def _changed(item: Any, managers: Mapping[str, str | None], substitutes: Mapping[str, str | None]) -> Any:
    item.manager = managers.get(item.id, item.manager)
    item.substitute = substitutes.get(item.id, item.substitute)
    item.version += 1
    return item


def _reporting(person_id: str, manager: str | None) -> Operation:
    if manager is None:
        return Delete(ReportItem.at(person_id), {})
    return Put(ReportItem.of_person(person_id, manager), {})


def _deciding(item: LeaveItem, substitute: str | None) -> Operation:
    """The leave with another substitute; what follows from its beginning follows anew."""
    leave = Leave(item.person, substitute, item.starts, item.ends, item.version + 1)
    return write.replace(LeaveItem.from_leave(leave))
