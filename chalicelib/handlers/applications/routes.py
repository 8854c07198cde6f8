"""The routes of budget applications."""

from __future__ import annotations

from typing import Any

from chalicelib.handlers.answers import Reply
from chalicelib.handlers.applications.filling import change_form, copy_form, form_for, new_form
from chalicelib.handlers.applications.forms import (
    ApplicationAction,
    ApplicationAnswer,
    ApplicationForm,
    ApplicationsQuery,
    NewQuery,
    asked,
    currency_of,
)
from chalicelib.handlers.applications.shown import list_data, page_data, page_of_application
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.sheets import asked_of
from chalicelib.services import applications
from chalicelib.services.call import Answer, Call
from chalicelib.services.sheets import documents
from chalicelib.services.sheets.applications import SHEET

area = Area("chalicelib.handlers.applications")


@area.endpoint(
    "GET",
    "/applications",
    action="application:list",
    query=ApplicationsQuery,
    page="applications.html",
    sheet=SHEET,
)
def list_applications(call: Call, query: ApplicationsQuery) -> dict[str, Any]:
    """Budget applications, the newest first: mine, or those of a department or of all in a month."""
    page = documents.page(call, applications.register, asked_of(query), query.cursor, query.limit)
    return {
        "items": [list_data(each) for each in page.records],
        "next": page.next,
        "month": query.month or f"{call.now:%Y-%m}",
        "choices": [{"id": each.id, "name": each.name} for each in applications.register.departments(call)],
        "sees_all": applications.register.sees_all(call),
    }


@area.endpoint("GET", "/applications/new", action="application:create", query=NewQuery, page="application_form.html")
def new_application(call: Call, query: NewQuery) -> dict[str, Any]:
    """The empty form, or one that is filled with what a visit asks for."""
    return form_for(call, query.visit) if query.visit else new_form(call)


@area.endpoint(
    "POST",
    "/applications",
    action="application:create",
    body=ApplicationForm,
    answer=ApplicationAnswer,
    status=201,
    page="application_form.html",
    refill=new_form,
)
def create_application(call: Call, form: ApplicationForm) -> Answer:
    """Apply for money, as a draft or (submit: true) straight into approval, frozen in the budgets that pay."""
    return applications.apply(call, asked(form, currency_of(call, form)), form.submit)


@area.endpoint("GET", "/applications/{id}", action="application:view", page="application.html")
def show_application(call: Call, id: str) -> Reply:
    """An application with its rows, the budgets that it takes from, its trail and what I can do now."""
    view = applications.view(call, id)
    return Reply(page_data(call, view), version=view.application.version)


@area.endpoint("GET", "/applications/{id}/copy", action="application:view", page="application_form.html")
def copy_application(call: Call, id: str) -> dict[str, Any]:
    """The form filled with another application, on days to come."""
    return copy_form(call, id)


@area.endpoint("GET", "/applications/{id}/edit", action="application:change", page="application_form.html")
def edit_application(call: Call, id: str) -> Reply:
    """The form filled with an application."""
    data = change_form(call, id)
    return Reply(data, version=data["application"]["version"])


@area.endpoint(
    "POST",
    "/applications/{id}",
    action="application:change",
    body=ApplicationForm,
    answer=ApplicationAnswer,
    page="application_form.html",
    refill=change_form,
)
def change_application(call: Call, id: str, form: ApplicationForm) -> Answer:
    """State anew what a draft, returned or withdrawn application asks for."""
    return applications.change(call, id, asked(form, currency_of(call, form)), form.submit)


@area.endpoint(
    "POST",
    "/applications/{id}/actions",
    action="application:change",
    body=ApplicationAction,
    answer=ApplicationAnswer,
    page="application.html",
    refill=page_of_application,
)
def act_on_application(call: Call, id: str, form: ApplicationAction) -> Answer:
    """Submit, withdraw, cancel or finish an application."""
    return applications.act(call, id, form.action)
