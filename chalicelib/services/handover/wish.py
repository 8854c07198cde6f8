"""The wish that somebody takes over: one transaction. The stream carries it out."""

from __future__ import annotations

from typing import Any

from chalicelib.domain.directory import Person
from chalicelib.domain.errors import FieldError, Invalid, NotFound
from chalicelib.domain.handover import Handover, wished
from chalicelib.models.directory import PersonItem
from chalicelib.models.handover import HandoverItem
from chalicelib.models.store import Check, save
from chalicelib.services.call import Answer, Call
from chalicelib.services.directory.people import MANAGE
from chalicelib.services.permissions import COMPANY


def wish(call: Call, person_id: str, to: str) -> Answer:
    """Let everything that `person_id` has go to `to`; what a handover under way has not reached yet, too.

    For administrators. Raises NotFound, Invalid for a successor who is the same person, is unknown or left.
    """
    call.permit(MANAGE, COMPANY)
    keys = (PersonItem.at(person_id), HandoverItem.at(person_id), PersonItem.at(to))
    person, before, successor = call.store.get(*keys)
    if person is None:
        raise NotFound
    if to == person_id:
        raise Invalid(FieldError("to", "not_yourself"))
    if successor is None or not successor.active:
        raise _no_successor(successor)
    earlier = before.to(Handover) if before else None
    handover = wished(earlier, person_id, successor.to(Person), call.me.id, call.now)
    here = Check(PersonItem.at(to), {"active": True}, _no_successor)
    answer = {"id": person_id, "status": handover.status, "location": f"/people/{person_id}/owned"}
    return call.commit(answer, save(HandoverItem.from_handover(handover)), here)


def _no_successor(item: Any) -> Invalid:
    return Invalid(FieldError("to", "departed_person" if item else "unknown_person"))
