"""A scan: find out whom the code means, let the domain decide, write one transaction.

A QR costs two calls of DynamoDB one after the other: a batch read and the transaction. What lets nobody
through writes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from chalicelib.domain import gate as rules
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.gate import Decision, Result, Scan
from chalicelib.domain.invitations import Guest, opens
from chalicelib.domain.passes import Direction, Pass, Passage
from chalicelib.domain.sites import Gate, Site, localised
from chalicelib.domain.visits import Visit
from chalicelib.models.gate import GuestItem, PassageItem, PassItem, ScanItem
from chalicelib.models.store import Check, Operation, create, save
from chalicelib.models.visits import VisitItem
from chalicelib.services import sites
from chalicelib.services.call import Answer, Call
from chalicelib.services.gate.identify import Verify, Whom, identify
from chalicelib.services.gate.places import find_gate, resource

type Say = Callable[[Answer], str]
"""The sentence for the guard that goes with an answer."""


@dataclass(frozen=True)
class Asked:
    """What a device sends: `code` as scanned or typed, `at` (UTC) only for a scan made without network."""

    code: str
    gate: str
    site: str | None = None
    nonce: str = ""
    at: datetime | None = None
    direction: Direction = "in"

    @property
    def fingerprint(self) -> str:
        """What makes a repeated scan the same scan."""
        parts = (self.code, self.site or "", self.gate, self.direction)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@dataclass(frozen=True)
class _Facts:
    """What was read about one visitor; `first` is the stored answer to the same scan."""

    visit: Visit | None
    guest: Guest | None
    held: list[Pass]
    first: ScanItem | None


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
    candidates = [{"name": one.name, "company": one.company, "reservation": one.reservation} for one in found]
    return _unwritten(call, made, "choose" if found else "unknown", say, candidates=candidates)


def _scan(call: Call, asked: Asked, site: Site, gate: Gate) -> Scan:
    at = asked.at.astimezone(UTC) if asked.at else call.now
    rules.check_time(at, call.now)
    nonce = asked.nonce or call.new_id()
    return Scan(site, gate.id, asked.direction, at, call.now, call.actor, nonce)


def _of_one(call: Call, asked: Asked, made: Scan, whom: Whom, say: Say) -> Answer:
    facts = _read(call, asked, made, whom)
    if facts.first:
        return _first_answer(facts.first, asked)
    if facts.visit is None:
        return _unwritten(call, made, "unknown", say)
    decision = rules.decide(made, facts.visit, facts.guest, facts.held, whom.code)
    known = _known(call, made, decision, facts.visit, facts.guest)
    if decision.passage is None or decision.held is None:
        return _unwritten(call, made, decision.result, say, **known)
    answer = _answer(made, decision.result, say, **known)
    operations = _operations(decision.held, decision.passage)
    if facts.guest and decision.passage.direction == "in":
        operations += _still_invited(facts.visit, facts.guest)
    if asked.nonce:
        operations.append(create(ScanItem.of_scan(made.nonce, asked.fingerprint, answer, call.now)))
    return call.commit(answer, *operations)


def _read(call: Call, asked: Asked, made: Scan, whom: Whom) -> _Facts:
    days = rules.days_to_look_at(made, whom.code)
    visit, guest, first, *held = call.store.get(
        VisitItem.at(whom.visit),
        GuestItem.at(whom.visit, whom.no),
        ScanItem.at(made.nonce),
        *(PassItem.at(whom.visit, day, whom.no) for day in days),
    )
    return _Facts(
        visit.to(Visit) if visit else None,
        guest.to(Guest) if guest else None,
        [item.to(Pass) for item in held if item],
        first,
    )


def _first_answer(first: ScanItem, asked: Asked) -> Answer:
    if first.fingerprint != asked.fingerprint:
        raise Invalid(FieldError("nonce", "nonce_reused"))
    return dict(first.answer)


def _operations(held: Pass, passage: Passage) -> list[Operation]:
    return [save(PassItem.from_pass(held)), create(PassageItem.from_passage(passage))]


def _still_invited(visit: Visit, guest: Guest) -> list[Operation]:
    """Nobody comes in on a visit that is cancelled in the same moment."""
    return [
        Check(VisitItem.at(visit.id), {"status": visit.status}),
        Check(GuestItem.at(visit.id, guest.no), {"status": guest.status, "nonce": guest.nonce}),
    ]


def _unwritten(call: Call, made: Scan, result: Result, say: Say, **known: Any) -> Answer:
    return call.first_answer() or _answer(made, result, say, **known)


def _answer(made: Scan, result: Result, say: Say, **known: Any) -> Answer:
    answer: Answer = {
        "result": result,
        "visitor": None,
        "visit": None,
        "on_site": False,
        "offers": [],
        "candidates": [],
        "right_site": None,
        "direction": made.direction,
        "at": made.at,
        "gate": made.gate,
        "site": made.site.id,
        "time_zone": made.site.time_zone,
    }
    answer |= known
    return answer | {"message": say(answer)}


def _known(call: Call, made: Scan, decision: Decision, visit: Visit, guest: Guest | None) -> Answer:
    """What the guard may know: of a visit at another site only where that is."""
    if decision.result == "wrong_site":
        return {"right_site": localised(sites.site(call.store, visit.site, call.now).name, call.locale)}
    if guest is None:
        return {}
    return {
        "on_site": decision.on_site,
        "offers": list(decision.offers),
        "visitor": {"name": guest.name, "company": guest.company, "reservation": guest.reservation},
        "visit": {
            "id": visit.id,
            "number": visit.number,
            "host": visit.host_name,
            "host_phone": visit.host_phone,
            "opens": opens(visit.starts, made.site.early_minutes),
            "starts": visit.starts,
            "ends": visit.ends,
            "purpose": visit.purpose,
            "rules": localised(made.site.rules, call.locale),
            "rules_accepted": guest.rules_accepted_at is not None,
        },
    }
