"""What a transaction may do to an item, under which expectation, and what a failed one means."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chalicelib.domain.errors import Contention, DomainError
from chalicelib.models.item import Item, Key

TRANSACTION_LIMIT = 100

type Expectation = Mapping[str, Any] | None
"""What must hold for a write: None = the item is absent; {} = anything; else these attribute values, each of them a
value, None (the attribute is absent) or AtLeast."""


@dataclass(frozen=True)
class AtLeast:
    """Expects a whole number that is there and is not below this one."""

    least: int


type Refusal = DomainError | Callable[[Any], DomainError]
"""What a failed expectation means: an error, or what makes one of the item as it is (None where there is none)."""


@dataclass(frozen=True)
class Put:
    """Write the whole item if `expect` holds, otherwise the transaction fails with `otherwise`."""

    item: Item
    expect: Expectation = None
    otherwise: Refusal = field(default_factory=Contention)


@dataclass(frozen=True)
class Update:
    """Set single attributes (None removes one) of an item, new or not, if `expect` holds (None: is missing).

    `amounts` are added to other attributes, whole numbers that begin at zero: with an AtLeast among what is expected,
    many writers share a number without reading it first, and it never falls below its bound.
    """

    key: Key
    values: Mapping[str, Any]
    expect: Mapping[str, Any]
    otherwise: Refusal = field(default_factory=Contention)
    amounts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Check:
    """Write nothing, but let the transaction fail with `otherwise` unless `expect` holds."""

    key: Key
    expect: Mapping[str, Any]
    otherwise: Refusal = field(default_factory=Contention)


@dataclass(frozen=True)
class Delete:
    """Remove the item if `expect` holds."""

    key: Key
    expect: Mapping[str, Any]
    otherwise: Refusal = field(default_factory=Contention)


@dataclass(frozen=True)
class Add:
    """Add `amounts` to whole-number attributes of an item, creating it at zero."""

    key: Key
    amounts: Mapping[str, int]
    otherwise: Refusal = field(default_factory=Contention)


type Operation = Put | Update | Check | Delete | Add


def create(item: Item, otherwise: Refusal | None = None) -> Put:
    """Put an item that must not exist yet."""
    return Put(item, None, otherwise or Contention())


def replace(item: Item, otherwise: Refusal | None = None) -> Put:
    """Put an item over the version before it (`item.version` is the new one)."""
    return Put(item, {"version": item.version - 1}, otherwise or Contention())


def save(item: Item, otherwise: Refusal | None = None) -> Put:
    """Create the item at version 1, replace it at a later one."""
    return create(item, otherwise) if item.version == 1 else replace(item, otherwise)


def in_sending_order(operations: Sequence[Operation]) -> list[Operation]:
    """The order in which PynamoDB sends operations, and in which DynamoDB's reasons for a refusal come back."""
    return sorted(operations, key=lambda operation: _SENT[type(operation)])


_SENT: Mapping[type, int] = {Check: 0, Delete: 1, Put: 2, Update: 3, Add: 3}


def base_of(model: type[Item]) -> type[Item]:
    """The table's own class, from which PynamoDB finds the item's class by its kind."""
    return next(base for base in model.__mro__ if "area" in vars(base))


def refusal_of(operation: Operation, raw: dict[str, Any] | None) -> DomainError:
    """The error of an operation whose expectation failed, `raw` being the item as DynamoDB returned it."""
    if not callable(operation.otherwise):
        return operation.otherwise
    model = type(operation.item) if isinstance(operation, Put) else operation.key[0]
    return operation.otherwise(base_of(model).from_raw_data(raw) if raw else None)
