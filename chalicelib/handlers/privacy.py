"""Data about visitors: how long they are kept, and what visitors ask about them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from chalicelib.domain.privacy import DAYS_AT_MOST, Request, Rules, masked_contact
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.fields import Answered, Month, PageQuery, Strict, contact_of
from chalicelib.services.call import Answer, Call
from chalicelib.services.directory import reading
from chalicelib.services.exports import WRITERS, disposition
from chalicelib.services.privacy import asking, known, rules

area = Area(__name__)


def _contact(text: str) -> str:
    try:
        return contact_of(text)
    except PydanticCustomError as error:
        raise PydanticCustomError("bad_contact", "neither a phone number nor an e-mail address") from error


Contact = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=3, max_length=254), AfterValidator(_contact)
]
"""A phone number, as E.164, or an e-mail address."""
Days = Annotated[int, Field(ge=1, le=DAYS_AT_MOST)]


class RetentionForm(Strict):
    """For how many days after a visit each kind of data is kept."""

    documents: Days
    contacts: Days
    passages: Days
    messages: Days


class RetentionAnswer(Answered):
    """The version of the rules."""

    version: int
    location: str


class PrivacyQuery(PageQuery):
    """The requests of a month."""

    month: Month | None = None


class PrivacyForm(Strict):
    """What a visitor asks, known by a phone number or an e-mail address."""

    wish: Literal["export", "erase"]
    contact: Contact


class PrivacyAnswer(Answered):
    """Where the request is to be looked at."""

    id: str
    status: str
    location: str


class DataQuery(Strict):
    """As what kind of file."""

    format: Literal["json", "xlsx"] = "json"
    lang: str | None = None


@area.endpoint("GET", "/retention", action="retention:manage", page="retention.html")
def show_retention(call: Call) -> Reply:
    """For how long data about visitors are kept."""
    held = rules.view(call)
    return Reply({"rules": held}, version=held.version)


@area.endpoint(
    "POST",
    "/retention",
    action="retention:manage",
    body=RetentionForm,
    answer=RetentionAnswer,
    page="retention.html",
    refill=lambda call: show_retention(call).data,
)
def change_retention(call: Call, form: RetentionForm) -> Answer:
    """State anew for how long data about visitors are kept."""
    return rules.change(call, Rules(**form.model_dump()))


def _list(call: Call, query: PrivacyQuery) -> dict[str, Any]:
    month = query.month or f"{call.now:%Y-%m}"
    page = asking.listed(call, month, query.cursor, query.limit)
    requests: list[Request] = [item.to(Request) for item in page.items]
    people = reading.people(call.store, {each.by for each in requests}, call.now)
    names = {id: each.name for id, each in people.items()}
    return {"items": [_shown(each, names) for each in requests], "next": page.cursor, "month": month}


@area.endpoint("GET", "/privacy", action="privacy:manage", query=PrivacyQuery, page="privacy.html")
def list_requests(call: Call, query: PrivacyQuery) -> dict[str, Any]:
    """What visitors asked about their data, the newest first."""
    return _list(call, query)


@area.endpoint(
    "POST",
    "/privacy",
    action="privacy:manage",
    body=PrivacyForm,
    answer=PrivacyAnswer,
    status=201,
    page="privacy.html",
    refill=lambda call: _list(call, PrivacyQuery()),
)
def take_up_request(call: Call, form: PrivacyForm) -> Answer:
    """Find what is known of a visitor, or forget them."""
    return asking.ask(call, form.wish, form.contact)


@area.endpoint("GET", "/privacy/{id}", action="privacy:manage", page="privacy_request.html")
def show_request(call: Call, id: str) -> dict[str, Any]:
    """What a visitor asked, and how far it is."""
    request = asking.view(call, id)
    found = len(asking.visits_of(call, request.contact)) if request.wish == "export" else request.visits
    return {"request": _shown(request, {}) | {"visits": found}}


@area.endpoint("GET", "/privacy/{id}/data", action="privacy:manage", query=DataQuery)
def fetch_data(call: Call, id: str, query: DataQuery) -> Reply:
    """All that is known of the visitor, to be handed over, as JSON or as a workbook."""
    request = asking.to_export(call, id)
    found = known.known_of(call, request.contact)
    if query.format == "json":
        return Reply({"items": [known.as_data(each) for each in found]})
    write, content_type = WRITERS["xlsx"]
    headers = {"Content-Disposition": disposition(f"visitor-{call.now:%Y-%m-%d}.xlsx")}
    return Reply(content=write(known.as_table(call, found)), content_type=content_type, headers=headers)


def _shown(request: Request, names: dict[str, str]) -> dict[str, Any]:
    hidden = ("cursor", "by", "contact")
    facts = {name: value for name, value in vars(request).items() if name not in hidden}
    contact = masked_contact(request.contact) if "•" not in request.contact else request.contact
    return facts | {"contact": contact, "by": names.get(request.by, "")}
