"""Which change gives whom a notice: read from the change itself, once for each cause."""

from __future__ import annotations

from collections.abc import Mapping

from chalicelib.domain.errors import NotFound
from chalicelib.domain.passes import Pass
from chalicelib.domain.sites import localised
from chalicelib.domain.visits import Visit
from chalicelib.models.approvals import TaskItem
from chalicelib.services import directory, sites
from chalicelib.services.call import Call
from chalicelib.services.notifications import notify

TOLD_OF: Mapping[str, str] = {
    "approved": "visit_approved",
    "rejected": "visit_rejected",
    "returned": "visit_returned",
    "cancelled": "visit_cancelled",
}


def task_opened(call: Call, task: TaskItem) -> None:
    """Tell an approver what waits for them."""
    facts = {"person": task.applicant_name, "subject": task.subject}
    notify(call, task.id, [task.person], "task_opened", facts, f"/approvals/{task.id}")


def visit_moved(call: Call, visit: Visit) -> None:
    """Tell the applicant of a decision, host and team of a cancellation."""
    template = TOLD_OF.get(visit.status)
    if template is None or visit.round == 0:
        return
    people = sorted(visit.people) if visit.status == "cancelled" else [visit.applicant]
    facts = {"number": visit.number, "party": visit.party}
    notify(call, f"{visit.id}#{template}#{visit.round}", people, template, facts, f"/visits/{visit.id}")


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
