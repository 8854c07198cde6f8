"""Leave: noting it, ending it, who is away, and what follows when it begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.domain.directory import Person
from chalicelib.domain.errors import Contention, FieldError, Invalid, NotFound, Stale
from chalicelib.domain.leaves import Leave, back, clash, leave_of, on_leave
from chalicelib.models.directory import DirectoryTable, PersonItem
from chalicelib.models.leaves import SHARDS, LeaveItem, leaves, starting_leaves
from chalicelib.models.store import Check, Delete, Operation, Put, Query, Store, Update, save
from chalicelib.models.visits import instant
from chalicelib.services import approvals, directory, telling
from chalicelib.services.call import Answer, Call
from chalicelib.services.directory.reading import every
from chalicelib.services.permissions import COMPANY, Resource

BATCH = 50
"""Leaves of a shard that one sweep follows; the next one takes the rest."""


@dataclass(frozen=True)
class Absence:
    """A leave as people read it: with names, whether it has begun, and when the substitute is away within it."""

    leave: Leave
    name: str
    substitute_name: str
    begun: bool
    clash: tuple[datetime, datetime] | None = None


def take(call: Call, person_id: str, substitute: str, starts: datetime, ends: datetime) -> Answer:
    """Note a person's leave in the place of any other; the answer says when the substitute is away within it.

    For themselves and for administrators. Raises NotFound for everybody else, Stale, and what on_leave raises;
    Invalid for a substitute who left or never was.
    """
    permit(call, person_id)
    mine, theirs = call.store.get(PersonItem.at(person_id), PersonItem.at(substitute))
    person = on_leave(_current(call, mine), substitute, starts, ends, call.now)
    leave = Leave(person.id, substitute, starts, ends, person.version)
    here = Check(PersonItem.at(substitute), {"active": True}, _no_substitute)
    away = clash(leave, theirs.to(Person)) if theirs else None
    return _commit(call, person, Put(LeaveItem.from_leave(leave), {}), here, substitute_away=away)


def end(call: Call, person_id: str) -> Answer:
    """End or call off a person's leave. Raises NotFound, Stale, IllegalMove when there is none.

    What the substitute was asked meanwhile stays with the substitute.
    """
    permit(call, person_id)
    (item,) = call.store.get(PersonItem.at(person_id))
    person = back(_current(call, item), call.now)
    return _commit(call, person, Delete(LeaveItem.at(person_id), {}))


def permit(call: Call, person_id: str) -> None:
    """Whether the person may change that profile: their own, or any as an administrator; raises NotFound."""
    call.permit("profile:change", Resource("Profile", person_id, {"owner": person_id}), unseen=True)


def absence(call: Call, person: Person) -> Absence | None:
    """The leave that the person is on or is to go on, for those who may see the profile."""
    leave = leave_of(person, call.now)
    if leave is None:
        return None
    substitute = directory.People(call.store, call.now).person(leave.substitute) if leave.substitute else None
    away = clash(leave, substitute) if substitute else None
    return Absence(leave, person.name, substitute.name if substitute else "", leave.begun(call.now), away)


def away(call: Call) -> list[Absence]:
    """Who is away at this moment, whoever comes back first at the top."""
    call.permit("company:view", COMPANY)
    found = [item.to(Leave) for item in _lasting(call.store, call.now)]
    here = sorted((each for each in found if each.begun(call.now)), key=lambda each: each.ends)
    ids = {each.person for each in here} | {each.substitute for each in here if each.substitute}
    names = directory.People(call.store, call.now).named(ids)
    return [Absence(each, names.get(each.person, ""), names.get(each.substitute or "", ""), True) for each in here]


def follow(call: Call, person_id: str) -> int:
    """Move the open tasks of somebody who left or is away, and tell of a leave that began; returns how many approvals
    moved. Safe to repeat.

    What the process remembers of people is older than what made it follow, and would move nothing.
    """
    directory.forget()
    moved = approvals.reassign(call, person_id)
    (item,) = call.store.get(LeaveItem.at(person_id))
    if item and item.index1_pk and item.starts <= call.now:
        telling.leave_started(call, item.to(Leave))
        followed = {"index1_pk": None, "index1_sk": None}
        call.commit({}, Update(LeaveItem.at(person_id), followed, {"version": item.version}))
    return moved


def follow_starting(call: Call) -> int:
    """Follow every leave that has begun since the last time; returns how many there were."""
    return sum(_followed(call, person_id) for person_id in starting(call.store, call.now))


def _followed(call: Call, person_id: str) -> bool:
    try:
        follow(call, person_id)
    except Contention:
        return False  # somebody works on it right now; the next round looks again
    return True


def starting(store: Store, now: datetime) -> list[str]:
    """Ids of people whose leave has begun and whose open tasks have not moved yet."""
    until = instant(now) + "$"  # sorts behind every id of that moment
    shards = [Query(DirectoryTable, starting_leaves(shard), index=1, end=until, limit=BATCH) for shard in range(SHARDS)]
    return [item.person for query in shards for item in store.query(query).items if isinstance(item, LeaveItem)]


def _lasting(store: Store, now: datetime) -> Iterator[LeaveItem]:
    for shard in range(SHARDS):
        query = Query(DirectoryTable, leaves(shard), index=2, start=instant(now), limit=1000)
        yield from (item for item in every(store, query) if isinstance(item, LeaveItem))


def _current(call: Call, item: Any) -> Person:
    if item is None:
        raise NotFound
    person: Person = item.to(Person)
    if call.expected_version not in (None, person.version):
        raise Stale
    return person


def _no_substitute(item: Any) -> Invalid:
    return Invalid(FieldError("substitute", "departed_person" if item else "unknown_person"))


def _commit(call: Call, person: Person, *operations: Operation, **more: Any) -> Answer:
    location = "/me" if person.id == call.actor else f"/people/{person.id}"
    answer = {"id": person.id, "version": person.version, "location": location} | more
    done = call.commit(answer, save(PersonItem.from_person(person)), *operations)
    directory.forget()
    return done
