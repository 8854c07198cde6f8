"""What follows from a change: the streams' functions run on what the tables tell, until nothing changes any more."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from tests.bench.tables import Change
from tests.bench.world import NOW, World

CONSUMERS: dict[str, tuple[str, ...]] = {
    "reception": ("drive", "record"),
    "approvals": ("drive", "record"),
    "directory": ("drive", "record"),
    "notifications": ("deliver",),
}
"""By table, as infra/resources.yaml maps its streams."""


def follow(world: World) -> list[str]:
    """Run what the changes so far lead to; the functions that were invoked, once a table and round each."""
    invoked: list[str] = []
    number = 0
    while changes := world.take_changes():
        by_area: dict[str, list[Change]] = defaultdict(list)
        for change in changes:
            by_area[change.table.rpartition("-")[2]].append(change)
        for area, own in by_area.items():
            number += len(own)
            for name in CONSUMERS.get(area, ()):
                world.app_function(name)(event_of(own, number), None)
                invoked.append(name)
    return invoked


def event_of(changes: list[Change], first: int) -> dict[str, Any]:
    """The changes of one table as a function gets them; `first` numbers them apart from others'."""
    return {"Records": [_record(change, first * 1000 + at) for at, change in enumerate(changes)]}


def _record(change: Change, number: int) -> dict[str, Any]:
    name = "MODIFY" if change.old and change.new else "INSERT" if change.new else "REMOVE"
    images = {"OldImage": change.old, "NewImage": change.new}
    data: dict[str, Any] = {side: image for side, image in images.items() if image is not None}
    data |= {"SequenceNumber": str(number), "ApproximateCreationDateTime": NOW.timestamp()}
    arn = f"arn:aws:dynamodb:us-east-1:123456789012:table/{change.table}/stream/1"
    return {"eventID": f"{number:032x}", "eventName": name, "eventSourceARN": arn, "dynamodb": data}
