"""Documents use invoices within their own transactions: claims, from their submission until they are settled.

Two writes for an invoice with a file, one for one without. All that they ask is read in one batch; nothing, where
`keys` were read ahead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from itertools import batched
from typing import Any

from chalicelib.domain import received as rules
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.received import Holder, InvoiceExceeded, InvoiceUsed, Received, Use, use_keys
from chalicelib.models.item import Key
from chalicelib.models.received import ReceivedItem, UseItem
from chalicelib.models.store import BATCH_GET_LIMIT, Operation, Store, save
from chalicelib.services.ahead import read_ahead
from chalicelib.services.call import Call
from chalicelib.services.received.naming import named

CLAIM = "claim"

type Amounts = Mapping[str, int]
"""Minor units of the invoice's currency, by the id of the invoice."""


def keys(ids: Iterable[str]) -> list[Key]:
    """What `using`, `settled`, `unsettled` and `known` ask about invoices, for one batch with other reads."""
    return [key for id in dict.fromkeys(ids) for key in (ReceivedItem.at(id), *map(UseItem.at, use_keys(id)))]


def known(store: Store, ids: Iterable[str]) -> dict[str, Received]:
    """The invoices that are there, by id."""
    wanted = list(dict.fromkeys(ids))
    found = _get(store, [ReceivedItem.at(id) for id in wanted])
    return {id: item.to(Received) for id, item in zip(wanted, found, strict=True) if item is not None}


def uses_of(store: Store, ids: Iterable[str]) -> dict[str, Use]:
    """Who uses the invoices, by the keys of their uses."""
    wanted = list(dict.fromkeys(key for id in ids for key in use_keys(id)))
    found = _get(store, [UseItem.at(key) for key in wanted])
    return {key: item.to(Use) if item else Use(key) for key, item in zip(wanted, found, strict=True)}


def using(
    call: Call,
    document: str,
    before: Amounts,
    after: Amounts,
    kind: str = CLAIM,
    paths: Mapping[str, str] | None = None,
) -> list[Operation]:
    """Operations by which a document that used invoices for the sums `before` uses them for those `after`.

    What it gives up comes first, so that it may take the same invoice in another registration. Raises Invalid for an
    invoice that is not there, is thrown away or is not the person's own, at the field that `paths` names for its id;
    InvoiceUsed, telling who uses it to those who may see that document; InvoiceExceeded.
    """
    ids = sorted(id for id in {**before, **after} if before.get(id, 0) != after.get(id, 0))
    if not ids:
        return []
    call = read_ahead(call, keys(ids))
    found, uses = known(call.store, ids), _Uses(call.store, ids)
    for id in ids:
        if not after.get(id):
            uses.change(id, partial(rules.free, kind=kind, document=document))
    for id in (each for each in ids if after.get(each)):
        path = (paths or {}).get(id, "invoice")
        invoice = _checked(call, found.get(id), after[id], path, new=not before.get(id))
        _take(call, uses, invoice, Holder(kind, document, id, after[id]))
    return uses.operations()


def settled(call: Call, document: str, amounts: Amounts, kind: str = CLAIM) -> list[Operation]:
    """Operations for a document that is paid: what it was settled with stays claimed, others may use the rest.

    A sum of zero gives the invoice back. Raises IllegalMove for what the document does not use, or a larger sum.
    """
    uses = _Uses(call.store, amounts)
    for id, amount in sorted(amounts.items()):
        uses.change(id, partial(rules.settle, kind=kind, document=document, amount=amount))
    return uses.operations()


def unsettled(call: Call, document: str, amounts: Amounts, kind: str = CLAIM) -> list[Operation]:
    """Operations for a document that was reversed after its payment: its invoices are free again for what it took.

    Raises IllegalMove for other sums than it was settled with.
    """
    taken = {id: amount for id, amount in amounts.items() if amount}
    uses = _Uses(call.store, taken)
    for id, amount in sorted(taken.items()):
        uses.change(id, partial(rules.unsettle, kind=kind, document=document, amount=amount))
    return uses.operations()


class _Uses:
    """The uses of invoices as they were read and as they are going to be."""

    def __init__(self, store: Store, ids: Iterable[str]) -> None:
        self._read = uses_of(store, ids)
        self._written: dict[str, Use] = {}

    def of(self, id: str) -> list[Use]:
        """Those of an invoice, as they are by now."""
        return [self._written.get(key, self._read[key]) for key in use_keys(id)]

    def change(self, id: str, make: Callable[[Use], Use]) -> None:
        """Change those of an invoice."""
        self._written |= {use.id: make(use) for use in self.of(id)}

    def operations(self) -> list[Operation]:
        """One write over each use that was read, however often it was changed since."""
        items = (
            UseItem.from_use(replace(use, version=self._read[key].version + 1)) for key, use in self._written.items()
        )
        return [save(item) for item in items]


def _checked(call: Call, invoice: Received | None, amount: int, path: str, new: bool) -> Received:
    if invoice is None or invoice.status != "registered":
        raise Invalid(FieldError(path, "unknown_invoice"))
    if new and invoice.owner != call.actor:
        raise Invalid(FieldError(path, "invoice_not_yours"))
    if not 0 < amount < rules.LARGEST:
        raise Invalid(FieldError(path, "bad_amount"))
    return invoice


def _take(call: Call, uses: _Uses, invoice: Received, holder: Holder) -> None:
    try:
        uses.change(invoice.id, partial(rules.take, holder=holder, total=invoice.total, currency=invoice.currency))
    except (InvoiceUsed, InvoiceExceeded) as refused:
        raise _told(call, refused, invoice, uses.of(invoice.id)) from refused


def _told(
    call: Call, refused: InvoiceUsed | InvoiceExceeded, invoice: Received, uses: list[Use]
) -> InvoiceUsed | InvoiceExceeded:
    """The refusal with the invoice's number and, for whoever may see it, the document that uses the invoice."""
    facts = {name: value for name, value in refused.params.items() if name != "state"} | {"invoice": invoice.number}
    if refused.code != InvoiceUsed.code:
        return type(refused)(refused.code, state=refused.state, **facts)
    holder = next((use.live for use in uses if use.live), None)
    seen = named(call, holder.kind, holder.document) if holder else None
    if seen is None:
        return InvoiceUsed(state=refused.state, **facts)
    return InvoiceUsed("invoice_used_by", state=refused.state, document=seen.number, person=seen.person, **facts)


def _get(store: Store, wanted: list[Key]) -> list[Any]:
    """The items, in as many batches as it takes."""
    return [item for some in batched(wanted, BATCH_GET_LIMIT, strict=False) for item in store.get(*some)]
