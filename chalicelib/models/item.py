"""What every stored item has in common: its keys, its kind, its version, four index key pairs."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, ClassVar, Self

from pynamodb.attributes import DiscriminatorAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.models import Model

from chalicelib.models.attributes import IntegerAttribute
from chalicelib.settings import settings

AREAS = ("reception", "approvals", "directory", "notifications", "audit", "statistics", "exports")
INDEXES = ("index1", "index2", "index3", "index4")


def physical_name(area: str) -> str:
    """The table's name on AWS for one of AREAS."""
    return settings().table_prefix + area


class Item(Model):
    """An item of an area's table. `version` counts writes from 1; index keys are absent where not indexed.

    `changed_by`, `changed_at`, `changed_from` and `request_id` say whose command wrote it last, when and from where;
    Call.commit fills them, the audit chain reads them.
    """

    area: ClassVar[str]

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    kind = DiscriminatorAttribute()
    version = IntegerAttribute(default=1)
    expires = IntegerAttribute(null=True)
    changed_by = UnicodeAttribute(null=True)
    changed_at = UTCDateTimeAttribute(null=True)
    changed_from = UnicodeAttribute(null=True)
    request_id = UnicodeAttribute(null=True)
    index1_pk = UnicodeAttribute(null=True)
    index1_sk = UnicodeAttribute(null=True)
    index2_pk = UnicodeAttribute(null=True)
    index2_sk = UnicodeAttribute(null=True)
    index3_pk = UnicodeAttribute(null=True)
    index3_sk = UnicodeAttribute(null=True)
    index4_pk = UnicodeAttribute(null=True)
    index4_sk = UnicodeAttribute(null=True)

    @property
    def key(self) -> Key:
        """Where the item lives."""
        return type(self), self.pk, self.sk

    @classmethod
    def of(cls, value: Any, **keys: Any) -> Self:
        """Make the item from a domain dataclass whose field names are attribute names, plus its keys."""
        return cls(**{field.name: getattr(value, field.name) for field in fields(value)}, **keys)

    def to[T](self, shape: type[T]) -> T:
        """The domain dataclass `shape`, filled from the attributes of the same names."""
        return shape(**{field.name: getattr(self, field.name) for field in fields(shape)})  # type: ignore[arg-type]


type Key = tuple[type[Item], str, str]
"""An item class, its partition key and its sort key."""


def table_meta(area: str) -> Any:
    """PynamoDB's Meta for one of AREAS."""
    return type("Meta", (), {"table_name": physical_name(area), "region": None})
