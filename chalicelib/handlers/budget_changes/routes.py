"""The routes of changes of budgets that are asked for."""

from __future__ import annotations

from typing import Any

from chalicelib.handlers.answers import Reply
from chalicelib.handlers.budget_changes.forms import (
    ChangeAction,
    ChangeAnswer,
    ChangeForm,
    ChangesQuery,
    NewChangeQuery,
)
from chalicelib.handlers.budget_changes.shown import (
    change_data,
    change_form,
    new_form,
    new_form_again,
    page_of,
)
from chalicelib.handlers.budgets.shown import names_of
from chalicelib.handlers.endpoint import Area
from chalicelib.services import budget_changes
from chalicelib.services.budget_changes import Asked
from chalicelib.services.call import Answer, Call
from chalicelib.services.permissions import Resource

area = Area("chalicelib.handlers.budget_changes")

LIST = "budget_change:list"
VIEW = "budget_change:view"
CREATE = "budget_change:create"


@area.endpoint("GET", "/budget-changes", action=LIST, query=ChangesQuery, page="budget_changes.html")
def list_changes(call: Call, query: ChangesQuery) -> dict[str, Any]:
    """The changes of budgets that I asked for, or those of a month that I may see; the newest first."""
    found = budget_changes.listed(call, Asked(query.month or "", query.status or ""), query.cursor, query.limit)
    names = names_of(call)
    return {
        "items": [change_data(each, names) for each in found.records],
        "next": found.next,
        "this_month": f"{call.now:%Y-%m}",
        "asks": call.may(CREATE, Resource("Budget", "own", {"departments": sorted(call.heads)})),
    }


@area.endpoint("GET", "/budget-changes/new", action=CREATE, query=NewChangeQuery, page="budget_change_form.html")
def new_change(call: Call, query: NewChangeQuery) -> dict[str, Any]:
    """The form of a new change, with the lines that one may ask for."""
    return new_form(call, query.line or "", query.period or "")


@area.endpoint(
    "POST",
    "/budget-changes",
    action=CREATE,
    body=ChangeForm,
    answer=ChangeAnswer,
    status=201,
    page="budget_change_form.html",
    refill=new_form_again,
)
def create_change(call: Call, form: ChangeForm) -> Answer:
    """Ask for more or less of a budget or for a transfer, as a draft or (submit: true) straight into approval."""
    return budget_changes.make(call, form.wish(), form.submit)


@area.endpoint("GET", "/budget-changes/{id}", action=VIEW, page="budget_change.html")
def show_change(call: Call, id: str) -> Reply:
    """A change with its lines as they are now, its trail and what I can do."""
    data = page_of(call, id)
    return Reply(data, version=data["change"]["version"])


@area.endpoint("GET", "/budget-changes/{id}/edit", action="budget_change:change", page="budget_change_form.html")
def edit_change(call: Call, id: str) -> Reply:
    """The form filled with a change."""
    data = change_form(call, id)
    return Reply(data, version=data["change"]["version"])


@area.endpoint(
    "POST",
    "/budget-changes/{id}",
    action="budget_change:change",
    body=ChangeForm,
    answer=ChangeAnswer,
    page="budget_change_form.html",
    refill=change_form,
)
def restate_change(call: Call, id: str, form: ChangeForm) -> Answer:
    """State anew what is asked for, of a draft or of a returned or withdrawn change."""
    return budget_changes.restate(call, id, form.wish(), form.submit)


@area.endpoint(
    "POST",
    "/budget-changes/{id}/actions",
    action=VIEW,
    body=ChangeAction,
    answer=ChangeAnswer,
    page="budget_change.html",
    refill=page_of,
)
def act_on_change(call: Call, id: str, form: ChangeAction) -> Answer:
    """Submit, withdraw or cancel a change."""
    return budget_changes.act(call, id, form.action)
