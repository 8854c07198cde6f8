"""What claims do with advances: reserve at their submission, clear at their posting, take back what they did.

All of it joins the claim's own transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Protocol

from chalicelib.domain import advances
from chalicelib.domain.advances import Advance, Offset, Posting, Terms, number_of
from chalicelib.domain.errors import Conflict, FieldError, Invalid
from chalicelib.models.advances import AdvanceItem
from chalicelib.models.item import Key
from chalicelib.models.spending_numbers import SpendingNumberItem
from chalicelib.models.store import Operation, Store, create
from chalicelib.services.advances.posting import entries, operations_of, stamp
from chalicelib.services.advances.standing import counted, standing_of
from chalicelib.services.call import Call

type Move = tuple[str, Offset, int]
"""An advance's id, what a claim does with it, and how much, in minor units."""

ADVANCES_LIMIT = 10
"""Advances that one claim touches at most."""


class Claimed(Protocol):
    """What has to be known of a claim: whose it is, in which currency, and what people call it."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def number(self) -> str:
        """What people call it."""

    @property
    def applicant(self) -> str:
        """Whose it is."""

    @property
    def applicant_name(self) -> str:
        """Their name."""

    @property
    def department(self) -> str:
        """Their department's id."""

    @property
    def department_path(self) -> tuple[str, ...]:
        """That and the departments above it."""

    @property
    def currency(self) -> str:
        """Its currency."""


def keys(ids: Iterable[str]) -> list[Key]:
    """What `offsetting` is going to ask about these advances, for one batch with other reads."""
    return [AdvanceItem.at(id) for id in ids]


def open_of(store: Store, person: str, currency: str) -> list[Advance]:
    """Advances of the person of which something can be cleared, oldest first. Two reads: which there are, and they."""
    ids = [each.advance for each in standing_of(store, person).exposures if each.currency == currency]
    found = store.get(*keys(ids)) if ids else []
    return advances.oldest_first(item.to(Advance) for item in found if item)


def offsetting(call: Call, moves: Sequence[Move], claim: Claimed) -> list[Operation]:
    """Operations by which the claim reserves of advances, gives that up, clears it, or restores what it cleared.

    All moves of a command are given at once; several on one advance follow each other in their order. At most three
    operations an advance, and one more for each move on it after the first. Raises NotOpen for more than is free of
    one, NotReserved, Invalid for an advance that is not the applicant's or in another currency.
    """
    found = _read(call, dict.fromkeys(id for id, _, _ in moves), claim)
    made: dict[str, list[Posting]] = {}
    for id, what, amount in moves:
        own = made.setdefault(id, [])
        current = own[-1].advance if own else found[id]
        own.append(advances.offset(current, what, amount, stamp(call), claim.id, claim.number))
    return [each for id, postings in made.items() for each in operations_of(found[id], postings)]


def owed(call: Call, person: str, amount: int, currency: str, claim: Claimed) -> list[Operation]:
    """Operations that make what a reversed claim was paid an advance that the person owes (five of them).

    No limit is asked: the money is out already.
    """
    id = call.new_id()
    bare = Advance(
        id=id,
        number=number_of(id),
        applicant=person,
        applicant_name=claim.applicant_name,
        department=claim.department,
        department_path=claim.department_path,
        purpose="",
        currency=currency,
        amount=amount,
        due=call.now.date() + timedelta(Terms().days),
        created_at=call.now,
        source_kind="claim",
        source=claim.id,
        source_number=claim.number,
        origin="reversal",
        status="approved",
    )
    posting = advances.pay(bare, amount, stamp(call), claim.id, claim.number)
    own = replace(posting.advance, version=1)
    number = create(SpendingNumberItem.of_document(own.number, id))
    return [create(AdvanceItem.from_advance(own)), number, *entries([posting]), *counted(own)]


def _read(call: Call, ids: Iterable[str], claim: Claimed) -> dict[str, Advance]:
    asked = list(ids)
    if len(asked) > ADVANCES_LIMIT:
        raise Conflict("advance_too_many_offsets", most=str(ADVANCES_LIMIT))
    found: dict[str, Advance] = {}
    for row, (id, item) in enumerate(zip(asked, call.store.get(*keys(asked)), strict=True)):
        own: Advance | None = item.to(Advance) if item else None
        if own is None or (own.applicant, own.currency) != (claim.applicant, claim.currency):
            raise Invalid(FieldError(f"offsets.{row}.advance", "unknown_advance"))
        found[id] = own
    return found
