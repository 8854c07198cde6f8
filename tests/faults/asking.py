"""How scenes are made: asking for what there is, and commands that are sent until they succeed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.faults.world import World

RETRIES = 60


def find_task(world: World) -> None:
    """Note the manager's open task."""
    world.names["task"] = open_task(world, "manager")


def open_task(world: World, who: str) -> str:
    """The first task in somebody's inbox."""
    return str(seen(world, who, "GET /approvals")["items"][0]["id"])


def seen(world: World, who: str, route: str) -> Any:
    """What a page shows."""
    answer = world.request(who, route, {}, "")
    while answer.status >= 500:
        answer = world.request(who, route, {}, "")
    return answer.json


def act(world: World, action: str) -> None:
    """The applicant's move."""
    done(world, "applicant", f"POST /visits/{world.names['visit']}/actions", {"action": action})


def decide(world: World, action: str) -> None:
    """The manager's decision."""
    route = f"POST /approvals/{world.names['task']}/actions"
    done(world, "manager", route, {"action": action, "comment": "Please"})


def done(world: World, who: str, route: str, body: Mapping[str, Any] | bytes) -> Any:
    """What a command answers that succeeds, however often it must be sent."""
    told = {} if isinstance(body, bytes) else body
    named = ("action", "kind", "period", "category", "payable", "form")
    what = ".".join(str(told[name]) for name in named if name in told)
    key = f"{route}#{what}#{world.position.steps}".replace(" ", "-")
    answer = world.request(who, route, body, key)
    for _ in range(RETRIES):
        if answer.status < 500:
            break
        answer = world.request(who, route, body, key)
    assert answer.status in (200, 201), f"{route}: {answer.status} {answer.text}"
    return answer.json
