"""Claiming and changing one's mind: draft, change, submit, withdraw, cancel, copy. One transaction a command."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from chalicelib.domain.approvals import Cancel, Submit, Withdraw, begin
from chalicelib.domain.claims import HOLDING, Claim, Line, Move, Stated, check_submission, move, uncorrected
from chalicelib.domain.errors import FieldError, IllegalMove, Invalid, Stale
from chalicelib.domain.expenses import Categories
from chalicelib.domain.processes import CLAIM
from chalicelib.models.claims import ClaimItem
from chalicelib.models.spending_numbers import SpendingNumberItem
from chalicelib.models.store import Operation, create
from chalicelib.models.store import replace as replace_item
from chalicelib.services import approvals, expenses
from chalicelib.services.ahead import read_ahead
from chalicelib.services.call import Answer, Call
from chalicelib.services.claims import charging, effects
from chalicelib.services.claims.checking import checked
from chalicelib.services.claims.foresight import foreseen, submission_of
from chalicelib.services.claims.form import claim_of
from chalicelib.services.claims.record import KIND, Held, approved, held, owing, resource_of, summary_of
from chalicelib.services.permissions import COMPANY


def start(call: Call, stated: Stated, submit_now: bool = False) -> Answer:
    """Make a claim, as a draft or submitted at once: one batch read and one transaction.

    Raises Invalid naming every wrong field and every finding that is in the way, Overspent naming what a budget has
    available, BudgetClosed, InvoiceUsed, NotOpen for an advance that has not so much left.
    """
    call.permit("claim:create", COMPANY)
    id = call.new_id()
    call = foreseen(call, stated, id, submitted=submit_now)
    claim = claim_of(call, stated, id)
    operations: list[Operation] = []
    if submit_now:
        submitted, operations = _submitted(call, Held(claim))
        claim = replace(submitted, version=claim.version)
    number = create(SpendingNumberItem.of_document(claim.number, claim.id))
    return call.commit(answer_of(claim), create(ClaimItem.from_claim(claim)), number, *operations)


def change(call: Call, id: str, stated: Stated, submit_now: bool = False) -> Answer:
    """State a draft, returned or withdrawn claim anew. Raises what `start` raises, IllegalMove, Stale."""
    call = foreseen(call, stated, id, changed=True, submitted=submit_now)
    found = held_for_change(call, id)
    changed = move(found.claim, "change", call.now)
    claim = replace(uncorrected(claim_of(call, stated, id, changed)), version=changed.version)
    operations: list[Operation] = []
    if submit_now:
        submitted, operations = _submitted(call, replace(found, claim=claim))
        claim = replace(submitted, version=claim.version)
    return call.commit(answer_of(claim), replace_item(ClaimItem.from_claim(claim)), *operations)


def act(call: Call, id: str, action: str) -> Answer:
    """Submit a claim as it stands, withdraw or cancel it. Raises what `change` raises."""
    found = held_for_change(call, id)
    match action:
        case "submit":
            claim, operations = _submitted(submission_of(call, found.claim), found)
        case "withdraw" | "cancel":
            claim, operations = _taken_back(call, found, action)
        case _:
            raise IllegalMove("claim_illegal_move", state=found.claim.status, move=action)
    return call.commit(answer_of(claim), replace_item(ClaimItem.from_claim(claim)), *operations)


def answer_of(claim: Claim) -> Answer:
    """What a command on a claim answers."""
    answer = {"id": claim.id, "status": claim.status, "version": claim.version, "number": claim.number}
    return answer | {"location": f"/claims/{claim.id}"}


def held_for_change(call: Call, id: str) -> Held:
    """The claim as its applicant changes it, in one read; raises NotFound, Forbidden, Stale."""
    found = held(call.store, id)
    resource = resource_of(found.claim, found.running)
    call.permit("claim:change", resource, unseen=not call.may("claim:view", resource))
    if call.expected_version not in (None, found.claim.version):
        raise Stale(state=found.claim.status)
    return found


def _submitted(call: Call, found: Held) -> tuple[Claim, list[Operation]]:
    """The claim in approval, or approved, where it approves itself; with all that it takes, taken."""
    categories = expenses.as_of(call.store, call.store.get(expenses.head())[0], call.now)
    moved = move(found.claim, "submit", call.now)
    claim = charging.charged(call.store, uncorrected(found.claim), categories)
    _check_asked(claim, categories)
    check_submission(claim)
    claim = checked(call, charging.taken(call.store, claim), categories)
    id = approvals.approval_id(KIND, claim.id)
    running = found.running or begin(id, KIND, claim.id, CLAIM, claim.applicant)
    action = Submit(by=call.me.id, seen=moved.version)
    decision, operations = approvals.move(call, running, found.item, action, summary_of(claim))
    claim = replace(move(claim, "submit", call.now), approval=id)
    follows = effects.taken(claim)
    if decision.running.status == "approved":
        claim, more = approved(call, replace(move(claim, "approve", call.now), version=claim.version))
        follows = effects.together(follows, more)
    return claim, [*operations, *effects.written(call, claim, follows), *owing(call, claim)]


def _check_asked(claim: Claim, categories: Categories) -> None:
    """Raise Invalid for what a line's category asks for and the line does not say."""
    faults = [
        FieldError(f"lines.{row}.{name}", "required")
        for row, line in enumerate(claim.lines)
        for name in sorted({_ASKED[ask] for ask in _asks(categories, line)})
        if not getattr(line, name)
    ]
    if faults:
        raise Invalid(*faults)


_ASKED = {"heads": "heads", "nights": "nights", "place": "place", "route": "place"}
"""By what a category asks for: the field of a line that says it. A route is written as its places."""


def _asks(categories: Categories, line: Line) -> Iterable[str]:
    category = categories.get(line.category)
    return category.asks if category else ()


def _taken_back(call: Call, found: Held, name: Move) -> tuple[Claim, list[Operation]]:
    claim = found.claim
    moved = move(claim, name, call.now)
    operations: list[Operation] = []
    if found.running and claim.status in ("pending", "returned", "withdrawn"):
        kind = Withdraw if name == "withdraw" else Cancel
        action = kind(by=call.me.id, seen=claim.version)
        _, operations = approvals.move(call, found.running, found.item, action, summary_of(claim))
    if claim.status in HOLDING:
        call = read_ahead(call, effects.keys(claim))
        operations = [*operations, *effects.written(call, claim, effects.giving_back(call, claim))]
    return moved, operations
