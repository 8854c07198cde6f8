"""A visit's archive as a page and as data."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chalicelib.domain.sites import localised
from chalicelib.handlers.visits.routes import area
from chalicelib.services import archives, sites
from chalicelib.services.call import Call

TIMES = ("first_in", "last_out", "starts", "ends", "at_time", "due", "done_at")


@area.endpoint("GET", "/visits/{id}/archive", action="visit:view", page="visit_archive.html")
def show_archive(call: Call, id: str) -> dict[str, Any]:
    """All that was known of a visit when it was over, as it was archived."""
    archive = archives.view(call, id)
    content = archive.content
    known = sites.site(call.store, archive.visit.site, call.now).gates
    gates = {gate.id: localised(gate.name, call.locale) for gate in known}
    return {
        "visit": {"id": archive.visit.id, "number": archive.visit.number, "party": archive.visit.party},
        "content": content,
        "days": [_times(each) for each in content["passes"]],
        "passages": [_times(each) | {"gate": gates.get(each["gate"], each["gate"])} for each in content["passages"]],
        "checklist": [_times(each) for each in content["checklist"]],
        "bookings": [_times(each) for each in content["visit"]["bookings"]],
        "archived_at": archive.archived_at,
        "sha256": archive.sha256,
        "whole": archive.whole,
        "time_zone": archive.visit.time_zone,
    }


def _times(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its times as times."""
    return row | {name: datetime.fromisoformat(row[name]) for name in TIMES if row.get(name)}
