"""Guests without appointment (临时访客): registered by the guard, decided by the host, then visitors like others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from chalicelib.domain.errors import FieldError, Invalid, NotFound
from chalicelib.domain.visits import Application, Visit, Visitor
from chalicelib.models.gate import GuestItem
from chalicelib.models.visits import VisitItem
from chalicelib.services import sites, visits, watchlist
from chalicelib.services.call import Answer, Call
from chalicelib.services.gate.places import find_gate, resource

LASTS = timedelta(hours=8)
"""How long a guest who came without appointment may stay."""


@dataclass(frozen=True)
class WalkIn:
    """Who stands at the gate, to whom, and why."""

    visitor: Visitor
    host: str
    purpose: str


def register(call: Call, gate: str, guest: WalkIn) -> Answer:
    """Put a guest without appointment to their host, as a visit that begins now.

    Raises Invalid for a host who is not there, or for somebody on the block list.
    """
    site, _ = find_gate(call, gate)
    call.permit("gate:scan", resource(site))
    held = watchlist.hits_items(call, watchlist.known_of(guest.visitor).keys)
    hit = watchlist.strictest_of(held.values(), call.now)
    if hit and hit.list == "block":
        raise Invalid(FieldError("name", "walk_in_blocked"))
    asked = Application(
        site=site.id,
        starts=call.now,
        ends=call.now + LASTS,
        host=guest.host,
        purpose=guest.purpose,
        visitors=(guest.visitor,),
        walk_in=True,
    )
    return visits.apply(call, asked, submit_now=True, shown_at=lambda id: f"/gate/walkins/{id}?gate={gate}")


def walk_in(call: Call, visit_id: str) -> dict[str, Any]:
    """How far a guest without appointment is; `ready` once the gate lets them in."""
    head, guest = call.store.get(VisitItem.at(visit_id), GuestItem.at(visit_id, 1))
    if head is None or not head.walk_in:
        raise NotFound
    visit: Visit = head.to(Visit)
    site = sites.site(call.store, visit.site, call.now)
    call.permit("gate:view", resource(site), unseen=True)
    return {
        "id": visit.id,
        "status": visit.status,
        "ready": visit.status == "approved" and guest is not None,
        "name": visit.party,
        "host": visit.host_name,
        "host_phone": visit.host_phone,
        "purpose": visit.purpose,
        "reservation": f"{visit.number}-1",
        "since": visit.created_at,
        "site": site.id,
        "time_zone": site.time_zone,
    }
