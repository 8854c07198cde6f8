"""A site with an expected visitor, and guards at its gates."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any

import pytest

from chalicelib.domain.directory import Person
from chalicelib.domain.errors import Contention
from chalicelib.services import gate
from chalicelib.services.call import Answer, Call
from tests import company, reception
from tests.fakes import MemoryStore

_ids = count(1)
GUARD = company.person("guard", name="门卫老张", roles=frozenset({"employee", "gate"}), site="hq")
VISIT = reception.a_visit()
GUEST = reception.a_guest(VISIT)
QR = reception.qr_text(VISIT, GUEST)


def call_of(store: MemoryStore, person: Person | None = GUARD, now: datetime = reception.DURING, **more: Any) -> Call:
    actor = person.id if person else "public"
    return Call(store=store, now=now, new_id=lambda: f"id-{next(_ids)}", person=person, actor=actor, **more)


def scan(store: MemoryStore, code: str = QR, now: datetime = reception.DURING, **asked: Any) -> Answer:
    """One scan at the east gate, tried again like the endpoint does when somebody else was faster."""
    call_options = {name: asked.pop(name) for name in ("person", "key", "locale") if name in asked}
    made = gate.Asked(code=code, **{"gate": "east"} | asked)
    for _ in range(20):
        try:
            call = call_of(store, now=now, **call_options)
            return gate.scan(call, made, reception.SIGNER.verify, lambda answer: str(answer["result"]))
        except Contention:
            continue
    raise AssertionError("never got through")


@pytest.fixture
def store() -> MemoryStore:
    store = MemoryStore()
    fill(store)
    return store


def fill(store: MemoryStore) -> None:
    store.write(reception.a_site(), *reception.invited(VISIT, GUEST))
    company.add_person(store, GUARD)
