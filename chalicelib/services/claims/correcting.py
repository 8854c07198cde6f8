"""What an approver changes of a claim before deciding: less of a line, or nothing of it, each with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from chalicelib.domain.approvals import Comment, NotYours, legal_moves
from chalicelib.domain.claims import Amount, Claim, Correction, Line, correct, move, uses
from chalicelib.domain.errors import FieldError, Invalid, NotFound, Stale
from chalicelib.models.claims import ClaimItem
from chalicelib.models.store import replace as replace_item
from chalicelib.services import approvals, received
from chalicelib.services.ahead import read_ahead
from chalicelib.services.call import Answer, Call
from chalicelib.services.claims.applying import answer_of
from chalicelib.services.claims.record import Held, held, resource_of, summary_of
from chalicelib.services.directory import People
from chalicelib.web.money import minor, money

COMMENT_LIMIT = 1000


@dataclass(frozen=True)
class StatedCorrection:
    """What is granted of the line with that key ("" or None: all of it), in the claim's currency, and why not more."""

    key: str
    sanctioned: Amount | None = None
    refusal: str = ""


def correct_lines(call: Call, id: str, stated: list[StatedCorrection]) -> Answer:
    """State what is granted of some lines. For whoever the claim waits for; the trail says it to everybody.

    An invoice of a refused line is free for others from now on. Raises NotFound, NotYours, IllegalMove, Stale, Invalid.
    """
    found = held(call.store, id)
    if found.running is None or found.item is None:
        raise NotFound
    call.permit("approval:decide", approvals.resource_of(found.running), unseen=not _sees(call, found))
    if call.expected_version not in (None, found.claim.version):
        raise Stale(state=found.claim.status)
    moved = move(found.claim, "correct", call.now)
    if "return" not in legal_moves(found.running, call.me.id, People(call.store, call.now)):
        raise NotYours(move="correct")
    corrected = correct(moved, _corrections(found.claim, stated))
    before, after = uses(found.claim.lines), uses(corrected.lines)
    applicants = replace(read_ahead(call, received.keys({**before, **after})), actor=found.claim.applicant)
    invoices = received.using(applicants, id, before, after)
    action = Comment(by=call.me.id, seen=corrected.version, comment=_told(found.claim, corrected))
    _, trail = approvals.move(call, found.running, found.item, action, summary_of(corrected))
    answer = answer_of(corrected) | {"location": f"/approvals/{found.running.id}"}
    return call.commit(answer, replace_item(ClaimItem.from_claim(corrected)), *invoices, *trail)


def _sees(call: Call, found: Held) -> bool:
    return call.may("claim:view", resource_of(found.claim, found.running))


def _corrections(claim: Claim, stated: list[StatedCorrection]) -> Mapping[str, Correction]:
    found: dict[str, Correction] = {}
    for each in stated:
        if each.sanctioned in ("", None):
            found[each.key] = Correction(None)
            continue
        amount = minor(each.sanctioned, claim.currency)
        if amount is None:
            raise Invalid(FieldError(f"lines.{each.key}.sanctioned", "bad_amount"))
        found[each.key] = Correction(amount, each.refusal)
    return found


def _told(before: Claim, after: Claim) -> str:
    """The correction as the trail has it: line by line, from what to what, and why."""
    pairs = zip(before.lines, after.lines, strict=True)
    changed = [(row, old, new) for row, (old, new) in enumerate(pairs, 1) if old != new]
    return "\n".join(_line_told(row, old, new, after.currency) for row, old, new in changed)[:COMMENT_LIMIT] or "="


def _line_told(row: int, old: Line, new: Line, currency: str) -> str:
    sums = f"#{row}: {money(old.granted, currency)} → {money(new.granted, currency)}"
    return f"{sums} · {new.refusal}" if new.refusal else sums
