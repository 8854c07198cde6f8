"""Handing a person's place over to somebody else, in steps that each fit one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.handover import manager_after, substitute_after
from chalicelib.domain.leaves import Leave
from chalicelib.models import store as write
from chalicelib.models.directory import DepartmentItem, PersonItem, ReportItem
from chalicelib.models.leaves import LeaveItem
from chalicelib.models.store import Check, Delete, Operation, Put
from chalicelib.services.call import Answer, Call
from chalicelib.services.directory import reading
from chalicelib.services.directory.owned import Place, place_of
from chalicelib.services.directory.people import managed
from chalicelib.services.directory.roster import People

STEP = 12
"""Departments, reports and leaves each that one step hands over: at most five operations for every three of them."""
LONGEST_LINE = 50


def hand_over(call: Call, person_id: str, to: str) -> Answer:
    """Give what `person_id` heads, manages and decides for to `to`, at most STEP of each.

    The answer says how much was handed over, and whether something is left for another step. Raises NotFound,
    Invalid for a successor who is the same person, is unknown or left.
    """
    managed(call, person_id)
    if to == person_id:
        raise Invalid(FieldError("to", "not_yourself"))
    found = place_of(call, person_id, STEP + 1)
    step = Place(found.departments[:STEP], found.reports[:STEP], found.leaves[:STEP])
    operations = _operations(call, step, to, _next_above(call, person_id))
    answer = {"id": person_id, "handed": len(step), "left": len(found) > len(step)}
    done = call.commit(answer | {"location": f"/people/{person_id}/owned?to={to}"}, *operations)
    reading.forget()
    return done


def _operations(call: Call, step: Place, to: str, above: str | None) -> list[Operation]:
    line = _line(call, to)
    managers = {each.id: manager_after(each.id, to, line, above) for each in step.reports}
    substitutes = {each.person: substitute_after(each.person, to, above) for each in step.leaves}
    known = {each.id: each for each in step.reports}
    absent = [PersonItem.at(each.person) for each in step.leaves if each.person not in known]
    known |= {item.id: item for item in (call.store.get(*absent) if absent else []) if item}
    changed = [_changed(item, managers, substitutes) for item in known.values()]
    operations: list[Operation] = [_headed(each, to) for each in step.departments]
    operations += [write.replace(item) for item in changed]
    operations += [_reporting(id, manager) for id, manager in managers.items()]
    operations += [_deciding(each, substitutes[each.person]) for each in step.leaves]
    here = Check(PersonItem.at(to), {"active": True}, _no_successor)
    return operations if to in known else [*operations, here]


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


def _no_successor(item: Any) -> Invalid:
    return Invalid(FieldError("to", "departed_person" if item else "unknown_person"))
