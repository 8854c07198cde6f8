"""What may happen to a claim, from draft to payment and its reversal: one table, and the moves by it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.claims.model import Claim, Move, Status
from chalicelib.domain.errors import IllegalMove

MOVES: Mapping[tuple[Status, Move], Status] = {
    ("draft", "change"): "draft",
    ("draft", "submit"): "pending",
    ("draft", "cancel"): "cancelled",
    ("pending", "correct"): "pending",
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
    ("approved", "settle"): "paid",
    ("approved", "reverse"): "reversed",
    ("paid", "reverse"): "reversed",
}
"""(status, move) -> status; every other move is illegal and changes nothing. What was paid is reversed, not removed."""

STATUSES: tuple[Status, ...] = (
    "draft",
    "pending",
    "returned",
    "withdrawn",
    "rejected",
    "cancelled",
    "approved",
    "paid",
    "reversed",
)
HOLDING: frozenset[Status] = frozenset({"pending", "approved"})
"""A claim in one of these has its money frozen, its advances reserved and its invoices in use; in no other one."""


def move(claim: Claim, name: Move, now: datetime) -> Claim:
    """The claim after a legal move, one version on; raises IllegalMove with the present status."""
    status = MOVES.get((claim.status, name))
    if status is None:
        raise IllegalMove("claim_illegal_move", state=claim.status, move=name)
    moved = replace(claim, status=status, version=claim.version + 1)
    match name:
        case "submit":
            return replace(moved, round=claim.round + 1, submitted_at=claim.submitted_at or now)
        case "approve":
            return replace(moved, approved_at=now)
        case "settle":
            return replace(moved, paid_at=now)
        case "cancel" | "reject" | "reverse":
            return replace(moved, ended_at=now)
        case _:
            return moved


def moves_from(status: Status) -> tuple[Move, ...]:
    """What may happen next, in the table's order."""
    return tuple(name for (source, name) in MOVES if source == status)
