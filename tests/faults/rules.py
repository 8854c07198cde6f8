"""Rules of spending for the harness: a limit among those that are shipped, and the commands of finance."""

from __future__ import annotations

from tests.faults import asking
from tests.faults.world import World

MEAL = {"category": "meal", "basis": "head", "grade": "P7", "valid_from": "2026-01-01", "amount": "400"}
TAKING_OVER = MEAL | {"valid_from": "2026-06-01", "amount": "450"}
ENDING = MEAL | {"valid_until": "2026-12-31"}
SETTINGS = {
    "tiers": [{"key": key, "title": {"en": key, "zh": key}} for key in ("first", "second")],
    "titles": [{"name": "Atrium", "tax_id": "91310000MA1K00000X"}],
    "audit_share": 10,
}


SMALL = {"tiers": SETTINGS["tiers"], "sums": [{"currency": "CNY", "no_invoice": "500", "auto": "500"}]}
"""A claim within that approves itself, unless the lot falls on it."""


def none_drawn(world: World) -> None:
    """The lot falls on no claim."""
    asking.done(world, "admin", "POST /spending-rules/settings", SMALL | {"audit_share": 0})


def all_drawn(world: World) -> None:
    """The lot falls on every claim that could approve itself."""
    asking.done(world, "admin", "POST /spending-rules/settings", SMALL | {"audit_share": 100})


def ruled(world: World) -> None:
    """Finance has written a limit down."""
    world.names["limit"] = asking.done(world, "admin", "POST /spending-rules", MEAL)["id"]
