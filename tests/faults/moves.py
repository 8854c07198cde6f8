"""Documents in the hands of several people, for the harness."""

from __future__ import annotations

from tests.faults import asking, custom
from tests.faults.world import World


def joined(world: World) -> None:
    """The host is to approve before the manager."""
    _bring_in(world, "add_before")


def advising(world: World) -> None:
    """The manager asked the host for advice."""
    _bring_in(world, "delegate")


def second(world: World) -> None:
    """A request that the manager approved and the host is to decide."""
    asking.done(world, "admin", "POST /processes/racking", custom.changed_process(world))
    custom.startable(world)
    custom.begun(world)
    custom.applied(world)
    asking.decide(world, "approve")
    world.names["task"] = asking.open_task(world, "host")


def _bring_in(world: World, action: str) -> None:
    body = {"action": action, "people": [world.names["host"]]}
    asking.done(world, "manager", f"POST /approvals/{world.names['task']}/actions", body)
    world.names["joined"] = asking.open_task(world, "host")
