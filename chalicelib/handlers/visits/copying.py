"""The application form filled with an earlier visit, on the same weekday and at the same hour of a week to come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.handlers.visits.filling import names_in, new_form, values_of
from chalicelib.handlers.visits.routes import area
from chalicelib.services import visits
from chalicelib.services.call import Call

WEEK = timedelta(weeks=1)


@area.endpoint("GET", "/visits/{id}/copy", action="visit:view", page="visit_form.html", policy="upload")
def copy_visit(call: Call, id: str) -> dict[str, Any]:
    """The application form filled with another visit, for a week to come; its files stay with it."""
    view = visits.view(call, id)
    zone = ZoneInfo(view.site.time_zone)
    starts = view.visit.occurrences[0].starts.astimezone(zone).replace(tzinfo=None)
    weeks = weeks_until(starts, call.now.astimezone(zone).replace(tzinfo=None))
    values = shifted(without_documents(values_of(view)), weeks) | {"budget_reason": ""}
    return new_form(call) | {"values": values, "people": names_in(call, values)}


def without_documents(values: Mapping[str, str]) -> dict[str, str]:
    """The fields of the form without identity documents: a sealed number is that of one visit alone."""
    return {name: value for name, value in values.items() if ".document_" not in name}


def weeks_until(starts: datetime, now: datetime) -> timedelta:
    """How many whole weeks, one at least, bring `starts` after `now`, both on the same clock."""
    return max(1, (now - starts) // WEEK + 1) * WEEK


def shifted(values: Mapping[str, str], by: timedelta) -> dict[str, str]:
    """The fields of the form with every day and time moved; the hour of the clock stays."""
    return {name: _moved(name.rpartition(".")[2], value, by) for name, value in values.items()}


def _moved(name: str, value: str, by: timedelta) -> str:
    if not value:
        return value
    if name in ("starts", "ends"):
        return (datetime.fromisoformat(value) + by).strftime("%Y-%m-%dT%H:%M")
    return (date.fromisoformat(value) + by).isoformat() if name == "day" else value
