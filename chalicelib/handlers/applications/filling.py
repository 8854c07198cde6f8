"""What the form of a budget application offers to choose from, and what stands in its fields before somebody types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from chalicelib.domain.applications import Asked, Row, fields_of, usual_category
from chalicelib.domain.errors import IllegalMove, NotFound
from chalicelib.domain.sites import localised
from chalicelib.domain.visits import Visit
from chalicelib.handlers.applications.shown import page_data
from chalicelib.services import applications, expenses
from chalicelib.services.applications.form import currency_of, site_for, today_at
from chalicelib.services.applications.visiting import prefilled, seen
from chalicelib.services.call import Call
from chalicelib.services.permissions import COMPANY
from chalicelib.web.money import amount

WEEK = timedelta(weeks=1)


def new_form(call: Call, typed: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What the empty form needs; of what was `typed` before a refusal, the visit that it is for."""
    call.permit("application:create", COMPANY)
    return _form(call, (typed or {}).get("visit", ""))


def form_for(call: Call, visit_id: str) -> dict[str, Any]:
    """The form filled with what a visit asks for; raises NotFound for one that the person may not see."""
    call.permit("application:create", COMPANY)
    visit = seen(call, visit_id)
    data = _form(call, visit.id)
    asked = prefilled(visit)
    own = {} if asked.rows else {"rows.0.type": "meals", "rows.0.day": data["today"].isoformat()}
    return data | {"values": values_of(asked, data["currency"]) | own}


def copy_form(call: Call, id: str) -> dict[str, Any]:
    """The form filled with an earlier application, on the same weekdays of weeks to come; without its visit."""
    application = applications.view(call, id).application
    call.permit("application:create", COMPANY)
    data = _form(call)
    weeks = _weeks_until(application.first_day, data["today"])
    rows = tuple(_moved(row, weeks) for row in application.rows)
    return data | {"values": values_of(Asked(application.purpose, rows), application.currency)}


def change_form(call: Call, id: str, typed: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What the form of an existing application needs.

    Raises Forbidden for those who may only see it, IllegalMove where it cannot be changed now.
    """
    view = applications.view(call, id)
    application = view.application
    call.permit("application:change", applications.resource_of(application))
    if "change" not in view.moves:
        raise IllegalMove("application_illegal_move", state=application.status, move="change")
    asked = Asked(application.purpose, application.rows, application.visit, application.budget_reason)
    values = values_of(asked, application.currency)
    visit = {"visit_id": application.visit, "visit_number": application.visit_number}
    return _form(call, application.visit) | visit | page_data(call, view) | {"values": values}


def _form(call: Call, visit_id: str = "") -> dict[str, Any]:
    visit = _visit_or_none(call, visit_id)
    site = site_for(call, visit.site if visit else "")
    today = today_at(call, site)
    known = expenses.known(call.store, call.now).active
    return {
        "application": None,
        "visit_id": visit.id if visit else "",
        "visit_number": visit.number if visit else "",
        "currency": currency_of(site),
        "today": today,
        "categories": [{"key": each.key, "name": localised(each.title, call.locale)} for each in known],
        "values": {"rows.0.type": "meals", "rows.0.day": today.isoformat()},
    }


def _visit_or_none(call: Call, visit_id: str) -> Visit | None:
    """The visit; one that was typed and that the person may not see is none."""
    try:
        return seen(call, visit_id) if visit_id else None
    except NotFound:
        return None


def values_of(asked: Asked, currency: str) -> dict[str, str]:
    """What is asked for as the fields of the form."""
    flat = {
        f"rows.{number}.{name}": text
        for number, row in enumerate(asked.rows)
        for name, text in _fields(row, row.currency or currency)
    }
    own = {"purpose": asked.purpose, "visit": asked.visit, "budget_reason": asked.budget_reason}
    return own | flat


def _fields(row: Row, currency: str) -> Iterable[tuple[str, str]]:
    """The fields of a row that say something; a category that is the usual one is left to the type."""
    yield from ((name, str(value)) for name in (*_PLAIN, *fields_of(row.type)) if (value := getattr(row, name)))
    if row.category and row.category != usual_category(row.type, row.travel):
        yield "category", row.category
    yield from ((name, amount(value, currency)) for name in _SUMS if (value := getattr(row, name)) is not None)


_PLAIN = ("type", "day", "until", "currency", "project", "customer", "note")
_SUMS = ("price", "amount")


def _weeks_until(first: date, today: date) -> timedelta:
    """How many whole weeks bring the first day to today or later; none where it is still to come."""
    return max(0, -((first - today) // WEEK)) * WEEK


def _moved(row: Row, by: timedelta) -> Row:
    return replace(row, day=row.day + by, until=row.until + by if row.until else None)
