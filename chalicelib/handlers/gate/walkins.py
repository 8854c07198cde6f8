"""Guests without appointment."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from chalicelib.domain.visits import Visitor
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.fields import Answered, Id, Language, Line, Name, Phone, Strict
from chalicelib.handlers.gate.area import area
from chalicelib.handlers.gate.routes import GateName
from chalicelib.services import gate
from chalicelib.services.call import Answer, Call


class WalkInQuery(Strict):
    """At which gate ("SITE/GATE") the guest stands."""

    gate: GateName = ""
    lang: str | None = Field(default=None, max_length=10)


class WalkInForm(Strict):
    """Who stands at the gate, to whom and why."""

    gate: GateName
    name: Name
    phone: Phone
    company: Line = ""
    language: Language = "zh-CN"
    host: Id
    purpose: Name


class WalkInMade(Answered):
    """The visit that waits for its host."""

    id: str
    status: str
    version: int
    number: str
    location: str


@area.endpoint("GET", "/gate/walkins", action="gate:view", query=WalkInQuery, page="walk_in_form.html", policy="gate")
def walk_in_form(call: Call, query: WalkInQuery) -> dict[str, Any]:
    """The form for a guest without appointment."""
    gate.post(call, query.gate)
    return {"gate": query.gate}


@area.endpoint(
    "POST",
    "/gate/walkins",
    action="gate:scan",
    body=WalkInForm,
    answer=WalkInMade,
    status=201,
    page="walk_in_form.html",
    refill=lambda call, typed: walk_in_form(call, WalkInQuery(gate=typed.get("gate", ""))),
)
def register_walk_in(call: Call, form: WalkInForm) -> Answer:
    """Register a guest without appointment; their host is asked at once."""
    visitor = Visitor(form.name, form.phone, form.company, language=form.language)
    return gate.register(call, form.gate, gate.WalkIn(visitor, form.host, form.purpose))


@area.endpoint("GET", "/gate/walkins/{id}", action="gate:view", query=WalkInQuery, page="walk_in.html")
def walk_in_page(call: Call, id: str, query: WalkInQuery) -> Reply:
    """How far a guest without appointment is; the page keeps itself up to date."""
    return Reply(gate.walk_in(call, id) | {"gate": query.gate})
