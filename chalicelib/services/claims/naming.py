"""How a claim is named to somebody who comes upon an invoice that it uses: not at all, unless they may see it."""

from __future__ import annotations

from chalicelib.domain.errors import NotFound
from chalicelib.services.call import Call
from chalicelib.services.claims.record import KIND, held, resource_of
from chalicelib.services.received.naming import DOCUMENTS, Named


def _named(call: Call, id: str) -> Named | None:
    try:
        found = held(call.store, id)
    except NotFound:
        return None
    if not call.may("claim:view", resource_of(found.claim, found.running)):
        return None
    return Named(found.claim.number, found.claim.applicant_name, f"/claims/{id}")


DOCUMENTS[KIND] = _named
