"""Payments as the policies and the other parts of the area see them, and what a command reads of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.domain.approvals import Running
from chalicelib.domain.errors import NotFound
from chalicelib.domain.payments import Batch, Item, Payable, document_of
from chalicelib.models.approvals import RunningItem
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.item import Key
from chalicelib.models.payment_batches import ITEMS, BatchItem, PaymentItem, batch_partition
from chalicelib.models.payments import PayableItem
from chalicelib.models.store import Query, Store
from chalicelib.services import approvals
from chalicelib.services.call import Answer, Call
from chalicelib.services.directory.reading import every

MANAGE = "payment:manage"
VIEW = "payment:view"
SET_UP = "payment:set_up"


@dataclass(frozen=True)
class Payment:
    """A batch, one of its payments, and the payable, as read."""

    batch: Batch
    item: Item
    payable: Payable


def approval_key(payable: str) -> Key:
    """Where the approval of a payable's document stands."""
    return RunningItem.at(approvals.approval_id(*document_of(payable)))


def barred(payable: Payable, running: Running | None) -> tuple[str, ...]:
    """Who neither releases nor marks the payment: its payee, and who approved the document."""
    decided = {person for _, person in running.approvals} if running else set()
    return tuple(sorted({payable.payee, *decided}))


def batch_of(call: Call, id: str) -> Batch:
    """The head; raises NotFound."""
    (item,) = call.store.get(BatchItem.at(id))
    if item is None:
        raise NotFound
    batch: Batch = item.to(Batch)
    return batch


def payment_keys(batch: str, payable: str) -> list[Key]:
    """What `payment_of` asks for."""
    return [BatchItem.at(batch), PaymentItem.at(batch, payable), PayableItem.at(payable)]


def payment_of(store: Store, batch: str, payable: str) -> Payment:
    """A payment with its batch and its payable; raises NotFound."""
    head, item, owed = store.get(*payment_keys(batch, payable))
    if head is None or item is None or owed is None:
        raise NotFound
    return Payment(head.to(Batch), item.to(Item), owed.to(Payable))


def items_of(store: Store, batch: str) -> list[Item]:
    """All payments of a batch by their numbers."""
    found = every(store, Query(SpendingTable, batch_partition(batch), prefix=ITEMS, limit=500))
    return sorted((item.to(Item) for item in found), key=lambda item: item.no)


def payees_of(items: Iterable[Item]) -> list[str]:
    """Who is paid by these items, each once."""
    return sorted({item.payee for item in items})


def answer_of(batch: Batch) -> Answer:
    """What a command on a batch answers."""
    facts = {"id": batch.id, "number": batch.number, "status": batch.status, "version": batch.version}
    return facts | {"location": f"/payment-batches/{batch.id}"}
