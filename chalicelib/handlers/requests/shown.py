"""What lists and pages show of a request."""

from __future__ import annotations

from typing import Any

from chalicelib.domain.forms import Form, form_to_data, json_schema
from chalicelib.domain.processes import Process
from chalicelib.domain.requests import Request
from chalicelib.domain.sites import localised
from chalicelib.handlers.approvals.shown import DOCUMENT_PAGES, DocumentPage, approval_data
from chalicelib.services import requests
from chalicelib.services.call import Call

HIDDEN = ("department_path", "facts", "round", "values")
"""What only the product itself needs, and what the page shows with its labels."""


def list_data(call: Call, request: Request) -> dict[str, Any]:
    """A request as lists show it; `title` is its process's in the reader's language."""
    facts = {name: value for name, value in vars(request).items() if name not in HIDDEN}
    return facts | {"title": localised(request.title, call.locale)}


def page_data(call: Call, view: requests.RequestView) -> dict[str, Any]:
    """Everything that a request's page shows: its values as they are kept, and `shown` as people read them."""
    return {
        "request": list_data(call, view.request) | {"values": view.request.values},
        "shown": view.fields,
        "form": form_to_data(view.form),
        "approval": approval_data(view.approval, call.locale) if view.approval else None,
        "moves": view.moves,
    }


def page_of_request(call: Call, id: str) -> dict[str, Any]:
    """Everything that the page of the request shows; raises NotFound for those who may not see it."""
    return page_data(call, requests.view(call, id))


def blank_data(call: Call, process: Process, form: Form) -> dict[str, Any]:
    """The empty form of a new request."""
    return {
        "process": {"key": process.id, "title": localised(process.title, call.locale)},
        "form": form_to_data(form),
        "schema": json_schema(form),
    }


def _document_page(call: Call, request_id: str) -> DocumentPage:
    view = requests.view(call, request_id)
    return DocumentPage(page_data(call, view), view.request.version, view.approval)


DOCUMENT_PAGES["request"] = _document_page
