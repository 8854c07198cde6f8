"""Records of a table's stream as items, and the answer that names the records to be delivered again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import PynamoDBException

from chalicelib.domain.errors import DomainError

PASSING = (DomainError, PynamoDBException, ClientError, BotoCoreError)
"""What may be over when the record is delivered again; anything else is a mistake of ours and stops the batch."""

log = logging.getLogger("atrium")

type Image = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Change:
    """One change of one item. `old` and `new` are in DynamoDB's own format; one of them may be missing."""

    event: str
    sequence: str
    area: str
    kind: str
    old: Image | None
    new: Image | None
    at: float

    def was(self, name: str) -> str | None:
        """The text or number that the attribute had before."""
        return _value(self.old, name)

    def now(self, name: str) -> str | None:
        """The text or number that the attribute has after the change."""
        return _value(self.new, name)

    def became(self, name: str) -> str | None:
        """The attribute's new value if it changed, else None."""
        return self.now(name) if self.now(name) != self.was(name) else None


def _value(image: Image | None, name: str) -> str | None:
    held = (image or {}).get(name)
    return next((str(value) for value in held.values()), None) if held else None


def changes(event: Mapping[str, Any]) -> Iterator[Change]:
    """The changes of a batch, in its order."""
    for record in event["Records"]:
        data = record["dynamodb"]
        old, new = data.get("OldImage"), data.get("NewImage")
        table = str(record["eventSourceARN"]).split(":table/")[1].split("/")[0]
        yield Change(
            event=str(record["eventID"]),
            sequence=str(data["SequenceNumber"]),
            area=table.rsplit("-", 1)[1],
            kind=_value(new or old, "kind") or "",
            old=old,
            new=new,
            at=float(data.get("ApproximateCreationDateTime", 0)),
        )


def each(event: Mapping[str, Any], consume: Callable[[Change], None]) -> dict[str, Any]:
    """Consume every change in order up to the first that fails; that one and the rest are delivered again."""
    for change in changes(event):
        try:
            consume(change)
        except PASSING as error:
            log.warning("stream record %s of %s failed: %s", change.event, change.area, type(error).__name__)
            return {"batchItemFailures": [{"itemIdentifier": change.sequence}]}
    return {"batchItemFailures": []}
