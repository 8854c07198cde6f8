"""The routes of expense categories."""

from __future__ import annotations

from typing import Any

from chalicelib.domain.expenses import ASKS, Category
from chalicelib.domain.sites import localised
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.expenses.forms import CategoryChanged, CategoryForm
from chalicelib.services import expenses
from chalicelib.services.call import Answer, Call
from chalicelib.services.permissions import COMPANY

area = Area("chalicelib.handlers.expenses")

MANAGE = "expense:manage"


def category_data(call: Call, category: Category) -> dict[str, Any]:
    """A category with its name in the reader's language."""
    asks = [each for each in ASKS if each in category.asks]
    return vars(category) | {"name": localised(category.title, call.locale), "asks": asks}


@area.endpoint("GET", "/expense-categories", action=MANAGE, page="expense_categories.html")
def list_categories(call: Call) -> dict[str, Any]:
    """What an application or a claim can be for, those that can be chosen first."""
    found = expenses.all_of(call).items
    return {"items": [category_data(call, each) for each in sorted(found, key=lambda each: not each.active)]}


def blank_form(call: Call) -> dict[str, Any]:
    """The form of a new category."""
    call.permit(MANAGE, COMPANY)
    return {"category": None, "values": {"budget": "reception", "active": "true"}}


@area.endpoint("GET", "/expense-categories/new", action=MANAGE, page="expense_category.html")
def new_category(call: Call) -> dict[str, Any]:
    """The form of a new category."""
    return blank_form(call)


@area.endpoint(
    "POST",
    "/expense-categories",
    action=MANAGE,
    body=CategoryForm,
    answer=CategoryChanged,
    status=201,
    page="expense_category.html",
    refill=blank_form,
)
def create_category(call: Call, form: CategoryForm) -> Answer:
    """Make a category; its key stands in documents and never changes."""
    return expenses.create(call, form.category())


def filled_form(call: Call, id: str) -> dict[str, Any]:
    """The form of a category that is there."""
    found = expenses.one(call, id)
    values = {f"title.{language}": text for language, text in found.title.items()}
    values |= {f"asks.{each}": "true" for each in found.asks}
    values |= {"budget": found.budget, "alcohol": str(found.alcohol).lower(), "active": str(found.active).lower()}
    return {"category": category_data(call, found), "values": values}


@area.endpoint("GET", "/expense-categories/{id}", action=MANAGE, page="expense_category.html")
def show_category(call: Call, id: str) -> Reply:
    """A category."""
    data = filled_form(call, id)
    return Reply(data, version=data["category"]["version"])


@area.endpoint(
    "POST",
    "/expense-categories/{id}",
    action=MANAGE,
    body=CategoryForm,
    answer=CategoryChanged,
    page="expense_category.html",
    refill=filled_form,
)
def change_category(call: Call, id: str, form: CategoryForm) -> Answer:
    """State a category anew, or put it out of use; documents that name it keep it."""
    return expenses.change(call, id, form.category())
