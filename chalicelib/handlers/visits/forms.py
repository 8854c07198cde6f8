"""What the routes of visits take and answer, and an application made from it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from chalicelib.domain.bookings import Booking
from chalicelib.domain.documents import DocumentKind, IdentityDocument, SealedDocument
from chalicelib.domain.reception_items import ITEMS_LIMIT
from chalicelib.domain.visits import (
    ATTACHMENTS_LIMIT,
    BOOKINGS_LIMIT,
    COMPANIONS_LIMIT,
    OCCURRENCES_LIMIT,
    TEAM_LIMIT,
    VISITORS_LIMIT,
    WEEKS_LIMIT,
    Application,
    Helper,
    Series,
    Visitor,
)
from chalicelib.gateways.documents import documents
from chalicelib.handlers.fields import Email, Id, Language, LevelKey, Line, Name, Phone, Strict, Text
from chalicelib.handlers.visits.items import ItemForm, items_of
from chalicelib.services.ids import new_id

DocumentNumber = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40, pattern=r"^[\w .·-]*$")]
"""The number of an identity document, or nothing."""


class VisitorForm(Strict):
    """One visitor. A phone number without a country code is taken as Chinese.

    A `document_number` is kept sealed; left out, the document that `document_ref` names stays as it is.
    """

    name: Name
    phone: Phone
    company: Line = ""
    title: Line = ""
    email: Email = ""
    language: Language = "zh-CN"
    plate: Line = ""
    document_kind: DocumentKind | Literal[""] = ""
    document_number: DocumentNumber = ""
    document_ref: Id | Literal[""] = ""
    document_shown: Line = ""


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
    `customer` to the first visitor's company. In a `series`, all times are those of its first occurrence.
    `attachments` are ids of files that were announced for a visit, or that the visit has. `budget_reason` is asked for
    where the visit exceeds a budget that allows that."""

    site: Id
    starts: datetime
    ends: datetime
    series: SeriesForm | None = None
    host: Id | None = None
    purpose: Name
    customer: Line = ""
    visitors: list[VisitorForm] = Field(min_length=1, max_length=VISITORS_LIMIT)
    team: list[HelperForm] = Field(default_factory=list, max_length=TEAM_LIMIT)
    resources: list[BookingForm] = Field(default_factory=list, max_length=BOOKINGS_LIMIT)
    requirements: Text = ""
    level: LevelKey = ""
    items: list[ItemForm] = Field(default_factory=list, max_length=ITEMS_LIMIT)
    companions_allowed: int = Field(default=0, ge=0, le=COMPANIONS_LIMIT)
    attachments: list[Id] = Field(default_factory=list, max_length=ATTACHMENTS_LIMIT)
    budget_reason: Line = ""
    submit: bool = False


class ActionForm(Strict):
    """A move of the applicant."""

    action: Literal["submit", "withdraw", "cancel", "take_back"]


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
    visitors = [_visitor(each) for each in form.visitors]
    return Application(
        site=form.site,
        starts=form.starts,
        ends=form.ends,
        host=form.host or applicant,
        purpose=form.purpose,
        visitors=tuple(visitor for visitor, _ in visitors),
        documents=tuple(sealed for _, sealed in visitors if sealed),
        team=tuple(Helper(**each.model_dump()) for each in form.team),
        bookings=tuple(
            Booking(each.resource, each.starts or form.starts, each.ends or form.ends) for each in form.resources
        ),
        requirements=form.requirements,
        customer=form.customer,
        level=form.level,
        companions_allowed=form.companions_allowed,
        items=items_of(form.items, currency),
        series=Series(**form.series.model_dump()) if form.series else None,
        attachments=tuple(form.attachments),
        budget_reason=form.budget_reason,
    )


def _visitor(form: VisitorForm) -> tuple[Visitor, SealedDocument | None]:
    """A visitor and, where the number of a document was stated, that number sealed."""
    facts = form.model_dump(exclude={"document_kind", "document_number", "document_ref", "document_shown"})
    kind = form.document_kind
    if kind and form.document_number:
        shown, sealed = documents().take(new_id(), kind, form.document_number)
        return Visitor(**facts, document=shown), sealed
    if kind and form.document_ref:
        return Visitor(**facts, document=IdentityDocument(form.document_ref, kind, form.document_shown)), None
    return Visitor(**facts), None
