"""What lists, pages and forms show of changes of budgets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.domain.budget_changes import BudgetChange
from chalicelib.domain.errors import IllegalMove
from chalicelib.handlers.approvals.shown import DOCUMENT_PAGES, DocumentPage, approval_data
from chalicelib.handlers.budgets.shown import Names, line_data, names_of, this_month
from chalicelib.services import budget_changes
from chalicelib.services.call import Call
from chalicelib.web.money import amount

HIDDEN = ("department_path", "round")
"""What only the product itself needs."""


def change_data(change: BudgetChange, names: Names) -> dict[str, Any]:
    """A change as lists show it."""
    facts = {name: value for name, value in vars(change).items() if name not in HIDDEN}
    return facts | names.of(change.department, change.category)


def page_data(call: Call, view: budget_changes.ChangeView) -> dict[str, Any]:
    """Everything that the page of a change shows, with the lines as they are now."""
    names = names_of(call)
    return {
        "change": change_data(view.change, names),
        "lines": [line_data(each, names) for each in view.lines],
        "approval": approval_data(view.approval, call.locale) if view.approval else None,
        "moves": view.moves,
    }


def page_of(call: Call, id: str) -> dict[str, Any]:
    """The same, by the change's id; raises NotFound for those who may not see it."""
    return page_data(call, budget_changes.view(call, id))


def new_form(call: Call, line: str = "", period: str = "") -> dict[str, Any]:
    """What the form of a new change needs: the lines that one may ask for, around the time of the chosen one."""
    return _form(call, line, period) | {"change": None}


def new_form_again(call: Call, typed: Mapping[str, str]) -> dict[str, Any]:
    """The same form after a refusal."""
    return new_form(call, typed.get("line", ""))


def change_form(call: Call, id: str) -> dict[str, Any]:
    """The form of a change that is there; raises Forbidden for who may only see it, IllegalMove."""
    view = budget_changes.view(call, id)
    running = view.approval.running if view.approval else None
    call.permit("budget_change:change", budget_changes.resource_of(view.change, running))
    if "change" not in view.moves:
        raise IllegalMove("budget_change_illegal_move", state=view.change.status, move="change")
    change = view.change
    names = ("what", "line", "source", "reason")
    values = {name: getattr(change, name) for name in names} | {"amount": amount(change.amount, change.currency)}
    found = _form(call, change.line, change.period)
    return found | {"change": change_data(change, names_of(call)), "values": values}


def _form(call: Call, line: str, period: str) -> dict[str, Any]:
    period = period or _period_of(line) or this_month(call)
    names = names_of(call)
    choices = [line_data(each, names) for each in budget_changes.choices(call, period)]
    return {"lines": choices, "period": period, "values": {"what": "more", "line": line}}


def _period_of(line: str) -> str:
    """The period at the end of a line's id, "" where it is none."""
    period = line.rpartition(".")[2]
    return period if len(period) in (4, 7) and period[:4].isdigit() else ""


def _document_page(call: Call, id: str) -> DocumentPage:
    view = budget_changes.view(call, id)
    return DocumentPage(page_data(call, view), view.change.version, view.approval)


DOCUMENT_PAGES["budget_change"] = _document_page
