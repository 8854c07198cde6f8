"""Which budgets a claim takes from: for each share of a line that of the department and the month, else of the year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from chalicelib.domain.budgets import Document
from chalicelib.domain.claims import Allocation, Claim, Line, Stated, needs, take_over
from chalicelib.domain.expenses import Categories
from chalicelib.models.item import Key
from chalicelib.models.store import Store
from chalicelib.services import budgets
from chalicelib.services.claims import sources


class Payer(NamedTuple):
    """Whose budget for what and when: a department, a category of budgets, a month (YYYY-MM)."""

    department: str
    category: str
    month: str


def stated_payers(stated: Stated, categories: Categories, department: str) -> list[Payer]:
    """Who is going to pay for what was stated; of lines that cannot be, nobody."""
    found: dict[Payer, None] = {}
    for line in stated.lines:
        category = categories.get(line.category)
        for sharing in [part.department for part in line.parts] or [department]:
            if category:
                found[Payer(sharing, category.budget, _month(line.day))] = None
    return [*found]


def payers(claim: Claim, categories: Categories) -> list[Payer]:
    """Who pays for a claim's lines."""
    return [*dict.fromkeys(_payer(line, part, categories) for line in claim.lines for part in line.allocations)]


def _payer(line: Line, part: Allocation, categories: Categories) -> Payer:
    category = categories.get(line.category)
    return Payer(part.department, category.budget if category else "", _month(line.day))


def _month(day: date) -> str:
    return day.isoformat()[: len("YYYY-MM")]


def keys(found: Sequence[Payer], currency: str, documents: Iterable[Document]) -> list[Key]:
    """What `charged` and `taken` are going to ask, and the posting after them, for one batch."""
    asked = [(document, payer) for document in documents for payer in found]
    own = (budgets.keys_for(document, *payer[:2], currency, payer.month) for document, payer in asked)
    return list(dict.fromkeys(key for keys in own for key in keys))


def charged(store: Store, claim: Claim, categories: Categories) -> Claim:
    """The claim with the budget line that each share takes from; "" where the department has none for it.

    No read where the `keys` were read ahead.
    """
    chosen: dict[Payer, str] = {}

    def budget_of(payer: Payer) -> str:
        if payer not in chosen:
            line = budgets.line_for(store, *payer[:2], claim.currency, payer.month)
            chosen[payer] = line.id if line else ""
        return chosen[payer]

    def with_budgets(line: Line) -> Line:
        parts = ((part, budget_of(_payer(line, part, categories))) for part in line.allocations)
        charged = (Allocation(part.department, part.amount, budget, part.share) for part, budget in parts)
        return replace(line, allocations=tuple(charged))

    return replace(claim, lines=tuple(map(with_budgets, claim.lines)))


def taken(store: Store, claim: Claim) -> Claim:
    """The claim with what it takes over of what its pre-applications hold, and what it freezes anew."""
    needed = needs(claim)
    found = sources.read(store, claim.links)
    ordered = [found[link.document] for link in claim.links if link.document in found]
    return replace(claim, taken=take_over(needed, sources.holding(store, ordered, needed) if needed else []))
