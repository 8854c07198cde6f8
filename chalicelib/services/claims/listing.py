"""Which claims a person lists."""

from __future__ import annotations

from chalicelib.domain.claims import PREFIX, Claim
from chalicelib.models.claims import of_claimant, of_company, of_department
from chalicelib.models.store import Store
from chalicelib.services.claims.record import held, resource_of
from chalicelib.services.permissions import Resource
from chalicelib.services.registers import Register


def _opened(store: Store, claim: str) -> tuple[Claim, Resource]:
    found = held(store, claim)
    return found.claim, resource_of(found.claim, found.running)


register = Register(Claim, "Claim", PREFIX, of_claimant, of_company, of_department, _opened)
