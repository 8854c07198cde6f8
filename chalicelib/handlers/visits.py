"""Visits: list, form, page, actions."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from chalicelib.domain.approvals import Running
from chalicelib.domain.sites import Site, localised
from chalicelib.domain.visits import (
    ROOMS_LIMIT,
    TEAM_LIMIT,
    VISITORS_LIMIT,
    Application,
    Helper,
    RoomUse,
    Visit,
    Visitor,
)
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.approvals import DOCUMENT_PAGES, DocumentPage, approval_data
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.fields import Email, Id, Language, Line, Name, PageQuery, Phone, Strict, Text
from chalicelib.services import sites, visits
from chalicelib.services.call import Call
from chalicelib.services.permissions import COMPANY

area = Area(__name__)


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
    """A room and when; times without a zone are the site's."""

    room: Id
    starts: datetime
    ends: datetime


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


def _application(call: Call, form: VisitForm) -> Application:
    return Application(
        site=form.site,
        starts=form.starts,
        ends=form.ends,
        host=form.host or call.me.id,
        purpose=form.purpose,
        visitors=tuple(Visitor(**each.model_dump()) for each in form.visitors),
        team=tuple(Helper(**each.model_dump()) for each in form.team),
        rooms=tuple(RoomUse(**each.model_dump()) for each in form.rooms),
        requirements=form.requirements,
    )


def _reply(answer: dict[str, Any], status: int = 200) -> Reply:
    return Reply(answer, status=status, location=answer["location"], version=answer["version"])


def new_form(call: Call) -> dict[str, Any]:
    """What the empty application form needs."""
    call.permit("visit:create", COMPANY)
    return {"visit": None, "sites": sites.sites(call.store, call.now), "me": call.me}


def change_form(call: Call, id: str) -> dict[str, Any]:
    """What the form of an existing visit needs."""
    return new_form(call) | page_data(call, visits.view(call, id))


@area.endpoint("GET", "/visits", action="visit:list", query=PageQuery, page="visits.html")
def list_visits(call: Call, query: PageQuery) -> dict[str, Any]:
    """My visits, latest first."""
    page = visits.mine(call, query.cursor, query.limit)
    return {"items": [visit_data(item.to(Visit)) for item in page.items], "next": page.cursor}


@area.endpoint("GET", "/visits/new", action="visit:create", page="visit_form.html")
def new_visit(call: Call) -> dict[str, Any]:
    """The application form, and the sites and rooms to choose from."""
    return new_form(call)


@area.endpoint(
    "POST",
    "/visits",
    action="visit:create",
    body=VisitForm,
    answer=VisitAnswer,
    status=201,
    page="visit_form.html",
    refill=new_form,
)
def create_visit(call: Call, form: VisitForm) -> Reply:
    """Apply for a visit, as a draft or (submit: true) straight into approval."""
    return _reply(visits.apply(call, _application(call, form), form.submit), 201)


@area.endpoint("GET", "/visits/{id}", action="visit:view", page="visit.html")
def show_visit(call: Call, id: str) -> Reply:
    """A visit with its visitors, passages, trail and what I can do now."""
    view = visits.view(call, id)
    return Reply(page_data(call, view), version=view.visit.version)


@area.endpoint("GET", "/visits/{id}/edit", action="visit:change", page="visit_form.html")
def edit_visit(call: Call, id: str) -> Reply:
    """The application form filled with a visit."""
    data = change_form(call, id)
    return Reply(data, version=data["visit"]["version"])


@area.endpoint(
    "POST",
    "/visits/{id}",
    action="visit:change",
    body=VisitForm,
    answer=VisitAnswer,
    page="visit_form.html",
    refill=change_form,
)
def change_visit(call: Call, id: str, form: VisitForm) -> Reply:
    """Replace what a draft, returned or withdrawn visit asks for."""
    return _reply(visits.change(call, id, _application(call, form), form.submit))


def _page(call: Call, id: str) -> dict[str, Any]:
    return page_data(call, visits.view(call, id))


@area.endpoint(
    "POST",
    "/visits/{id}/actions",
    action="visit:change",
    body=ActionForm,
    answer=VisitAnswer,
    page="visit.html",
    refill=_page,
)
def act_on_visit(call: Call, id: str, form: ActionForm) -> Reply:
    """Submit, withdraw or cancel a visit."""
    return _reply(visits.act(call, id, form.action))


def visit_data(visit: Visit) -> dict[str, Any]:
    """A visit as lists and pages show it."""
    hidden = ("department_path", "round")
    return {name: value for name, value in vars(visit).items() if name not in hidden}


def page_data(call: Call, view: visits.VisitView) -> dict[str, Any]:
    """Everything that a visit's page shows."""
    return {
        "visit": visit_data(view.visit),
        "visitors": view.visitors,
        "guests": [_guest_data(guest) for guest in view.guests],
        "passes": view.passes,
        "passages": view.passages,
        "site": _site_data(view.site, call.locale),
        "approval": _approval(call, view.running, view.names),
        "moves": view.moves,
    }


def _approval(call: Call, running: Running | None, names: dict[str, str]) -> dict[str, Any] | None:
    return approval_data(running, names, call.locale) if running else None


def _guest_data(guest: Any) -> dict[str, Any]:
    """A guest without the secrets that open the gate."""
    return {name: value for name, value in vars(guest).items() if name not in ("link", "nonce")}


def _site_data(site: Site, locale: str) -> dict[str, Any]:
    return {"id": site.id, "name": localised(site.name, locale), "time_zone": site.time_zone}


def _document_page(call: Call, visit_id: str) -> DocumentPage:
    view = visits.view(call, visit_id)
    return DocumentPage(page_data(call, view), view.visit.version, view.running, view.names)


DOCUMENT_PAGES["visit"] = _document_page
