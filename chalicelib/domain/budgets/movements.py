"""What moves on a line (变动): one table says which figures each kind of movement changes, and none breaks the balance.

Every row leaves allotted + adjusted = available + frozen + used as it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from chalicelib.domain.budgets.line import BudgetClosed, Line, Overspent
from chalicelib.domain.errors import FieldError, Invalid

type Kind = Literal[
    "allot",
    "restate",
    "adjust",
    "give_back",
    "transfer_in",
    "transfer_out",
    "carry_in",
    "carry_out",
    "borrow_in",
    "borrow_out",
    "freeze",
    "release",
    "use",
    "restore",
]

_IN: Mapping[str, int] = {"adjusted": 1, "available": 1}
_OUT: Mapping[str, int] = {"adjusted": -1, "available": -1}

EFFECTS: Mapping[Kind, Mapping[str, int]] = {
    "allot": {"allotted": 1, "available": 1},
    "restate": {"allotted": 1, "available": 1},
    "adjust": _IN,
    "give_back": _OUT,
    "transfer_in": _IN,
    "transfer_out": _OUT,
    "carry_in": _IN,
    "carry_out": _OUT,
    "borrow_in": _IN,
    "borrow_out": _OUT,
    "freeze": {"available": -1, "frozen": 1},
    "release": {"available": 1, "frozen": -1},
    "use": {"frozen": -1, "used": 1},
    "restore": {"used": -1, "frozen": 1},
}
"""By kind: the figures that it changes, and whether by its amount or by as much less."""

GIVEN_AWAY: frozenset[Kind] = frozenset({"give_back", "transfer_out", "carry_out", "borrow_out"})
"""What only a line that has it can give, whatever its control."""

AFTER_CLOSE: frozenset[Kind] = frozenset({"release", "use", "restore", "carry_out"})
"""What still moves on a line whose period was closed."""


@dataclass(frozen=True)
class Stamp:
    """Who moves something, when (UTC) and why; `id` is the movement's."""

    id: str
    at_time: datetime
    by: str
    reason: str = ""


@dataclass(frozen=True)
class Movement:
    """One entry of a line's account: `amount` minor units, above zero (restated or adjusted downwards: below it).

    `what` is its kind. `document_kind`, `document` and `number` name what it is for, `other` the line that it comes
    from or goes to.
    """

    id: str
    line: str
    what: Kind
    amount: int
    at_time: datetime
    by: str
    reason: str = ""
    document_kind: str = ""
    document: str = ""
    number: str = ""
    other: str = ""


def changes(movement: Movement) -> dict[str, int]:
    """What the movement adds to each figure."""
    return {name: sign * movement.amount for name, sign in EFFECTS[movement.what].items()}


def needed(line: Line, movement: Movement) -> int | None:
    """How much the line has to have available for the movement; None where that does not matter.

    A hard line is never exceeded; a soft one is frozen beyond what it has with a reason only.
    """
    takes = -changes(movement).get("available", 0)
    if takes <= 0:
        return None
    guarded = line.control == "hard" or movement.what in GIVEN_AWAY
    unexplained = line.control == "soft" and movement.what == "freeze" and not movement.reason.strip()
    return takes if guarded or unexplained else None


def posted(line: Line, movement: Movement) -> Line:
    """The line after the movement; raises BudgetClosed, Overspent, or Invalid where a soft line asks for a reason."""
    if line.status == "closed" and movement.what not in AFTER_CLOSE:
        raise BudgetClosed(state=line.status, period=line.period)
    least = needed(line, movement)
    if least is not None and line.available < least:
        raise _refusal(line, movement, least)
    figures = {name: getattr(line, name) + amount for name, amount in changes(movement).items()}
    return replace(line, **figures, version=line.version + 1)


def _refusal(line: Line, movement: Movement, asked: int) -> Exception:
    facts = {"available": str(line.available), "asked": str(asked), "currency": line.currency}
    if line.control == "hard" or movement.what in GIVEN_AWAY:
        return Overspent(state=line.control, line=line.id, period=line.period, **facts)
    return Invalid(FieldError("budget_reason", "budget_reason_needed", facts))
