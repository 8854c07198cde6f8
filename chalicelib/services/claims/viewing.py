"""Looking at one claim: with its approval, invoices, budgets and payment as they stand, and what I can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from chalicelib.domain.approvals import legal_moves
from chalicelib.domain.budgets import Line as BudgetLine
from chalicelib.domain.claims import HOLDING, Claim, Move, moves_from, needs
from chalicelib.domain.payments import Payable
from chalicelib.domain.received import Received
from chalicelib.models.budgets import LineItem
from chalicelib.models.claims import ClaimItem
from chalicelib.models.item import Key
from chalicelib.models.payments import PayableItem
from chalicelib.models.received import ReceivedItem
from chalicelib.services import approvals, payments
from chalicelib.services.ahead import read_ahead
from chalicelib.services.call import Call
from chalicelib.services.claims.invoices import of_lines
from chalicelib.services.claims.record import KIND, kept, resource_of
from chalicelib.services.directory import People
from chalicelib.services.permissions import Resource

MINE: tuple[Move, ...] = ("change", "submit", "withdraw", "cancel")


@dataclass(frozen=True)
class ClaimView:
    """All that a claim's page shows. `moves` is what I can do with it; its approval has moves of its own.

    `budgets` are the lines from which it takes something, with how much; `payable` is how its payment stands.
    """

    claim: Claim
    approval: approvals.Approval | None
    moves: tuple[Move, ...]
    corrects: bool = False
    invoices: Mapping[str, Received] = field(default_factory=dict)
    budgets: tuple[tuple[BudgetLine, int], ...] = ()
    payable: Payable | None = None


def view(call: Call, id: str) -> ClaimView:
    """Everything about one claim; raises NotFound for those who may not see it."""
    call = read_ahead(call, [ClaimItem.at(id)], approvals.trail_of(approvals.approval_id(KIND, id)))
    claim = kept(call.store, id)
    approval = approvals.view(call, claim.approval) if claim.approval else None
    resource = resource_of(claim, approval.running if approval else None)
    call.permit("claim:view", resource, unseen=True)
    call = read_ahead(call, _beside(claim))
    return ClaimView(
        claim,
        approval,
        _my_moves(call, claim, resource),
        _corrects(call, claim, approval),
        of_lines(call, claim.lines),
        _budgets(call, claim),
        payments.known(call.store, [payments.payable_id(KIND, id)]).get(payments.payable_id(KIND, id)),
    )


def _beside(claim: Claim) -> list[Key]:
    """What else the page shows, in one read."""
    invoices = dict.fromkeys(line.invoice for line in claim.lines if line.invoice)
    lines = needs(claim) if claim.status in HOLDING else ()
    payable = PayableItem.at(payments.payable_id(KIND, claim.id))
    return [payable, *(ReceivedItem.at(each) for each in invoices), *(LineItem.at(line) for line in lines)]


def _budgets(call: Call, claim: Claim) -> tuple[tuple[BudgetLine, int], ...]:
    wanted = needs(claim) if claim.status in HOLDING else {}
    items = call.store.get(*(LineItem.at(id) for id in wanted)) if wanted else []
    return tuple((item.to(BudgetLine), wanted[item.id]) for item in items if item is not None)


def _corrects(call: Call, claim: Claim, approval: approvals.Approval | None) -> bool:
    """Whether the claim waits for me."""
    if approval is None or claim.status != "pending":
        return False
    return "return" in legal_moves(approval.running, call.me.id, People(call.store, call.now))


def _my_moves(call: Call, claim: Claim, resource: Resource) -> tuple[Move, ...]:
    possible = moves_from(claim.status)
    own = tuple(name for name in possible if name in MINE) if call.may("claim:change", resource) else ()
    return (*own, "reverse") if "reverse" in possible and call.may("claim:reverse", resource) else own
