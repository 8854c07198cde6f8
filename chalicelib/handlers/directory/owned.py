"""The routes of what hangs on a person, and of handing it over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.handlers.directory.area import area
from chalicelib.handlers.fields import Answered, Id, Strict
from chalicelib.services import handover
from chalicelib.services.call import Call
from chalicelib.services.handover import Owned, owned

PAGES = {
    "visit": "/visits/",
    "request": "/requests/",
    "claim": "/claims/",
    "advance": "/advances/",
    "application": "/applications/",
}
"""Where documents of each kind are shown."""


class HandoverForm(Strict):
    """Who takes over: heads the departments, manages the people, decides for those on leave, receives the guests, goes
    on with what is under way."""

    to: Id


class HandedOver(Answered):
    """The handover is under way: `GET /people/{id}/owned` says how far."""

    id: str
    status: str
    location: str


@area.endpoint("GET", "/people/{id}/owned", action="directory:manage", page="owned.html")
def owned_page(call: Call, id: str) -> dict[str, Any]:
    """What hangs on a person: documents, tasks, their place in the company; and how far its handover is."""
    return _data(owned(call, id))


def _data(found: Owned) -> dict[str, Any]:
    return {
        "person": {"id": found.person.id, "name": found.person.name, "active": found.person.active},
        "requests": [_request(item) for item in found.requests],
        "visits": [_visit(item, found.person.id) for item in found.visits],
        "tasks": [_task(item) for item in found.tasks],
        "departments": [{"id": item.id, "name": item.name} for item in found.departments],
        "reports": [{"id": id, "name": found.names.get(id, "")} for id in found.reports],
        "substitute_for": [
            {"id": item.person, "name": found.names.get(item.person, ""), "from": item.starts, "until": item.ends}
            for item in found.leaves
        ],
        "spending": [_spending(kind, item) for kind, item in found.spending],
        "handover": _handover(found),
    }


def _handover(found: Owned) -> dict[str, Any] | None:
    held = found.handover
    if held is None:
        return None
    facts = {name: getattr(held, name) for name in ("status", "handed", "begun_at")}
    return facts | {"to": {"id": held.successor, "name": held.successor_name}}


def _request(item: Any) -> dict[str, Any]:
    shown = {"id": item.id, "number": item.number, "status": item.status, "path": f"/requests/{item.id}"}
    return shown | {"subject": item.subject or item.number}


def _spending(kind: str, item: Any) -> dict[str, Any]:
    facts = {"id": item.id, "kind": kind, "number": item.number, "status": item.status}
    return facts | {"subject": item.purpose or item.number, "path": PAGES[kind] + item.id}


def _task(item: Any) -> dict[str, Any]:
    return _facts(item, "id document_kind document_id subject applicant_name opened_at")


def _facts(item: Any, names: str) -> dict[str, Any]:
    place = PAGES.get(item.document_kind)
    return {name: getattr(item, name) for name in names.split()} | {"path": place and place + item.document_id}


def _visit(item: Any, person_id: str) -> dict[str, Any]:
    facts = {name: getattr(item, name) for name in ("id", "number", "party", "status", "starts", "ends", "time_zone")}
    return facts | {"applies": item.applicant == person_id, "receives": item.host == person_id}


def _again(call: Call, id: str, typed: Mapping[str, str]) -> dict[str, Any]:
    return _data(owned(call, id))


@area.endpoint(
    "POST",
    "/people/{id}/handover",
    action="directory:manage",
    body=HandoverForm,
    answer=HandedOver,
    page="owned.html",
    refill=_again,
)
def hand_over(call: Call, id: str, form: HandoverForm) -> dict[str, Any]:
    """Let somebody take over what a person has: their place, requests under way, visits to come, in steps."""
    return handover.wish(call, id, form.to)
