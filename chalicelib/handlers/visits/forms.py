"""What the routes of visits take and answer, and an application made from it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from chalicelib.domain.bookings import Booking
from chalicelib.domain.reception_items import ITEMS_LIMIT
from chalicelib.domain.visits import (
    BOOKINGS_LIMIT,
    OCCURRENCES_LIMIT,
    TEAM_LIMIT,
    VISITORS_LIMIT,
    WEEKS_LIMIT,
    Application,
    Helper,
    Series,
    Visitor,
)
from chalicelib.handlers.fields import Email, Id, Language, Line, Name, Phone, Strict, Text
from chalicelib.handlers.standards.forms import LevelKey
from chalicelib.handlers.visits.items import ItemForm, items_of


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


class BookingForm(Strict):
    """A room, equipment or vehicle and when (left out: for the whole visit); times without a zone are the site's."""

    resource: Id
    starts: datetime | None = None
    ends: datetime | None = None


class SeriesForm(Strict):
    """Every so many weeks, until a day of the site (inclusive) or so many times altogether."""

    every: int = Field(default=1, ge=1, le=WEEKS_LIMIT)
    until: date | None = None
    count: int | None = Field(default=None, ge=2, le=OCCURRENCES_LIMIT)


class VisitForm(Strict):
    """A visit application. Times without a zone are the site's; `host` (a person's id) defaults to the applicant,
    `customer` to the first visitor's company. In a `series`, all times are those of its first occurrence."""

    site: Id
    starts: datetime
    ends: datetime
    series: SeriesForm | None = None
    host: Id | None = None
    purpose: Name
    customer: Line = ""
    visitors: list[VisitorForm] = Field(min_length=1, max_length=VISITORS_LIMIT)
    team: list[HelperForm] = Field(default=[], max_length=TEAM_LIMIT)
    resources: list[BookingForm] = Field(default=[], max_length=BOOKINGS_LIMIT)
    requirements: Text = ""
    level: LevelKey = ""
    items: list[ItemForm] = Field(default=[], max_length=ITEMS_LIMIT)
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


def application(form: VisitForm, applicant: str, currency: str) -> Application:
    """What the form asks for, prices in the `currency` of its site.

    Left out, the applicant (an id) is host and bookings are for all of it.
    """
    return Application(
        site=form.site,
        starts=form.starts,
        ends=form.ends,
        host=form.host or applicant,
        purpose=form.purpose,
        visitors=tuple(Visitor(**each.model_dump()) for each in form.visitors),
        team=tuple(Helper(**each.model_dump()) for each in form.team),
        bookings=tuple(
            Booking(each.resource, each.starts or form.starts, each.ends or form.ends) for each in form.resources
        ),
        requirements=form.requirements,
        customer=form.customer,
        level=form.level,
        items=items_of(form.items, currency),
        series=Series(**form.series.model_dump()) if form.series else None,
    )
