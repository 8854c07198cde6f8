"""A store in memory that keeps what DynamoDB's streams would tell of its changes."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from typing import Any

from chalicelib.models.store import Check, Operation, Put
from tests.fakes import MemoryStore


class StreamingStore(MemoryStore):
    """MemoryStore with `records` in the form in which a Lambda function gets them."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[dict[str, Any]] = []

    def write(self, *operations: Operation) -> None:
        places = [_place(operation) for operation in operations if not isinstance(operation, Check)]
        before = {place: self.items.get(place) for place in places}
        super().write(*operations)
        for place, old in before.items():
            if old != self.items.get(place):
                self.records.append(self._record(place[0], old, self.items.get(place)))

    def _record(self, area: str, old: Any, new: Any) -> dict[str, Any]:
        number = len(self.records) + 1
        images = {"OldImage": _as_json(old), "NewImage": _as_json(new)}
        return {
            "eventID": f"e{number:06}",
            "eventName": "INSERT" if old is None else "REMOVE" if new is None else "MODIFY",
            "eventSourceARN": f"arn:aws:dynamodb:us-east-1:1:table/atrium-test-{area}/stream/1",
            "dynamodb": {
                "ApproximateCreationDateTime": 1_772_000_000 + number,
                "SequenceNumber": f"{number:021}",
                **{name: image for name, image in images.items() if image is not None},
            },
        }

    def taken(self, *areas: str) -> list[dict[str, Any]]:
        """The records of those areas, in order."""
        return [record for record in self.records if record["eventSourceARN"].split("/")[1].split("-")[-1] in areas]


def batches(records: Sequence[dict[str, Any]], size: int = 7) -> list[dict[str, Any]]:
    """The records as events, each of one table."""
    by_table: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        by_table.setdefault(record["eventSourceARN"], []).append(record)
    return [{"Records": own[start : start + size]} for own in by_table.values() for start in range(0, len(own), size)]


def _as_json(image: Any) -> Any:
    """The image as a function gets it: JSON has no bytes, they come as base64."""
    if image is None:
        return None
    return {name: {"B": b64encode(held["B"]).decode()} if "B" in held else held for name, held in image.items()}


def _place(operation: Operation) -> tuple[str, str, str]:
    model, pk, sk = operation.item.key if isinstance(operation, Put) else operation.key  # type: ignore[union-attr]
    return model.area, pk, sk
