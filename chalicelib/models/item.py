"""What every stored item has in common: its keys, its kind, its version, four index key pairs."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, ClassVar, Self

from pynamodb.attributes import DiscriminatorAttribute, UnicodeAttribute
from pynamodb.exceptions import AttributeNullError
from pynamodb.models import Model

from chalicelib.models.attributes import InstantAttribute, IntegerAttribute
from chalicelib.settings import settings

AREAS = ("reception", "approvals", "directory", "notifications", "audit", "statistics", "exports", "spending")
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
    changed_at = InstantAttribute(null=True)
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

    def __init__(
        self,
        hash_key: str | None = None,
        range_key: str | None = None,
        _user_instantiated: bool = True,
        **attributes: Any,
    ) -> None:
        """As PynamoDB does, which asks every attribute of the class for every item, and stores each value by way of its
        attribute. Raises ValueError for an unknown name."""
        if unknown := attributes.keys() - self.get_attributes().keys():
            raise ValueError(f"{type(self).__name__} has no {sorted(unknown)}")
        self.attribute_values = _beginning(type(self)) | attributes
        if hash_key is not None:
            self.attribute_values["pk"] = hash_key
        if range_key is not None:
            self.attribute_values["sk"] = range_key

    @property
    def key(self) -> Key:
        """Where the item lives."""
        return type(self), self.pk, self.sk

    @classmethod
    def of(cls, value: Any, **keys: Any) -> Self:
        """Make the item from a domain dataclass whose field names are attribute names, plus its keys."""
        return cls(**{name: getattr(value, name) for name in _names(type(value))}, **keys)  # type: ignore[arg-type]

    def to[T](self, shape: type[T]) -> T:
        """The domain dataclass `shape`, filled from the attributes of the same names."""
        values = self.attribute_values
        names = _names(shape)  # type: ignore[arg-type]
        return shape(**{name: values[name] if name in values else getattr(self, name) for name in names})

    @classmethod
    def from_raw_data(cls, data: dict[str, Any]) -> Self:
        """The item as DynamoDB tells it, of the class that its kind names. PynamoDB goes through all attributes that
        the class has, three times over; this through those that are there."""
        stored = cls._class_of(data)
        if not issubclass(stored, cls):
            raise ValueError(f"{stored.__name__} is no {cls.__name__}")
        item, attributes = stored(), stored.get_attributes()
        values = item.attribute_values
        for name, held in data.items():
            attribute = attributes.get(name)
            if attribute is not None and "NULL" not in held:
                values[name] = attribute.deserialize(held[attribute.attr_type])
        return item

    @classmethod
    def _class_of(cls, data: dict[str, Any]) -> type[Self]:
        try:
            return cls._get_discriminator_class(data) or cls
        except ValueError:
            _know_every_kind()
            return cls._get_discriminator_class(data) or cls

    def serialize(self, null_check: bool = True) -> dict[str, dict[str, Any]]:
        """The item as DynamoDB takes it; raises AttributeNullError where `null_check` finds one missing."""
        attributes = self.get_attributes()
        raw: dict[str, dict[str, Any]] = {}
        for name, value in self.attribute_values.items():
            if value is not None:
                attribute = attributes[name]
                raw[name] = {attribute.attr_type: attribute.serialize(value)}
        if null_check and (missing := _required(type(self)) - raw.keys()):
            raise AttributeNullError(min(missing))
        return raw


@cache
def _know_every_kind() -> None:
    """Import every model: a query may meet any kind of item that shares the partition."""
    folder = Path(__file__).parent
    for module in iter_modules([str(folder)], "chalicelib.models."):
        import_module(module.name)


@cache
def _beginning(item: type[Item]) -> dict[str, Any]:
    """What attributes of a class are from the beginning; none is worked out, so that all items may share them."""
    attributes = item.get_attributes()
    found = {name: attribute.default for name, attribute in attributes.items() if attribute.default is not None}
    told = isinstance(kind := attributes["kind"], DiscriminatorAttribute) and kind.get_discriminator(item) is not None
    return {"kind": item, **found} if told else found


@cache
def _required(item: type[Item]) -> frozenset[str]:
    """The attributes that an item of the class never lacks."""
    return frozenset(name for name, attribute in item.get_attributes().items() if not attribute.null)


@cache
def _names(shape: type[Any]) -> tuple[str, ...]:
    """The fields of a dataclass."""
    return tuple(field.name for field in fields(shape))


type Key = tuple[type[Item], str, str]
"""An item class, its partition key and its sort key."""


def table_meta(area: str) -> Any:
    """PynamoDB's Meta for one of AREAS."""
    return type("Meta", (), {"table_name": physical_name(area), "region": None})
