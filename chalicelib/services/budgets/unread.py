"""Movements that are posted without having read their line: what they need of it does not depend on its control.

What is added needs an open line, what is given away has to be there. The line itself says why it refuses.
"""

from __future__ import annotations

from typing import Any

from chalicelib.domain.budgets import Line, Movement, changes, posted
from chalicelib.domain.errors import Contention, DomainError, NotFound
from chalicelib.models.budgets import LineItem, MovementItem
from chalicelib.models.store import AtLeast, Check, Operation, Update, create


def unread(movement: Movement) -> list[Operation]:
    """Operations that post the movement; they refuse with what the domain says of the line as it is then."""
    key, amounts = LineItem.at(movement.line), changes(movement) | {"version": 1}
    update = Update(key, {}, _expected(movement), lambda item: _refusal(movement, item), amounts)
    return [update, create(MovementItem.from_movement(movement))]


def bears(movement: Movement) -> Operation:
    """The operation that posts nothing, and refuses as `unread` would."""
    return Check(LineItem.at(movement.line), _expected(movement), lambda item: _refusal(movement, item))


def _expected(movement: Movement) -> dict[str, Any]:
    takes = -changes(movement)["available"]
    expected: dict[str, Any] = {"id": movement.line, "status": "open"}
    return expected | ({"available": AtLeast(takes)} if takes > 0 else {})


def _refusal(movement: Movement, item: LineItem | None) -> DomainError:
    if item is None:
        return NotFound()
    line: Line = item.to(Line)
    try:
        posted(line, movement)
    except DomainError as refused:
        return refused
    return Contention()
