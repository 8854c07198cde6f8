"""Many people want the same thing in the same moment. Each race is run again without write conditions and must fail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from chalicelib.handlers import callers
from chalicelib.models.store import DynamoStore
from tests.faults import advances, budgets, claiming, dynamodb, payments, spending
from tests.faults.applications import application
from tests.faults.asking import decide, done, find_task
from tests.faults.crowd import Asked, at_once
from tests.faults.scenes import set_scene
from tests.faults.state import check_invariants
from tests.faults.world import World

SEED = 20260302

type Race = Callable[[World, int, pytest.MonkeyPatch], None]


def kinds(world: World, kind: str) -> list[Any]:
    """All items of a kind."""
    tables = world.cloud.contents.tables.items.values()
    return [raw for table in tables for raw in table.values() if raw["kind"]["S"] == kind]


def one_room(world: World, people: int, _: pytest.MonkeyPatch) -> None:
    """One room, booked by many: one visit has it, the others are told which."""
    set_scene(world, "company")
    answers = at_once(world, [Asked("applicant", "/visits", application(world, submit=True))] * people, SEED)
    assert Counter(answer.status for answer in answers) == {201: 1, 409: people - 1}
    number = next(answer.json["number"] for answer in answers if answer.status == 201)
    refusals = [answer.text for answer in answers if answer.status == 409]
    assert all('"code":"resource_taken"' in text and number in text for text in refusals)


def one_room_on_a_day_of_a_series(world: World, people: int, _: pytest.MonkeyPatch) -> None:
    """One room, wanted by many every week and by as many for the second week alone: one visit has it."""
    set_scene(world, "company")
    weekly = application(world, submit=True, count=1) | {"series": {"count": 3}}
    second = application(world, submit=True, count=1)
    booking = {name: text.replace("03-04", "03-11") for name, text in second["resources"][0].items()}
    second |= {"starts": booking["starts"], "ends": booking["ends"], "resources": [booking]}
    asked = [Asked("applicant", "/visits", body) for _ in range(people // 2) for body in (weekly, second)]
    answers = at_once(world, asked, SEED)
    assert Counter(answer.status for answer in answers) == {201: 1, 409: people - 1}


def one_task(world: World, people: int, _: pytest.MonkeyPatch) -> None:
    """One task, decided many times in both ways: one decision stands, the others are told which."""
    set_scene(world, "pending")
    path = f"/approvals/{world.names['task']}/actions"
    actions = ["approve", "reject"] * people
    asked = [Asked("manager", path, {"action": action, "comment": "Why"}) for action in actions[:people]]
    answers = at_once(world, asked, SEED)
    assert Counter(answer.status for answer in answers) == {200: 1, 409: people - 1}
    decided = next(answer.json["status"] for answer in answers if answer.status == 200)
    assert {answer.json["state"] for answer in answers if answer.status == 409} == {decided}
    assert [raw["status"]["S"] for raw in kinds(world, "visit")] == [decided]


def one_code(world: World, people: int, _: pytest.MonkeyPatch) -> None:
    """One code, scanned at many gates: in once."""
    set_scene(world, "arriving")
    scan = Asked("guard", "/gate/scans", {"code": world.names["code"], "gate": "north"})
    answers = at_once(world, [scan] * people, SEED)
    assert Counter(answer.json["result"] for answer in answers) == {"checked_in": 1, "already_in": people - 1}
    assert len(kinds(world, "passage")) == 1


def one_key(world: World, people: int, _: pytest.MonkeyPatch) -> None:
    """One Idempotency-Key, sent many times: one visit, one answer for all."""
    set_scene(world, "company")
    asked = Asked("applicant", "/visits", application(world, submit=False), "one-key")
    answers = at_once(world, [asked] * people, SEED)
    assert {(answer.status, answer.text) for answer in answers} == {(201, answers[0].text)}
    assert len(kinds(world, "visit")) == 1


def one_number(world: World, people: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """One reservation number, drawn by many visits at first: each gets one of its own."""
    set_scene(world, "company")
    ids = count()
    monkeypatch.setattr(callers, "new_id", lambda: _id(next(ids), people))
    answers = at_once(world, [Asked("applicant", "/visits", application(world, submit=False))] * people, SEED)
    assert {answer.status for answer in answers} == {201}
    assert len({answer.json["number"] for answer in answers}) == people == len(kinds(world, "number"))


def _id(turn: int, people: int) -> str:
    """An id; those of the first round end alike, and numbers are made of the end."""
    return f"01KJRACE{turn:010}{0 if turn < people else turn:08}"


def one_counter(world: World, people: int, _: pytest.MonkeyPatch) -> None:
    """One process, started by many: numbers follow one another, each for one request; who met all the others may be
    told to try again."""
    set_scene(world, "startable")
    asked = Asked("applicant", "/requests", {"process": "racking", "values": {"serial": "C-1"}})
    answers = at_once(world, [asked] * people, SEED)
    made = [answer.json["number"] for answer in answers if answer.status == 201]
    assert sorted(made) == [f"RACK-2026-{n:05}" for n in range(1, len(made) + 1)]
    assert {answer.json["code"] for answer in answers if answer.status != 201} <= {"contention"}
    assert len(made) == len(kinds(world, "custom_request")) >= min(people, 6)


def one_budget(world: World, people: int, _: pytest.MonkeyPatch) -> None:
    """One hard budget with room for half of those who submit: half of them have it, the others are told; nothing is
    refused that there was room for."""
    set_scene(world, "company")
    winners = people // 2
    done(world, "admin", "POST /budgets", budgets.BUDGET | {"amount": str(winners * budgets.COST)})
    asked = Asked("applicant", "/visits", budgets.with_a_dinner(world))
    answers = at_once(world, [asked] * people, SEED)
    assert Counter(answer.status for answer in answers) == {201: winners, 409: people - winners}
    assert {answer.json["code"] for answer in answers if answer.status == 409} == {"budget_overspent"}
    (line,) = kinds(world, "budget_line")
    assert (line["available"]["N"], line["frozen"]["N"]) == ("0", str(winners * budgets.COST * 100))


def one_budget_of_applications(world: World, people: int, _: pytest.MonkeyPatch) -> None:
    """One hard budget with room for half of those who apply for money, each in two rows: half of them have it, all of
    it; the others are told by name."""
    set_scene(world, "company")
    done(world, "applicant", "POST /applications", spending.wish(submit=False))  # the form is built once, by one
    winners = people // 2
    done(world, "admin", "POST /budgets", budgets.BUDGET | {"amount": str(winners * 2 * spending.COST)})
    (dinner,) = spending.wish(rows=1)["rows"]
    asked = Asked("applicant", "/applications", spending.wish() | {"rows": [dinner, dinner]})
    answers = at_once(world, [asked] * people, SEED)
    assert Counter(answer.status for answer in answers) == {201: winners, 409: people - winners}
    assert {answer.json["code"] for answer in answers if answer.status == 409} == {"application_overspent"}
    (line,) = kinds(world, "budget_line")
    assert (line["available"]["N"], line["frozen"]["N"]) == ("0", str(winners * 2 * spending.COST * 100))


def one_budget_of_claims(world: World, people: int, _: pytest.MonkeyPatch) -> None:
    """One hard budget with room for half of those who claim: half of them have it, the others are told by name."""
    set_scene(world, "company")
    done(world, "applicant", "POST /claims", claiming.plain() | {"submit": False})  # the form is built once, by one
    winners = people // 2
    done(world, "admin", "POST /budgets", budgets.BUDGET | {"amount": str(winners * claiming.COST)})
    answers = at_once(world, [Asked("applicant", "/claims", claiming.plain())] * people, SEED)
    assert Counter(answer.status for answer in answers) == {201: winners, 409: people - winners}
    assert {answer.json["code"] for answer in answers if answer.status == 409} == {"claim_overspent"}
    (line,) = kinds(world, "budget_line")
    assert (line["available"]["N"], line["frozen"]["N"]) == ("0", str(winners * claiming.COST * 100))


def one_visits_freeze(world: World, people: int, _: pytest.MonkeyPatch) -> None:
    """A visit holds all of a budget, enough for half of those who claim for it: they take it over, nothing twice."""
    set_scene(world, "company")
    winners = people // 2
    done(world, "admin", "POST /budgets", budgets.BUDGET | {"amount": str(winners * claiming.COST)})
    dinner = budgets.with_a_dinner(world, winners * claiming.COST // 6)
    world.names["visit"] = done(world, "applicant", "POST /visits", dinner)["id"]
    find_task(world)
    decide(world, "approve")
    links = {"links": [{"kind": "visit", "document": world.names["visit"]}]}
    done(world, "applicant", "POST /claims", claiming.plain() | links | {"submit": False})
    answers = at_once(world, [Asked("applicant", "/claims", claiming.plain() | links)] * people, SEED)
    assert Counter(answer.status for answer in answers) == {201: winners, 409: people - winners}
    (line,) = kinds(world, "budget_line")
    assert (line["available"]["N"], line["frozen"]["N"]) == ("0", str(winners * claiming.COST * 100))
    held = {item["document_kind"]["S"]: 0 for item in kinds(world, "budget_freeze")}
    for item in kinds(world, "budget_freeze"):
        left = (int(item[name]["N"]) for name in ("amount", "converted", "released"))
        held[item["document_kind"]["S"]] += next(left) - sum(left)
    assert held == {"visit": 0, "claim": winners * claiming.COST * 100}


def one_limit(world: World, people: int, _: pytest.MonkeyPatch) -> None:
    """One person's limit with room for half of the advances that they submit at once: never more are accepted, and
    whoever met all the others may be told to try again."""
    set_scene(world, "company")
    winners = people // 2
    limit = {"grade": "", "currency": "CNY", "amount": str(winners * 300)}
    done(world, "admin", "POST /advances/terms", {"limits": [limit]})
    answers = at_once(world, [Asked("applicant", "/advances", advances.ADVANCE | {"submit": True})] * people, SEED)
    made = [answer for answer in answers if answer.status == 201]
    refusals = Counter(answer.json["code"] for answer in answers if answer.status != 201)
    assert {*refusals} <= {"advance_over_limit", "contention"}
    exposed = sum(int(raw["amount"]["N"]) for raw in kinds(world, "advance_exposure"))
    assert exposed == len(made) * 30_000 <= winners * 30_000
    assert min(winners, 6) <= len(made) == len(kinds(world, "advance"))
    assert "contention" in refusals or len(made) == winners


def one_payable(world: World, people: int, _: pytest.MonkeyPatch) -> None:
    """One payable, chosen for a batch by many: one batch has it, the others are told."""
    set_scene(world, "owing")
    answers = at_once(world, [Asked("finance", "/payment-batches", payments.chosen(world, 0, 1))] * people, SEED)
    assert Counter(answer.status for answer in answers) == {201: 1, 409: people - 1}
    assert {answer.json["code"] for answer in answers if answer.status == 409} == {"payable_taken"}
    assert len(kinds(world, "payment")) == 2


def one_payment(world: World, people: int, _: pytest.MonkeyPatch) -> None:
    """One payment, said to be paid and to have failed by many: one word counts, and its document hears it once."""
    set_scene(world, "released")
    path = f"/payment-batches/{world.names['batch']}/actions"
    bodies = [payments.by_hand(world, action) for action in ("paid", "failed")]
    answers = at_once(world, [Asked("finance", path, bodies[number % 2]) for number in range(people)], SEED)
    assert Counter(answer.status for answer in answers) == {200: 1, 409: people - 1}
    (head,) = kinds(world, "payment_batch")
    assert int(head["paid"]["N"]) + int(head["failed"]["N"]) == 1
    payments.check_payments(DynamoStore(), _all(world))


def _all(world: World) -> list[Any]:
    return [raw for table in world.cloud.contents.tables.items.values() for raw in table.values()]


RACES: tuple[Race, ...] = (
    one_room,
    one_room_on_a_day_of_a_series,
    one_task,
    one_code,
    one_key,
    one_number,
    one_counter,
    one_budget,
    one_budget_of_applications,
    one_budget_of_claims,
    one_visits_freeze,
    one_limit,
    one_payable,
    one_payment,
)


@pytest.mark.parametrize("people", [2, 8, 32])
@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_a_race_has_one_winner(world: World, race: Race, people: int, monkeypatch: pytest.MonkeyPatch) -> None:
    race(world, people, monkeypatch)
    world.settle()
    check_invariants(world)


@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_without_write_conditions_the_race_is_lost(world: World, race: Race, monkeypatch: pytest.MonkeyPatch) -> None:
    for scene in ("arriving", "released"):
        set_scene(world, scene)  # scenes are made with conditions
    monkeypatch.setattr(dynamodb, "_holds", lambda given, current: True)
    with pytest.raises(AssertionError):
        race(world, 8, monkeypatch)
