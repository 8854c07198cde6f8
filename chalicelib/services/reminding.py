"""The day before a visit: its visitors get a text message, its host and team a notice."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import batched
from typing import cast

from chalicelib.domain.errors import Contention
from chalicelib.domain.invitations import Guest
from chalicelib.domain.visits import Visit
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import Check, Query
from chalicelib.models.visits import VisitItem
from chalicelib.services import sites
from chalicelib.services.call import Call
from chalicelib.services.directory.reading import every
from chalicelib.services.notifications import intend, intention, not_intended, notify

BEFORE = timedelta(hours=24)
BATCH = 90


def remind_at(visit: Visit) -> datetime:
    """When the reminders go out (UTC)."""
    return visit.starts - BEFORE


def remind(call: Call, visit: Visit, public_url: str) -> None:
    """Remind everybody once. Nobody is reminded of a visit that was approved within BEFORE of its start."""
    if visit.status != "approved" or (visit.approved_at and visit.approved_at >= remind_at(visit)):
        return
    site = sites.site(call.store, visit.site, call.now)
    items = every(call.store, Query(ReceptionTable, f"visit#{visit.id}", prefix="visitor#", limit=1000))
    guests = [cast(Guest, item.to(Guest)) for item in items if item.status == "invited"]
    still = Check(VisitItem.at(visit.id), {"version": visit.version}, Contention())
    intents = [intention(call, "reminder", visit, site, guest, public_url) for guest in guests]
    for batch in batched(intents, BATCH, strict=False):
        new = not_intended(call, batch)
        if new:
            call.commit({}, still, *(intend(intent) for intent in new))
    tell(call, visit, "visit_tomorrow")


def tell(call: Call, visit: Visit, template: str) -> None:
    """Give host and team the notice `template` about the visit, once for each round."""
    site = sites.site(call.store, visit.site, call.now)
    facts = {
        "party": visit.party,
        "number": visit.number,
        "starts": visit.starts.isoformat(),
        "ends": visit.ends.isoformat(),
        "time_zone": site.time_zone,
    }
    cause = f"{visit.id}#{template}#{visit.round}"
    notify(call, cause, sorted(visit.people), template, facts, f"/visits/{visit.id}")
