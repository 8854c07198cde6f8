"""Budget applications for the harness: one with rows of two budgets, in every stage."""

from __future__ import annotations

from typing import Any

from tests.faults.asking import decide, done, find_task
from tests.faults.world import World

COST = 600
"""Of a dinner for six, in yuan."""


def wish(price: int = 100, submit: bool = True, rows: int = 2) -> dict[str, Any]:
    """A dinner for six at that price a head, and four trains."""
    dinner = {"type": "meals", "day": "2026-03-04", "heads": 6, "price": str(price)}
    train = {"type": "transport", "day": "2026-03-05", "travel": "train", "origin": "A", "goal": "B", "heads": 4}
    return {"purpose": "Talks", "rows": [dinner, train | {"price": "50"}][:rows], "submit": submit}


def wished(world: World) -> None:
    """Somebody drafts an application that two budgets pay for."""
    answer = done(world, "applicant", "POST /applications", wish(submit=False))
    world.names.update(application=answer["id"], application_number=answer["number"])


def wish_pending(world: World) -> None:
    """It waits for its approval."""
    done(world, "applicant", f"POST /applications/{world.names['application']}/actions", {"action": "submit"})
    find_task(world)


def wish_returned(world: World) -> None:
    """It came back."""
    decide(world, "return")


def wish_approved(world: World) -> None:
    """It is approved."""
    decide(world, "approve")
