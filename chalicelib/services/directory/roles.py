"""Roles: who holds them, and giving and taking them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from chalicelib.domain.directory import ROLES, SEPARATE, Person, not_separate
from chalicelib.domain.errors import FieldError, IllegalMove, Invalid, NotFound
from chalicelib.models import store as write
from chalicelib.models.directory import DirectoryTable, PersonItem, RoleItem
from chalicelib.models.store import Delete, Operation, Put, Query
from chalicelib.services.call import Answer, Call
from chalicelib.services.directory import last_administrator, reading
from chalicelib.services.permissions import COMPANY

MANAGE = "directory:manage"
GIVEN = tuple(role for role in ROLES if role != "employee")
"""The roles that are given and taken; everybody who works here is an employee."""
PAGE = 100


@dataclass(frozen=True)
class Holders:
    """Those who hold a role (one page of them), and the cursor of the next page."""

    people: list[Person]
    next: str | None


def counts(call: Call) -> dict[str, int]:
    """How many people hold each role."""
    call.permit(MANAGE, COMPANY)
    return {role: len(reading.holders(call.store, role, call.now)) for role in GIVEN}


def overlaps(call: Call) -> list[tuple[Person, tuple[str, str]]]:
    """Who holds two roles that should be with different people, by name."""
    call.permit(MANAGE, COMPANY)
    held = {role: set(reading.holders(call.store, role, call.now)) for role in GIVEN}
    ids = sorted({id for pair in SEPARATE for id in set.intersection(*(held[role] for role in pair))})
    people = (
        [item.to(Person) for item in call.store.get(*(PersonItem.at(id) for id in ids[:PAGE])) if item] if ids else []
    )
    people.sort(key=lambda person: person.name)
    return [(person, pair) for person in people for pair in not_separate(person.roles)]


def holders(call: Call, role: str, cursor: str | None) -> Holders:
    """Who holds a role; raises NotFound for what is no role that is given."""
    call.permit(MANAGE, COMPANY)
    page = call.store.query(Query(DirectoryTable, f"role#{_known(role)}", index=2, limit=PAGE, cursor=cursor))
    found = call.store.get(*(PersonItem.at(str(item.index2_sk)) for item in page.items)) if page.items else []
    people: list[Person] = [item.to(Person) for item in found if item and role in item.roles]
    return Holders(sorted(people, key=lambda person: person.name), page.cursor)


def give(call: Call, role: str, person_id: str) -> Answer:
    """Let a person hold a role. The answer names the pairs that should be with different people.

    Raises NotFound for no such role, Invalid for nobody or somebody who left, IllegalMove when they hold it.
    """
    before = _before(call, role, person_id)
    if role in before.roles:
        raise IllegalMove(state="held")
    after = replace(before, roles=before.roles | {role}, version=before.version + 1)
    return _commit(call, role, after, Put(RoleItem.of_person(person_id, role), {}))


def take(call: Call, role: str, person_id: str) -> Answer:
    """Take a role from a person. Raises what give raises, and Conflict last_administrator."""
    before = _before(call, role, person_id)
    if role not in before.roles:
        raise IllegalMove(state="not_held")
    after = replace(before, roles=before.roles - {role}, version=before.version + 1)
    stays = last_administrator.another_stays(call, before, after)
    return _commit(call, role, after, Delete(RoleItem.of_person(person_id, role).key, {}), *stays)


def _known(role: str) -> str:
    if role not in GIVEN:
        raise NotFound
    return role


def _before(call: Call, role: str, person_id: str) -> Person:
    call.permit(MANAGE, COMPANY)
    _known(role)
    (item,) = call.store.get(PersonItem.at(person_id))
    if item is None or not item.active:
        raise Invalid(FieldError("person", "departed_person" if item else "unknown_person"))
    person: Person = item.to(Person)
    return person


def _commit(call: Call, role: str, person: Person, *operations: Operation) -> Answer:
    answer = {"id": person.id, "version": person.version, "location": f"/roles/{role}"}
    answer |= {"not_separate": [list(pair) for pair in not_separate(person.roles)]}
    done = call.commit(answer, write.save(PersonItem.from_person(person)), *operations)
    reading.forget()
    return done
