"""Asking for a change of a budget, and changing one's mind: draft, change, submit, withdraw, cancel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chalicelib.domain.approvals import Cancel, Submit, Withdraw, begin
from chalicelib.domain.budget_changes import KIND, BudgetChange, Move, What, check, move, number_of
from chalicelib.domain.budgets import Line
from chalicelib.domain.errors import FieldError, IllegalMove, Invalid, Stale
from chalicelib.domain.processes import BUDGET_CHANGE
from chalicelib.models.approvals import RunningItem
from chalicelib.models.budget_changes import BudgetChangeItem
from chalicelib.models.budgets import LineItem
from chalicelib.models.item import Key
from chalicelib.models.spending_numbers import SpendingNumberItem
from chalicelib.models.store import Operation, create
from chalicelib.models.store import replace as replace_item
from chalicelib.services import approvals, directory
from chalicelib.services.ahead import read_ahead
from chalicelib.services.budget_changes.record import Held, bearing, held, moving, resource_of, summary_of
from chalicelib.services.call import Answer, Call
from chalicelib.services.permissions import Resource
from chalicelib.web.money import minor

CREATE = "budget_change:create"
VIEW_LINE = "budget:view"


@dataclass(frozen=True)
class Wish:
    """What somebody asks for: of which `line`, from which other one (`source`, for a transfer), how much, and why.

    A text as `amount` is in the currency's own unit, a whole number in minor units.
    """

    what: What
    line: str
    source: str
    amount: int | str
    reason: str


def make(call: Call, wish: Wish, submit_now: bool = False) -> Answer:
    """Ask for a change, as a draft or submitted at once.

    Raises Invalid naming every wrong field, Forbidden for a line that one may not ask for; submitted, Overspent where
    it could not be carried out, BudgetClosed.
    """
    call, lines = _lines(call, wish)
    id = call.new_id()
    change = _filled(call, wish, lines, _blank(call, id))
    number = create(SpendingNumberItem.of_document(change.number, id))
    operations: list[Operation] = [number]
    if submit_now:
        submitted, more = _submitted(call, Held(change, None, None))
        change, operations = replace(submitted, version=change.version), [number, *more]
    return call.commit(_answer(change), create(BudgetChangeItem.from_change(change)), *operations)


def restate(call: Call, id: str, wish: Wish, submit_now: bool = False) -> Answer:
    """State anew what is asked for; raises what `make` does, IllegalMove, Stale."""
    keys = [BudgetChangeItem.at(id), RunningItem.at(approvals.approval_id(KIND, id))]
    call = read_ahead(call, [*keys, *_keys(wish)])
    found = _held_for_change(call, id)
    moved = move(found.change, "change", call.now)
    call, lines = _lines(call, wish)
    change = _filled(call, wish, lines, moved)
    operations: list[Operation] = []
    if submit_now:
        submitted, operations = _submitted(call, replace(found, change=change))
        change = replace(submitted, version=change.version)
    return call.commit(_answer(change), replace_item(BudgetChangeItem.from_change(change)), *operations)


def act(call: Call, id: str, action: str) -> Answer:
    """Submit, withdraw or cancel. Raises IllegalMove with the present status, Stale, what `make` raises."""
    found = _held_for_change(call, id)
    match action:
        case "submit":
            path = list(found.change.department_path)
            call.permit(CREATE, Resource("Budget", found.change.department, {"departments": path}))
            change, operations = _submitted(call, found)
        case "withdraw" | "cancel":
            change, operations = _taken_back(call, found, action)
        case _:
            raise IllegalMove("budget_change_illegal_move", state=found.change.status, move=action)
    return call.commit(_answer(change), replace_item(BudgetChangeItem.from_change(change)), *operations)


def _answer(change: BudgetChange) -> Answer:
    answer = {"id": change.id, "status": change.status, "version": change.version, "number": change.number}
    return answer | {"location": f"/budget-changes/{change.id}"}


def _keys(wish: Wish) -> list[Key]:
    return [LineItem.at(id) for id in (wish.line, wish.source) if id]


def _lines(call: Call, wish: Wish) -> tuple[Call, list[Line]]:
    """The lines that the wish is about, for those who may ask for them.

    The department in a line's id is asked about, before whether there is such a line: nobody learns that by asking.
    """
    call.permit(CREATE, _resource(call, _department(wish.line)))
    call = read_ahead(call, _keys(wish))
    found = {each.id: each.to(Line) for each in call.store.get(*_keys(wish)) if each}
    if wish.line not in found:
        raise Invalid(FieldError("line", "unknown_budget"))
    if not wish.source or wish.source == wish.line:
        return call, [found[wish.line]]
    if wish.source not in found or not call.may(VIEW_LINE, _resource(call, _department(wish.source))):
        raise Invalid(FieldError("source", "unknown_budget"))
    return call, [found[wish.line], found[wish.source]]


def _department(line: str) -> str:
    """Whose line it is, by its id."""
    return line.partition(".")[0]


def path_of(call: Call, department: str) -> tuple[str, ...]:
    """The department with those above it."""
    known = directory.departments(call.store, call.now)
    return next((each.path for each in known if each.id == department), (department,))


def _resource(call: Call, department: str) -> Resource:
    """A department's budgets, as the policies know them."""
    return Resource("Budget", department, {"departments": list(path_of(call, department))})


