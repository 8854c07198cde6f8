"""What an application takes of budgets: the line that pays for each row, what is frozen with it and given back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from chalicelib.domain.applications import (
    Application,
    Payer,
    Row,
    by_line,
    check_payers,
    payers,
    taken,
)
from chalicelib.domain.budgets import Document, Line, Overspent, share_of
from chalicelib.domain.sites import localised
from chalicelib.models.item import Key
from chalicelib.models.store import Operation, Store
from chalicelib.services import budgets
from chalicelib.services.call import Call
from chalicelib.web import budget_words
from chalicelib.web.i18n import translator

type Lines = Mapping[Payer, Line]
"""The lines that pay; a payer that has none is left out, and its rows pass."""


def document_of(application: Application) -> Document:
    """The application as budgets know it."""
    return Document("application", application.id, application.number)


def keys_for(id: str, department: str, currency: str, found: Sequence[Payer]) -> list[Key]:
    """What `lines_of` and `freezing` are going to ask, for one batch with other reads."""
    document = Document("application", id)
    keys = (budgets.keys_for(document, department, each.category, currency, each.month) for each in found)
    return list(dict.fromkeys(key for own in keys for key in own))


def payers_of(rows: Sequence[Row], budget_of: Mapping[str, str]) -> list[Payer]:
    """Who pays for the rows; raises Invalid where they are too many for one transaction."""
    found = payers(rows, budget_of)
    check_payers(found)
    return found


def lines_of(store: Store, department: str, currency: str, found: Sequence[Payer]) -> Lines:
    """The lines that pay; no read where the `keys_for` them were read ahead."""
    lines = {each: budgets.line_for(store, department, each.category, currency, each.month) for each in found}
    return {payer: line for payer, line in lines.items() if line is not None}


def charged(application: Application, budget_of: Mapping[str, str], lines: Lines) -> Application:
    """The application with the line that pays for each of its rows, and what it takes of each line in all."""
    rows = tuple(replace(row, line=_line_id(row, budget_of, lines)) for row in application.rows)
    by_id = {line.id: line for line in lines.values()}
    shares = tuple(share_of(by_id[id], amount) for id, amount in by_line(rows).items())
    return replace(application, rows=rows, shares=shares)


def _line_id(row: Row, budget_of: Mapping[str, str], lines: Lines) -> str:
    line = lines.get(Payer(budget_of[row.category], row.month))
    return line.id if line else ""


def freezing(call: Call, application: Application) -> list[Operation]:
    """Operations that freeze what the application takes.

    Raises Overspent naming the budget and what it has available, BudgetClosed, or Invalid where a reason is missing.
    """
    reason = application.budget_reason if application.over else ""
    try:
        return budgets.moving(call, document_of(application), {}, taken(application.shares), reason)
    except Overspent as refused:
        raise _named(call, refused) from refused


def releasing(call: Call, application: Application) -> list[Operation]:
    """Operations that give back what the application still holds; none where it holds nothing any more."""
    return budgets.moving(call, document_of(application), taken(application.shares), {})


def still_held(store: Store, application: Application) -> dict[str, int]:
    """What the application holds of each line at this moment, in minor units; lines of which it holds nothing are left
    out."""
    lines = [share.line for share in application.shares]
    found = budgets.holdings(store, document_of(application), lines) if lines else {}
    return {line: amount for line, amount in found.items() if amount}


def _named(call: Call, refused: Overspent) -> Overspent:
    """The refusal with what people call the budget: an application takes from several."""
    _, category, _, period = refused.params["line"].rsplit(".", 3)
    budget = f"{budget_word(call, category)} {period}"
    return Overspent("application_overspent", budget=budget, **refused.params)


def budget_word(call: Call, category: str) -> str:
    """What people call the budgets of a category, or of a group of categories."""
    if category in budget_words.CATEGORIES:
        return translator(call.locale).gettext(budget_words.CATEGORIES[category])
    group = budgets.groups(call.store, call.now).get(category)
    return localised(group.title, call.locale) if group else category
