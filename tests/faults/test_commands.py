"""Whatever AWS call of a command the process dies at, or loses the answer of: asked again, it happened exactly once."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.client import Answer
from tests.faults.commands import COMMANDS, Command
from tests.faults.hook import Fault, Killed, faults_of
from tests.faults.scenes import set_scene
from tests.faults.state import State, difference, state_of
from tests.faults.world import World

RETRIES = 3


def ask(world: World, command: Command, fault: Fault | None = None) -> Answer | None:
    """Send the command with its key; None when the process died."""
    try:
        route = command.route.format(**world.names)
        return world.request(command.who, route, command.given(world), "the-key", fault)
    except Killed:
        return None


def ask_until_answered(world: World, command: Command) -> Answer:
    """Send it as a program does that got no answer or a server's error."""
    for _ in range(RETRIES):
        answer = ask(world, command)
        if answer and answer.status < 500:
            return answer
    raise AssertionError(f"{command.name}: {answer and answer.text}")


def undisturbed(world: World, command: Command) -> tuple[State, list[str], Answer]:
    """What the command comes to, its AWS calls, its answer."""
    set_scene(world, command.scene)
    answer = ask_until_answered(world, command)
    calls = list(world.hook.calls)
    assert answer.status == command.status, f"{answer.status} {answer.text}"
    world.run()
    return state_of(world), calls, answer


def outcome(world: World, command: Command, fault: Fault, first: Answer, expected: State, known: dict[int, str]) -> str:
    """How it comes out differently from the undisturbed command, "" if it does not.

    `known`: what came of faults that left the command unanswered, by how many of its calls had written until then. The
    calls until a fault are always the same ones: two such faults leave the same behind.
    """
    set_scene(world, command.scene)
    answer = ask(world, command, fault)
    effects = world.hook.effects
    unanswered = answer is None or answer.status >= 500
    if not effects and unanswered:
        return ""  # nothing happened yet: asking again is the undisturbed command
    if not unanswered or any(number > fault.call for number in effects):
        return _repeated(world, command, first, expected)
    if len(effects) not in known:
        known[len(effects)] = _repeated(world, command, first, expected)
    return known[len(effects)]


def _repeated(world: World, command: Command, first: Answer, expected: State) -> str:
    answer = ask_until_answered(world, command)
    if answer.status not in (first.status, command.again):
        return f"answered {answer.status} {answer.text}"
    world.run()
    return difference(expected, state_of(world))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_a_disturbed_command_happens_exactly_once(world: World, command: Command) -> None:
    expected, calls, first = undisturbed(world, command)
    assert Counter(calls)["dynamodb TransactWriteItems"] <= command.transactions, calls
    known: dict[int, str] = {}
    faults = faults_of(calls)
    outcomes = {name: outcome(world, command, fault, first, expected, known) for name, fault in faults.items()}
    assert {name: text for name, text in outcomes.items() if text} == {}
