"""What DynamoDB charges, by the rules of its developer guide ("Read and write operations", "Item sizes").

A read costs a unit for each 4 KB begun (half of it where it need not be consistent), a Query for the sum of what it
reads, a batch for each item. A write costs a unit for each KB begun of the larger of old and new item, in a
transaction twice that. An index entry costs like a write where it appears, changes or disappears, and both where its
key changes; entries follow outside the transaction and so cost once.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from math import ceil
from typing import Any

from chalicelib.models.store import key_names

type Raw = dict[str, Any]

READ_BYTES = 4096
WRITE_BYTES = 1024
INDEX_NUMBERS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Units:
    """Consumed request units."""

    read: float = 0
    write: float = 0

    def __add__(self, other: Units) -> Units:
        return Units(self.read + other.read, self.write + other.write)

    def __str__(self) -> str:
        return f"{self.read:g} / {self.write:g}"


def size(item: Raw) -> int:
    """The bytes of an item: names in UTF-8 and values."""
    return sum(len(name.encode()) + _value_size(value) for name, value in item.items())


def _value_size(value: Raw) -> int:
    ((kind, held),) = value.items()
    match kind:
        case "S":
            return len(held.encode())
        case "N":
            return ceil(len(held.lstrip("-").replace(".", "")) / 2) + 1
        case "B":
            return len(base64.b64decode(held))
        case "BOOL" | "NULL":
            return 1
        case "M":
            return 3 + sum(len(name.encode()) + 1 + _value_size(part) for name, part in held.items())
        case "L":
            return 3 + sum(1 + _value_size(part) for part in held)
    raise ValueError(f"no size is known of a {kind}")


def read_units(read_bytes: int, consistent: bool) -> Units:
    """Of one key or one Query; nothing found costs as much as 4 KB."""
    units = max(1, ceil(read_bytes / READ_BYTES))
    return Units(read=units if consistent else units / 2)


def write_units(old: Raw | None, new: Raw | None) -> Units:
    """Of writing one item over another in a transaction, with its index entries."""
    larger = max(size(old or {}), size(new or {}))
    own = 2 * max(1, ceil(larger / WRITE_BYTES))
    return Units(write=own + sum(entry_units(number, old, new) for number in INDEX_NUMBERS))


def check_units(item: Raw | None) -> Units:
    """Of a condition check in a transaction: like a write that changes no index."""
    return Units(write=2 * max(1, ceil(size(item or {}) / WRITE_BYTES)))


def entry_units(number: int, old: Raw | None, new: Raw | None) -> int:
    """Write units of an item's entry in one index when the item changes."""
    before, after = entry_key(number, old), entry_key(number, new)
    if before == after:
        same = before is None or old == new
        return 0 if same else _kilobytes(old, new)
    return (_kilobytes(old) if before else 0) + (_kilobytes(new) if after else 0)


def _kilobytes(*items: Raw | None) -> int:
    return max(1, *(ceil(size(item or {}) / WRITE_BYTES) for item in items))


def entry_key(number: int, item: Raw | None) -> tuple[str, str] | None:
    """An item's key in the table (0) or one of its indexes, None where it has no entry."""
    pk, sk = key_names(number)
    if not item or pk not in item or sk not in item:
        return None
    return item[pk]["S"], item[sk]["S"]
