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


@pytest.mark.parametrize("delay", DELAYS, ids=str)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_a_command_sent_again_late_has_one_effect(world: World, command: Command, delay: timedelta) -> None:
    set_scene(world, command.scene)
    first = ask_until_answered(world, command)
    world.run(until=world.position.now + delay)
    later = world.save()
    world.run()
    expected = state_of(world)
    world.load(later)
    again = ask_until_answered(world, command)
    calls = [call for call in world.hook.calls if call.split()[1] not in READS]
    assert {call for call in calls if not call.startswith("dynamodb")} == set()
    assert (again.status, again.json) == (first.status, first.json) or again.status == command.again
    world.run()
    assert difference(expected, state_of(world)) == ""
