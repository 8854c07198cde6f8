"""Which change gives whom a notice: read from the change itself, once for each cause."""

from __future__ import annotations

from chalicelib.domain.errors import NotFound
from chalicelib.domain.passes import Pass
from chalicelib.domain.sites import localised
from chalicelib.domain.visits import Visit
from chalicelib.services import directory, sites
from chalicelib.services.call import Call
from chalicelib.services.notifications import notify


def visit_cancelled(call: Call, visit: Visit) -> None:
    """Tell host and team of a cancelled visit; nobody of one that was never submitted."""
    if visit.status != "cancelled" or visit.round == 0:
        return
    facts = {"number": visit.number, "party": visit.party}
    cause = f"{visit.id}#visit_cancelled#{visit.round}"
    notify(call, cause, sorted(visit.people), "visit_cancelled", facts, f"/visits/{visit.id}")


def guest_arrived(call: Call, held: Pass) -> None:
    """Tell the host who has come in, and where; once a day for each guest."""
    facts = {"name": held.name, "number": held.number, "gate": _gate_name(call, held)}
    cause = f"{held.visit}#{held.day}#{held.no:04}#arrived"
    notify(call, cause, [held.host], "guest_arrived", facts, f"/visits/{held.visit}")


def _gate_name(call: Call, held: Pass) -> str:
    try:
        gate = sites.site(call.store, held.site, call.now).gate(held.gate)
        locale = directory.person(call.store, held.host, call.now).locale
    except NotFound:
        return held.gate
    return localised(gate.name, locale) if gate else held.gate
