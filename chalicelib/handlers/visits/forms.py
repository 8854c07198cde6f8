"""What the routes of visits take and answer, and an application made from it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from chalicelib.domain.visits import ROOMS_LIMIT, TEAM_LIMIT, VISITORS_LIMIT, Application, Helper, RoomUse, Visitor
from chalicelib.handlers.fields import Email, Id, Language, Line, Name, Phone, Strict, Text


class VisitorForm(Strict):
    """One visitor. A phone number without a country code is taken as Chinese."""

    name: Name
    phone: Phone
    company: Line = ""
    title: Line = ""
    email: Email = ""
    language: Language = "zh-CN"
    plate: Line = ""


class HelperForm(Strict):
    """A colleague of the reception team, by person id."""

    person: Id
    task: Line = ""


class RoomForm(Strict):
    """A room and when (left out: for the whole visit); times without a zone are the site's."""

    room: Id
    starts: datetime | None = None
    ends: datetime | None = None


class VisitForm(Strict):
    """A visit application. Times without a zone are the site's; `host` (a person's id) defaults to the applicant."""

    site: Id
    starts: datetime
    ends: datetime
    host: Id | None = None
    purpose: Name
    visitors: list[VisitorForm] = Field(min_length=1, max_length=VISITORS_LIMIT)
    team: list[HelperForm] = Field(default=[], max_length=TEAM_LIMIT)
    rooms: list[RoomForm] = Field(default=[], max_length=ROOMS_LIMIT)
    requirements: Text = ""
    submit: bool = False


class ActionForm(Strict):
    """A move of the applicant."""

    action: Literal["submit", "withdraw", "cancel"]


class VisitAnswer(Strict):
    """Where a visit stands after a command."""

    id: str
    status: str
    version: int
    number: str
    location: str


def application(form: VisitForm, applicant: str) -> Application:
    """What the form asks for. Unless it says otherwise, the applicant (an id) is host and rooms are for all of it."""
    return Application(
        site=form.site,
        starts=form.starts,
        ends=form.ends,
        host=form.host or applicant,
        purpose=form.purpose,
        visitors=tuple(Visitor(**each.model_dump()) for each in form.visitors),
        team=tuple(Helper(**each.model_dump()) for each in form.team),
        rooms=tuple(RoomUse(each.room, each.starts or form.starts, each.ends or form.ends) for each in form.rooms),
        requirements=form.requirements,
    )
