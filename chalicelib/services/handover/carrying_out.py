"""Carrying a handover out: step by step, each one transaction, each taken up where the one before ended.

Every step writes the handover itself, too, and the stream's record of that is what the next step follows from.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from chalicelib.domain.directory import Person
from chalicelib.domain.errors import Contention
from chalicelib.domain.handover import Handover, moved, over
from chalicelib.models.directory import DirectoryTable, PersonItem
from chalicelib.models.handover import UNDER_WAY, HandoverItem
from chalicelib.models.store import Check, Operation, Query, save
from chalicelib.services import directory
from chalicelib.services.call import Call
from chalicelib.services.directory import reading
from chalicelib.services.handover import invitations, places, requests, visits
from chalicelib.services.handover.part import Part
from chalicelib.services.notifications import notify

PATIENCE = timedelta(minutes=2)
"""How long the stream may take before the schedule goes on in its place."""


def step(call: Call, person_id: str, version: int | None = None) -> bool:
    """Hand the next part over; whether there is another one.

    `version`: only if the handover still has it, so that a record told twice is followed once. Raises Contention when
    somebody changes what is handed over, or an index lags behind; the step is then safe to repeat.
    """
    directory.forget()
    (item,) = call.store.get(HandoverItem.at(person_id))
    if item is None or item.status != "running" or version not in (None, item.version):
        return False
    handover: Handover = item.to(Handover)
    successor = directory.person(call.store, handover.successor, call.now)
    if not successor.active:
        return _end(call, over(handover, "stopped"))
    if part := _next(call, handover, successor):
        return _hand(call, handover, part)
    _tell(call, handover)
    return _end(call, over(handover, "done"))


def _next(call: Call, handover: Handover, successor: Person) -> Part | None:
    """The next part that fits one transaction, None when nothing is left.

    Decisions come before documents: nobody is to become the applicant of what is on its way to them for a decision.
    """
    part = invitations.part(call, handover) or places.part(call, handover)
    if part is None:
        places.let_decisions_follow(call, handover)
        part = requests.part(call, handover, successor) or visits.part(call, handover, successor)
    return part


def take_up(call: Call) -> int:
    """Go on with handovers that the stream left standing; returns how many there were."""
    under_way = reading.every(call.store, Query(DirectoryTable, UNDER_WAY, index=2, limit=200))
    return sum(_taken_up(call, item) for item in under_way if call.now - item.changed_at >= PATIENCE)


def _taken_up(call: Call, item: HandoverItem) -> bool:
    try:
        step(call, item.person)
    except Contention:
        return False  # it goes on right now; the next round looks again
    return True


def _hand(call: Call, handover: Handover, part: Part) -> bool:
    changed = moved(handover, part.count, part.following)
    here: list[Operation] = [Check(PersonItem.at(handover.successor), {"active": True}, Contention())]
    if part.touches(PersonItem.at(handover.successor)):
        here = []  # the condition on their version says more
    _as_wished(call, handover).commit({}, save(HandoverItem.from_handover(changed)), *part.operations, *here)
    reading.forget()
    return True


def _end(call: Call, handover: Handover) -> bool:
    _as_wished(call, handover).commit({}, save(HandoverItem.from_handover(handover)))
    return False


def _as_wished(call: Call, handover: Handover) -> Call:
    """The audit names the administrator who wished it."""
    return replace(call, actor=handover.by)


def _tell(call: Call, handover: Handover) -> None:
    """The successor hears of it once, if there was anything."""
    if not handover.handed:
        return
    names = directory.People(call.store, call.now).named([handover.person])
    facts = {"person": names.get(handover.person, ""), "count": str(handover.handed)}
    cause = f"{handover.person}#handover#{handover.begun_at.isoformat()}"
    notify(call, cause, [handover.successor], "handed_over", facts, "/visits")
