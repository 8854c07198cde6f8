"""From a posting of the domain to the operations of a transaction: what DynamoDB checks is what the domain decided."""

from __future__ import annotations

from typing import Any

from chalicelib.domain.budgets import AFTER_CLOSE, FIGURES, Line, Posting, Together, changes, needed
from chalicelib.domain.errors import Conflict
from chalicelib.models.budgets import FreezeItem, LineItem, MovementItem
from chalicelib.models.store import AtLeast, Operation, Update, create, save


def opening(posting: Posting) -> list[Operation]:
    """Operations that write a new line with its budget; they refuse with Conflict where there is one already."""
    taken = Conflict("budget_exists", state=posting.line.status)
    return [create(LineItem.from_line(posting.line), taken), create(MovementItem.from_movement(posting.movement))]


def operations_of(before: Line, posting: Posting) -> list[Operation]:
    """Operations that post a movement on the line as it was read.

    The figures are added to under the conditions by which the domain decided: whoever reads and posts at the same
    moment is not in the way, unless the line has not enough for both.
    """
    amounts = changes(posting.movement) | {"version": 1}
    operations: list[Operation] = [
        Update(LineItem.at(before.id), {}, _expected(before, posting), amounts=amounts),
        create(MovementItem.from_movement(posting.movement)),
    ]
    return [*operations, save(FreezeItem.from_freeze(posting.freeze))] if posting.freeze else operations


def _expected(before: Line, posting: Posting) -> dict[str, Any]:
    expected: dict[str, Any] = {"id": before.id}
    if posting.movement.what not in AFTER_CLOSE:
        expected["status"] = "open"
    if changes(posting.movement).get("available", 0) < 0:
        expected["control"] = before.control
    least = needed(before, posting.movement)
    return expected if least is None else expected | {"available": AtLeast(least)}


def operations_together(before: Line, moved: Together) -> list[Operation]:
    """Operations that post what several documents move on the line as it was read, in one update of it."""
    figures = {name: getattr(moved.line, name) - getattr(before, name) for name in FIGURES}
    amounts = {name: amount for name, amount in figures.items() if amount} | {"version": 1}
    expected: dict[str, Any] = {"id": before.id}
    if moved.takes > 0:
        expected |= {"status": "open", "control": before.control}
    if moved.least is not None:
        expected["available"] = AtLeast(moved.least)
    return [
        Update(LineItem.at(before.id), {}, expected, amounts=amounts),
        *(create(MovementItem.from_movement(each)) for each in moved.movements),
        *(save(FreezeItem.from_freeze(each)) for each in moved.freezes),
    ]
