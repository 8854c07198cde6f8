"""The routes of what hangs on a person, and of handing it over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.handlers.directory.area import area
from chalicelib.handlers.fields import Answered, Id, Strict
from chalicelib.services import directory
from chalicelib.services.call import Call
from chalicelib.services.directory import handover
from chalicelib.services.directory.owned import Owned, owned

PAGES = {"visit": "/visits/", "request": "/requests/"}
"""Where documents of each kind are shown."""


class OwnedQuery(Strict):
    """Who was chosen for the step before."""

    to: Id | None = None
    lang: Id | None = None


class HandoverForm(Strict):
    """Who takes the person's place: heads the departments, manages the people, decides for those on leave."""

    to: Id


class HandedOver(Answered):
    """How much this step handed over, and whether another one is needed."""

    id: str
    handed: int
    left: bool
    location: str


@area.endpoint("GET", "/people/{id}/owned", action="directory:manage", query=OwnedQuery, page="owned.html")
def owned_page(call: Call, id: str, query: OwnedQuery) -> dict[str, Any]:
    """What hangs on a person: documents, tasks, and their place in the company."""
    return _data(call, owned(call, id), query.to)


def _data(call: Call, found: Owned, to: str | None) -> dict[str, Any]:
    return {
        "person": {"id": found.person.id, "name": found.person.name, "active": found.person.active},
        "requests": [_request(item) for item in found.requests],
        "visits": [_visit(item, found.person.id) for item in found.visits],
        "tasks": [_task(item) for item in found.tasks],
        "departments": [{"id": item.id, "name": item.name} for item in found.place.departments],
        "reports": [{"id": item.id, "name": item.name} for item in found.place.reports],
        "substitute_for": [
            {"id": item.person, "name": found.names.get(item.person, ""), "from": item.starts, "until": item.ends}
            for item in found.place.leaves
        ],
        "known": directory.People(call.store, call.now).named([to] if to else []),
    }


def _request(item: Any) -> dict[str, Any]:
    shown = {"id": item.id, "number": item.number, "status": item.status, "path": f"/requests/{item.id}"}
    return shown | {"subject": item.subject or item.number}


def _task(item: Any) -> dict[str, Any]:
    return _facts(item, "id document_kind document_id subject applicant_name opened_at")


def _facts(item: Any, names: str) -> dict[str, Any]:
    place = PAGES.get(item.document_kind)
    return {name: getattr(item, name) for name in names.split()} | {"path": place and place + item.document_id}


def _visit(item: Any, person_id: str) -> dict[str, Any]:
    facts = {name: getattr(item, name) for name in ("id", "number", "party", "status", "starts", "ends", "time_zone")}
    return facts | {"applies": item.applicant == person_id, "receives": item.host == person_id}


def _again(call: Call, id: str, typed: Mapping[str, str]) -> dict[str, Any]:
    return _data(call, owned(call, id), typed.get("to"))


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
    """Hand over a part of what somebody heads, manages and decides for; to be repeated while something is left."""
    return handover.hand_over(call, id, form.to)
