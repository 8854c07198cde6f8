"""The routes of visits."""

from __future__ import annotations

from typing import Any

from chalicelib.domain.errors import IllegalMove
from chalicelib.domain.visits import Application, Visit
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.sheets import ListQuery
from chalicelib.handlers.visits.filling import change_form, new_form
from chalicelib.handlers.visits.forms import ActionForm, VisitAnswer, VisitForm, application
from chalicelib.handlers.visits.shown import list_data, page_data, page_of_visit
from chalicelib.services import visits
from chalicelib.services.call import Call
from chalicelib.services.sheets.visits import SHEET

area = Area("chalicelib.handlers.visits")


def _reply(answer: dict[str, Any], status: int = 200) -> Reply:
    return Reply(answer, status=status, location=answer["location"], version=answer["version"])


def _asked(call: Call, form: VisitForm) -> Application:
    return application(form, call.me.id, visits.currency_at(call, form.site))


@area.endpoint("GET", "/visits", action="visit:list", query=ListQuery, page="visits.html", sheet=SHEET)
def list_visits(call: Call, query: ListQuery) -> dict[str, Any]:
    """My visits, latest first."""
    page = visits.mine(call, query.cursor, query.limit)
    return {"items": [list_data(call, item.to(Visit)) for item in page.items], "next": page.cursor}


@area.endpoint("GET", "/visits/new", action="visit:create", page="visit_form.html", policy="upload")
def new_visit(call: Call) -> dict[str, Any]:
    """The application form, and what there is to choose from."""
    return new_form(call)


@area.endpoint(
    "POST",
    "/visits",
    action="visit:create",
    body=VisitForm,
    answer=VisitAnswer,
    status=201,
    page="visit_form.html",
    policy="upload",
    refill=new_form,
)
def create_visit(call: Call, form: VisitForm) -> Reply:
    """Apply for a visit, as a draft or (submit: true) straight into approval."""
    return _reply(visits.apply(call, _asked(call, form), form.submit), 201)


@area.endpoint("GET", "/visits/{id}", action="visit:view", page="visit.html")
def show_visit(call: Call, id: str) -> Reply:
    """A visit with its visitors, passages, trail and what I can do now."""
    view = visits.view(call, id)
    return Reply(page_data(call, view), version=view.visit.version)


@area.endpoint("GET", "/visits/{id}/edit", action="visit:change", page="visit_form.html", policy="upload")
def edit_visit(call: Call, id: str) -> Reply:
    """The application form filled with a visit."""
    data = change_form(call, id)
    if not {"change", "amend"} & set(data["moves"]):
        raise IllegalMove("visit_illegal_move", state=data["visit"]["status"], move="change")
    return Reply(data, version=data["visit"]["version"])


@area.endpoint(
    "POST",
    "/visits/{id}",
    action="visit:change",
    body=VisitForm,
    answer=VisitAnswer,
    page="visit_form.html",
    policy="upload",
    refill=change_form,
)
def change_visit(call: Call, id: str, form: VisitForm) -> Reply:
    """Replace what a draft, returned or withdrawn visit asks for, or change an approved one."""
    return _reply(visits.change(call, id, _asked(call, form), form.submit))


@area.endpoint(
    "POST",
    "/visits/{id}/actions",
    action="visit:change",
    body=ActionForm,
    answer=VisitAnswer,
    page="visit.html",
    refill=page_of_visit,
)
def act_on_visit(call: Call, id: str, form: ActionForm) -> Reply:
    """Submit, withdraw or cancel a visit, or take back a change of it."""
    return _reply(visits.act(call, id, form.action))
