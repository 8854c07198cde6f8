"""What the application form offers to choose from, and what stands in its fields before somebody types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.domain.errors import NotFound
from chalicelib.domain.sites import Room, Site, localised
from chalicelib.domain.visits import Visit
from chalicelib.handlers.visits.shown import page_data
from chalicelib.services import directory, sites, visits
from chalicelib.services.call import Call
from chalicelib.services.permissions import COMPANY

USUAL_LENGTH = timedelta(hours=2)
PEOPLE_LIMIT = 40


def new_form(call: Call, typed: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What the empty form needs; of what was `typed` before a refusal, the names behind the ids."""
    call.permit("visit:create", COMPANY)
    known = sorted(sites.sites(call.store, call.now), key=lambda site: (site.id != call.me.site, site.id))
    site = known[0] if known else None
    return {
        "visit": None,
        "values": _first_values(call, site),
        "sites": [_site_choice(each, call.locale) for each in known],
        "people": names(call, _people_in(typed or {})),
        "me": {"id": call.me.id, "name": call.me.name},
        "time_zone": site.time_zone if site else call.me.time_zone,
    }


def change_form(call: Call, id: str, typed: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What the form of an existing visit needs; raises Forbidden for those who may only see it."""
    view = visits.view(call, id)
    call.permit("visit:change", visits.resource_of(view.visit, view.approval.running if view.approval else None))
    values = values_of(view)
    data = new_form(call) | page_data(call, view) | {"values": values}
    return data | {"people": names(call, _people_in({**values, **(typed or {})}))}


def _first_values(call: Call, site: Site | None) -> dict[str, str]:
    """The next full hour at the site, for the usual length, received by the applicant."""
    zone = ZoneInfo(site.time_zone if site else call.me.time_zone)
    starts = call.now.astimezone(zone).replace(minute=0) + timedelta(hours=1)
    times = {"starts": _minutes(starts, zone), "ends": _minutes(starts + USUAL_LENGTH, zone)}
    return times | {"site": site.id if site else "", "host": call.me.id}


def values_of(view: visits.VisitView) -> dict[str, str]:
    """A visit as the fields of its form."""
    visit, zone = view.visit, ZoneInfo(view.site.time_zone)
    rows = {
        "visitors": [vars(visitor) for visitor in view.visitors],
        "team": [{"person": helper.person, "task": helper.task} for helper in visit.team],
        "rooms": _room_rows(visit, zone),
    }
    flat = {
        f"{group}.{number}.{name}": str(value)
        for group, listed in rows.items()
        for number, row in enumerate(listed)
        for name, value in row.items()
    }
    times = {"starts": _minutes(visit.starts, zone), "ends": _minutes(visit.ends, zone)}
    plain = {name: getattr(visit, name) for name in ("site", "host", "purpose", "requirements")}
    return times | plain | flat


def _room_rows(visit: Visit, zone: ZoneInfo) -> list[dict[str, str]]:
    """The rooms; times are left open where they are those of the visit, so that they move with it."""
    return [
        {
            "room": use.room,
            "starts": "" if use.starts == visit.starts else _minutes(use.starts, zone),
            "ends": "" if use.ends == visit.ends else _minutes(use.ends, zone),
        }
        for use in visit.rooms
    ]


def _minutes(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M")


def _people_in(values: Mapping[str, str]) -> set[str]:
    """Ids of the host and the team among the form's fields."""
    return {text for name, text in values.items() if text and (name == "host" or name.endswith(".person"))}


def names(call: Call, ids: Iterable[str]) -> dict[str, str]:
    """People's names by id; ids of nobody are left out, and of more than PEOPLE_LIMIT the rest."""
    found = {}
    for each in sorted(ids)[:PEOPLE_LIMIT]:
        try:
            found[each] = directory.person(call.store, each, call.now).name
        except NotFound:
            continue
    return found


def _site_choice(site: Site, locale: str) -> dict[str, Any]:
    rooms = [_room_choice(room, locale) for room in site.rooms]
    return {"id": site.id, "name": localised(site.name, locale), "time_zone": site.time_zone, "rooms": rooms}


def _room_choice(room: Room, locale: str) -> dict[str, Any]:
    return {"id": room.id, "name": localised(room.name, locale), "seats": room.seats}