def _blank(call: Call, id: str) -> BudgetChange:
    me = call.me
    return BudgetChange(
        id=id,
        number=number_of(id),
        applicant=me.id,
        applicant_name=me.name,
        what="more",
        line="",
        source="",
        department="",
        department_path=(),
        category="",
        period="",
        currency="",
        amount=0,
        reason="",
        created_at=call.now,
    )


def _filled(call: Call, wish: Wish, lines: Sequence[Line], change: BudgetChange) -> BudgetChange:
    line = lines[0]
    amount = minor(wish.amount, line.currency)
    filled = replace(
        change,
        what=wish.what,
        line=line.id,
        source=wish.source,
        department=line.department,
        department_path=path_of(call, line.department),
        category=line.category,
        period=line.period,
        currency=line.currency,
        amount=amount or 0,
        reason=wish.reason.strip(),
    )
    check(filled)
    if len(lines) > 1 and lines[1].currency != line.currency:
        raise Invalid(FieldError("source", "other_currency", {"currency": line.currency}))
    return filled


def _held_for_change(call: Call, id: str) -> Held:
    found = held(call, id)
    resource = resource_of(found.change, found.running)
    call.permit("budget_change:change", resource, unseen=not call.may("budget_change:view", resource))
    if call.expected_version not in (None, found.change.version):
        raise Stale(state=found.change.status)
    return found


def _submitted(call: Call, found: Held) -> tuple[BudgetChange, list[Operation]]:
    """The change in approval, or approved, where nobody has to be asked. What could not be carried out is refused."""
    moved = move(found.change, "submit", call.now)
    id = approvals.approval_id(KIND, moved.id)
    running = found.running or begin(id, KIND, moved.id, BUDGET_CHANGE, moved.applicant)
    action = Submit(by=call.me.id, seen=moved.version)
    decision, operations = approvals.move(call, running, found.item, action, summary_of(moved))
    moved = replace(moved, approval=id)
    if decision.running.status == "approved":
        approved = replace(move(moved, "approve", call.now), version=moved.version)
        return approved, [*operations, *moving(call, moved)]
    return moved, [*operations, *bearing(call, moved)]


def _taken_back(call: Call, found: Held, name: Move) -> tuple[BudgetChange, list[Operation]]:
    change = found.change
    moved = move(change, name, call.now)
    if found.running is None or change.status not in ("pending", "returned", "withdrawn"):
        return moved, []
    kind = Withdraw if name == "withdraw" else Cancel
    action = kind(by=call.me.id, seen=change.version)
    _, operations = approvals.move(call, found.running, found.item, action, summary_of(change))
    return moved, operations
