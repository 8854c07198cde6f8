"""The routes of budgets."""

from __future__ import annotations

from typing import Any

from chalicelib.handlers.answers import Reply
from chalicelib.handlers.budgets.forms import (
    BudgetChanged,
    BudgetForm,
    BudgetsQuery,
    GroupsChanged,
    GroupsForm,
    MoveForm,
    MovementsQuery,
    YearForm,
)
from chalicelib.handlers.budgets.shown import MANAGE, blank_form, groups_form, list_data, page_data
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.imports import ImportAnswer, ImportQuery
from chalicelib.services import budgets, tables
from chalicelib.services.call import Answer, Call

area = Area("chalicelib.handlers.budgets")

VIEW = "budget:view"


@area.endpoint("GET", "/budgets", action=VIEW, query=BudgetsQuery, page="budgets.html")
def list_budgets(call: Call, query: BudgetsQuery) -> dict[str, Any]:
    """The budgets that I may see, of one month with its year or of one year, with what they add up to."""
    return list_data(call, query)


@area.endpoint("GET", "/budgets/new", action=MANAGE, page="budget_form.html")
def new_budget(call: Call) -> dict[str, Any]:
    """The form of a new budget."""
    return blank_form(call)


@area.endpoint(
    "POST",
    "/budgets",
    action=MANAGE,
    body=BudgetForm,
    answer=BudgetChanged,
    status=201,
    page="budget_form.html",
    refill=blank_form,
)
def create_budget(call: Call, form: BudgetForm) -> Answer:
    """Give a department a budget for a category in a month or a year."""
    return budgets.create(call, form.line(), form.amount)


@area.endpoint("GET", "/budgets/years", action=MANAGE, page="budget_year.html")
def new_year(call: Call) -> dict[str, Any]:
    """The form of a year's budget that is split over its months."""
    return blank_form(call)


@area.endpoint(
    "POST",
    "/budgets/years",
    action=MANAGE,
    body=YearForm,
    answer=BudgetChanged,
    status=201,
    page="budget_year.html",
    refill=blank_form,
)
def create_year(call: Call, form: YearForm) -> Answer:
    """Split a year's budget over its twelve months: evenly, by weights or by hand."""
    return budgets.create_year(call, form.line(), form.total, form.method, form.months)


@area.endpoint("GET", "/budgets/groups", action=MANAGE, page="budget_groups.html")
def show_groups(call: Call) -> Reply:
    """The groups of categories for which lines can be."""
    data = groups_form(call)
    return Reply(data, version=data["version"])


@area.endpoint(
    "POST",
    "/budgets/groups",
    action=MANAGE,
    body=GroupsForm,
    answer=GroupsChanged,
    page="budget_groups.html",
    refill=groups_form,
)
def set_groups(call: Call, form: GroupsForm) -> Answer:
    """State all groups of categories anew; one that was there stays."""
    return budgets.set_groups(call, form.stated())


@area.endpoint("GET", "/budgets/import", action=MANAGE, page="budget_import.html")
def import_form(call: Call) -> dict[str, Any]:
    """How a file with budgets looks, and where it is handed in."""
    return blank_form(call)


@area.endpoint(
    "POST", "/budgets/import", action=MANAGE, query=ImportQuery, upload=tables.FILE_LIMIT, answer=ImportAnswer
)
def import_budgets(call: Call, query: ImportQuery, file: bytes) -> Answer:
    """Take in budgets from a file (CSV or XLSX): new lines, and others by their key.

    `trial` only says what would change.
    """
    return budgets.take(call, file, query.trial)


@area.endpoint("GET", "/budgets/{id}", action=VIEW, query=MovementsQuery, page="budget.html")
def show_budget(call: Call, id: str, query: MovementsQuery) -> Reply:
    """A budget with what documents hold of it and every movement, the newest first."""
    data = page_data(call, id, query.cursor)
    return Reply(data, version=data["line"]["version"])


@area.endpoint(
    "POST",
    "/budgets/{id}/actions",
    action=MANAGE,
    body=MoveForm,
    answer=BudgetChanged,
    page="budget.html",
    refill=page_data,
)
def move_budget(call: Call, id: str, form: MoveForm) -> Answer:
    """Adjust a budget, transfer from it, borrow for it, carry its remainder over, change its control or close it."""
    match form.action:
        case "adjust":
            return budgets.adjust(call, id, form.amount, form.reason)
        case "transfer":
            return budgets.transfer(call, id, form.to or "", form.amount, form.reason)
        case "borrow":
            return budgets.borrow(call, id, form.amount, form.reason)
        case "carry":
            return budgets.carry(call, id)
        case "terms":
            return budgets.set_terms(call, id, form.control, form.carries, form.borrows)
        case "close":
            return budgets.close(call, id)
        case "close_year":
            return budgets.close_year(call, id)
