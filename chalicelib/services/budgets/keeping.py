"""Keeping budgets: finance allots, adjusts, transfers, carries over, borrows, closes. One transaction a command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chalicelib.domain import budgets
from chalicelib.domain.budgets import GROUP, Control, Line, Method, Posting, Stamp, line_id, months_of, next_month
from chalicelib.domain.errors import FieldError, Invalid, NotFound
from chalicelib.models.budgets import LineItem
from chalicelib.models.store import AtLeast, Operation, Update
from chalicelib.services import directory
from chalicelib.services.budgets.grouping import groups
from chalicelib.services.budgets.posting import opening, operations_of
from chalicelib.services.call import Answer, Call
from chalicelib.services.permissions import COMPANY
from chalicelib.web.money import minor

MANAGE = "budget:manage"

type Amount = int | str
"""A whole number in minor units, or a text in the currency's own unit."""


def create(call: Call, stated: Line, amount: Amount) -> Answer:
    """A new line with its budget; `stated` has no id yet. Raises Invalid, Conflict where there is one already."""
    call.permit(MANAGE, COMPANY)
    posting = _allotted(call, stated, _minor(amount, stated.currency))
    return call.commit(_answer(posting.line), *opening(posting))


def create_year(call: Call, stated: Line, total: Amount, method: Method, months: Sequence[Amount]) -> Answer:
    """The twelve lines of a year (the period of `stated`), among which its budget is split; raises what `create` does.

    `months` are the weights, or the sums by hand.
    """
    call.permit(MANAGE, COMPANY)
    currency = stated.currency if method == "by_hand" else ""
    shares = budgets.shares_of_year(_minor(total, stated.currency, "total"), method, _months(months, currency))
    lines = (replace(stated, period=period) for period in months_of(stated.period))
    postings = [_allotted(call, line, share) for line, share in zip(lines, shares, strict=True)]
    answer = _answer(postings[0].line) | {"location": f"/budgets?department={stated.department}&period={stated.period}"}
    return call.commit(answer, *(operation for posting in postings for operation in opening(posting)))


def adjust(call: Call, id: str, amount: Amount, reason: str) -> Answer:
    """Raise a budget, or lower it by an amount below zero; raises Invalid, Overspent, BudgetClosed."""
    (line,) = _lines(call, id)
    return _post(call, [(line, budgets.adjust(line, _minor(amount, line.currency), _stamp(call, reason)))])


def transfer(call: Call, id: str, to: str, amount: Amount, reason: str) -> Answer:
    """Move what is available to another line; raises Invalid, Overspent, BudgetClosed."""
    source, target = _lines(call, id, to, path="to")
    given, taken = budgets.transfer(source, target, _minor(amount, source.currency), _stamps(call, reason))
    return _post(call, [(source, given), (target, taken)])


def carry(call: Call, id: str) -> Answer:
    """Take a month's remainder to the next month; raises IllegalMove, Invalid, BudgetClosed."""
    line, following = _with_following(call, id)
    given, taken = budgets.carry(line, following, _stamps(call))
    return _post(call, [(line, given), (following, taken)])


def borrow(call: Call, id: str, amount: Amount, reason: str) -> Answer:
    """Take from the next month's budget; raises IllegalMove, Invalid, Overspent, BudgetClosed."""
    line, following = _with_following(call, id)
    taken, given = budgets.borrow(line, following, _minor(amount, line.currency), _stamps(call, reason))
    return _post(call, [(line, taken), (following, given)])


def set_terms(call: Call, id: str, control: Control, carries: bool, borrows: bool) -> Answer:
    """State the line's control anew; raises Overspent for hard control of what is exceeded already, Invalid."""
    (line,) = _lines(call, id)
    changed = budgets.set_terms(line, control, carries, borrows)
    values = {"control": control, "carries": carries, "borrows": borrows}
    expected = {"id": id} | ({"available": AtLeast(0)} if control == "hard" else {})
    return call.commit(_answer(changed), Update(LineItem.at(id), values, expected, amounts={"version": 1}))


def close(call: Call, id: str) -> Answer:
    """Let nothing more be frozen of the line; raises IllegalMove where it is closed already."""
    (line,) = _lines(call, id)
    return call.commit(_answer(budgets.close(line)), _closing(line))


def close_year(call: Call, id: str) -> Answer:
    """Close the line's year: all months of its department, category and currency, and the year's own line."""
    (line,) = _lines(call, id)
    year = line.period[:4]
    family = [line_id(line.department, line.category, line.currency, period) for period in (year, *months_of(year))]
    found = call.store.get(*(LineItem.at(each) for each in family))
    return call.commit(_answer(line), *(_closing(each.to(Line)) for each in found if each and each.status == "open"))


def _closing(line: Line) -> Operation:
    return Update(LineItem.at(line.id), {"status": "closed"}, {"status": "open"}, amounts={"version": 1})


def _allotted(call: Call, stated: Line, amount: int) -> Posting:
    if all(each.id != stated.department for each in directory.departments(call.store, call.now)):
        raise Invalid(FieldError("department", "unknown_department"))
    if stated.category.startswith(GROUP) and groups(call.store, call.now).get(stated.category) is None:
        raise Invalid(FieldError("category", "unknown_group"))
    id = line_id(stated.department, stated.category, stated.currency, stated.period)
    return budgets.allot(replace(stated, id=id), amount, _stamp(call))


def _lines(call: Call, *ids: str, path: str = "") -> list[Line]:
    """The lines; of others than the first, whoever names one that is not there is told at the field `path`."""
    call.permit(MANAGE, COMPANY)
    first, *others = call.store.get(*(LineItem.at(id) for id in ids))
    if first is None:
        raise NotFound
    if None in others:
        raise Invalid(FieldError(path, "unknown_budget"))
    return [first.to(Line), *(each.to(Line) for each in others)]


def _with_following(call: Call, id: str) -> tuple[Line, Line]:
    (line,) = _lines(call, id)
    if not budgets.is_month(line.period):
        raise Invalid(FieldError("period", "no_next_month"))
    following = line_id(line.department, line.category, line.currency, next_month(line.period))
    first, second = _lines(call, id, following, path="period")
    return first, second


def _post(call: Call, moved: Sequence[tuple[Line, Posting]]) -> Answer:
    operations = [operation for before, posting in moved for operation in operations_of(before, posting)]
    return call.commit(_answer(moved[0][1].line), *operations)


def _answer(line: Line) -> Answer:
    return {"id": line.id, "version": line.version, "location": f"/budgets/{line.id}"}


def _stamp(call: Call, reason: str = "") -> Stamp:
    return Stamp(call.new_id(), call.now, call.actor, reason.strip())


def _stamps(call: Call, reason: str = "") -> tuple[Stamp, Stamp]:
    return _stamp(call, reason), _stamp(call, reason)


def _minor(raw: Amount, currency: str, path: str = "amount") -> int:
    found = minor(raw, currency)
    if found is None:
        raise Invalid(FieldError(path, "bad_amount"))
    return found


def _months(raw: Sequence[Amount], currency: str) -> list[int]:
    """What somebody stated for each month: sums of a currency, or plain whole numbers without one."""
    found = [minor(each, currency) if each != "" else 0 for each in raw]
    if None in found:
        raise Invalid(FieldError("months", "bad_amount"))
    return [each for each in found if each is not None]
