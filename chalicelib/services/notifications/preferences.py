"""What people want to hear how and when: read, stated by themselves, and asked before they are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import batched

from chalicelib.domain.directory import Person
from chalicelib.domain.errors import Stale
from chalicelib.domain.notifications import Preferences
from chalicelib.models.directory import PersonItem
from chalicelib.models.hooks import PreferencesItem
from chalicelib.models.store import BATCH_GET_LIMIT, save
from chalicelib.services.call import Answer, Call
from chalicelib.services.permissions import Resource


@dataclass(frozen=True)
class Reader:
    """Somebody to be told, and how they want it."""

    person: Person
    preferences: Preferences


def mine(call: Call) -> Preferences:
    """The preferences of the person who asks."""
    call.permit("preference:view", _own(call))
    return _read(call)


def state(call: Call, wanted: Preferences) -> Answer:
    """State one's own preferences anew; raises Invalid, Stale."""
    call.permit("preference:change", _own(call))
    wanted.check()
    before = _read(call)
    if call.expected_version not in (None, before.version):
        raise Stale
    changed = replace(wanted, person=call.me.id, version=before.version + 1)
    answer = {"version": changed.version, "location": "/preferences"}
    return call.commit(answer, save(PreferencesItem.from_preferences(changed)))


def readers(call: Call, people: Sequence[str]) -> list[Reader]:
    """Those of the people who work here, with their preferences."""
    found = []
    for some in batched(people, BATCH_GET_LIMIT // 2, strict=False):
        places = [place for id in some for place in (PersonItem.at(id), PreferencesItem.at(id))]
        items = call.store.get(*places)
        found += [_reader(person, chosen) for person, chosen in batched(items, 2, strict=True) if person]
    return [reader for reader in found if reader.person.active]


def _reader(person: PersonItem, chosen: PreferencesItem | None) -> Reader:
    return Reader(person.to(Person), chosen.to(Preferences) if chosen else Preferences(person.id))


def _read(call: Call) -> Preferences:
    (item,) = call.store.get(PreferencesItem.at(call.me.id))
    return item.to(Preferences) if item else Preferences(call.me.id)


def _own(call: Call) -> Resource:
    return Resource("Profile", call.me.id, {"owner": call.me.id})
