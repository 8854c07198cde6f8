"""What documents write of payments, each within a transaction of the document's own."""

from __future__ import annotations

from collections.abc import Iterable

from chalicelib.domain import payments as rules
from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.payments import Payable, payable_id
from chalicelib.models.item import Key
from chalicelib.models.payments import PayableItem
from chalicelib.models.store import Operation, Store, create, replace
from chalicelib.services.call import Call


def owing(
    call: Call,
    kind: str,
    document: str,
    number: str,
    payee: str,
    payee_name: str,
    amount: int,
    currency: str,
    *,
    department: str = "",
    part: int = 1,
) -> list[Operation]:
    """Operations by which an approved document owes its payee a sum (minor units, above zero); raises Invalid.

    `department` (an id) is what finance's list can be narrowed to; `part` counts the payments of one document.
    """
    rules.check_owed(amount)
    payable = Payable(
        id=payable_id(kind, document, part),
        document_kind=kind,
        document=document,
        number=number,
        payee=payee,
        payee_name=payee_name,
        amount=amount,
        currency=currency,
        created_at=call.now,
        department=department,
    )
    return [create(PayableItem.from_payable(payable), Conflict("payable_exists", state="due", number=number))]


def dropped(call: Call, id: str) -> list[Operation]:
    """Operations by which what is to be paid is not to be paid any more, because its document was cancelled.

    Raises IllegalMove where it stands in a batch or was paid, NotFound.
    """
    return [replace(PayableItem.from_payable(rules.cancelled(_payable(call.store, id))))]


def reversed(call: Call, id: str) -> list[Operation]:
    """Operations that note on a paid payable that its document was reversed; raises IllegalMove, NotFound."""
    return [replace(PayableItem.from_payable(rules.after_reversal(_payable(call.store, id), call.now)))]


def keys(ids: Iterable[str]) -> list[Key]:
    """What `dropped`, `reversed` and `known` are going to ask about payables, for one batch with other reads."""
    return [PayableItem.at(id) for id in ids]


def known(store: Store, ids: Iterable[str]) -> dict[str, Payable]:
    """The payables of these ids (at most 100) that there are."""
    wanted = keys(ids)
    return {item.id: item.to(Payable) for item in (store.get(*wanted) if wanted else []) if item}


def _payable(store: Store, id: str) -> Payable:
    found = known(store, [id]).get(id)
    if found is None:
        raise NotFound
    return found
