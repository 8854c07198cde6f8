"""Keeping lines: allotting, adjusting, transfers, a month's remainder, borrowing, splitting a year, closing."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from chalicelib.domain.budgets.freezes import Posting
from chalicelib.domain.budgets.line import Control, Line, Overspent, check_amount, check_line, is_month, next_month
from chalicelib.domain.budgets.movements import Kind, Movement, Stamp, posted
from chalicelib.domain.errors import FieldError, IllegalMove, Invalid
from chalicelib.domain.money import allocate, split

type Method = Literal["evenly", "weights", "by_hand"]

MONTHS = 12


def allot(line: Line, amount: int, stamp: Stamp) -> Posting:
    """A new line with its budget (zero, where it is filled by transfers); raises Invalid."""
    check_line(line)
    check_amount(amount, least=0)
    return _moved(line, "allot", amount, stamp)


def restate(line: Line, amount: int, stamp: Stamp) -> Posting | None:
    """Let the line have been allotted another sum, whatever was adjusted since; None where it is that already.

    Raises Invalid, Overspent, BudgetClosed.
    """
    check_amount(amount, least=0)
    return _moved(line, "restate", amount - line.allotted, stamp) if amount != line.allotted else None


def adjust(line: Line, amount: int, stamp: Stamp) -> Posting:
    """Raise a budget, or lower it by an amount below zero; raises Invalid without a reason, Overspent, BudgetClosed."""
    check_amount(abs(amount))
    _check_reason(stamp)
    return _moved(line, "adjust", amount, stamp)


def transfer(source: Line, target: Line, amount: int, stamps: tuple[Stamp, Stamp]) -> tuple[Posting, Posting]:
    """Move available money to another line of the same currency; raises Invalid, Overspent, BudgetClosed."""
    check_amount(amount)
    _check_reason(stamps[0])
    if source.id == target.id:
        raise Invalid(FieldError("to", "same_budget"))
    if source.currency != target.currency:
        raise Invalid(FieldError("to", "other_currency", {"currency": source.currency}))
    return _between(source, target, amount, "transfer_out", "transfer_in", stamps)


def carry(line: Line, following: Line, stamps: tuple[Stamp, Stamp]) -> tuple[Posting, Posting]:
    """Take a month's remainder to the next month.

    Raises IllegalMove for a line that does not carry forward or has nothing left, Invalid where `following` is not
    the next month's, BudgetClosed where that one is closed.
    """
    if not line.carries or line.available <= 0:
        raise IllegalMove("budget_nothing_to_carry", state=line.status)
    _check_following(line, following)
    return _between(line, following, line.available, "carry_out", "carry_in", stamps)


def borrow(line: Line, following: Line, amount: int, stamps: tuple[Stamp, Stamp]) -> tuple[Posting, Posting]:
    """Take from the next month's budget; raises IllegalMove where that is not allowed, Invalid, Overspent."""
    check_amount(amount)
    if not line.borrows:
        raise IllegalMove("budget_may_not_borrow", state=line.status)
    _check_following(line, following)
    given, taken = _between(following, line, amount, "borrow_out", "borrow_in", (stamps[1], stamps[0]))
    return taken, given


def set_terms(line: Line, control: Control, carries: bool, borrows: bool) -> Line:
    """The line under another control; raises Overspent for hard control of what is exceeded already, Invalid."""
    changed = replace(line, control=control, carries=carries, borrows=borrows, version=line.version + 1)
    check_line(changed)
    if control == "hard" and line.available < 0:
        facts = {"available": str(line.available), "asked": "0", "currency": line.currency}
        raise Overspent(state=line.control, line=line.id, period=line.period, **facts)
    return changed


def close(line: Line) -> Line:
    """The line after its period: nothing more is frozen of it; raises IllegalMove where it is closed already."""
    if line.status == "closed":
        raise IllegalMove("budget_illegal_move", state=line.status, move="close")
    return replace(line, status="closed", version=line.version + 1)


def shares_of_year(whole: int, method: Method, weights: Sequence[int]) -> tuple[int, ...]:
    """A year's budget for its twelve months: evenly, by weights, or the twelve sums `by_hand`, which have to sum up.

    The residue is with the largest month. Raises Invalid.
    """
    check_amount(whole, path="total")
    if method == "evenly":
        return split(whole, MONTHS)
    if len(weights) != MONTHS or min(weights) < 0 or not any(weights):
        raise Invalid(FieldError("months", "twelve_needed"))
    if method == "weights":
        return allocate(whole, weights)
    if sum(weights) != whole:
        raise Invalid(FieldError("months", "sum_differs", {"sum": str(sum(weights)), "total": str(whole)}))
    return tuple(weights)


def _check_reason(stamp: Stamp) -> None:
    if not stamp.reason.strip():
        raise Invalid(FieldError("reason", "required"))


def _check_following(line: Line, following: Line) -> None:
    same = (line.department, line.category, line.currency)
    if not is_month(line.period) or same != (following.department, following.category, following.currency):
        raise Invalid(FieldError("period", "no_next_month"))
    if following.period != next_month(line.period):
        raise Invalid(FieldError("period", "no_next_month"))


def _between(
    source: Line, target: Line, amount: int, out: Kind, into: Kind, stamps: tuple[Stamp, Stamp]
) -> tuple[Posting, Posting]:
    given = _moved(source, out, amount, stamps[0], target.id)
    return given, _moved(target, into, amount, stamps[1], source.id)


def _moved(line: Line, kind: Kind, amount: int, stamp: Stamp, other: str = "") -> Posting:
    movement = Movement(stamp.id, line.id, kind, amount, stamp.at_time, stamp.by, stamp.reason, other=other)
    return Posting(posted(line, movement), movement)
