"""What applicants ask for: the visit of every story."""

from __future__ import annotations

from typing import Any

from tests.faults.world import World

STARTS, ENDS = "2026-03-04T05:10:00Z", "2026-03-04T09:40:00Z"


def visitors(count: int) -> list[dict[str, str]]:
    """That many visitors with numbers of their own."""
    return [{"name": f"访客{n}", "phone": f"+86139123{n:05}", "company": "远航"} for n in range(1, count + 1)]


def application(world: World, submit: bool, count: int = 3) -> dict[str, Any]:
    """A visit application with a room."""
    return {
        "site": "hq",
        "starts": STARTS,
        "ends": ENDS,
        "host": world.names["host"],
        "purpose": "Contract talks",
        "visitors": visitors(count),
        "resources": [{"resource": "r1", "starts": STARTS, "ends": ENDS}],
        "companions_allowed": 1,
        "submit": submit,
    }


def with_document(world: World) -> dict[str, Any]:
    """The same for one visitor whose passport is known."""
    body = application(world, submit=False, count=1)
    body["visitors"][0] |= {"document_kind": "passport", "document_number": "E12345678"}
    return body
