"""Asking for an advance: draft to payment, what is proposed, what is refused, and who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.advances import OverdueOpen, OverLimit
from chalicelib.domain.directory import Person
from chalicelib.domain.errors import Contention, Forbidden, IllegalMove, Invalid, NotFound, Stale
from chalicelib.models.directory import PersonItem
from chalicelib.models.store import Update, create
from chalicelib.models.visits import VisitItem
from chalicelib.services import advances, approvals
from chalicelib.services.advances import StatedLimit
from chalicelib.services.advances.standing import standing_of
from tests import reception
from tests.services.advances import advance, ask, decide, given, movements, pay, payables, rule, stated
from tests.services.conftest import Company


@pytest.fixture
def company(on_either_store: Company) -> Company:
    """The same cases on both."""
    return on_either_store


def faults(refused: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    return [(field.path, field.code) for field in refused.value.fields]


def total(company: Company) -> int:
    return standing_of(company.store, company.applicant.id).total("CNY")


def act(company: Company, id: str, action: str, who: Any = None, **facts: Any) -> None:
    advances.act(company.call(who or company.applicant, **facts), id, action)


def test_an_advance_goes_from_draft_to_payment(company: Company) -> None:
    id = ask(company, submit=False)
    assert (advance(company, id).status, total(company)) == ("draft", 0)
    act(company, id, "submit")
    assert (advance(company, id).status, total(company)) == ("pending", 30_000)
    decide(company, id)
    approved = advance(company, id)
    assert (approved.status, approved.unpaid, approved.outstanding, total(company)) == ("approved", 30_000, 0, 30_000)
    (owed,) = payables(company, id)
    assert (owed.amount, owed.payee, owed.department) == (30_000, company.applicant.id, company.applicant.department)
    pay(company, id)
    paid = advance(company, id)
    assert (paid.status, paid.outstanding, paid.payables, total(company)) == ("open", 30_000, (), 30_000)
    assert movements(company, id) == [("pay", 30_000)]


def test_manager_and_finance_decide(company: Company) -> None:
    id = ask(company)
    decide(company, id)
    steps = [each.step for each in _view(company, id).approval.entries if each.what == "approved"]  # type: ignore[union-attr]
    assert len(steps) == len({*steps}) > 1


@pytest.mark.parametrize("action", ["reject", "return"])
def test_what_is_refused_counts_no_more(company: Company, action: str) -> None:
    id = ask(company)
    decide_once(company, id, action)
    assert total(company) == 0
    assert payables(company, id) == []


def decide_once(company: Company, id: str, action: str) -> None:
    task = _view(company, id).approval.running.open_tasks[0]  # type: ignore[union-attr]
    approvals.act(company.call(company.manager), task.id, approvals.Asked(action, "Too much"))


def test_taken_back_changed_and_submitted_again(company: Company) -> None:
    id = ask(company)
    act(company, id, "withdraw")
    assert total(company) == 0
    advances.change(company.call(company.applicant), id, stated(company, amount=10_000), True)
    assert (advance(company, id).amount, advance(company, id).round, total(company)) == (10_000, 2, 10_000)
    act(company, id, "cancel")
    assert (advance(company, id).status, total(company)) == ("cancelled", 0)
    with pytest.raises(IllegalMove):
        act(company, id, "submit")


def test_an_approved_advance_is_cancelled_until_it_is_paid(company: Company) -> None:
    id = ask(company)
    decide(company, id)
    act(company, id, "cancel")
    assert (advance(company, id).status, total(company)) == ("cancelled", 0)
    assert [each.status for each in payables(company, id)] == ["cancelled"]
    paid = given(company)
    with pytest.raises(IllegalMove):
        act(company, paid, "cancel")


def test_finance_pays_in_parts(company: Company) -> None:
    id = ask(company)
    decide(company, id)
    advances.divide(company.call(company.admin), id, "100")
    assert [(each.amount, each.status) for each in payables(company, id)] == [
        (30_000, "cancelled"),
        (10_000, "due"),
        (20_000, "due"),
    ]
    pay(company, id, 2)
    assert (advance(company, id).paid, advance(company, id).unpaid, total(company)) == (10_000, 20_000, 30_000)
    with pytest.raises(Invalid):
        advances.divide(company.call(company.admin), id, "200")
    pay(company, id, 3)
    assert movements(company, id) == [("pay", 10_000), ("pay", 20_000)]
    with pytest.raises(IllegalMove):
        advances.divide(company.call(company.admin), id, "1")


def test_finance_pays_no_more_of_what_was_paid_in_part(company: Company) -> None:
    id = ask(company)
    decide(company, id)
    with pytest.raises(IllegalMove):
        advances.waive(company.call(company.admin), id)
    advances.divide(company.call(company.admin), id, "100")
    pay(company, id, 2)
    advances.waive(company.call(company.admin), id)
    assert (advance(company, id).amount, advance(company, id).unpaid, total(company)) == (10_000, 0, 10_000)
    assert payables(company, id)[-1].status == "cancelled"


def test_a_payment_that_is_told_twice_counts_once(company: Company) -> None:
    id = ask(company)
    decide(company, id)
    call = company.call(company.admin)
    call.permit_public("a payment's own transaction")
    owed = payables(company, id)[0]
    late = advances.settled(call, id, owed)
    pay(company, id)
    with pytest.raises(Contention):
        call.commit({}, *late)
    assert advance(company, id).paid == 30_000


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"purpose": ""}, ("purpose", "required")),
        ({"amount": 0}, ("amount", "bad_amount")),
        ({"amount": -1}, ("amount", "bad_amount")),
        ({"amount": 10**15}, ("amount", "bad_amount")),
        ({"visit": "nowhere"}, ("visit", "advance_unknown_visit")),
    ],
)
def test_what_cannot_be_is_named(company: Company, facts: dict[str, Any], fault: tuple[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        ask(company, **facts)
    assert faults(refused) == [fault]


def visit(company: Company, **facts: Any) -> str:
    known = {"applicant": company.applicant.id, "status": "approved"}
    made = reception.a_visit(**known | facts)
    company.store.write(create(VisitItem.from_visit(made)))
    return made.id


def test_an_approved_visit_of_ones_own_proposes_its_estimate(company: Company) -> None:
    id = visit(company)
    (proposed,) = advances.proposals(company.call(company.applicant), id)
    assert (proposed.visit, proposed.number) == (id, reception.a_visit().number)
    own = advance(company, ask(company, visit=id))
    assert (own.source_kind, own.source, own.source_number) == ("visit", id, proposed.number)
    assert advances.proposals(company.call(company.stranger), id) == []


@pytest.mark.parametrize(
    ("facts", "code"),
    [({"status": "pending"}, "advance_visit_not_approved"), ({"applicant": "X" * 26}, "advance_unknown_visit")],
)
def test_a_visit_that_is_not_approved_or_of_somebody_else_is_refused(
    company: Company, facts: dict[str, Any], code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        ask(company, visit=visit(company, **facts))
    assert faults(refused) == [("visit", code)]


def test_nobody_owes_more_than_their_limit(company: Company) -> None:
    rule(company, StatedLimit("", "CNY", "500"))
    ask(company)
    with pytest.raises(OverLimit) as refused:
        ask(company, amount=20_001)
    assert {name: refused.value.params[name] for name in ("most", "open", "asked")} == {
        "most": "50000",
        "open": "30000",
        "asked": "20001",
    }
    ask(company, amount=20_000)
    ask(company, currency="USD", amount=90_000)
    ask(company, submit=False, amount=90_000)


def test_a_grade_has_a_limit_of_its_own(company: Company) -> None:
    rule(company, StatedLimit("", "CNY", "100"), StatedLimit("P7", "CNY", "300"))
    with pytest.raises(OverLimit):
        ask(company)
    company.store.write(Update(PersonItem.at(company.applicant.id), {"grade": "P7"}, {}))
    (item,) = company.store.get(PersonItem.at(company.applicant.id))
    ask(company, who=item.to(Person))


def test_a_soft_limit_wants_a_reason_which_approvers_see(company: Company) -> None:
    rule(company, StatedLimit("", "CNY", "100"), over_limit="soft")
    with pytest.raises(Invalid) as refused:
        ask(company)
    assert faults(refused) == [("reason", "advance_reason_limit")]
    own = advance(company, ask(company, reason="客户多"))
    assert [(each.rule, each.limit, each.open) for each in own.excesses] == [("limit", 10_000, 0)]


def test_no_new_advance_while_one_is_overdue(company: Company) -> None:
    id = given(company, due=company.now.date())
    unpaid = ask(company, due=company.now.date(), amount=100)
    company.now += timedelta(2)
    with pytest.raises(OverdueOpen) as refused:
        ask(company)
    assert refused.value.params["number"] == advance(company, id).number
    rule(company, overdue="soft")
    with pytest.raises(Invalid) as asked:
        ask(company)
    assert faults(asked) == [("reason", "advance_reason_overdue")]
    advances.take_back(company.call(company.admin), id, "300", "cash", "", "")
    rule(company)
    assert advance(company, ask(company)).excesses == ()
    assert advance(company, unpaid).status == "pending"


def test_two_submissions_are_not_both_measured_by_what_was_owed_before(company: Company) -> None:
    rule(company, StatedLimit("", "CNY", "500"))
    first, second = (company.call(company.applicant) for _ in range(2))

    class Late:
        """A store on which somebody else submits between reading and writing."""

        def __getattr__(self, name: str) -> Any:
            return getattr(company.store, name)

        def write(self, *operations: Any) -> None:
            advances.apply(first, stated(company), True)
            company.store.write(*operations)

    with pytest.raises(Contention):
        advances.apply(replace(second, store=Late()), stated(company), True)  # type: ignore[arg-type]
    assert total(company) == 30_000


def test_others_neither_see_nor_change_it(company: Company) -> None:
    id = ask(company, submit=False)
    for attempt in (
        lambda call: advances.view(call, id),
        lambda call: advances.act(call, id, "submit"),
        lambda call: advances.change(call, id, stated(company)),
        lambda call: advances.take_back(call, id, 1, "cash", "", ""),
    ):
        with pytest.raises(NotFound):
            attempt(company.call(company.stranger))
    with pytest.raises(Forbidden):
        advances.listed(company.call(company.stranger), company.applicant.id)
    with pytest.raises(Forbidden):
        advances.ageing(company.call(company.stranger))
    with pytest.raises(Forbidden):
        advances.terms(company.call(company.stranger))
    with pytest.raises(Stale):
        act(company, id, "submit", expected_version=7)


def test_nobody_keeps_the_account_of_their_own_advance(company: Company) -> None:
    id = given(company)
    keeper = replace(company.applicant, roles=frozenset({"employee", "finance"}))
    with pytest.raises(Forbidden):
        advances.take_back(company.call(keeper), id, 1, "cash", "", "")


def test_my_list_says_what_i_owe_and_by_when(company: Company) -> None:
    ask(company, submit=False)
    given(company, due=company.now.date() + timedelta(9))
    given(company, amount=5_000)
    mine = advances.listed(company.call(company.applicant))
    assert len(mine.advances) == 3
    assert mine.owed == {"CNY": (35_000, company.now.date() + timedelta(9))}


def test_a_submission_is_two_calls(company: Company) -> None:
    if not hasattr(company.store, "calls"):
        pytest.skip("counted in memory")
    rule(company, StatedLimit("", "CNY", "500"))
    ask(company, amount=1)
    before = company.store.calls
    ask(company, amount=1)
    assert company.store.calls - before == 2


def _view(company: Company, id: str) -> advances.AdvanceView:
    return advances.view(company.call(company.admin), id)
