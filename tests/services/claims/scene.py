"""A company whose people spend and claim: finance, budgets, visits that hold some of them, advances, invoices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from chalicelib.domain.advances import Advance
from chalicelib.domain.advances import Stamp as AdvanceStamp
from chalicelib.domain.advances import pay as pay_advance
from chalicelib.domain.advances import violations as wrong_advance
from chalicelib.domain.claims import Claim, Stated, StatedLine, StatedLink, StatedOffset
from chalicelib.domain.compliance import SHIPPED
from chalicelib.domain.directory import Person
from chalicelib.domain.payments import Payable, paid
from chalicelib.domain.received import Received, identity_key, received_id
from chalicelib.models.advances import AdvanceItem
from chalicelib.models.approvals import TaskItem
from chalicelib.models.claims import ClaimItem
from chalicelib.models.payments import PayableItem
from chalicelib.models.received import ReceivedItem
from chalicelib.models.store import create
from chalicelib.models.store import replace as replace_item
from chalicelib.services import approvals, claims, compliance, expenses, payments, rates
from chalicelib.services.advances.posting import entries
from chalicelib.services.approvals import Asked
from chalicelib.services.claims import StatedCorrection
from tests.company import NOW
from tests.services.conftest import Company, new_id

DAY = date(2026, 3, 2)


def spending(store: Any = None) -> Company:
    """The company of the tests with somebody in finance; nothing is remembered of another one."""
    for module in (compliance, expenses, rates):
        module.forget()
    company = Company(store)
    company.finance = company._hire("finance", name="孙丽", roles=frozenset({"employee", "finance"}))  # type: ignore[attr-defined]
    automatic(company)
    return company


def automatic(company: Company, up_to: str = "", audit_share: int = 0) -> None:
    """State up to which sum in yuan clean claims approve themselves, and how many per cent of them are audited."""
    stated = replace(SHIPPED, audit_share=audit_share)
    compliance.set_rules(company.call(finance(company)), stated, {"sums.0.no_invoice": "500", "sums.0.auto": up_to})
    compliance.forget()


def a_line(amount: int | str = "100", **facts: Any) -> StatedLine:
    """A dinner in March, with a reason for whatever is found at it."""
    known: dict[str, Any] = {"category": "meal", "day": DAY, "currency": "CNY", "heads": 2, "place": "上海"}
    return StatedLine(amount=amount, **known | {"reason": "客户接待"} | facts)


def a_claim(*lines: StatedLine, **facts: Any) -> Stated:
    """What the applicant states."""
    known: dict[str, Any] = {"purpose": "接待 ACME", "currency": "CNY", "budget_reason": "必要"}
    return Stated(lines=lines or (a_line(),), **known | facts)


def for_visit(visit: str, finished: bool = False) -> tuple[StatedLink, ...]:
    return (StatedLink("visit", visit, finished),)


def against(*advances: str, amount: int | str = "") -> tuple[StatedOffset, ...]:
    return tuple(StatedOffset(each, amount) for each in advances)


def submitted(company: Company, *lines: StatedLine, by: Person | None = None, **facts: Any) -> str:
    """A claim in approval; its id."""
    call = company.call(by or company.applicant)
    return str(claims.start(call, a_claim(*lines, **facts), submit_now=True)["id"])


def kept(company: Company, id: str) -> Claim:
    (item,) = company.store.get(ClaimItem.at(id))
    found: Claim = item.to(Claim)
    return found


def task_of(company: Company, who: Person) -> str:
    (task,) = [item for item in approvals.inbox(company.call(who)).items if isinstance(item, TaskItem)]
    return str(task.id)


def decide(company: Company, action: str, who: Person | None = None, comment: str = "因为") -> dict[str, Any]:
    person = who or company.manager
    return approvals.act(company.call(person), task_of(company, person), Asked(action, comment))


def approve(company: Company) -> None:
    """The line manager and finance say yes."""
    decide(company, "approve")
    decide(company, "approve", finance(company))


def finance(company: Company) -> Person:
    person: Person = company.finance  # type: ignore[attr-defined]
    return person


def approved(company: Company, *lines: StatedLine, **facts: Any) -> str:
    id = submitted(company, *lines, **facts)
    approve(company)
    return id


def payable_of(company: Company, id: str) -> Payable | None:
    (item,) = company.store.get(PayableItem.at(payments.payable_id("claim", id)))
    found: Payable | None = item.to(Payable) if item else None
    return found


def pay(company: Company, id: str) -> None:
    """Finance says that the claim's payable was paid."""
    call = company.call(finance(company))
    call.permit_public("a payment's own transaction")
    payable = payable_of(company, id)
    assert payable is not None
    now = paid(payable, call.now, call.actor)
    call.commit({}, replace_item(PayableItem.from_payable(now)), *payments.SETTLED["claim"](call, id, payable))


def correct(company: Company, id: str, who: Person | None = None, **facts: tuple[Any, str]) -> None:
    """Grant what is said of each line by its key (`line1=("40", "why")`)."""
    stated = [StatedCorrection(key.removeprefix("line"), *value) for key, value in facts.items()]
    claims.correct_lines(company.call(who or company.manager), id, stated)


def advance(company: Company, amount: int, id: str = "", who: Person | None = None, paid: int | None = None) -> str:
    """An advance that was paid; its id."""
    person, id = who or company.applicant, id or new_id()
    bare = Advance(
        id, f"AD{id[-8:]}", person.id, person.name, person.department, person.department_path, "备用金", "CNY", amount,
        date(2026, 4, 1), NOW, status="approved",
    )  # fmt: skip
    posting = pay_advance(bare, amount if paid is None else paid, AdvanceStamp(new_id(), NOW, "finance"))
    own = replace(posting.advance, version=1)
    company.store.write(create(AdvanceItem.from_advance(own)), *entries([posting]))
    return id


def advance_of(company: Company, id: str) -> Advance:
    """The advance as it is; its figures are right."""
    (item,) = company.store.get(AdvanceItem.at(id))
    found: Advance = item.to(Advance)
    assert [each for each in wrong_advance(found, []) if each.equation.endswith("by claim")] == []
    return found


def invoice(company: Company, total: int = 10_000, number: str = "", who: Person | None = None, **facts: Any) -> str:
    """An invoice that somebody was given; its id."""
    person, ulid = who or company.applicant, new_id()
    number = number or ulid[-8:]
    id = received_id(ulid, identity_key("", number, "Restaurant", ""))
    known: dict[str, Any] = {"type": "einvoice", "code": "", "number": number, "seller": "Restaurant"}
    known |= {"seller_tax_id": "", "buyer": "", "buyer_tax_id": "", "day": DAY, "currency": "CNY"}
    known |= {"total": total, "tax": 0, "net": total, "created_at": NOW}
    company.store.write(create(ReceivedItem.from_received(Received(id, person.id, person.name, **known | facts))))
    return id
