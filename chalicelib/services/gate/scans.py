"""A scan: find out whom the code means, let the domain decide, write one transaction.

Every scan costs two calls of DynamoDB one after the other. A QR names its visitor: a batch read by key and the
transaction. What was typed is looked up in an index, with all that a decision needs: a Query and the transaction. Where
that lets nobody through, or the transaction finds that the index was behind, the items are read by key after all. What
lets nobody through writes nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from chalicelib.domain import gate as rules
from chalicelib.domain.errors import Contention, FieldError, Invalid
from chalicelib.domain.gate import Decision, Result, Scan
from chalicelib.domain.invitations import Guest
from chalicelib.domain.passes import Direction, Pass
from chalicelib.domain.sites import Gate, Site
from chalicelib.domain.visits import Visit
from chalicelib.domain.watchlist import Hit, Known
from chalicelib.models.gate import GuestItem, PassageItem, PassItem, ScanItem
from chalicelib.models.gate_issues import IssueItem
from chalicelib.models.store import Check, Operation, create, save
from chalicelib.models.visits import VisitItem
from chalicelib.services import watchlist
from chalicelib.services.call import Answer, Call
from chalicelib.services.gate.identify import Verify, Whom, identify
from chalicelib.services.gate.matters import matter
from chalicelib.services.gate.places import find_gate, resource
from chalicelib.services.gate.telling import Facts, Say, answer_to, known, visitor


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
    candidates = [visitor(one.guest) for one in found if one.guest]
    return _turned_away(call, asked, made, "choose" if found else "unknown", say, candidates=candidates)


def _scan(call: Call, asked: Asked, site: Site, gate: Gate) -> Scan:
    at = asked.at.astimezone(UTC) if asked.at else call.now
    rules.check_time(at, call.now)
    nonce = asked.nonce or call.new_id()
    direction = asked.direction if gate.direction == "both" else gate.direction
    return Scan(site, gate.id, direction, at, call.now, call.actor, nonce, asked.reason)


def _of_one(call: Call, asked: Asked, made: Scan, whom: Whom, say: Say) -> Answer:
    return _by_index(call, asked, made, whom, say) or _by_key(call, asked, made, whom, say)


def _by_index(call: Call, asked: Asked, made: Scan, whom: Whom, say: Say) -> Answer | None:
    """The answer if the index lets the visitor through and the transaction agrees with it."""
    if whom.guest is None:
        return None
    seen = Facts(whom.guest.appointment, whom.guest, whom.held)
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
    try:
        through = _let_through(call, asked, made, decision, facts, say)
    except watchlist.OnList:
        return _on_list(call, asked, made, decision, facts, say)
    told = {} if through else known(call, made, decision, facts)
    return through or _turned_away(call, asked, made, decision.result, say, **told)


def _on_list(call: Call, asked: Asked, made: Scan, decision: Decision, facts: Facts, say: Say) -> Answer:
    """Somebody of the visitor's name, phone or document is on a list: the lists decide, and reception hears of it."""
    held = watchlist.hits_items(call, _known_of(facts).keys)
    hit = watchlist.strictest_of(held.values(), call.now)
    told = known(call, made, decision, facts)
    if hit and hit.list == "block":
        return _kept(call, asked, made, answer_to(made, "blocked", say, **told | {"on_site": False}), hit)
    through = _let_through(call, asked, made, decision, facts, say, watchlist.as_read(held), hit)
    return through or _turned_away(call, asked, made, decision.result, say, **told)


def _let_through(
    call: Call,
    asked: Asked,
    made: Scan,
    decision: Decision,
    facts: Facts,
    say: Say,
    lists: list[Operation] | None = None,
    hit: Hit | None = None,
) -> Answer | None:
    """The answer to a decision that somebody goes through, once it is written; None to any other.

    `lists` holds the visitor against what was read of the lists, by default against their having nothing on them.
    """
    if decision.passage is None or decision.held is None:
        return None
    answer = answer_to(made, decision.result, say, **known(call, made, decision, facts), watched=hit is not None)
    operations: list[Operation] = [
        save(PassItem.from_pass(decision.held)),
        create(PassageItem.from_passage(decision.passage)),
    ]
    if made.direction == "in":
        operations += _still_invited(facts)
        operations += watchlist.nobody_under(_known_of(facts)) if lists is None else lists
    if hit:
        operations.append(create(IssueItem.from_issue(matter(made, asked.code, answer, "watched", hit.reason))))
    if asked.nonce:
        operations.append(create(ScanItem.of_scan(made.nonce, asked.fingerprint, answer, call.now)))
    return call.commit(answer, *operations)


def _known_of(facts: Facts) -> Known:
    guest = facts.guest
    return Known((guest.name,), guest.phone, guest.document_mark) if guest else Known(())


def _read(call: Call, made: Scan, whom: Whom) -> Facts | None:
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
    return Facts(visit.to(Visit), guest.to(Guest) if guest else None, passes, first)


def _first_answer(first: ScanItem, asked: Asked) -> Answer:
    if first.fingerprint != asked.fingerprint:
        raise Invalid(FieldError("nonce", "nonce_reused"))
    return dict(first.answer)


def _still_invited(facts: Facts) -> list[Operation]:
    """Nobody comes in on a visit that is cancelled or put off in the same moment."""
    visit, guest = facts.visit, facts.guest
    if guest is None:
        return []
    return [
        Check(VisitItem.at(visit.id), {"status": visit.status, "occurrences": visit.occurrences}),
        Check(GuestItem.at(visit.id, guest.no), {"status": guest.status, "nonce": guest.nonce}),
    ]


def _turned_away(call: Call, asked: Asked, made: Scan, result: Result, say: Say, **told: Any) -> Answer:
    """The answer to a scan that lets nobody through. One that was made without network has let somebody through
    already: it is kept for reception, once."""
    answer = answer_to(made, result, say, **told)
    if asked.at is None or not asked.nonce:
        return call.first_answer() or answer
    (first,) = call.store.get(ScanItem.at(made.nonce))
    return _first_answer(first, asked) if first else _kept(call, asked, made, answer)


def _kept(call: Call, asked: Asked, made: Scan, answer: Answer, hit: Hit | None = None) -> Answer:
    """The same answer once reception is left something to look at."""
    issue = matter(made, asked.code, answer, "blocked", hit.reason) if hit else matter(made, asked.code, answer)
    answer |= {"issue": issue.id}
    operations: list[Operation] = [create(IssueItem.from_issue(issue))]
    if asked.nonce:
        operations.append(create(ScanItem.of_scan(made.nonce, asked.fingerprint, answer, call.now)))
    return call.commit(answer, *operations)
