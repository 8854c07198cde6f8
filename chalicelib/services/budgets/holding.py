"""What documents hold of budgets: which line counts for one, and the operations that take of it and give back.

They belong into the document's own transaction, as bookings do: submitted, it has its money; refused, withdrawn,
cancelled or closed, it has given it back.
"""

from __future__ import annotations

from collections.abc import Mapping

from chalicelib.domain.budgets import Document, Freeze, Line, Stamp, line_id, refreeze, unfrozen
from chalicelib.domain.errors import NotFound
from chalicelib.models.budgets import FreezeItem, LineItem
from chalicelib.models.item import Key
from chalicelib.models.store import Operation, Store
from chalicelib.services.budgets.posting import operations_of
from chalicelib.services.call import Call


def line_for(store: Store, department: str, category: str, currency: str, month: str) -> Line | None:
    """The line that counts: the month's before the year's. None where the department has neither; none is inherited."""
    found = store.get(*(LineItem.at(id) for id in _candidates(department, category, currency, month)))
    return next((item.to(Line) for item in found if item is not None), None)


def _candidates(department: str, category: str, currency: str, month: str) -> list[str]:
    return [line_id(department, category, currency, period) for period in (month, month[:4])]


def keys_for(document: Document, department: str, category: str, currency: str, month: str) -> list[Key]:
    """What `line_for` and `moving` are going to ask about a document, for one batch with other reads."""
    ids = _candidates(department, category, currency, month)
    return [*(LineItem.at(id) for id in ids), *(FreezeItem.at(id, document.kind, document.id) for id in ids)]


def moving(
    call: Call, document: Document, before: Mapping[str, int], after: Mapping[str, int], reason: str = ""
) -> list[Operation]:
    """Operations by which a document that took `before` takes `after` (minor units by line), with what it used of it.

    Raises Overspent, BudgetClosed, or Invalid where a soft line is exceeded without a reason. One read, none where
    nothing changes.
    """
    ids = sorted(id for id in {**before, **after} if before.get(id, 0) != after.get(id, 0))
    if not ids:
        return []
    freezes = [FreezeItem.at(id, document.kind, document.id) for id in ids]
    found = call.store.get(*(LineItem.at(id) for id in ids), *freezes)
    operations: list[Operation] = []
    for id, item, held in zip(ids, found, found[len(ids) :], strict=False):
        if item is None:
            raise NotFound
        line: Line = item.to(Line)
        freeze: Freeze = held.to(Freeze) if held else unfrozen(line, document)
        posting = refreeze(line, freeze, after.get(id, 0), Stamp(call.new_id(), call.now, call.actor, reason))
        operations += operations_of(line, posting) if posting else []
    return operations
