"""From postings of the domain to the operations of a transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from chalicelib.domain.advances import Advance, Posting, Stamp
from chalicelib.models.advances import AdvanceItem, AdvanceMovementItem
from chalicelib.models.store import Operation, create, save
from chalicelib.services.advances.standing import counted
from chalicelib.services.call import Call


def stamp(call: Call, reason: str = "") -> Stamp:
    """Who moves something now."""
    return Stamp(call.new_id(), call.now, call.actor, reason.strip())


def last_of(before: Advance, postings: Sequence[Posting]) -> Advance:
    """The advance after all that one command moves on it, one version on."""
    return replace(postings[-1].advance, version=before.version + 1)


def operations_of(before: Advance, postings: Sequence[Posting]) -> list[Operation]:
    """Operations that replace the advance as it was read, with all that moved on it and what it counts for now."""
    after = last_of(before, postings)
    return [save(AdvanceItem.from_advance(after)), *entries(postings), *counted(after)]


def entries(postings: Iterable[Posting]) -> list[Operation]:
    """Operations that write the movements down."""
    return [create(AdvanceMovementItem.from_movement(each.movement)) for each in postings]
