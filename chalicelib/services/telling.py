"""Which change gives whom a notice: read from the change itself, once for each cause."""

from __future__ import annotations

from chalicelib.domain.errors import NotFound
from chalicelib.domain.leaves import Leave
from chalicelib.domain.passes import Pass
from chalicelib.domain.sites import localised
from chalicelib.domain.visits import Visit
from chalicelib.services import directory, handover, sites
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


def leave_started(call: Call, leave: Leave) -> None:
    """Tell whoever is away by now, and who decides for them: once for each leave and substitute."""
    if not leave.begun(call.now):
        return
    both = [id for id in (leave.person, leave.substitute) if id]
    names = directory.People(call.store, call.now).named(both)
    facts = {
        "person": names.get(leave.person, ""),
        "substitute": names.get(leave.substitute or "", "–"),
        "starts": leave.starts.isoformat(),
        "ends": leave.ends.isoformat(),
        "time_zone": directory.person(call.store, leave.person, call.now).time_zone,
    }
    cause = f"{leave.person}#leave#{leave.starts.isoformat()}#{leave.substitute}"
    notify(call, cause, both, "leave_started", facts, "/people/away")


def person_departed(call: Call, person_id: str) -> None:
    """Tell administrators and the manager what still hangs on somebody who left, if anything does.

    Handing over is for administrators; the manager is led to the decisions that came to them.
    """
    person = directory.person(call.store, person_id, call.now, fresh=True)
    held = handover.hanging_on(call, person_id)
    if person.active or not len(held):
        return
    facts = {"person": person.name, "places": f"{held.places}", "requests": f"{len(held.requests)}"}
    facts |= {"visits": f"{len(held.visits)}", "spending": f"{len(held.spending)}"}
    administrators = directory.administrators(call.store, call.now)
    cause = f"{person_id}#departed"
    notify(call, cause, administrators[:99], "departed_person_owns", facts, f"/people/{person_id}/owned")
    if person.manager and person.manager not in administrators:
        notify(call, f"{cause}#manager", [person.manager], "departed_person_owns", facts, "/approvals")


def _gate_name(call: Call, held: Pass) -> str:
    try:
        gate = sites.site(call.store, held.site, call.now).gate(held.gate)
        locale = directory.person(call.store, held.host, call.now).locale
    except NotFound:
        return held.gate
    return localised(gate.name, locale) if gate else held.gate
