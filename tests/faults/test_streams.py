"""Streams tell at least once, each reader at its own pace: repeated, delayed, in another order, all stays equal."""

from __future__ import annotations

from random import Random

import pytest

from tests.faults.state import difference, state_of
from tests.faults.stories import STORIES, go_on, told
from tests.faults.world import World

SEEDS = (1, 2, 3)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("story", STORIES)
def test_records_told_twice_and_in_another_order_change_nothing(world: World, story: str, seed: int) -> None:
    known = told(world, story)
    world.load(known.begun)
    world.shuffle, world.batch = Random(seed), 3
    go_on(world, story)
    assert difference(known.end, state_of(world)) == ""


@pytest.mark.parametrize("story", STORIES)
def test_records_told_again_when_all_is_over_change_nothing(world: World, story: str) -> None:
    known = told(world, story)
    world.load(known.begun)
    world.shuffle = Random(4)
    go_on(world, story)
    for record in world.shuffle.sample(world.position.told, len(world.position.told)):
        world.tell(record)
    world.run()
    assert difference(known.end, state_of(world)) == ""
