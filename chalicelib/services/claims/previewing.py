"""What a claim would come to while somebody fills in its form: sums, what the rules find, budgets as they stand."""

from __future__ import annotations

from dataclasses import dataclass, replace

from chalicelib.domain.budgets import Line as BudgetLine
from chalicelib.domain.claims import Claim, Stated, needs
from chalicelib.domain.compliance import Finding
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.models.budgets import LineItem
from chalicelib.services import compliance, expenses
from chalicelib.services.call import Call
from chalicelib.services.claims import charging
from chalicelib.services.claims.checking import findings_of
from chalicelib.services.claims.foresight import foreseen
from chalicelib.services.claims.form import claim_of
from chalicelib.services.permissions import COMPANY


@dataclass(frozen=True)
class Room:
    """A budget line, what the claim asks of it, and how much of that its pre-applications hold already."""

    line: BudgetLine
    asked: int
    held: int

    @property
    def short(self) -> int:
        """What is asked for beyond the budget; nothing of one without control."""
        return max(0, self.asked - self.held - self.line.available) if self.line.control != "none" else 0


@dataclass(frozen=True)
class Preview:
    """The claim as far as it can be read, what is found at it, and the budgets that pay; `faults` are in the way."""

    claim: Claim | None
    findings: tuple[Finding, ...] = ()
    rooms: tuple[Room, ...] = ()
    faults: tuple[FieldError, ...] = ()


def preview(call: Call, stated: Stated) -> Preview:
    """What the stated claim would come to; nothing is saved."""
    call.permit("claim:create", COMPANY)
    own = call.new_id()
    call = foreseen(call, stated, own, submitted=True)
    claim, faults = _read(call, stated, own)
    if claim is None:
        return Preview(None, faults=faults)
    categories = expenses.as_of(call.store, call.store.get(expenses.head())[0], call.now)
    claim = charging.taken(call.store, charging.charged(call.store, claim, categories))
    found = findings_of(call, claim, categories, compliance.now_in_force(call))
    return Preview(claim, found, _rooms(call, claim), faults)


def _read(call: Call, stated: Stated, id: str) -> tuple[Claim | None, tuple[FieldError, ...]]:
    """The claim, of one in which something is wrong without those lines; None where that is no claim either."""
    try:
        return claim_of(call, stated, id), ()
    except Invalid as refused:
        faults = refused.fields
    try:
        return claim_of(call, _readable(stated, faults), id), faults
    except Invalid:
        return None, faults


def _readable(stated: Stated, faults: tuple[FieldError, ...]) -> Stated:
    """The same without the lines in which something is wrong, and without what is beside them."""
    wrong = {fault.path.split(".")[1] for fault in faults if fault.path.startswith("lines.")}
    kept = tuple(line for row, line in enumerate(stated.lines) if str(row) not in wrong)
    return replace(stated, lines=kept) if wrong else replace(stated, links=(), offsets=())


def _rooms(call: Call, claim: Claim) -> tuple[Room, ...]:
    asked = needs(claim)
    items = call.store.get(*(LineItem.at(id) for id in asked)) if asked else []
    held = {id: sum(each.amount for each in claim.taken if each.line == id and each.source) for id in asked}
    return tuple(Room(item.to(BudgetLine), asked[item.id], held[item.id]) for item in items if item is not None)
