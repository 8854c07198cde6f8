"""Which advances a claim clears (冲销借款), and how much of each: the oldest first, or those that somebody chose."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from chalicelib.domain.advances.model import Advance


class Shared(NamedTuple):
    """What is cleared of each advance (by id, in minor units), and the `payable` that is left of the claim."""

    offsets: tuple[tuple[str, int], ...]
    payable: int


def oldest_first(advances: Iterable[Advance]) -> list[Advance]:
    """Those of which something is free, by when they were paid first."""
    free = [each for each in advances if each.status == "open" and each.free > 0]
    return sorted(free, key=lambda each: (each.paid_at or each.created_at, each.id))


def share_out(advances: Sequence[Advance], sanctioned: int) -> Shared:
    """A claim's sum over advances in their order, each as far as it goes; what is more is the claim's payable.

    A claim may be larger than all advances together: nothing of an advance goes below zero.
    """
    offsets: list[tuple[str, int]] = []
    for each in advances:
        taken = min(sanctioned, max(0, each.free))
        if taken:
            offsets.append((each.id, taken))
        sanctioned -= taken
    return Shared(tuple(offsets), sanctioned)
