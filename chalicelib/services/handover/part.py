"""A part of a handover: as much as fits one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.models.item import Key
from chalicelib.models.store import Operation, Put

FITS = 80
"""Operations of a part, so that the handover itself and the checks still fit into its transaction."""


@dataclass(frozen=True)
class Part:
    """`count` records go over by these operations; `following` are the visits whose passes have to follow then."""

    operations: Sequence[Operation]
    count: int
    following: tuple[str, ...]

    def touches(self, key: Key) -> bool:
        """Whether it writes that item."""
        return any(isinstance(each, Put) and each.item.key[1:] == key[1:] for each in self.operations)
