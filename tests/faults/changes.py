"""Changes of an approved visit for the harness: at once, and after another approval."""

from __future__ import annotations

from typing import Any

from tests.faults import asking
from tests.faults.applications import application
from tests.faults.world import World


def put_off(world: World) -> dict[str, Any]:
    """The same a day later, with one visitor fewer and another room."""
    body = application(world, submit=False, count=2)
    later = {"starts": "2026-03-05T05:10:00Z", "ends": "2026-03-05T09:40:00Z"}
    return body | later | {"visitors": body["visitors"][:1], "resources": [{"resource": "r1"}], "submit": False}


def longer(world: World) -> dict[str, Any]:
    """The same for two days more, which has to be approved."""
    return application(world, submit=False) | {"ends": "2026-03-06T18:00:00"}


def changed_at_once(world: World) -> None:
    """The visit is a day later, and one of its visitors is not to come."""
    asking.done(world, "applicant", f"POST /visits/{world.names['visit']}", put_off(world))


def proposed(world: World) -> None:
    """A change that the manager is to decide."""
    asking.done(world, "applicant", f"POST /visits/{world.names['visit']}", longer(world))
    asking.find_task(world)
