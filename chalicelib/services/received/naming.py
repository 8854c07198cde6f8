"""The documents that use invoices, as far as somebody may know of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from chalicelib.services.call import Call


@dataclass(frozen=True)
class Named:
    """A document that somebody may see: its number, whose it is, and where it is shown."""

    number: str
    person: str
    place: str


DOCUMENTS: dict[str, Callable[[Call, str], Named | None]] = {}
"""By kind of document: how the one of that id is named to the call's person; None where they may not see it."""

_MODULES: dict[str, str] = {"claim": "chalicelib.services.claims.naming"}
"""By kind of document: the module that adds it to DOCUMENTS."""


def named(call: Call, kind: str, document: str) -> Named | None:
    """How a document that uses an invoice is named to the call's person, None where nobody may tell them."""
    if kind not in DOCUMENTS and kind in _MODULES:
        import_module(_MODULES[kind])
    return DOCUMENTS[kind](call, document) if kind in DOCUMENTS else None
