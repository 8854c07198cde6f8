"""What may happen to a visit, from application to archive: one table, and the moves by it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.domain.errors import IllegalMove
from chalicelib.domain.visits.model import Move, Status, Visit

MOVES: Mapping[tuple[Status, Move], Status] = {
    ("draft", "change"): "draft",
    ("draft", "submit"): "pending",
    ("draft", "cancel"): "cancelled",
    ("pending", "approve"): "approved",
    ("pending", "return"): "returned",
    ("pending", "withdraw"): "withdrawn",
    ("pending", "reject"): "rejected",
    ("pending", "cancel"): "cancelled",
    ("returned", "change"): "returned",
    ("returned", "submit"): "pending",
    ("returned", "cancel"): "cancelled",
    ("withdrawn", "change"): "withdrawn",
    ("withdrawn", "submit"): "pending",
    ("withdrawn", "cancel"): "cancelled",
    ("approved", "amend"): "approved",
    ("approved", "take_back"): "approved",
    ("approved", "cancel"): "cancelled",
    ("approved", "close"): "closed",
    ("closed", "archive"): "archived",
}
"""(status, move) -> status; every other move is illegal and changes nothing."""

HOLDING_BOOKINGS: frozenset[Status] = frozenset({"pending", "approved"})
"""A visit in one of these statuses keeps what it booked; in every other one it is released."""

SIGNED_OUT_AFTER = timedelta(hours=12)
"""How long after the end of a visit somebody may still be inside it."""


def move(visit: Visit, name: Move, now: datetime) -> Visit:
    """The visit after a legal move, one version on; raises IllegalMove with the present status."""
    status = MOVES.get((visit.status, name))
    if status is None:
        raise IllegalMove("visit_illegal_move", state=visit.status, move=name)
    moved = replace(visit, status=status, version=visit.version + 1)
    match name:
        case "submit":
            return replace(moved, round=visit.round + 1)
        case "approve":
            return replace(moved, approved_at=now)
        case "cancel" | "reject" | "close":
            return replace(moved, ended_at=now)
        case _:
            return moved


def signed_out_at(visit: Visit) -> datetime:
    """From when on (UTC) whoever is still inside counts as gone, by rule: a cancelled visit is over at once."""
    over = min(visit.ends, visit.ended_at or visit.ends) if visit.status == "cancelled" else visit.ends
    return over + SIGNED_OUT_AFTER


def moves_from(status: Status) -> tuple[Move, ...]:
    """What may happen next, in the table's order."""
    return tuple(name for (source, name) in MOVES if source == status)
