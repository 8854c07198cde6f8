"""The rules for advances, as finance states them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from chalicelib.domain.advances import Limit, Terms, check_terms
from chalicelib.domain.errors import FieldError, Invalid, Stale
from chalicelib.models.advances import AdvanceTermsItem
from chalicelib.models.store import Store, save
from chalicelib.services.call import Answer, Call
from chalicelib.services.permissions import COMPANY
from chalicelib.web.money import minor

MANAGE = "advance:manage"


@dataclass(frozen=True)
class StatedLimit:
    """A limit as somebody states it: the amount is a text in the currency's own unit, or minor units."""

    grade: str
    currency: str
    amount: int | str


def terms_of(store: Store) -> Terms:
    """The rules, the usual ones before finance has stated any."""
    (item,) = store.get(AdvanceTermsItem.at())
    return item.to(Terms) if item else Terms()


def terms(call: Call) -> Terms:
    """The rules, for those who keep them."""
    call.permit(MANAGE, COMPANY)
    return terms_of(call.store)


def set_terms(call: Call, stated: Terms, limits: list[StatedLimit]) -> Answer:
    """State the rules anew (`stated` has no limits yet); raises Invalid naming every wrong field, Stale."""
    call.permit(MANAGE, COMPANY)
    before = terms_of(call.store)
    if call.expected_version not in (None, before.version):
        raise Stale(state="")
    changed = replace(stated, limits=_limits(limits), version=before.version + 1)
    check_terms(changed)
    answer = {"version": changed.version, "location": "/advances/terms"}
    return call.commit(answer, save(AdvanceTermsItem.from_terms(changed)))


def _limits(stated: list[StatedLimit]) -> tuple[Limit, ...]:
    found = [minor(each.amount, each.currency) for each in stated]
    faults = [FieldError(f"limits.{row}.amount", "bad_amount") for row, amount in enumerate(found) if amount is None]
    if faults:
        raise Invalid(*faults)
    return tuple(
        Limit(each.grade.strip(), each.currency, amount or 0) for each, amount in zip(stated, found, strict=True)
    )
