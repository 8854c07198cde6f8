"""Badges at the gates: handing out, taking back, giving up for lost, and which are out."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from chalicelib.domain.badges import Badge, issue, settle
from chalicelib.domain.errors import NotFound
from chalicelib.domain.gate_issues import Issue
from chalicelib.domain.passes import Pass
from chalicelib.domain.sites import localised
from chalicelib.models.badges import BadgeItem, missing_at
from chalicelib.models.gate import PassItem
from chalicelib.models.gate_issues import IssueItem
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import Operation, Query, create, save
from chalicelib.services.call import Answer, Call
from chalicelib.services.gate.places import find_gate, find_site, resource

PAGE = 200


@dataclass(frozen=True)
class Holder:
    """Whose pass of which day a badge is handed out to."""

    visit: str
    no: int
    day: date


def hand_out(call: Call, gate: str, number: str, to: Holder) -> Answer:
    """Hand a badge out to a visitor. Raises NotFound, BadgeOut naming who has it."""
    site, at = find_gate(call, gate)
    call.permit("gate:scan", resource(site))
    item, held = call.store.get(BadgeItem.at(site.id, number), PassItem.at(to.visit, to.day, to.no))
    if held is None or held.site != site.id:
        raise NotFound
    visitor: Pass = held.to(Pass)
    new = Badge(site.id, number, "out", to.visit, to.no, visitor.name, visitor.host_name, call.now, at.id)
    badge = issue(item.to(Badge) if item else None, new)
    return call.commit(_answer(badge), save(BadgeItem.from_badge(badge)))


def take_in(call: Call, gate: str, number: str, status: Literal["returned", "lost"]) -> Answer:
    """A badge is back, or given up for lost, of which reception hears. Raises NotFound, IllegalMove."""
    site, _ = find_gate(call, gate)
    call.permit("gate:scan", resource(site))
    (item,) = call.store.get(BadgeItem.at(site.id, number))
    if item is None:
        raise NotFound
    badge = settle(item.to(Badge), status, call.now)
    operations: list[Operation] = [save(BadgeItem.from_badge(badge))]
    if status == "lost":
        operations.append(create(IssueItem.from_issue(_loss(call, badge))))
    return call.commit(_answer(badge), *operations)


def badges_out(call: Call, site_id: str | None) -> dict[str, Any]:
    """The badges of a site that are out or lost, by number."""
    site = find_site(call, site_id)
    call.permit("gate:view", resource(site))
    page = call.store.query(Query(ReceptionTable, missing_at(site.id), 1, limit=PAGE))
    rows = []
    for item in page.items:
        if isinstance(item, BadgeItem):
            gate = site.gate(item.gate)
            rows.append(asdict(item.to(Badge)) | {"gate": localised(gate.name, call.locale) if gate else item.gate})
    place = {"site": site.id, "site_name": localised(site.name, call.locale), "time_zone": site.time_zone}
    return place | {"items": rows, "at": f"{site.id}/{site.gates[0].id}" if site.gates else ""}


def _loss(call: Call, badge: Badge) -> Issue:
    id = hashlib.sha256(f"{badge.site}#{badge.number}#{badge.version}".encode()).hexdigest()[:26]
    facts = {"name": badge.name, "host": badge.host, "badge": badge.number, "why": badge.number}
    where = (badge.gate, call.actor, badge.visit)
    return Issue(id, badge.site, "badge_lost", call.now, call.now, *where, facts)


def _answer(badge: Badge) -> Answer:
    location = f"/gate/badges?site={badge.site}"
    return {"number": badge.number, "status": badge.status, "version": badge.version, "location": location}
