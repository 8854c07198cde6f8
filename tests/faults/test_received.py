"""One received invoice that many claims want in the same moment: one has it, and without conditions that breaks.

Claims are stood in for by what they do with invoices: `using` within their own transaction, decided again by whoever
met somebody else.
"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from chalicelib.domain.errors import Contention, DomainError
from chalicelib.domain.received import Use
from chalicelib.models.received import UseItem
from chalicelib.models.store import DynamoStore
from chalicelib.services import directory, received
from chalicelib.services.call import Call
from chalicelib.services.ids import new_id
from tests.faults import dynamodb, processes
from tests.faults.asking import done
from tests.faults.crowd import PATIENCE, Gate
from tests.faults.received import INVOICE
from tests.faults.scenes import set_scene
from tests.faults.world import World

SEED = 20260302
PEOPLE = ("applicant", "host", "manager", "leaver")


def use(world: World, who: str, claim: str, before: dict[str, int], after: dict[str, int]) -> str:
    """What a claim's transaction was answered: "" if it went well."""
    store = DynamoStore()
    person = directory.person(store, world.names[who], world.position.now)
    for _ in range(6):
        call = Call(store, world.position.now, new_id, person, person.id, permitted=["the claim's own transaction"])
        try:
            call.commit({}, *received.using(call, claim, before, after))
        except Contention:
            continue
        except DomainError as refused:
            return refused.code
        return ""
    return "contention"


def registered(world: World) -> dict[str, str]:
    """The same invoice, registered by everybody."""
    return {who: str(done(world, who, "POST /received", INVOICE)["id"]) for who in PEOPLE}


def at_once(world: World, people: int, wants: Any) -> list[str]:
    """What everybody was answered who read before anybody wrote."""
    processes.start()
    gate, start = Gate(people, SEED), Barrier(people)  # a thread that was refused at once does nobody else's work
    world.hook.on_call, world.hook.on_answer = gate.arrive, gate.passed

    def one(number: int) -> str:
        start.wait(PATIENCE)
        try:
            return str(wants(number))
        finally:
            gate.leave()

    try:
        with ThreadPoolExecutor(people) as pool:
            return list(pool.map(one, range(people)))
    finally:
        world.hook.on_call = world.hook.on_answer = lambda name: None


def uses(world: World) -> list[Use]:
    """What stands in the tables."""
    tables = world.cloud.contents.tables.items.values()
    raws = [raw for table in tables for raw in table.values() if raw["kind"]["S"] == "received_use"]
    return [UseItem.from_raw_data(raw).to(Use) for raw in raws]


def one_invoice(world: World, people: int) -> None:
    """One invoice in the registrations of four people, wanted by many claims: one of these has it, others are told."""
    set_scene(world, "company")
    ids = registered(world)

    def wants(number: int) -> str:
        who = PEOPLE[number % len(PEOPLE)]
        return use(world, who, f"C{number}", {}, {ids[who]: 30_000})

    assert Counter(at_once(world, people, wants)) == {"": 1, "invoice_used": people - 1}
    (found,) = uses(world)
    assert found.claimed == 30_000


def one_that_is_given_back(world: World, people: int) -> None:
    """Half of them want what the others, one claim sent twice over, give back: it is never with two of them."""
    set_scene(world, "company")
    ids = registered(world)
    assert use(world, "applicant", "C", {}, {ids["applicant"]: 30_000}) == ""

    def wants(number: int) -> str:
        if number % 2:
            who = PEOPLE[number % len(PEOPLE)]
            return use(world, who, f"C{number}", {}, {ids[who]: 30_000})
        return use(world, "applicant", "C", {ids["applicant"]: 30_000}, {})

    answers = at_once(world, people, wants)
    assert answers[0::2].count("") == 1
    assert answers[1::2].count("") <= 1
    (found,) = uses(world)
    assert found.claimed == 30_000 * answers[1::2].count("")
    assert found.version == 2 + answers[1::2].count("")


RACES = (one_invoice, one_that_is_given_back)


@pytest.mark.parametrize("people", [2, 8, 32])
@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_an_invoice_is_used_once_however_many_want_it(world: World, race: Any, people: int) -> None:
    race(world, people)


@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_without_write_conditions_it_is_used_twice(world: World, race: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    set_scene(world, "company")  # scenes are made with conditions
    monkeypatch.setattr(dynamodb, "_holds", lambda given, current: True)
    with pytest.raises(AssertionError):
        race(world, 8)
