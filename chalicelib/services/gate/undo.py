"""A guard's mistake is taken back by the guard: within minutes, with a reason, and both stay on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chalicelib.domain.errors import NotFound
from chalicelib.domain.passes import Pass, undo
from chalicelib.models.gate import PassageItem, PassItem
from chalicelib.models.store import Update, replace
from chalicelib.services.call import Answer, Call
from chalicelib.services.gate.places import find_gate, resource


@dataclass(frozen=True)
class Mistake:
    """Whose last passage is to be taken back, and why."""

    visit: str
    no: int
    day: date
    reason: str


def take_back(call: Call, gate: str, mistake: Mistake) -> Answer:
    """Undo the last passage of a pass: the pass is as it was, the passage is marked.

    Raises NotFound, IllegalMove when there is nothing to undo or it is too long ago.
    """
    site, _ = find_gate(call, gate)
    call.permit("gate:scan", resource(site))
    (item,) = call.store.get(PassItem.at(mistake.visit, mistake.day, mistake.no))
    if item is None or item.site != site.id:
        raise NotFound
    held: Pass = item.to(Pass)
    back, last, at = undo(held, call.now)
    mark = {"undone_at": call.now, "undone_by": call.actor, "undo_reason": mistake.reason}
    passage = PassageItem.at(held.visit, at, held.no, last.nonce)
    answer = {"result": "undone", "name": held.name, "status": back.status, "version": back.version}
    return call.commit(
        answer,
        replace(PassItem.from_pass(back)),
        Update(passage, mark, {"nonce": last.nonce, "undone_at": None}),
    )
