"""What a claim's move brings to budgets, advances, invoices and pre-applications: gathered first, written once.

Each of these records takes one operation a transaction, whatever the command does: a claim that is approved by itself
and covered by an advance freezes and uses, reserves and clears at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from chalicelib.domain.budgets import Hold, Overspent
from chalicelib.domain.claims import (
    Claim,
    Source,
    cleared,
    finishing,
    holder,
    linked,
    merged,
    taking,
    unusing,
    uses,
    using,
)
from chalicelib.domain.claims import giving_back as backwards
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.models.budgets import FreezeItem, LineItem
from chalicelib.models.claims import ClaimTraceItem
from chalicelib.models.item import Key
from chalicelib.models.store import TRANSACTION_LIMIT, Delete, Operation, Put
from chalicelib.services import advances, applications, budgets, payments, received
from chalicelib.services.advances.offsetting import Move
from chalicelib.services.call import Call
from chalicelib.services.claims import sources
from chalicelib.services.claims.invoices import paths
from chalicelib.services.claims.refusals import named

RESERVED = 8
"""Operations of a transaction that the claim itself, its approval and the person take at least."""


@dataclass(frozen=True)
class Effects:
    """`holds` of budgets and `moves` of advances; what was claimed of invoices `before` and is claimed `after`.

    `settled` are uses of invoices that are paid now, `unsettled` those of a reversed claim. `owed` is what its
    applicant owes after a reversal. `others` are operations on pre-applications and payables.
    """

    holds: tuple[Hold, ...] = ()
    moves: tuple[Move, ...] = ()
    before: Mapping[str, int] = field(default_factory=dict)
    after: Mapping[str, int] = field(default_factory=dict)
    settled: Mapping[str, int] = field(default_factory=dict)
    unsettled: Mapping[str, int] = field(default_factory=dict)
    owed: int = 0
    others: tuple[Operation, ...] = ()


def keys(claim: Claim) -> list[Key]:
    """What a move of a claim that holds something is going to ask, for one batch."""
    lines = list(dict.fromkeys(each.line for each in claim.taken))
    documents = [holder(claim), *linked(claim).values()]
    return [
        *(LineItem.at(line) for line in lines),
        *(FreezeItem.at(line, document.kind, document.id) for document in documents for line in lines),
        *sources.keys(claim.links),
        *received.keys(uses(claim.lines)),
        *advances.keys(offset.advance for offset in claim.offsets),
    ]


def taken(claim: Claim) -> Effects:
    """What a submission takes: budgets, advances, invoices."""
    moves: tuple[Move, ...] = tuple((offset.advance, "reserve", offset.amount) for offset in claim.offsets)
    trace = Put(ClaimTraceItem.of_claim(claim), {})
    return Effects(taking(claim), moves, after=uses(claim.lines), others=(trace,))


def giving_back(call: Call, claim: Claim) -> Effects:
    """The same backwards; to pre-applications that are open still."""
    found = sources.read(call.store, claim.links)
    holds = backwards(claim, {id for id, each in found.items() if each.open})
    moves: tuple[Move, ...] = tuple((offset.advance, "unreserve", offset.amount) for offset in claim.offsets)
    trace = Delete(ClaimTraceItem.at(claim), {})
    return Effects(holds, moves, before=uses(claim.lines), others=(*_unchanged(holds, found), trace))


def settling(call: Call, claim: Claim) -> Effects:
    """What payment brings: what was granted is used, cleared, claimed for good; what is finished releases its rest."""
    found = sources.read(call.store, claim.links)
    ending = [found[link.document] for link in claim.links if link.finished and link.document in found]
    open_ones = [each for each in ending if each.open]
    rest = [hold for each in open_ones for source in _all_held(call, each) for hold in finishing(source)]
    holds = using(claim, sources.open_of(claim, found))
    ended = [op for each in open_ones if each.kind == "application" for op in applications.ended(call, each.id)]
    return Effects(
        merged([*holds, *rest]),
        _cleared(claim),
        settled=uses(claim.lines),
        others=(*_unchanged(holds, found), *ended),
    )


def reversing(call: Call, claim: Claim) -> Effects:
    """What a reversal brings: nothing is used or cleared any more, and what was paid is owed; before the payment, it is
    given up with all that the claim holds."""
    if claim.status == "approved":
        given_up = payments.dropped(call, payments.payable_id("claim", claim.id))
        back = giving_back(call, claim)
        return replace(back, others=(*back.others, *given_up))
    found = sources.read(call.store, claim.links)
    holds = unusing(claim, sources.open_of(claim, found))
    taken_back = cleared(claim.offsets, claim.sanctioned)
    moves: tuple[Move, ...] = tuple((each.advance, "restore", each.amount) for each in taken_back)
    paid = payments.reversed(call, payments.payable_id("claim", claim.id)) if claim.payable else []
    others = (*_unchanged(holds, found), *paid, Delete(ClaimTraceItem.at(claim), {}))
    return Effects(holds, moves, unsettled=uses(claim.lines), owed=claim.payable, others=others)


def together(first: Effects, second: Effects) -> Effects:
    """Both in one transaction."""
    return Effects(
        merged([*first.holds, *second.holds]),
        (*first.moves, *second.moves),
        before={**first.before, **second.before},
        after={**first.after, **second.after},
        settled={**first.settled, **second.settled},
        owed=first.owed + second.owed,
        others=(*first.others, *second.others),
    )


def written(call: Call, claim: Claim, effects: Effects) -> list[Operation]:
    """The operations of all that. Raises Overspent, BudgetClosed, what advances and invoices refuse, and Invalid where
    it is more than one transaction takes."""
    operations = [
        *_of_budgets(call, claim, effects),
        *(advances.offsetting(call, effects.moves, claim) if effects.moves else ()),
        *(advances.owed(call, claim.applicant, effects.owed, claim.currency, claim) if effects.owed else ()),
        *_of_invoices(call, claim, effects),
        *effects.others,
    ]
    if len(operations) + RESERVED > TRANSACTION_LIMIT:
        raise Invalid(FieldError("lines", "claim_too_large"))
    return operations


def _of_budgets(call: Call, claim: Claim, effects: Effects) -> list[Operation]:
    if not effects.holds:
        return []
    try:
        return budgets.posting(call, effects.holds, claim.budget_reason)
    except Overspent as refused:
        raise named(call, refused) from refused


def _of_invoices(call: Call, claim: Claim, effects: Effects) -> list[Operation]:
    if effects.settled:
        return received.settled(call, claim.id, effects.settled)
    if effects.unsettled:
        return received.unsettled(call, claim.id, effects.unsettled)
    if effects.before or effects.after:
        return received.using(call, claim.id, effects.before, effects.after, paths=paths(claim))
    return []


def _cleared(claim: Claim) -> tuple[Move, ...]:
    """What of the reserved advances is cleared, and what of them is not needed after all."""
    needed = {each.advance: each.amount for each in cleared(claim.offsets, claim.sanctioned)}
    moves: list[Move] = []
    for offset in claim.offsets:
        amount = needed.get(offset.advance, 0)
        if amount:
            moves.append((offset.advance, "clear", amount))
        if offset.amount > amount:
            moves.append((offset.advance, "unreserve", offset.amount - amount))
    return tuple(moves)


def _all_held(call: Call, found: sources.PreApplication) -> list[Source]:
    return sources.holding(call.store, [found], found.lines)


def _unchanged(holds: Iterable[Hold], found: Mapping[str, sources.PreApplication]) -> tuple[Operation, ...]:
    """Whoever gets something back has to be open at that moment."""
    getting = {hold.document.id for hold in holds if hold.handed < 0}
    return tuple(sources.still_open(found[id] for id in sorted(getting)))
