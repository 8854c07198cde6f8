"""The routes of requests."""

from __future__ import annotations

from typing import Any

from chalicelib.domain.errors import IllegalMove
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.requests.forms import (
    NewQuery,
    NewRequestForm,
    RequestAction,
    RequestAnswer,
    RequestForm,
    RequestsQuery,
)
from chalicelib.handlers.requests.shown import blank_data, list_data, page_data, page_of_request
from chalicelib.services import requests
from chalicelib.services.call import Answer, Call

area = Area("chalicelib.handlers.requests")


@area.endpoint("GET", "/requests", action="request:list", query=RequestsQuery)
def list_requests(call: Call, query: RequestsQuery) -> dict[str, Any]:
    """Requests, the newest first: mine, or those of a process or a department in a month that I may see."""
    asked = requests.Asked(
        month=query.month or f"{call.now:%Y-%m}",
        process=query.process or "",
        department=query.department or "",
        status=query.status or "",
        q=query.q,
    )
    page = requests.listed(call, asked, query.cursor, query.limit)
    return {"items": [list_data(call, each) for each in page.records], "next": page.next, "month": asked.month}


@area.endpoint("GET", "/requests/new", action="request:create", query=NewQuery)
def new_request(call: Call, query: NewQuery) -> dict[str, Any]:
    """The empty form of a process, as data and as JSON Schema."""
    return blank_data(call, query.process)


@area.endpoint("POST", "/requests", action="request:create", body=NewRequestForm, answer=RequestAnswer, status=201)
def create_request(call: Call, form: NewRequestForm) -> Answer:
    """Make a request, as a draft or (submit: true) straight into approval."""
    return requests.start(call, form.process, form.values, form.submit)


@area.endpoint("GET", "/requests/{id}", action="request:view")
def show_request(call: Call, id: str) -> Reply:
    """A request with what was filled in, its trail and what I can do now."""
    view = requests.view(call, id)
    return Reply(page_data(call, view), version=view.request.version)


@area.endpoint("GET", "/requests/{id}/edit", action="request:change")
def edit_request(call: Call, id: str) -> Reply:
    """The form filled with a request."""
    data = page_of_request(call, id)
    if "change" not in data["moves"]:
        raise IllegalMove("request_illegal_move", state=data["request"]["status"], move="change")
    return Reply(data, version=data["request"]["version"])


@area.endpoint("POST", "/requests/{id}", action="request:change", body=RequestForm, answer=RequestAnswer)
def change_request(call: Call, id: str, form: RequestForm) -> Answer:
    """State anew what was filled in, of a draft or of a returned or withdrawn request."""
    return requests.change(call, id, form.values, form.submit)


@area.endpoint("POST", "/requests/{id}/actions", action="request:view", body=RequestAction, answer=RequestAnswer)
def act_on_request(call: Call, id: str, form: RequestAction) -> Answer:
    """Submit, withdraw or cancel a request, or copy it into a new draft."""
    if form.action == "copy":
        return requests.copy(call, id)
    return requests.act(call, id, form.action)
