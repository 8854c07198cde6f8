"""There is always an administrator: whoever gives the role up names nobody, but somebody else must hold it."""

from __future__ import annotations

from chalicelib.domain.directory import Person
from chalicelib.domain.errors import Conflict
from chalicelib.models.directory import DirectoryTable, PersonItem
from chalicelib.models.store import BATCH_GET_LIMIT, Check, Query
from chalicelib.services.call import Call

ROLE = "administrator"


def another_stays(call: Call, before: Person, after: Person) -> list[Check]:
    """What keeps the company from losing its last administrator by the change from `before` to `after`.

    Raises Conflict last_administrator when nobody else holds the role. Whoever takes it from another person holds it
    themselves, which their own transaction checks.
    """
    if after.holds(ROLE) or not before.holds(ROLE) or call.actor != before.id:
        return []
    other = _another(call, before.id)
    return [Check(PersonItem.at(other.id), {"version": other.version})]


def _another(call: Call, person_id: str) -> PersonItem:
    listed = call.store.query(Query(DirectoryTable, f"role#{ROLE}", index=2, limit=BATCH_GET_LIMIT)).items
    ids = [item.index2_sk for item in listed if item.index2_sk != person_id]
    found = call.store.get(*(PersonItem.at(id) for id in ids)) if ids else []
    for item in found:
        if item and item.active and ROLE in item.roles:
            other: PersonItem = item
            return other
    raise Conflict("last_administrator")
