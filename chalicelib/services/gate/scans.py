"""A scan: find out whom the code means, let the domain decide, write one transaction.

Every scan costs two calls of DynamoDB one after the other. A QR names its visitor: a batch read by key and the
transaction. What was typed is looked up in an index, with all that a decision needs: a Query and the transaction. Where
that lets nobody through, or the transaction finds that the index was behind, the items are read by key after all. What
lets nobody through writes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from chalicelib.domain import gate as rules
from chalicelib.domain.errors import Contention, FieldError, Invalid
from chalicelib.domain.gate import Decision, Result, Scan
from chalicelib.domain.invitations import Appointment, Guest, opens
from chalicelib.domain.passes import Direction, Pass
from chalicelib.domain.sites import Gate, Site, localised
from chalicelib.domain.visits import Visit
from chalicelib.models.gate import GuestItem, PassageItem, PassItem, ScanItem
from chalicelib.models.gate_issues import IssueItem
from chalicelib.models.store import Check, Operation, create, save
from chalicelib.models.visits import VisitItem
from chalicelib.services import sites
from chalicelib.services.call import Answer, Call
from chalicelib.services.gate.identify import Verify, Whom, identify
from chalicelib.services.gate.offline import conflict, issue_id
from chalicelib.services.gate.places import find_gate, resource

type Say = Callable[[Answer], str]
"""The sentence for the guard that goes with an answer."""


@dataclass(frozen=True)
class Asked:
    """What a device sends: `code` as scanned or typed, `at` (UTC) only for a scan made without network.

    `reason` is why there was no code, where the guard chose the visitor from a list.
    """

    code: str
    gate: str
    site: str | None = None
    nonce: str = ""
    at: datetime | None = None
    direction: Direction = "in"
    reason: str = ""

    @property
    def fingerprint(self) -> str:
        """What makes a repeated scan the same scan."""
        parts = (self.code, self.site or "", self.gate, self.direction, self.reason)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@dataclass(frozen=True)
class _Facts:
    """What was read about one visitor; `first` is the stored answer to the same scan."""

    visit: Visit | Appointment
    guest: Guest | None
    held: Sequence[Pass]
    first: ScanItem | None = None


def scan(call: Call, asked: Asked, verify: Verify, say: Say) -> Answer:
    """Let somebody in or out, or say why not; a repeated nonce gets the first answer again.

    Raises Invalid for a gate that is not there, a time out of range or a nonce of another scan.
    """
    site, gate = find_gate(call, asked.gate, asked.site)
    call.permit("gate:scan", resource(site))
    made = _scan(call, asked, site, gate)
    found = identify(call, made, rules.read(asked.code), verify)
    if len(found) == 1:
        return _of_one(call, asked, made, found[0], say)
    candidates = [_visitor(one.guest) for one in found if one.guest]
    return _turned_away(call, asked, made, "choose" if found else "unknown", say, candidates=candidates)


def _scan(call: Call, asked: Asked, site: Site, gate: Gate) -> Scan:
    at = asked.at.astimezone(UTC) if asked.at else call.now
    rules.check_time(at, call.now)
    nonce = asked.nonce or call.new_id()
    return Scan(site, gate.id, asked.direction, at, call.now, call.actor, nonce, asked.reason)


def _of_one(call: Call, asked: Asked, made: Scan, whom: Whom, say: Say) -> Answer:
    return _by_index(call, asked, made, whom, say) or _by_key(call, asked, made, whom, say)


def _by_index(call: Call, asked: Asked, made: Scan, whom: Whom, say: Say) -> Answer | None:
    """The answer if the index lets the visitor through and the transaction agrees with it."""
    if whom.guest is None:
        return None
    seen = _Facts(whom.guest.appointment, whom.guest, whom.held)
    decision = rules.decide(made, whom.guest.appointment, whom.guest, whom.held)
    try:
        return _let_through(call, asked, made, decision, seen, say)
    except Contention:
        return None


def _by_key(call: Call, asked: Asked, made: Scan, whom: Whom, say: Say) -> Answer:
    facts = _read(call, made, whom)
    if facts is None:
        return _turned_away(call, asked, made, "unknown", say)
    if facts.first:
        return _first_answer(facts.first, asked)
    decision = rules.decide(made, facts.visit, facts.guest, facts.held, whom.code)
    through = _let_through(call, asked, made, decision, facts, say)
    known = {} if through else _known(call, made, decision, facts)
    return through or _turned_away(call, asked, made, decision.result, say, **known)


def _let_through(call: Call, asked: Asked, made: Scan, decision: Decision, facts: _Facts, say: Say) -> Answer | None:
    """The answer to a decision that somebody goes through, once it is written; None to any other."""
    if decision.passage is None or decision.held is None:
        return None
    answer = _answer(made, decision.result, say, **_known(call, made, decision, facts))
    operations: list[Operation] = [
        save(PassItem.from_pass(decision.held)),
        create(PassageItem.from_passage(decision.passage)),
    ]
    if made.direction == "in":
        operations += _still_invited(facts)
    if asked.nonce:
        operations.append(create(ScanItem.of_scan(made.nonce, asked.fingerprint, answer, call.now)))
    return call.commit(answer, *operations)


def _read(call: Call, made: Scan, whom: Whom) -> _Facts | None:
    since = whom.code.valid_from if whom.code else whom.guest.appointment.starts if whom.guest else None
    days = rules.days_to_look_at(made, since) if since else []  # nobody was invited yet, so there are no passes
    visit, guest, first, *held = call.store.get(
        VisitItem.at(whom.visit),
        GuestItem.at(whom.visit, whom.no),
        ScanItem.at(made.nonce),
        *(PassItem.at(whom.visit, day, whom.no) for day in days),
    )
    if visit is None:
        return None
    passes = [item.to(Pass) for item in held if item]
    return _Facts(visit.to(Visit), guest.to(Guest) if guest else None, passes, first)


def _first_answer(first: ScanItem, asked: Asked) -> Answer:
    if first.fingerprint != asked.fingerprint:
        raise Invalid(FieldError("nonce", "nonce_reused"))
    return dict(first.answer)


def _still_invited(facts: _Facts) -> list[Operation]:
    """Nobody comes in on a visit that is cancelled in the same moment."""
    visit, guest = facts.visit, facts.guest
    if guest is None:
        return []
    return [
        Check(VisitItem.at(visit.id), {"status": visit.status}),
        Check(GuestItem.at(visit.id, guest.no), {"status": guest.status, "nonce": guest.nonce}),
    ]


def _turned_away(call: Call, asked: Asked, made: Scan, result: Result, say: Say, **known: Any) -> Answer:
    """The answer to a scan that lets nobody through. One that was made without network has let somebody through
    already: it is kept for reception, once."""
    answer = _answer(made, result, say, **known)
    if asked.at is None or not asked.nonce:
        return call.first_answer() or answer
    (first,) = call.store.get(ScanItem.at(made.nonce))
    if first:
        return _first_answer(first, asked)
    answer |= {"issue": issue_id(made.nonce)}
    kept = ScanItem.of_scan(made.nonce, asked.fingerprint, answer, call.now)
    return call.commit(answer, create(IssueItem.from_issue(conflict(made, asked.code, answer))), create(kept))


def _answer(made: Scan, result: Result, say: Say, **known: Any) -> Answer:
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
        "direction": made.direction,
        "at": made.at,
        "gate": made.gate,
        "site": made.site.id,
        "time_zone": made.site.time_zone,
    }
    answer |= known
    return answer | {"message": say(answer)}


def _known(call: Call, made: Scan, decision: Decision, facts: _Facts) -> Answer:
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
        "visitor": _visitor(guest),
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


def _visitor(guest: Guest) -> Answer:
    return {"name": guest.name, "company": guest.company, "reservation": guest.reservation}
