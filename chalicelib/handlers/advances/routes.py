"""The routes of advances."""

from __future__ import annotations

from typing import Any

from chalicelib.handlers.advances.forms import (
    AccountAnswer,
    AccountForm,
    AdvanceAction,
    AdvanceAnswer,
    AdvanceForm,
    AdvancesQuery,
    AgeingQuery,
    NewAdvanceQuery,
    TermsChanged,
    TermsForm,
)
from chalicelib.handlers.advances.shown import (
    ageing_data,
    blank_form,
    change_form,
    mine_data,
    new_form_again,
    page_data,
    terms_data,
)
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.endpoint import Area
from chalicelib.services import advances
from chalicelib.services.call import Answer, Call
from chalicelib.services.sheets.advances import SHEET

area = Area("chalicelib.handlers.advances")

LIST, VIEW, MANAGE = "advance:list", "advance:view", "advance:manage"


@area.endpoint("GET", "/advances", action=LIST, query=AdvancesQuery, page="advances.html")
def list_advances(call: Call, query: AdvancesQuery) -> dict[str, Any]:
    """My advances, the newest first, with what I owe; for who keeps advances, those of another person."""
    return mine_data(call, query.person or "", query.cursor, query.limit)


@area.endpoint("GET", "/advances/new", action="advance:create", query=NewAdvanceQuery, page="advance_form.html")
def new_advance(call: Call, query: NewAdvanceQuery) -> dict[str, Any]:
    """The form of a new advance, filled in from an approved visit of one's own."""
    return blank_form(call, query.visit or "")


@area.endpoint(
    "POST",
    "/advances",
    action="advance:create",
    body=AdvanceForm,
    answer=AdvanceAnswer,
    status=201,
    page="advance_form.html",
    refill=new_form_again,
)
def create_advance(call: Call, form: AdvanceForm) -> Answer:
    """Ask for an advance, as a draft or (submit: true) straight into approval."""
    return advances.apply(call, form.stated(), form.submit)


@area.endpoint("GET", "/advances/ageing", action=LIST, query=AgeingQuery, page="advance_ageing.html", sheet=SHEET)
def show_ageing(call: Call, query: AgeingQuery) -> dict[str, Any]:
    """What is owed of advances by department and person, and for how long."""
    return ageing_data(call, query.department or "")


@area.endpoint("GET", "/advances/terms", action=MANAGE, page="advance_terms.html")
def show_terms(call: Call) -> Reply:
    """The rules for advances: limits, what follows when they are passed, reminders."""
    data = terms_data(call)
    return Reply(data, version=data["version"])


@area.endpoint(
    "POST",
    "/advances/terms",
    action=MANAGE,
    body=TermsForm,
    answer=TermsChanged,
    page="advance_terms.html",
    refill=terms_data,
)
def set_terms(call: Call, form: TermsForm) -> Answer:
    """State the rules for advances anew."""
    return advances.set_terms(call, form.terms(), form.stated_limits())


@area.endpoint("GET", "/advances/{id}", action=VIEW, page="advance.html")
def show_advance(call: Call, id: str) -> Reply:
    """An advance with its account, its trail and what I can do now."""
    data = page_data(call, id)
    return Reply(data, version=data["advance"]["version"])


@area.endpoint("GET", "/advances/{id}/edit", action="advance:change", page="advance_form.html")
def edit_advance(call: Call, id: str) -> Reply:
    """The form filled with an advance."""
    data = change_form(call, id)
    return Reply(data, version=data["advance"]["version"])


@area.endpoint(
    "POST",
    "/advances/{id}",
    action="advance:change",
    body=AdvanceForm,
    answer=AdvanceAnswer,
    page="advance_form.html",
    refill=change_form,
)
def change_advance(call: Call, id: str, form: AdvanceForm) -> Answer:
    """State anew what is asked for, of a draft or of a returned or withdrawn advance."""
    return advances.change(call, id, form.stated(), form.submit)


@area.endpoint(
    "POST",
    "/advances/{id}/actions",
    action="advance:change",
    body=AdvanceAction,
    answer=AdvanceAnswer,
    page="advance.html",
    refill=page_data,
)
def act_on_advance(call: Call, id: str, form: AdvanceAction) -> Answer:
    """Submit, withdraw or cancel an advance."""
    return advances.act(call, id, form.action)


@area.endpoint(
    "POST",
    "/advances/{id}/account",
    action=MANAGE,
    body=AccountForm,
    answer=AccountAnswer,
    page="advance.html",
    refill=page_data,
)
def keep_account(call: Call, id: str, form: AccountForm) -> Answer:
    """Take money back, plan a deduction from salary or say what became of it, pay in parts, or pay no more."""
    match form.action:
        case "return":
            return advances.take_back(call, id, form.amount, form.method, form.reference, form.reason)
        case "schedule":
            return advances.schedule(call, id, form.amount, form.month, form.reason)
        case "deduct":
            return advances.deduct(call, id, form.deduction or "")
        case "unschedule":
            return advances.unschedule(call, id, form.deduction or "", form.reason)
        case "divide":
            return advances.divide(call, id, form.part)
        case "waive":
            return advances.waive(call, id)
