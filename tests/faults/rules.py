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


def ruled(world: World) -> None:
    """Finance has written a limit down."""
    world.names["limit"] = asking.done(world, "admin", "POST /spending-rules", MEAL)["id"]
