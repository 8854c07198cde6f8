"""What the gate tells: the answer to a scan, with what a guard may know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.domain.gate import Decision, Result, Scan
from chalicelib.domain.invitations import Appointment, Guest, opens
from chalicelib.domain.passes import Pass
from chalicelib.domain.sites import localised
from chalicelib.domain.visits import Visit
from chalicelib.models.gate import ScanItem
from chalicelib.services import sites
from chalicelib.services.call import Answer, Call

type Say = Callable[[Answer], str]
"""The sentence for the guard that goes with an answer."""


@dataclass(frozen=True)
class Facts:
    """What was read about one visitor; `first` is the stored answer to the same scan."""

    visit: Visit | Appointment
    guest: Guest | None
    held: Sequence[Pass]
    first: ScanItem | None = None


def answer_to(made: Scan, result: Result, say: Say, **known_: Any) -> Answer:
    """The whole answer to a scan, with what is known besides and its sentence."""
    answer: Answer = {
        "result": result,
        "visitor": None,
        "visit": None,
        "on_site": False,
        "offers": [],
        "candidates": [],
        "right_site": None,
        "passage": None,
        "issue": None,
        "watched": False,
        "direction": made.direction,
        "at": made.at,
        "gate": made.gate,
        "site": made.site.id,
        "time_zone": made.site.time_zone,
    }
    answer |= known_
    return answer | {"message": say(answer)}


def known(call: Call, made: Scan, decision: Decision, facts: Facts) -> Answer:
    """What the guard may know: of a visit at another site only where that is."""
    visit, guest = facts.visit, facts.guest
    if decision.result == "wrong_site":
        return {"right_site": localised(sites.site(call.store, visit.site, call.now).name, call.locale)}
    if guest is None:
        return {}
    due = decision.held or visit
    return {
        "on_site": decision.on_site,
        "offers": list(decision.offers),
        "passage": _passage_of(decision),
        "visitor": visitor(guest),
        "visit": {
            "id": visit.id,
            "number": visit.number,
            "host": visit.host_name,
            "host_phone": visit.host_phone,
            "opens": opens(due.starts, made.site.early_minutes),
            "starts": due.starts,
            "ends": due.ends,
            "purpose": visit.purpose,
            "rules": localised(made.site.rules, call.locale),
            "rules_accepted": guest.rules_accepted_at is not None,
        },
    }


def _passage_of(decision: Decision) -> Answer | None:
    """What undoing names, of a scan that let somebody through."""
    gone = decision.passage
    return {"visit": gone.visit, "no": gone.no, "day": gone.day} if gone else None


def visitor(guest: Guest) -> Answer:
    """A visitor as a guard has to know them."""
    return {"name": guest.name, "company": guest.company, "reservation": guest.reservation}
