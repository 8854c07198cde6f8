"""A department's move is finished even where the stream gives up on it: the reconciler brings it to its end."""

from __future__ import annotations

import pytest

from chalicelib.workflows import drive
from tests.faults.hook import faults_of
from tests.faults.state import difference, state_of
from tests.faults.stories import go_on, told
from tests.faults.test_units import calls_of
from tests.faults.world import World

UNIT, STORY = "drive department modify", "people"
QUEUE = ("drive", "directory")


def test_a_move_that_breaks_anywhere_and_is_never_told_again_reaches_everybody(world: World) -> None:
    story = told(world, STORY)
    outcomes = {}
    for name, fault in faults_of(calls_of(world, story.before[UNIT], UNIT)).items():
        world.load(story.before[UNIT])
        record = world.position.queues[QUEUE][0]
        world.fault = fault
        world.step()
        world.position.queues[QUEUE] = [each for each in world.position.queues[QUEUE] if each != record]
        go_on(world, STORY)
        outcomes[name] = difference(story.end, state_of(world))
    assert {name: text for name, text in outcomes.items() if text} == {}


def test_moves_that_no_stream_tells_reach_every_level(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    story = told(world, STORY)
    world.load(story.begun)
    monkeypatch.delitem(drive.FOLLOWS, ("directory", "department"))  # type: ignore[arg-type] - a dict behind the Mapping
    go_on(world, STORY)
    assert difference(story.end, state_of(world)) == ""
