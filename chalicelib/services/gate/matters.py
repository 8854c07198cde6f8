"""What a scan leaves for reception: one made without network that cannot stand, somebody who is on a list."""

from __future__ import annotations

import hashlib

from chalicelib.domain.gate import Scan
from chalicelib.domain.gate_issues import Issue, IssueKind
from chalicelib.services.call import Answer

TOLD_OF_CODE = 16
"""How much of a code that nobody knows is kept: enough to tell it from others."""


def matter(made: Scan, code: str, answer: Answer, kind: IssueKind = "offline", why: str = "") -> Issue:
    """What reception has to look at; `why` is the reason on the list, otherwise the gate's answer."""
    visitor, visit = answer["visitor"] or {}, answer["visit"] or {}
    facts = {
        "why": why or str(answer["result"]),
        "name": visitor.get("name", ""),
        "company": visitor.get("company", ""),
        "reservation": visitor.get("reservation", "") or code[-TOLD_OF_CODE:],
        "host": visit.get("host", ""),
        "direction": made.direction,
    }
    id, where = issue_id(made.nonce), (made.gate, made.by)
    return Issue(id, made.site.id, kind, made.at, made.recorded_at, *where, visit.get("id", ""), facts)


def issue_id(nonce: str) -> str:
    """The id of the issue that follows from a scan: the same however often it is sent."""
    return hashlib.sha256(nonce.encode()).hexdigest()[:26]
