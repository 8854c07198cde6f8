"""Lives of visits and people, from which the units of work of streams, workflow and schedule are taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from tests.faults import advances as lending
from tests.faults import payments
from tests.faults.budgets import (
    agreed,
    asked,
    asking,
    budgeted,
    closed,
    dinner_within_a_budget,
    half_agreed,
    lowered,
    stated,
)
from tests.faults.changes import changed_at_once, proposed
from tests.faults.custom import brought, designed, handed_in, referenced, startable
from tests.faults.received import invoice_brought, invoice_discarded, invoice_kept
from tests.faults.scenes import approved, arriving, draft, inside, pending, set_scene
from tests.faults.state import State, state_of
from tests.faults.steps import (
    MINUTE,
    a_day_later,
    an_hour_later,
    approved_by_the_substitute,
    asked_to_be_forgotten,
    away,
    back,
    books_exported,
    branch_opened,
    called_off,
    cancelled,
    changed,
    departed,
    department_moved,
    equipped,
    excused,
    executions_lost,
    exported,
    handed_over,
    hired,
    leave_planned,
    message_stuck,
    outside,
    rated,
    rejected,
    returned,
    rights_taken,
    second_inside,
)
from tests.faults.world import World

type Step = Callable[[World], None]

STORIES: Mapping[str, tuple[Step, ...]] = {
    "attended": (dinner_within_a_budget, pending, approved, arriving, inside, second_inside, outside, rated),
    "put_off": (draft, pending, approved, excused, changed_at_once, an_hour_later, proposed, approved),
    "budgeted": (budgeted, lowered, closed),
    "lent": (
        *(lending.drafted_for_soon, lending.asked, lending.seconded, lending.granted, lending.lent),
        *(an_hour_later, lending.came_back),
    ),
    "paid": (
        *(payments.owing, payments.all_batched, payments.released, payments.answered_by_the_bank, payments.put_away),
        *(payments.given_up, payments.account_changed),
    ),
    "asked": (budgeted, stated, asking, asked, half_agreed, agreed),
    "invoiced": (invoice_brought, invoice_kept, invoice_discarded),
    "cancelled": (draft, pending, approved, cancelled),
    "left_behind": (draft, pending, approved, arriving, inside, cancelled, a_day_later),
    "rejected": (draft, pending, returned, changed, rejected),
    "informed": (equipped, pending, a_day_later, rejected),
    "lost": (draft, pending, executions_lost, approved, leave_planned, an_hour_later, message_stuck, executions_lost),
    "away": (draft, pending, away, approved_by_the_substitute, back),
    "handed_over": (draft, pending, approved, handed_over),
    "handed_in": (referenced, designed, startable, brought, handed_in),
    "forgotten": (draft, called_off, asked_to_be_forgotten),
    "exported": (hired, exported, rights_taken),
    "books_exported": (budgeted, books_exported, books_exported),
    "people": (hired, departed, branch_opened, department_moved),
}


@dataclass
class Told:
    """A story told to its end without disturbance, and the world just before the first unit of each name.

    A task that ran several times is there as "NAME, last", too. `begun` is the world after the first step: what is
    derived from the ids made there is the same in every run that begins with it.
    """

    end: State
    begun: bytes
    before: dict[str, bytes] = field(default_factory=dict)


_told: dict[str, Told] = {}


def told(world: World, story: str) -> Told:
    """The story as it goes undisturbed (once for a process)."""
    if story not in _told:
        before: dict[str, bytes] = {}
        set_scene(world, "company")

        def remember(unit: str) -> None:
            if unit not in before:
                before[unit] = world.save()
            elif unit.startswith("visit_tasks"):
                before[f"{unit}, last"] = world.save()

        world.before = remember
        go_on(world, story, until=1)
        begun = world.save()
        go_on(world, story)
        world.before = lambda unit: None
        _told[story] = Told(state_of(world), begun, before)
    return _told[story]


def go_on(world: World, story: str, until: int | None = None, patience: timedelta | None = None) -> None:
    """Tell the story from where the world stands to its end, or until so many steps are done.

    `patience`: how long people wait before they do the next thing.
    """
    steps = STORIES[story][:until]
    world.settle()
    if world.position.until:
        steps[world.position.steps - 1](world)  # the step that waits for its time
    for step in steps[world.position.steps :]:
        world.position.steps += 1
        world.forward(MINUTE)  # no two things that people do happen in the same instant
        step(world)
        world.position.until = None
        world.settle()
        if patience:
            world.run(until=world.position.now + patience)
    if until is None:
        world.run()
