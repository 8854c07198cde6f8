"""Three calls in ten are throttled, fail, or time out (some of them after they were executed): all comes out equal."""

from __future__ import annotations

from random import Random

import pytest

from tests.faults.state import difference, state_of
from tests.faults.steps import HOUR
from tests.faults.stories import STORIES, go_on, told
from tests.faults.world import World

ANY_NUMBER = 1000
"""A message whose answer is lost goes out again, by the SDK's own hand: the provider knows no idempotency key."""


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("story", STORIES)
def test_a_story_told_in_a_storm_ends_as_it_does_in_calm(world: World, story: str, seed: int) -> None:
    known = told(world, story)
    world.load(known.begun)
    world.hook.storm = Random(seed)
    go_on(world, story, patience=HOUR)
    world.hook.storm = None
    world.run()
    assert difference(known.end, state_of(world), ANY_NUMBER) == ""
