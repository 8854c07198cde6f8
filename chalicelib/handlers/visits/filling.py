"""What the application form offers to choose from, and what stands in its fields before somebody types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.domain.errors import NotFound
from chalicelib.domain.sites import Resource, Site, localised
from chalicelib.domain.visits import Visit, Visitor, series_of
from chalicelib.handlers.visits import attached
from chalicelib.handlers.visits.reception import item_rows
from chalicelib.handlers.visits.shown import page_data
from chalicelib.services import directory, sites, standards, visits
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
        "people": names_in(call, typed or {}),
        "levels": [
            {"key": level.key, "name": localised(level.title, call.locale)}
            for level in standards.known(call.store, call.now).levels
        ],
        "me": {"id": call.me.id, "name": call.me.name},
        "time_zone": site.time_zone if site else call.me.time_zone,
    } | attached.inputs(call, None, typed or {})


def change_form(call: Call, id: str, typed: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What the form of an existing visit needs; raises Forbidden for those who may only see it."""
    view = visits.view(call, id)
    call.permit("visit:change", visits.resource_of(view.visit, view.approval.running if view.approval else None))
    values = values_of(view) | attached.kept(view.visit)
    named = {**values, **(typed or {})}
    data = new_form(call) | page_data(call, view) | {"values": values}
    return data | attached.inputs(call, view.visit, named) | {"people": names_in(call, named)}


def _first_values(call: Call, site: Site | None) -> dict[str, str]:
    """The next full hour at the site, for the usual length, received by the applicant."""
    zone = ZoneInfo(site.time_zone if site else call.me.time_zone)
    starts = call.now.astimezone(zone).replace(minute=0) + timedelta(hours=1)
    times = {"starts": _minutes(starts, zone), "ends": _minutes(starts + USUAL_LENGTH, zone)}
    return times | {"site": site.id if site else "", "host": call.me.id}


def values_of(view: visits.VisitView) -> dict[str, str]:
    """A visit as the fields of its form, without its files."""
    visit, zone = view.visit, ZoneInfo(view.site.time_zone)
    rows = {
        "visitors": [_visitor_row(visitor) for visitor in view.visitors],
        "team": [{"person": helper.person, "task": helper.task} for helper in visit.team],
        "resources": _booking_rows(visit, zone),
        "items": item_rows(visit),
    }
    flat = {
        f"{group}.{number}.{name}": str(value)
        for group, listed in rows.items()
        for number, row in enumerate(listed)
        for name, value in row.items()
    }
    return _times(visit, zone) | {name: str(getattr(visit, name)) for name in PLAIN} | flat


def _visitor_row(visitor: Visitor) -> dict[str, Any]:
    """A visitor's fields; of a document what it is called, never its number."""
    held = visitor.document
    document = {f"document_{name}": value for name, value in vars(held).items() if name != "mark"} if held else {}
    return {name: value for name, value in vars(visitor).items() if name != "document"} | document


PLAIN = ("site", "host", "purpose", "customer", "requirements", "level", "companions_allowed", "budget_reason")


def _times(visit: Visit, zone: ZoneInfo) -> dict[str, str]:
    first, series = visit.occurrences[0], series_of(visit.occurrences)
    weekly = {"series.every": str(series.every), "series.count": str(series.count)} if series else {}
    return {"starts": _minutes(first.starts, zone), "ends": _minutes(first.ends, zone)} | weekly


def _booking_rows(visit: Visit, zone: ZoneInfo) -> list[dict[str, str]]:
    """What is booked; times are left open where they are those of the visit, so that they move with it."""
    first = visit.occurrences[0]
    return [
        {
            "resource": each.resource,
            "starts": "" if each.starts == first.starts else _minutes(each.starts, zone),
            "ends": "" if each.ends == first.ends else _minutes(each.ends, zone),
        }
        for each in visit.bookings[:: len(visit.occurrences)]
    ]


def _minutes(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M")


def _people_in(values: Mapping[str, str]) -> set[str]:
    """Ids of colleagues among the form's fields."""
    return {text for name, text in values.items() if text and (name == "host" or name.endswith((".person", ".owner")))}


def names_in(call: Call, values: Mapping[str, str]) -> dict[str, str]:
    """The names of the colleagues among the form's fields, by id."""
    return names(call, _people_in(values))


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
    resources = [_resource_choice(each, locale) for each in site.resources]
    name = localised(site.name, locale)
    return {"id": site.id, "name": name, "time_zone": site.time_zone, "resources": resources}


def _resource_choice(each: Resource, locale: str) -> dict[str, Any]:
    return {"id": each.id, "kind": each.kind, "name": localised(each.name, locale), "seats": each.seats}
