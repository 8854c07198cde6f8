"""Visitors' badges."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.handlers.fields import Answered, Id, Strict
from chalicelib.handlers.gate.area import area
from chalicelib.handlers.gate.routes import GateName, SiteQuery
from chalicelib.services import gate
from chalicelib.services.call import Answer, Call

Number = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9-]{1,20}$")]


class BadgeAction(Strict):
    """Hand a badge out (to the visitor whom `visit`, `no` and `day` name), take it back, or give it up for lost."""

    action: Literal["issue", "return", "lose"]
    gate: GateName
    number: Number
    visit: Id | None = None
    no: int | None = Field(default=None, ge=1, le=999)
    day: date | None = None


class BadgeChanged(Answered):
    """The badge afterwards."""

    number: str
    status: str
    version: int
    location: str


@area.endpoint("GET", "/gate/badges", action="gate:view", query=SiteQuery, page="badges.html")
def list_badges(call: Call, query: SiteQuery) -> dict[str, Any]:
    """The badges of a site that are out or lost, and who has them."""
    return gate.badges_out(call, query.site)


@area.endpoint("POST", "/gate/badges", action="gate:scan", body=BadgeAction, answer=BadgeChanged)
def act_on_badge(call: Call, form: BadgeAction) -> Answer:
    """Hand out a badge, take it back, or give it up for lost."""
    if form.action != "issue":
        return gate.take_in(call, form.gate, form.number, "returned" if form.action == "return" else "lost")
    if form.visit is None or form.no is None or form.day is None:
        raise Invalid(FieldError("visit", "required"))
    return gate.hand_out(call, form.gate, form.number, gate.Holder(form.visit, form.no, form.day))
