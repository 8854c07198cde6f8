"""A visit's archive as a page and as data."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from chalicelib.domain.approvals import Entry
from chalicelib.domain.archives import costs
from chalicelib.domain.sites import localised
from chalicelib.handlers.approvals.shown import entry_data
from chalicelib.handlers.visits.routes import area
from chalicelib.handlers.visits.shown import level_name
from chalicelib.services import sites
from chalicelib.services.call import Call

TIMES = ("first_in", "last_out", "starts", "ends", "at_time", "due", "done_at")


@area.endpoint("GET", "/visits/{id}/archive", action="visit:view", page="visit_archive.html")
def show_archive(call: Call, id: str) -> dict[str, Any]:
    """All that was known of a visit when it was over, as it was archived."""
    from chalicelib.services import archives

    archive = archives.view(call, id)
    content = archive.content
    known = sites.site(call.store, archive.visit.site, call.now).gates
    gates = {gate.id: localised(gate.name, call.locale) for gate in known}
    return {
        "visit": {"id": archive.visit.id, "number": archive.visit.number, "party": archive.visit.party},
        "content": content,
        "level_name": level_name(call, content["visit"]["level"]),
        "costs": costs(content["visit"]["estimate"]),
        "approvals": [_approval(each, call.locale) for each in content["approvals"]],
        **{name: datetime.fromisoformat(content["visit"][name]) for name in ("starts", "ends")},
        "days": [_times(each) for each in content["passes"]],
        "passages": [_times(each) | {"gate": gates.get(each["gate"], each["gate"])} for each in content["passages"]],
        "checklist": [_times(each) for each in content["checklist"]],
        "bookings": [_times(each) for each in content["visit"]["bookings"]],
        "archived_at": archive.archived_at,
        "sha256": archive.sha256,
        "whole": archive.whole,
        "time_zone": archive.visit.time_zone,
    }


def _approval(kept: dict[str, Any], locale: str) -> dict[str, Any]:
    """An archived approval as pages show a trail: nobody is awaited any more."""
    titles = {key: localised(title, locale) for key, title in kept["steps"].items()}
    trail = TypeAdapter(list[Entry]).validate_python(kept["trail"])
    return {"waiting": [], "trail": [entry_data(entry, kept["names"], titles) for entry in trail]}


def _times(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its times as times."""
    return row | {name: datetime.fromisoformat(row[name]) for name in TIMES if row.get(name)}
