"""Standards and checklists for the harness: a standard in force, a task to prepare, and their commands."""

from __future__ import annotations

from typing import Any

from tests.faults import asking
from tests.faults.applications import application
from tests.faults.world import World

LEVELS = [{"key": "A", "title": {"en": "Leaders", "zh": "高层来宾"}}]
MEAL = {"type": "meal", "valid_from": "2026-01-01", "amount": "150", "hosts_least": 3}
LODGING = {"type": "lodging", "level": "A", "valid_from": "2026-01-01", "amount": "450"}
TAKING_OVER = MEAL | {"valid_from": "2026-06-01", "amount": "180"}
ENDING = MEAL | {"valid_until": "2026-12-31"}


def measured(world: World) -> None:
    """There is a level, and a standard for meals."""
    asking.done(world, "admin", "POST /standards/levels", {"levels": LEVELS})
    world.names["standard"] = asking.done(world, "admin", "POST /standards", MEAL)["id"]


def prepared(world: World) -> None:
    """The stream has made the checklist of the approved visit."""
    page = asking.seen(world, "host", f"GET /visits/{world.names['visit']}")
    world.names["preparation"] = page["checklist"][0]["id"]


def with_a_meal(world: World) -> dict[str, Any]:
    """A visit with a meal above the standard, for a reason."""
    meal = {"type": "meal", "day": "2026-03-04", "meal": "lunch", "guests": 4, "price": "200", "reason": "Board"}
    return application(world, submit=True) | {"items": [meal], "level": "A"}


def ticked(world: World) -> dict[str, Any]:
    """The task is done."""
    return {"task": world.names["preparation"], "action": "tick"}
