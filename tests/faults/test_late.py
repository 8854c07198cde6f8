"""A command that is sent again much later, when request tokens and execution names are forgotten, has one effect."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.faults.commands import COMMANDS, Command
from tests.faults.hook import READS
from tests.faults.scenes import set_scene
from tests.faults.state import difference, state_of
from tests.faults.test_commands import ask_until_answered
from tests.faults.world import World

DELAYS = (timedelta(minutes=11), timedelta(hours=25), timedelta(days=91))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_a_command_sent_again_late_has_one_effect(world: World, command: Command) -> None:
    set_scene(world, command.scene)
    first = ask_until_answered(world, command)
    begun, later = world.position.now, dict[timedelta, bytes]()
    for delay in DELAYS:
        world.run(until=begun + delay)
        later[delay] = world.save()
    world.run()
    expected = state_of(world)
    for delay, saved in later.items():
        world.load(saved)
        again = ask_until_answered(world, command)
        calls = [call for call in world.hook.calls if call.split()[1] not in READS]
        assert {call for call in calls if not call.startswith("dynamodb")} == set(), delay
        assert (again.status, again.json) == (first.status, first.json) or again.status == command.again, delay
        for stop in (each for each in DELAYS if each > delay):  # the clock goes as it did without it
            world.run(until=begun + stop)
        world.run()
        assert difference(expected, state_of(world)) == "", delay
