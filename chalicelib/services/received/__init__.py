"""Received invoices: registered by employees, used by one document at a time, shown to those who may see them."""

from chalicelib.services.received.listing import Listed, Open, State, listed, open_of, standing, view
from chalicelib.services.received.naming import DOCUMENTS, Named
from chalicelib.services.received.reading import read
from chalicelib.services.received.registering import discard, register
from chalicelib.services.received.using import keys, known, settled, unsettled, using

__all__ = [
    "DOCUMENTS",
    "Listed",
    "Named",
    "Open",
    "State",
    "discard",
    "keys",
    "known",
    "listed",
    "open_of",
    "read",
    "register",
    "settled",
    "standing",
    "unsettled",
    "using",
    "view",
]
