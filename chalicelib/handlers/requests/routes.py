"""The routes of requests."""

from __future__ import annotations

from typing import Any

from chalicelib.handlers.answers import Reply
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.processes.shown import process_data
from chalicelib.handlers.requests.filling import change_form, new_form, new_form_again
from chalicelib.handlers.requests.forms import (
    NewQuery,
    NewRequestForm,
    RequestAction,
    RequestAnswer,
    RequestForm,
    RequestsQuery,
)
from chalicelib.handlers.requests.shown import list_data, page_data, page_of_request
from chalicelib.handlers.sheets import asked_of
from chalicelib.services import processes, requests
from chalicelib.services.call import Answer, Call
from chalicelib.services.sheets.requests import SHEET, listed

area = Area("chalicelib.handlers.requests")


@area.endpoint("GET", "/requests", action="request:list", query=RequestsQuery, page="requests.html", sheet=SHEET)
def list_requests(call: Call, query: RequestsQuery) -> dict[str, Any]:
    """Requests, the newest first: mine, or those of a process or a department in a month that I may see."""
    page = listed(call, asked_of(query), query.cursor, query.limit)
    return {
        "items": [list_data(call, each) for each in page.records],
        "next": page.next,
        "month": query.month or f"{call.now:%Y-%m}",
        "processes": [process_data(call, each) for each in processes.listed(call)],
    }


@area.endpoint(
    "GET", "/requests/new", action="request:create", query=NewQuery, page="request_form.html", policy="upload"
)
def new_request(call: Call, query: NewQuery) -> dict[str, Any]:
    """The empty form of a process, as data and as JSON Schema."""
    return new_form(call, query.process)


@area.endpoint(
    "POST",
    "/requests",
    action="request:create",
    body=NewRequestForm,
    answer=RequestAnswer,
    status=201,
    page="request_form.html",
    policy="upload",
    refill=new_form_again,
)
def create_request(call: Call, form: NewRequestForm) -> Answer:
    """Make a request, as a draft or (submit: true) straight into approval."""
    return requests.start(call, form.process, form.values, form.submit)


@area.endpoint("GET", "/requests/{id}", action="request:view", page="request.html")
def show_request(call: Call, id: str) -> Reply:
    """A request with what was filled in, its trail and what I can do now."""
    view = requests.view(call, id)
    return Reply(page_data(call, view), version=view.request.version)


@area.endpoint("GET", "/requests/{id}/edit", action="request:change", page="request_form.html", policy="upload")
def edit_request(call: Call, id: str) -> Reply:
    """The form filled with a request."""
    data = change_form(call, id)
    return Reply(data, version=data["request"]["version"])


@area.endpoint(
    "POST",
    "/requests/{id}",
    action="request:change",
    body=RequestForm,
    answer=RequestAnswer,
    page="request_form.html",
    policy="upload",
    refill=change_form,
)
def change_request(call: Call, id: str, form: RequestForm) -> Answer:
    """State anew what was filled in, of a draft or of a returned or withdrawn request."""
    return requests.change(call, id, form.values, form.submit)


@area.endpoint(
    "POST",
    "/requests/{id}/actions",
    action="request:view",
    body=RequestAction,
    answer=RequestAnswer,
    page="request.html",
    refill=page_of_request,
)
def act_on_request(call: Call, id: str, form: RequestAction) -> Answer:
    """Submit, withdraw or cancel a request, or copy it into a new draft."""
    if form.action == "copy":
        return requests.copy(call, id)
    return requests.act(call, id, form.action)
