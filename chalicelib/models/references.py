"""Reference lists (参照表) in table `approvals`.

| question | key |
|---|---|
| a list's name and length | pk `reference#KEY`, sk `head` |
| is this value in the list | pk `reference#KEY`, sk `part#NN`: one of PARTS parts, by the value's checksum |
| all values of a list | pk `reference#KEY`, prefix `part#` |
| all lists | index1 `references`, KEY (tens) |

A value's part follows from the value, so that asking for it is one read; all parts fit into one transaction, so that a
list is never seen half replaced.
"""

from collections.abc import Iterable, Mapping
from zlib import crc32

from pynamodb.attributes import UnicodeAttribute

from chalicelib.domain.references import Reference
from chalicelib.models.approvals import ApprovalsTable
from chalicelib.models.attributes import DataAttribute, IntegerAttribute
from chalicelib.models.item import Key

PARTS = 64


def part_of(value: str) -> int:
    """Which part of a list a value belongs to."""
    return crc32(value.encode()) % PARTS


class ReferenceItem(ApprovalsTable, discriminator="reference"):
    """A reference list without its values."""

    id = UnicodeAttribute()
    title = DataAttribute[Mapping[str, str]](dict[str, str])
    size = IntegerAttribute()

    @classmethod
    def at(cls, reference: str) -> Key:
        """Where the list lives."""
        return cls, f"reference#{reference}", "head"

    @classmethod
    def from_reference(cls, reference: Reference) -> "ReferenceItem":
        """The item of a list, among all lists."""
        place = {"index1_pk": "references", "index1_sk": reference.id}
        return cls.of(reference, pk=f"reference#{reference.id}", sk="head", **place)


class ReferencePartItem(ApprovalsTable, discriminator="reference_part"):
    """Some of a list's values."""

    held = DataAttribute[tuple[str, ...]](tuple[str, ...])

    @classmethod
    def at(cls, reference: str, value: str) -> Key:
        """Where the value stands, if it is in the list."""
        return cls, f"reference#{reference}", f"part#{part_of(value):02}"

    @classmethod
    def all_of(cls, reference: str, values: Iterable[str]) -> list["ReferencePartItem"]:
        """All parts of a list, also those without a value."""
        parts: list[list[str]] = [[] for _ in range(PARTS)]
        for value in values:
            parts[part_of(value)].append(value)
        pk = f"reference#{reference}"
        return [cls(pk, f"part#{number:02}", held=tuple(held)) for number, held in enumerate(parts)]
