"""What documents do when a payable of theirs is paid: each kind says so here, and nothing else is known of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

from chalicelib.domain.errors import NotFound
from chalicelib.domain.payments import Payable
from chalicelib.models.item import Key
from chalicelib.models.store import Operation
from chalicelib.services.call import Call

SETTLED: dict[str, Callable[[Call, str, Payable], Sequence[Operation]]] = {}
"""By kind of document: what becomes of it (by its id) in the transaction in which its payable is paid.

At most SETTLING operations. A refusal of the domain leaves the payable as it is, and finance is told.
"""

READS: dict[str, Callable[[str], Sequence[Key]]] = {}
"""By kind of document, if it says so: what SETTLED is going to ask about the document of that id, so that it is read
with the payable in one batch."""

SETTLING = 90
"""Operations that a document may write when it is paid; the rest of the transaction is the payment's."""

_MODULES: dict[str, str] = {
    "advance": "chalicelib.services.advances.paying",
    "claim": "chalicelib.services.claims.settling",
}
"""By kind: the module that adds it to SETTLED."""


def settled(call: Call, payable: Payable) -> Sequence[Operation]:
    """What its document does now that the payable is paid; raises NotFound for a kind that nobody knows."""
    _import(payable.document_kind)
    operations = SETTLED[payable.document_kind](call, payable.document, payable)
    if len(operations) > SETTLING:
        raise ValueError(f"{payable.id} settles with {len(operations)} operations")
    return operations


def reads(kind: str, document: str) -> Sequence[Key]:
    """What settling a document of the kind asks for."""
    _import(kind)
    return READS[kind](document) if kind in READS else ()


def _import(kind: str) -> None:
    if kind not in SETTLED and kind in _MODULES:
        import_module(_MODULES[kind])
    if kind not in SETTLED:
        raise NotFound
