"""Attribute types that PynamoDB lacks: whole numbers, short moments and typed nested values."""

from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from pydantic import TypeAdapter
from pynamodb.attributes import Attribute
from pynamodb.constants import NUMBER, STRING


class IntegerAttribute(Attribute[int]):
    """A whole number of any size (PynamoDB's NumberAttribute would make it a float)."""

    attr_type = NUMBER

    def serialize(self, value: int) -> str:
        """The digits, as DynamoDB wants them."""
        return str(int(value))

    def deserialize(self, value: str) -> int:
        """The whole number; an ADD may have left a trailing fraction of zero."""
        return int(value)


class InstantAttribute(Attribute[datetime]):
    """A moment, kept in UTC as ISO 8601 has it; a third shorter than PynamoDB's, which always has microseconds."""

    attr_type = STRING

    def serialize(self, value: datetime) -> str:
        """The moment as "2026-03-02T01:00:00Z", with microseconds where it has any."""
        moment = value if value.tzinfo is UTC else value.astimezone(UTC)
        return moment.isoformat().removesuffix("+00:00") + "Z"

    def deserialize(self, value: str) -> datetime:
        """The moment in UTC."""
        return datetime.fromisoformat(value)


class DataAttribute[T](Attribute[T]):
    """A nested value of the type `shape` (dataclasses, tuples, mappings), kept as one JSON string."""

    attr_type = STRING

    def __init__(self, shape: Any, **options: Any) -> None:
        super().__init__(**options)
        self._shape = shape

    @cached_property
    def _adapter(self) -> TypeAdapter[T]:
        return TypeAdapter(self._shape)

    def serialize(self, value: T) -> str:
        """Compact JSON of the value."""
        return self._adapter.dump_json(value).decode()

    def deserialize(self, value: str) -> T:
        """The typed value; raises pydantic's ValidationError when the stored text has another shape."""
        return self._adapter.validate_json(value)
