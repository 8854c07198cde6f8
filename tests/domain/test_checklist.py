"""The checklist is what an approved visit needs; made anew it opens again only what a change touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.checklist import Task, Wanted, due, made, tick, untick
from chalicelib.domain.errors import IllegalMove
from chalicelib.domain.reception_items import ReceptionItem, begins

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LUNCH = Wanted("item", "meal", "8+2", "P-1", NOW + timedelta(days=3))
ROOM = Wanted("booking", "room", "星海厅", "P-2", NOW + timedelta(days=3))
ENGLISH = Wanted("team", "team", "Interpreting", "P-3", NOW + timedelta(days=3))
NAMES = {"P-1": "林梅", "P-2": "吴芳", "P-3": "何刚"}
WANTED = st.builds(
    Wanted,
    st.sampled_from(["item", "booking", "team"]),
    st.sampled_from(["meal", "room"]),
    st.sampled_from(["x", "y"]),
    st.sampled_from(["P-1", "P-2"]),
    st.integers(0, 3).map(lambda days: NOW + timedelta(days)),
)


def of(wanted: Sequence[Wanted], held: Sequence[Task] = (), now: datetime = NOW) -> dict[str, Task]:
    """The list after it was made."""
    written = made("V", wanted, held, NAMES, now)
    return {task.id: task for task in held} | {task.id: task for task in written}


def test_every_item_booking_and_helper_is_a_task_with_owner_and_time() -> None:
    tasks = list(of([LUNCH, ROOM, ENGLISH]).values())
    assert [(task.no, task.word, task.owner_name, task.status) for task in tasks] == [
        (1, "meal", "林梅", "open"),
        (2, "room", "吴芳", "open"),
        (3, "team", "何刚", "open"),
    ]
    assert {task.due for task in tasks} == {NOW + timedelta(days=2)}


@given(st.lists(WANTED, max_size=8))
def test_making_it_again_writes_nothing(wanted: list[Wanted]) -> None:
    held = [*of(wanted).values()]
    assert len(held) == len(wanted)
    assert made("V", wanted, held, NAMES, NOW + timedelta(hours=30)) == []


@given(st.lists(WANTED, max_size=8), st.lists(WANTED, max_size=8))
def test_after_a_change_what_is_not_dropped_is_what_is_wanted(first: list[Wanted], then: list[Wanted]) -> None:
    tasks = of(then, [*of(first).values()]).values()
    left = sorted((task.word, task.text, task.owner, task.needed) for task in tasks if task.status != "dropped")
    assert left == sorted((each.word, each.text, each.owner, each.needed) for each in then)


def test_what_a_change_does_not_touch_stays_done() -> None:
    held = [tick(task, "P-1", "林梅", NOW) for task in of([LUNCH, ROOM]).values()]
    (dropped, added) = sorted(
        made("V", [LUNCH, replace(ROOM, text="长江会议室")], held, NAMES, NOW), key=lambda task: task.status
    )
    assert (dropped.text, dropped.status, added.text, added.status) == ("星海厅", "dropped", "长江会议室", "open")


@pytest.mark.parametrize("change", [{"owner": "P-3"}, {"needed": NOW + timedelta(days=4)}])
def test_another_owner_or_time_opens_it_again(change: dict[str, object]) -> None:
    held = [tick(task, "P-1", "林梅", NOW) for task in of([LUNCH]).values()]
    (again,) = made("V", [replace(LUNCH, **change)], held, NAMES, NOW)  # type: ignore[arg-type]
    assert (again.id, again.status, again.done_by, again.version) == (held[0].id, "open", "", 3)


def test_what_was_dropped_comes_back_open() -> None:
    held = [*of([], [*of([LUNCH]).values()]).values()]
    assert [task.status for task in held] == ["dropped"]
    (again,) = made("V", [LUNCH], held, NAMES, NOW)
    assert (again.status, again.version) == ("open", 3)


def test_it_is_due_a_day_before_or_as_soon_as_can_be() -> None:
    hour = timedelta(hours=1)
    assert due(NOW + 72 * hour, NOW) == NOW + 48 * hour
    assert due(NOW + 20 * hour, NOW) == NOW + 2 * hour
    assert due(NOW + hour, NOW) == NOW + hour


def test_ticking_is_undone_and_neither_happens_twice() -> None:
    (task,) = of([LUNCH]).values()
    done = tick(task, "P-2", "吴芳", NOW)
    assert (done.status, done.done_by_name, done.done_at) == ("done", "吴芳", NOW)
    assert replace(untick(done), version=task.version) == task
    with pytest.raises(IllegalMove):
        tick(done, "P-2", "吴芳", NOW)
    with pytest.raises(IllegalMove):
        untick(task)


def test_a_meal_is_needed_at_its_hour_and_anything_else_of_the_day_with_the_visit() -> None:
    starts = datetime(2026, 3, 4, 1, 30, tzinfo=UTC)
    day, later = date(2026, 3, 4), date(2026, 3, 5)
    assert begins(ReceptionItem("meal", day, meal="dinner"), starts, "Asia/Shanghai").hour == 10
    assert begins(ReceptionItem("tour", day), starts, "Asia/Shanghai") == starts
    assert begins(ReceptionItem("other"), starts, "Asia/Shanghai") == starts
    assert begins(ReceptionItem("tour", later), starts, "Asia/Shanghai") == datetime(2026, 3, 5, 1, 0, tzinfo=UTC)
