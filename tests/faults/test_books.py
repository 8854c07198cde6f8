"""Wherever a run of finance's export dies, whoever reads at that moment finds the books of a run, whole."""

from __future__ import annotations

from contextlib import suppress

from tests.faults import books
from tests.faults.hook import faults_of
from tests.faults.scenes import set_scene
from tests.faults.stories import STORIES, go_on
from tests.faults.world import World

STORY = "books_exported"


def test_a_reader_finds_the_run_before_or_the_new_one_wherever_it_dies(world: World) -> None:
    set_scene(world, "company")
    go_on(world, STORY, until=len(STORIES[STORY]) - 1)
    seen = [books.manifest(world)]
    world.position.steps += 1
    STORIES[STORY][-1](world)
    saved = world.save()
    while world.step():
        after, calls = world.save(), list(world.hook.calls)
        for fault in faults_of(calls).values():
            world.load(saved)
            world.fault = fault
            world.step()
            books.check(world)
            seen.append(books.manifest(world))
        world.load(after)
        books.check(world)
        saved = after
    assert "" not in seen
    assert len(set(seen)) == 2


def test_the_run_of_the_night_is_begun_once_wherever_its_schedule_breaks(world: World) -> None:
    set_scene(world, "budgeted")
    saved = world.save()
    night = world.invoke("export", {})["run"]
    for fault in faults_of(list(world.hook.calls)).values():
        world.load(saved)
        with suppress(BaseException):
            world.invoke("export", {}, fault)
        assert world.invoke("export", {})["run"] in (night, "")
        world.run()
        assert books.manifest(world) == night
        assert world.invoke("export", {})["run"] == ""
