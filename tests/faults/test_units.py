"""Whatever AWS call of a task or a consumer its process dies at, or loses the answer of: nothing is lost or doubled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from botocore.exceptions import BotoCoreError
from pynamodb.exceptions import PynamoDBException

from chalicelib.models.item import physical_name
from chalicelib.services import inviting
from tests.faults.applications import application
from tests.faults.asking import decide, done, find_task
from tests.faults.hook import Fault, How, Killed, faults_of
from tests.faults.scenes import set_scene
from tests.faults.state import State, difference, state_of
from tests.faults.stories import STORIES, go_on, told
from tests.faults.units import UNITS
from tests.faults.world import World

SENDS = {"sns Publish", "sesv2 SendEmail", "outbound Post"}
MANY = 21


def may_send_again(calls: list[str], fault: Fault) -> bool:
    """Whether a message went out and nobody could note it: the provider knows no idempotency key."""
    if calls[fault.call - 1] in SENDS:
        return fault.how is not How.KILLED_BEFORE
    return fault.how is How.KILLED_BEFORE and any(call in SENDS for call in calls[: fault.call - 1][-1:])


def calls_of(world: World, saved: bytes, unit: str) -> list[str]:
    """The unit's AWS calls when nothing disturbs it."""
    world.load(saved)
    if unit == "reconcile":
        world.reconcile()
    else:
        world.step()
    return list(world.hook.calls)


type Left = tuple[int, ...]


def left(world: World, unit: str, fault: Fault) -> Left | None:
    """Let the disturbed unit happen; what it leaves behind: equal for two faults only if what follows is the same.

    The calls until a fault are always the same ones, so that their number tells what they did. What a unit wrote after
    an answer was lost is its own way out: None.
    """
    world.fault = fault
    if unit == "reconcile":
        world.reconcile()
    else:
        world.step()
    if any(number > fault.call for number in world.hook.effects):
        return None
    told = [len(queue) for queue in world.position.queues.values()]
    caught = unit.startswith("visit_tasks") and fault.how is How.ANSWER_LOST  # the state machine asks for the error
    return len(world.hook.effects), *told, caught, *([fault.call] if caught else [])


def ending(
    world: World, saved: bytes, unit: str, fault: Fault, known: dict[Left, State], finish: Callable[[], object]
) -> State:
    """What comes of it when the unit is disturbed and the rest told by `finish`; `known`: what came of faults before,
    by what they left behind."""
    world.load(saved)
    behind = left(world, unit, fault)
    if behind not in known:
        finish()
        end = state_of(world)
        if behind is None:
            return end
        known[behind] = end
    return known[behind]


def outcome(world: World, unit: str, calls: list[str], fault: Fault, known: dict[Left, State]) -> str:
    """How the story ends differently, "" if it does not."""
    story = told(world, UNITS[unit])
    end = ending(world, story.before[unit], unit, fault, known, lambda: go_on(world, UNITS[unit]))
    return difference(story.end, end, int(may_send_again(calls, fault)))


@pytest.mark.parametrize("unit", UNITS)
def test_a_disturbed_unit_of_work_loses_and_doubles_nothing(world: World, unit: str) -> None:
    calls = calls_of(world, told(world, UNITS[unit]).before[unit], unit)
    assert calls, "this unit need not be listed"
    known: dict[Left, State] = {}
    outcomes = {name: outcome(world, unit, calls, fault, known) for name, fault in faults_of(calls).items()}
    assert {name: text for name, text in outcomes.items() if text} == {}


@pytest.mark.parametrize("story", STORIES)
def test_every_unit_of_work_that_talks_to_aws_is_listed(world: World, story: str) -> None:
    before = told(world, story).before
    unlisted = {unit for unit in before if unit not in UNITS and not unit.endswith(", last")}
    assert {unit for unit in unlisted if calls_of(world, before[unit], unit)} == set()


def test_the_first_administrator_is_made_once_however_often_it_breaks(world: World) -> None:
    facts = {"login": "root", "password": "Correct-Horse-9", "name": "Root", "email": "root@atrium.example"}
    empty = world.save()
    world.invoke("bootstrap", facts)
    for fault in faults_of(list(world.hook.calls)).values():
        world.load(empty)
        with suppress(Killed, PynamoDBException, BotoCoreError):
            world.invoke("bootstrap", facts, fault)
        made = world.invoke("bootstrap", facts)["person"]
        world.run()
        items = world.cloud.contents.tables.items[physical_name("directory")].values()
        kinds = Counter(raw["kind"]["S"] for raw in items)
        assert kinds == {"department": 1, "person": 1, "role": 1, "login": 2}
        assert {name: account["password"] for name, account in world.cloud.contents.accounts.items()} == {
            made: (facts["password"], True)
        }


def test_who_is_inside_a_cancelled_visit_is_signed_out_once_wherever_the_schedule_breaks(world: World) -> None:
    set_scene(world, "company")
    go_on(world, "left_behind", until=len(STORIES["left_behind"]))
    saved = world.save()
    calls = calls_of(world, saved, "reconcile")
    assert "dynamodb TransactWriteItems" in calls
    go_on(world, "left_behind")
    end = state_of(world)
    assert any('"signed_out_by_rule": true' in line for line in end.lines)
    known: dict[Left, State] = {}
    for name, fault in faults_of(calls).items():
        found = ending(world, saved, "reconcile", fault, known, lambda: go_on(world, "left_behind"))
        assert difference(end, found) == "", name


def test_what_was_kept_for_long_enough_is_forgotten_once_wherever_the_schedule_breaks(world: World) -> None:
    set_scene(world, "identified")
    world.run()
    world.forward(timedelta(days=800))
    saved = world.save()
    calls = calls_of(world, saved, "reconcile")
    assert calls.count("dynamodb TransactWriteItems") >= 4
    world.run()
    end = state_of(world)
    assert not any("访客1" in line for line in end.lines if '"kind": "guests"' in line)
    known: dict[Left, State] = {}
    for name, fault in faults_of(calls).items():
        found = ending(world, saved, "reconcile", fault, known, world.run)
        assert difference(end, found) == "", name


def invite_many(world: World, fault: Fault | None) -> list[str]:
    """Invite more visitors than one task takes, with a fault in its first run; its calls."""
    set_scene(world, "company")
    answer = done(world, "applicant", "POST /visits", application(world, submit=True, count=MANY))
    world.settle()
    world.names["visit"] = answer["id"]
    find_task(world)
    decide(world, "approve")
    while not world.next_is("visit_tasks invite"):
        world.step()
    world.fault = fault
    world.step()
    calls = list(world.hook.calls)
    world.run(until=world.position.now + timedelta(hours=1))
    return calls


def test_many_visitors_are_invited_once_wherever_their_task_breaks(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inviting, "BATCH", 20)
    calls = invite_many(world, None)
    assert len(world.cloud.contents.messages) == MANY
    writes = [number for number, call in enumerate(calls, 1) if call == "dynamodb TransactWriteItems"]
    for number in (2, len(calls) // 2, *writes):
        for how in How:
            invite_many(world, Fault(number, how))
            assert len(phones(world)) == len(set(phones(world))) == MANY, (number, how)


def phones(world: World) -> list[str]:
    """Whom messages went to."""
    return [phone for phone, _ in world.cloud.contents.messages]
