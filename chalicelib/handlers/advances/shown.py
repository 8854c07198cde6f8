"""What lists and pages show of advances."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.domain.advances import Advance, Movement
from chalicelib.domain.errors import IllegalMove
from chalicelib.handlers.approvals.shown import DOCUMENT_PAGES, DocumentPage, approval_data
from chalicelib.handlers.visits.filling import names
from chalicelib.services import advances, directory
from chalicelib.services.call import Call
from chalicelib.services.permissions import COMPANY, Resource
from chalicelib.web.history.kinds import ACTORS
from chalicelib.web.i18n import translator
from chalicelib.web.money import amount

MANAGE = "advance:manage"
HIDDEN = ("department_path", "round", "payables", "parts", "remind_at")
"""What only the product itself needs."""
PLACES = {"claim": "/claims/{}", "visit": "/visits/{}", "payment": "/payments/{}"}
"""Where the documents are shown that an advance comes from, or that clear or pay it."""


def list_data(call: Call, advance: Advance) -> dict[str, Any]:
    """An advance as lists show it: its facts and figures, what is owed of it, and whether its day is over."""
    facts = {name: value for name, value in vars(advance).items() if name not in HIDDEN}
    today = call.now.astimezone(ZoneInfo(call.me.time_zone)).date()
    figures = {"outstanding": advance.outstanding, "free": advance.free, "unpaid": advance.unpaid}
    return facts | figures | {"overdue": advance.overdue(today)}


def mine_data(call: Call, person: str = "", cursor: str | None = None, limit: int = 50) -> dict[str, Any]:
    """Somebody's advances, and what they owe by currency."""
    found = advances.listed(call, person, cursor, limit)
    whose = directory.person(call.store, person, call.now).name if person else ""
    return {
        "items": [list_data(call, each) for each in found.advances],
        "owed": [{"currency": each, "amount": sum, "due": due} for each, (sum, due) in found.owed.items()],
        "next": found.next,
        "whose": "" if person == call.me.id else whose,
        "ages": call.may("advance:list", Resource("Advance", "all")) or bool(call.heads),
        "manages": call.may(MANAGE, COMPANY),
    }


def page_data(call: Call, id: str) -> dict[str, Any]:
    """Everything that an advance's page shows."""
    return view_data(call, advances.view(call, id))


def view_data(call: Call, view: advances.AdvanceView) -> dict[str, Any]:
    """The same of what was read."""
    advance = view.advance
    people = names(call, {each.by for each in view.movements if ":" not in each.by})
    return {
        "advance": list_data(call, advance) | {"place": _place(advance.source_kind, advance.source)},
        "movements": [_movement_data(call, each, people) for each in reversed(view.movements)],
        "approval": approval_data(view.approval, call.locale) if view.approval else None,
        "moves": view.moves,
        "manages": view.manages,
        "divisible": bool(advance.payables),
        "free": amount(advance.free, advance.currency),
        "month": f"{call.now.astimezone(ZoneInfo(call.me.time_zone)):%Y-%m}",
    }


def _movement_data(call: Call, movement: Movement, people: dict[str, str]) -> dict[str, Any]:
    """A movement with the name of who made it, or the word for the rule that did."""
    rule = ACTORS.get(movement.by, "")
    name = people.get(movement.by) or (translator(call.locale).gettext(rule) if rule else "")
    return vars(movement) | {"by_name": name, "place": _place(movement.document_kind, movement.document)}


def _place(kind: str, id: str) -> str:
    return PLACES[kind].format(id) if kind in PLACES and id else ""


def blank_form(call: Call, visit: str = "") -> dict[str, Any]:
    """The form of a new advance, filled in from an approved visit of one's own."""
    found = advances.proposals(call, visit)
    today = call.now.astimezone(ZoneInfo(call.me.time_zone)).date()
    values = {"currency": "CNY", "due": (today + timedelta(advances.due_days(call))).isoformat(), "visit": visit}
    chosen = next((each for each in found if each.visit == visit), None)
    if chosen:
        values |= {"due": max(chosen.due, today).isoformat(), "purpose": chosen.party}
    if chosen and chosen.amount:
        values |= {"amount": amount(chosen.amount, chosen.currency), "currency": chosen.currency}
    return {"advance": None, "visits": [vars(each) for each in found], "values": values, "proposed": chosen is not None}


def new_form_again(call: Call, typed: dict[str, str]) -> dict[str, Any]:
    """The same form after a refusal."""
    return blank_form(call, typed.get("visit", "")) | {"values": {}}


def change_form(call: Call, id: str) -> dict[str, Any]:
    """The form filled with an advance. Raises Forbidden for who may only see it, IllegalMove when it cannot be
    changed now."""
    view = advances.view(call, id)
    own = view.advance
    call.permit("advance:change", advances.resource_of(own, view.approval.running if view.approval else None))
    if "change" not in view.moves:
        raise IllegalMove("advance_illegal_move", state=own.status, move="change")
    visit = own.source if own.source_kind == "visit" else ""
    values = {"purpose": own.purpose, "currency": own.currency, "due": own.due.isoformat(), "reason": own.reason}
    values |= {"amount": amount(own.amount, own.currency), "visit": visit}
    found = advances.proposals(call, visit)
    shown = {"advance": list_data(call, own), "visits": [vars(each) for each in found], "proposed": False}
    return shown | {"values": values}


def terms_data(call: Call) -> dict[str, Any]:
    """The rules for advances as their form shows them."""
    terms = advances.terms(call)
    values = {name: str(getattr(terms, name)) for name in ("over_limit", "overdue", "days", "before", "every")}
    for row, each in enumerate(terms.limits):
        limit = {"grade": each.grade, "currency": each.currency, "amount": amount(each.amount, each.currency)}
        values |= {f"limits.{row}.{name}": text for name, text in limit.items()}
    return {"terms": vars(terms), "version": terms.version, "values": values}


def ageing_data(call: Call, department: str = "") -> dict[str, Any]:
    """What is owed by person and by department."""
    found = advances.ageing(call, department)
    known = {each.id: each.name for each in directory.departments(call.store, call.now)}

    def shown(row: advances.Aged) -> dict[str, Any]:
        return vars(row) | {"total": row.total, "department_name": known.get(row.department, row.department)}

    return {
        "items": [shown(row) for row in found.rows],
        "departments": [shown(row) for row in found.departments],
        "choices": [{"id": id, "name": name} for id, name in known.items()],
        "manages": call.may(MANAGE, COMPANY),
    }


def _document_page(call: Call, id: str) -> DocumentPage:
    view = advances.view(call, id)
    return DocumentPage(view_data(call, view), view.advance.version, view.approval)


DOCUMENT_PAGES["advance"] = _document_page
