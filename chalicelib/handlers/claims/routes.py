"""The routes of claims."""

from __future__ import annotations

from typing import Any

from chalicelib.handlers.answers import Reply
from chalicelib.handlers.approvals.shown import document_page
from chalicelib.handlers.claims.filling import change_form, new_form, prefilled
from chalicelib.handlers.claims.forms import (
    ClaimAction,
    ClaimAnswer,
    ClaimForm,
    ClaimsQuery,
    CorrectionsForm,
    NewQuery,
)
from chalicelib.handlers.claims.shown import list_data, page_data, page_of_claim
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.sheets import asked_of
from chalicelib.services import claims
from chalicelib.services.call import Answer, Call
from chalicelib.services.claims import StatedCorrection
from chalicelib.services.sheets import documents
from chalicelib.services.sheets.claims import SHEET

area = Area("chalicelib.handlers.claims")


@area.endpoint("GET", "/claims", action="claim:list", query=ClaimsQuery, page="claims.html", sheet=SHEET)
def list_claims(call: Call, query: ClaimsQuery) -> dict[str, Any]:
    """Claims, the newest first: mine, or those of a department or of all in a month."""
    page = documents.page(call, claims.register, asked_of(query), query.cursor, query.limit)
    return {
        "items": [list_data(each) for each in page.records],
        "next": page.next,
        "month": query.month or f"{call.now:%Y-%m}",
        "choices": [{"id": each.id, "name": each.name} for each in claims.register.departments(call)],
        "sees_all": claims.register.sees_all(call),
    }


@area.endpoint("GET", "/claims/new", action="claim:create", query=NewQuery, page="claim_form.html")
def new_claim(call: Call, query: NewQuery) -> dict[str, Any]:
    """The empty form, or one that is filled from a visit, a budget application, invoices or another claim."""
    return prefilled(call, query)


@area.endpoint(
    "POST",
    "/claims",
    action="claim:create",
    body=ClaimForm,
    answer=ClaimAnswer,
    status=201,
    page="claim_form.html",
    refill=new_form,
)
def create_claim(call: Call, form: ClaimForm) -> Answer:
    """Claim what was spent, as a draft or (submit: true) straight into approval, frozen in the budgets that pay."""
    return claims.start(call, form.stated(), form.submit)


@area.endpoint("GET", "/claims/{id}", action="claim:view", page="claim.html")
def show_claim(call: Call, id: str) -> Reply:
    """A claim with its lines, invoices, findings and payment, its trail and what I can do now."""
    view = claims.view(call, id)
    return Reply(page_data(call, view), version=view.claim.version)


@area.endpoint("GET", "/claims/{id}/edit", action="claim:change", page="claim_form.html")
def edit_claim(call: Call, id: str) -> Reply:
    """The form filled with a claim."""
    data = change_form(call, id)
    return Reply(data, version=data["claim"]["version"])


@area.endpoint(
    "POST",
    "/claims/{id}",
    action="claim:change",
    body=ClaimForm,
    answer=ClaimAnswer,
    page="claim_form.html",
    refill=change_form,
)
def change_claim(call: Call, id: str, form: ClaimForm) -> Answer:
    """State anew what a draft, returned or withdrawn claim says."""
    return claims.change(call, id, form.stated(), form.submit)


@area.endpoint(
    "POST",
    "/claims/{id}/actions",
    action="claim:view",
    body=ClaimAction,
    answer=ClaimAnswer,
    page="claim.html",
    refill=page_of_claim,
)
def act_on_claim(call: Call, id: str, form: ClaimAction) -> Answer:
    """Submit, withdraw or cancel a claim; finance reverses one that was paid."""
    if form.action == "reverse":
        return claims.reverse(call, id, form.reason)
    return claims.act(call, id, form.action)


def _document_again(call: Call, id: str) -> dict[str, Any]:
    return document_page(call, f"claim-{id}")


@area.endpoint(
    "POST",
    "/claims/{id}/corrections",
    action="approval:decide",
    body=CorrectionsForm,
    answer=ClaimAnswer,
    page="approval.html",
    refill=_document_again,
)
def correct_claim(call: Call, id: str, form: CorrectionsForm) -> Answer:
    """Grant less of some lines, or nothing, each with a reason: for whoever the claim waits for."""
    stated = [StatedCorrection(each.key, 0 if each.refused else each.sanctioned, each.refusal) for each in form.lines]
    return claims.correct_lines(call, id, stated)
