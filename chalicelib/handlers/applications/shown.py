"""What lists and pages show of a budget application."""

from __future__ import annotations

from typing import Any

from chalicelib.domain.applications import Application, Row, fields_of
from chalicelib.domain.sites import localised
from chalicelib.handlers.approvals.shown import DOCUMENT_PAGES, DocumentPage, approval_data
from chalicelib.services import applications, budgets, expenses
from chalicelib.services.applications.viewing import Taken
from chalicelib.services.call import Call

HIDDEN = ("department_path", "round", "rows", "shares")
"""What only the product itself needs, and what the page shows in another shape."""


def list_data(application: Application) -> dict[str, Any]:
    """An application as lists show it."""
    facts = {name: value for name, value in vars(application).items() if name not in HIDDEN}
    return facts | {"total": application.total, "over": application.over, "first_day": application.first_day}


def category_names(call: Call) -> dict[str, str]:
    """What expense categories are called, by key."""
    return {each.key: localised(each.title, call.locale) for each in expenses.known(call.store, call.now).items}


def row_data(row: Row, names: dict[str, str]) -> dict[str, Any]:
    """A row with the fields of its type, its cost in its own currency, and what that is in the application's."""
    own = ("type", "day", "until", "category", "price", "amount", "currency", "project", "customer", "note")
    reckoned = ("cost", "rate", "rate_day", "converted", "line")
    found = {name: getattr(row, name) for name in (*own, *fields_of(row.type), *reckoned)}
    return found | {"category_name": names.get(row.category, row.category)}


def page_data(call: Call, view: applications.ApplicationView) -> dict[str, Any]:
    """Everything that an application's page shows; `budgets` are those of which it holds something."""
    names = category_names(call)
    return {
        "application": list_data(view.application),
        "rows": [row_data(row, names) for row in view.application.rows],
        "budgets": [_taken_data(call, each) for each in view.taken],
        "sees_visit": _sees_visit(call, view.application),
        "approval": approval_data(view.approval, call.locale) if view.approval else None,
        "moves": view.moves,
    }


def _taken_data(call: Call, each: Taken) -> dict[str, Any]:
    """The figures of a budget line, with its category and what the application took of it and holds still."""
    own = {"amount": each.share.amount, "over": each.share.over, "held": each.held}
    return budgets.figures_of(each.line) | category_data(call, each.line.category) | own


def category_data(call: Call, category: str) -> dict[str, str]:
    """The category of a budget, and what people call it."""
    return {"category": category, "budget_name": applications.budget_word(call, category)}


def _sees_visit(call: Call, application: Application) -> bool:
    """Whether the visit's number is a link: its applicant has seen the visit when applying."""
    return bool(application.visit) and application.applicant == call.me.id


def page_of_application(call: Call, id: str) -> dict[str, Any]:
    """Everything that the page of the application shows; raises NotFound for those who may not see it."""
    return page_data(call, applications.view(call, id))


def _document_page(call: Call, id: str) -> DocumentPage:
    view = applications.view(call, id)
    return DocumentPage(page_data(call, view), view.application.version, view.approval)


DOCUMENT_PAGES["application"] = _document_page
