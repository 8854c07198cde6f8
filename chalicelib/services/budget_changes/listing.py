"""Lists of changes of budgets: mine, or those of a month that I may see: the company's, or a department's."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.domain.budget_changes import BudgetChange
from chalicelib.models.budget_changes import LIST
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.store import Query
from chalicelib.services import directory
from chalicelib.services.budget_changes.record import resource_of
from chalicelib.services.call import Call
from chalicelib.services.lists import SIFTED, Listed, page_of
from chalicelib.services.permissions import Resource

VIEW = "budget_change:view"
DEPARTMENTS_LIMIT = 20
"""Departments that a head's page reads; of more, the first by name."""


@dataclass(frozen=True)
class Asked:
    """Which changes: mine unless a `month` (YYYY-MM) is named, then all of that month that I may see; by `status`."""

    month: str = ""
    status: str = ""

    def means(self, change: BudgetChange) -> bool:
        """Whether the change is one of those."""
        return self.status in ("", change.status)


def listed(call: Call, asked: Asked, cursor: str | None = None, limit: int = 50) -> Listed[BudgetChange]:
    """One page, the newest first; raises Malformed for a foreign cursor."""
    call.permit("budget_change:list", Resource("BudgetChange", "mine", {"owner": call.me.id}))
    size = SIFTED if asked.status or asked.month else limit + 1
    queries = [Query(SpendingTable, pk, index=index, limit=size) for pk, index in _partitions(call, asked)]
    if not queries:
        return Listed([], None)
    return page_of(
        call.store, queries, BudgetChange, lambda each: asked.means(each) and _may(call, each), cursor, limit
    )


def _partitions(call: Call, asked: Asked) -> list[tuple[str, int]]:
    if not asked.month:
        return [(f"{LIST}{call.me.id}", 1)]
    if call.may(VIEW, Resource("BudgetChange", "all")):
        return [(f"{LIST}{asked.month}", 2)]
    known = directory.departments(call.store, call.now)
    headed = [each.id for each in known if call.heads & {*each.path}][:DEPARTMENTS_LIMIT]
    return [(f"{LIST}{id}#{asked.month}", 3) for id in headed]


def _may(call: Call, change: BudgetChange) -> bool:
    """A list never shows what the change's own page would refuse."""
    return call.may(VIEW, resource_of(change))
