"""Looking at one change of a budget with its lines as they stand, or at the lines that one may ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.domain.budget_changes import BudgetChange, Move, moves_from
from chalicelib.domain.budgets import Line
from chalicelib.domain.errors import NotFound
from chalicelib.models.budget_changes import BudgetChangeItem
from chalicelib.models.budgets import LINE, SpendingTable, partition
from chalicelib.models.store import Query
from chalicelib.services import approvals, budgets
from chalicelib.services.budget_changes.applying import CREATE
from chalicelib.services.budget_changes.record import resource_of
from chalicelib.services.call import Call
from chalicelib.services.permissions import Resource

MINE: tuple[Move, ...] = ("change", "submit", "withdraw", "cancel")


@dataclass(frozen=True)
class ChangeView:
    """All that the page of a change shows; `lines` as they are now, its own first. `moves` is what I can do with it."""

    change: BudgetChange
    lines: Sequence[Line]
    approval: approvals.Approval | None
    moves: tuple[Move, ...]


def view(call: Call, id: str) -> ChangeView:
    """Everything about one change; raises NotFound for those who may not see it."""
    (item,) = call.store.get(BudgetChangeItem.at(id))
    if item is None:
        raise NotFound
    change: BudgetChange = item.to(BudgetChange)
    lines, approval = _beside(call, change)
    resource = resource_of(change, approval.running if approval else None)
    call.permit("budget_change:view", resource, unseen=True)
    mine = call.may("budget_change:change", resource)
    moves = tuple(name for name in moves_from(change.status) if name in MINE) if mine else ()
    return ChangeView(change, lines, approval, moves)


def _beside(call: Call, change: BudgetChange) -> tuple[list[Line], approvals.Approval | None]:
    """The lines and the approval, read side by side."""
    queries = [Query(SpendingTable, partition(each), prefix=LINE, limit=1) for each in change.lines]
    if change.approval is None:
        return [page.items[0].to(Line) for page in call.store.pages(*queries)], None
    *pages, trail = call.store.pages(*queries, approvals.trail_of(change.approval))
    return [page.items[0].to(Line) for page in pages], approvals.view(call, change.approval, trail)


def choices(call: Call, period: str) -> Sequence[Line]:
    """The open lines of a month and its year that the person may ask to change; raises Forbidden where there is none
    to ask for."""
    call.permit(CREATE, Resource("Budget", "own", {"departments": sorted(call.heads)}))
    return [each for each in budgets.listing(call, period).lines if each.status == "open"]
