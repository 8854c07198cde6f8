"""What documents hold of budgets: which line counts for one, and the operations that take of it and give back.

They belong into the document's own transaction, as bookings do: submitted, it has its money; refused, withdrawn,
cancelled or closed, it has given it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from chalicelib.domain.budgets import (
    Document,
    Freeze,
    Hold,
    Line,
    Stamp,
    candidates,
    refreeze,
    together,
    unfrozen,
)
from chalicelib.domain.errors import NotFound
from chalicelib.models.budget_groups import GroupsItem
from chalicelib.models.budgets import FreezeItem, LineItem
from chalicelib.models.item import Key
from chalicelib.models.store import Operation, Store
from chalicelib.services.budgets.grouping import as_of, remembered
from chalicelib.services.budgets.posting import operations_of, operations_together
from chalicelib.services.call import Call


def line_for(store: Store, department: str, category: str, currency: str, month: str) -> Line | None:
    """The line that counts: the category's before its group's, of each the month's before the year's.

    None where the department has none of them; none is inherited. One read, a second one after the groups changed.
    """
    ids = candidates(remembered(), department, category, currency, month)
    head, *found = store.get(GroupsItem.at(), *(LineItem.at(id) for id in ids))
    now = candidates(as_of(head), department, category, currency, month)
    found = found if now == ids else store.get(*(LineItem.at(id) for id in now))
    return next((item.to(Line) for item in found if item is not None), None)


def keys_for(document: Document, department: str, category: str, currency: str, month: str) -> list[Key]:
    """What `line_for` and `moving` are going to ask about a document, for one batch with other reads."""
    ids = candidates(remembered(), department, category, currency, month)
    freezes = (FreezeItem.at(id, document.kind, document.id) for id in ids)
    return [GroupsItem.at(), *(LineItem.at(id) for id in ids), *freezes]


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


def hold_keys(holds: Iterable[Hold]) -> list[Key]:
    """What `posting` is going to ask, for one batch with other reads."""
    asked = [(each.line, each.document) for each in holds]
    lines = [LineItem.at(id) for id in dict.fromkeys(line for line, _ in asked)]
    return [*lines, *(FreezeItem.at(line, document.kind, document.id) for line, document in dict.fromkeys(asked))]


def posting(call: Call, holds: Sequence[Hold], reason: str = "") -> list[Operation]:
    """Operations by which several documents freeze, hand over, use and give back, in one update of each line.

    Raises NotFound for a line that is gone, NotFrozen, Overspent, BudgetClosed, or Invalid where a soft line is
    exceeded without a reason. One read.
    """
    keys = hold_keys(holds)
    found = {key[1:]: item for key, item in zip(keys, call.store.get(*keys), strict=True)}
    operations: list[Operation] = []
    for id in sorted({each.line for each in holds}):
        item = found[LineItem.at(id)[1:]]
        if item is None:
            raise NotFound
        line: Line = item.to(Line)
        here = [each for each in holds if each.line == id]
        moved = together(line, _freezes(here, found), here, _stamps(call, reason))
        operations += operations_together(line, moved)
    return operations


def _freezes(holds: Sequence[Hold], found: Mapping[tuple[str, str], FreezeItem | None]) -> dict[Document, Freeze]:
    items = {each.document: found[_place(each)] for each in holds}
    return {document: item.to(Freeze) for document, item in items.items() if item is not None}


def _place(each: Hold) -> tuple[str, str]:
    _, pk, sk = FreezeItem.at(each.line, each.document.kind, each.document.id)
    return pk, sk


def _stamps(call: Call, reason: str) -> Iterator[Stamp]:
    while True:
        yield Stamp(call.new_id(), call.now, call.actor, reason)


def holdings(store: Store, document: Document, lines: Iterable[str]) -> dict[str, int]:
    """How much a document holds of each of the lines still, in minor units; one read."""
    ids = list(dict.fromkeys(lines))
    found = store.get(*(FreezeItem.at(id, document.kind, document.id) for id in ids))
    return {id: item.to(Freeze).held if item else 0 for id, item in zip(ids, found, strict=True)}
