"""Claims: prefill, claim, change, submit, withdraw, cancel, correct, settle, reverse, look at, list."""

from chalicelib.services.claims.applying import act, change, start
from chalicelib.services.claims.correcting import StatedCorrection, correct_lines
from chalicelib.services.claims.listing import register
from chalicelib.services.claims.prefilling import (
    blank,
    from_application,
    from_claim,
    from_invoices,
    from_visit,
    open_advances,
    stated_of,
)
from chalicelib.services.claims.previewing import Preview, Room, preview
from chalicelib.services.claims.record import kept, keys, resource_of, summary_of
from chalicelib.services.claims.settling import reverse
from chalicelib.services.claims.viewing import ClaimView, view

__all__ = [
    "ClaimView",
    "Preview",
    "Room",
    "StatedCorrection",
    "act",
    "blank",
    "change",
    "correct_lines",
    "from_application",
    "from_claim",
    "from_invoices",
    "from_visit",
    "kept",
    "keys",
    "open_advances",
    "preview",
    "register",
    "resource_of",
    "reverse",
    "start",
    "stated_of",
    "summary_of",
    "view",
]
