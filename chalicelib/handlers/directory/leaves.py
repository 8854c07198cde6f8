"""The routes of leave: noting it, ending it, and who is away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import ConfigDict, Field

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.handlers.directory.area import area
from chalicelib.handlers.fields import Answered, Id, Strict
from chalicelib.services import directory, leaves
from chalicelib.services.call import Call
from chalicelib.services.directory import people


class LeaveForm(Strict):
    """From when until when somebody is away, and who decides for them; times without a zone are the caller's own."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    substitute: Id
    starts: datetime = Field(alias="from")
    ends: datetime = Field(alias="until")


class LeaveAction(Strict):
    """Back early, or not going at all."""

    action: Literal["end"]


class LeaveAnswer(Answered):
    """What was noted; `substitute_away` says from when until when the substitute is away within the leave."""

    id: str
    version: int
    location: str
    substitute_away: tuple[datetime, datetime] | None = None


class Look(Strict):
    """A page without filters."""

    lang: str | None = Field(default=None, max_length=10)


@area.endpoint("GET", "/people/away", action="company:view", query=Look, page="people_away.html")
def away(call: Call, query: Look) -> dict[str, Any]:
    """Who is away at this moment, and who decides for them."""
    return {"items": [leave_data(each) for each in leaves.away(call)]}


@area.endpoint("GET", "/people/{id}/leave", action="profile:change", page="leave.html")
def leave_page(call: Call, id: str, typed: Mapping[str, str] | None = None) -> dict[str, Any]:
    """A person's leave. After a refusal, the name behind what was `typed`, too."""
    leaves.permit(call, id)
    person = people.view(call, id)
    absence = leaves.absence(call, person)
    chosen = {(typed or {}).get("substitute", ""), person.substitute or ""} - {""}
    return {
        "person": {"id": person.id, "name": person.name},
        "leave": leave_data(absence) if absence else None,
        "known": directory.People(call.store, call.now).named(sorted(chosen)),
    }


@area.endpoint(
    "POST",
    "/people/{id}/leave",
    action="profile:change",
    body=LeaveForm,
    answer=LeaveAnswer,
    page="leave.html",
    refill=leave_page,
)
def take_leave(call: Call, id: str, form: LeaveForm) -> dict[str, Any]:
    """Note a leave in the place of any other."""
    return leaves.take(call, id, form.substitute, _moment(call, "from", form.starts), _moment(call, "until", form.ends))


@area.endpoint("POST", "/people/{id}/leave/actions", action="profile:change", body=LeaveAction, answer=LeaveAnswer)
def end_leave(call: Call, id: str, form: LeaveAction) -> dict[str, Any]:
    """End a leave early, or call it off."""
    return leaves.end(call, id)


def leave_data(absence: leaves.Absence) -> dict[str, Any]:
    """A leave as pages and programs read it."""
    leave = absence.leave
    return {
        "person": {"id": leave.person, "name": absence.name},
        "from": leave.starts,
        "until": leave.ends,
        "substitute": {"id": leave.substitute, "name": absence.substitute_name} if leave.substitute else None,
        "begun": absence.begun,
        "substitute_away": absence.clash,
    }


def _moment(call: Call, path: str, given: datetime) -> datetime:
    """The time in UTC; raises Invalid where the calendar has no such time."""
    local = given if given.tzinfo else given.replace(tzinfo=ZoneInfo(call.me.time_zone))
    try:
        return local.astimezone(UTC)
    except OverflowError as error:
        raise Invalid(FieldError(path, "bad_format")) from error
