"""Advances at the company of the tests."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from chalicelib.domain.advances import Advance, Movement, Offset, Stated, Terms
from chalicelib.domain.approvals import Running
from chalicelib.domain.directory import Person
from chalicelib.domain.payments import Payable, payable_id
from chalicelib.models.advances import MOVEMENTS, AdvanceItem, partition
from chalicelib.models.approvals import RunningItem
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.payments import PayableItem
from chalicelib.models.store import Operation, Query
from chalicelib.services import advances, approvals
from chalicelib.services.advances import StatedLimit
from chalicelib.services.call import Call
from chalicelib.services.directory.reading import every
from tests.advances import payment
from tests.services.conftest import Company


@dataclass(frozen=True)
class Claim:
    """What advances know of a claim."""

    id: str
    number: str
    applicant: str
    applicant_name: str
    department: str
    department_path: tuple[str, ...]
    currency: str = "CNY"


def claim_of(person: Person, id: str = "C1", **facts: Any) -> Claim:
    """A claim of that person."""
    own = Claim(id, f"CL-{id}", person.id, person.name, person.department, person.department_path)
    return replace(own, **facts)


def stated(company: Company, **facts: Any) -> Stated:
    """An advance of 300.00 as an applicant states it."""
    known: dict[str, Any] = {"purpose": "客户接待", "currency": "CNY", "amount": 30_000}
    return Stated(**known | {"due": company.now.date() + timedelta(30)} | facts)


def ask(company: Company, submit: bool = True, who: Person | None = None, **facts: Any) -> str:
    """An advance is asked for; its id."""
    answer = advances.apply(company.call(who or company.applicant), stated(company, **facts), submit)
    return str(answer["id"])


def decide(company: Company, id: str, action: str = "approve", comment: str = "Fine") -> None:
    """Whoever is asked decides, until nobody is asked any more."""
    for _ in range(5):
        (item,) = company.store.get(RunningItem.at(approvals.approval_id("advance", id)))
        waiting = item.to(Running).open_tasks
        if not waiting:
            return
        known = (company.manager, company.admin, company.host, company.applicant)
        person = next(each for each in known if each.id == waiting[0].person)
        approvals.act(company.call(person), waiting[0].id, approvals.Asked(action, comment))


def payables(company: Company, id: str) -> list[Payable]:
    """Everything that was ever to be paid of the advance."""
    found = company.store.get(*(PayableItem.at(payable_id("advance", id, part)) for part in range(1, 10)))
    return [item.to(Payable) for item in found if item]


def pay(company: Company, id: str, part: int = 1) -> None:
    """The payment of that part is made."""
    payment(company.call(company.admin), id, part)


def given(company: Company, who: Person | None = None, **facts: Any) -> str:
    """An advance that was approved and paid; its id."""
    id = ask(company, who=who, **facts)
    decide(company, id)
    pay(company, id)
    return id


def claimed(company: Company, *moves: tuple[str, Offset, int], claim: Claim | None = None) -> None:
    """A claim does that in its own transaction."""
    call = company.call(company.applicant)
    commit(call, *advances.offsetting(call, moves, claim or claim_of(company.applicant)))


def commit(call: Call, *operations: Operation) -> None:
    """Write operations that belong into some document's transaction."""
    call.permit_public("a document's own transaction")
    call.commit({}, *operations)


def advance(company: Company, id: str) -> Advance:
    """The advance as it is; its figures are proved."""
    assert advances.violations_of(company.store, id) == []
    (item,) = company.store.get(AdvanceItem.at(id))
    found: Advance = item.to(Advance)
    return found


def movements(company: Company, id: str) -> list[tuple[str, int]]:
    """What moved on the advance, in order."""
    found = every(company.store, Query(SpendingTable, partition(id), prefix=MOVEMENTS))
    return [(each.what, each.amount) for each in (item.to(Movement) for item in found)]


def rule(company: Company, *limits: StatedLimit, **facts: Any) -> None:
    """Finance states the rules."""
    advances.set_terms(company.call(company.admin), Terms(**facts), list(limits))
