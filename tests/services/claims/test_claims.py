"""Claims from draft to payment, with what they take of budgets and give back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chalicelib.domain.budgets import Overspent
from chalicelib.domain.claims import StatedPart
from chalicelib.domain.errors import Forbidden, IllegalMove, Invalid, NotFound, Stale
from chalicelib.domain.passes import enter, pass_for
from chalicelib.domain.visits import Visit
from chalicelib.models.gate import PassItem
from chalicelib.models.store import create
from chalicelib.models.visits import VisitItem
from chalicelib.services import claims, closing, visits
from tests.company import NOW
from tests.reception import a_guest
from tests.services.budgets import allot, figures, freezes, movements
from tests.services.claims.scene import (
    a_claim,
    a_line,
    approve,
    approved,
    correct,
    decide,
    finance,
    for_visit,
    kept,
    pay,
    payable_of,
    spending,
    submitted,
)
from tests.services.conftest import Company
from tests.services.test_reception import meal
from tests.services.test_visits import asked as visit_asked
from tests.services.test_visits import submitted as visit_submitted


@pytest.fixture
def company() -> Company:
    return spending()


def visited(company: Company, price: int = 5_000) -> str:
    """An approved visit with a dinner for six at that price a head."""
    id = visit_submitted(company, items=(meal(price=price),))
    decide(company, "approve")
    return id


def test_a_draft_takes_nothing(company: Company) -> None:
    line = allot(company)
    answer = claims.start(company.call(company.applicant), a_claim())
    assert (answer["status"], answer["number"][:2]) == ("draft", "CL")
    assert figures(company, line) == (100_000, 0, 0)


def test_a_submission_reads_once_and_writes_once(company: Company) -> None:
    allot(company)
    call = company.call(company.applicant)
    claims.start(call, a_claim(), submit_now=True)  # the directory is remembered from now on
    before = company.store.calls
    claims.start(company.call(company.applicant), a_claim(a_line("50")), submit_now=True)
    assert company.store.calls - before == 2


def test_a_claim_freezes_is_approved_owed_and_paid(company: Company) -> None:
    line = allot(company)
    id = submitted(company, a_line("300"))
    assert figures(company, line) == (70_000, 30_000, 0)
    approve(company)
    payable = payable_of(company, id)
    assert payable is not None
    assert (payable.amount, payable.payee, kept(company, id).status) == (30_000, company.applicant.id, "approved")
    pay(company, id)
    assert kept(company, id).status == "paid"
    assert figures(company, line) == (70_000, 0, 30_000)


@pytest.mark.parametrize("action", ["reject", "return", "withdraw", "cancel"])
def test_rejected_claim_leaves_the_budget_as_before(company: Company, action: str) -> None:
    line = allot(company)
    visit = visited(company)
    before = figures(company, line)
    assert before == (70_000, 30_000, 0)
    id = submitted(company, a_line("400"), links=for_visit(visit))
    assert figures(company, line) == (60_000, 40_000, 0)
    if action in ("reject", "return"):
        decide(company, action)
    else:
        claims.act(company.call(company.applicant), id, action)
    assert figures(company, line) == before
    assert sorted(freezes(company, line)) == [("open", 30_000), ("released", 0)]


def test_partial_conversion_of_300_into_100_used_and_200_frozen(company: Company) -> None:
    line = allot(company)
    visit = visited(company)
    id = approved(company, a_line("100"), links=for_visit(visit))
    pay(company, id)
    assert figures(company, line) == (70_000, 20_000, 10_000)
    assert sorted(freezes(company, line)) == [("converted", 0), ("open", 20_000)]


def test_a_claim_that_says_so_finishes_its_visit_and_the_rest_is_released(company: Company) -> None:
    line = allot(company)
    visit = visited(company)
    id = approved(company, a_line("100"), links=for_visit(visit, finished=True))
    assert figures(company, line) == (70_000, 30_000, 0)
    pay(company, id)
    assert figures(company, line) == (90_000, 0, 10_000)


@pytest.mark.parametrize("how", ["cancel", "close"])
def test_a_visit_that_is_over_keeps_what_its_claim_took_over(company: Company, how: str) -> None:
    line = allot(company)
    visit = visited(company)
    id = submitted(company, a_line("100"), links=for_visit(visit))
    if how == "cancel":
        visits.act(company.call(company.applicant), visit, "cancel")
    else:
        call = company.call(None, now=NOW + timedelta(days=2))
        call.permit_public("the workflow")
        assert closing.close(call, company.store.get(VisitItem.at(visit))[0].to(Visit)) is None
    assert figures(company, line) == (90_000, 10_000, 0)
    decide(company, "reject")
    assert figures(company, line) == (100_000, 0, 0)  # nothing comes back to what is over
    assert kept(company, id).status == "rejected"


def test_a_visit_that_changes_after_a_claim_freezes_nothing_twice(company: Company) -> None:
    line = allot(company)
    visit = visited(company)
    submitted(company, a_line("100"), links=for_visit(visit))
    visits.change(company.call(company.applicant), visit, visit_asked(company, items=(meal(price=6_000),)))
    assert figures(company, line) == (64_000, 36_000, 0)


def test_a_hard_budget_refuses_a_claim_and_nothing_is_lost(company: Company) -> None:
    line = allot(company, "50")
    id = str(claims.start(company.call(company.applicant), a_claim(a_line("100")))["id"])
    with pytest.raises(Overspent):
        claims.act(company.call(company.applicant), id, "submit")
    assert kept(company, id).status == "draft"
    assert figures(company, line) == (5_000, 0, 0)


def test_a_claim_over_a_years_end_takes_of_both_years(company: Company) -> None:
    from datetime import UTC, date, datetime

    company.now = datetime(2026, 1, 5, 2, tzinfo=UTC)
    old, new = allot(company, period="2025-12"), allot(company, period="2026")
    lines = (a_line("100", day=date(2025, 12, 31)), a_line("70", day=date(2026, 1, 1)))
    id = approved(company, *lines)
    pay(company, id)
    assert figures(company, old) == (90_000, 0, 10_000)
    assert figures(company, new) == (93_000, 0, 7_000)


def test_a_control_that_became_hard_after_overspending_lets_go_on_what_holds_already(company: Company) -> None:
    from chalicelib.services import budgets

    line = allot(company, "50", control="none")
    id = submitted(company, a_line("100"))
    assert figures(company, line) == (-5_000, 10_000, 0)
    with pytest.raises(Overspent):
        budgets.set_terms(company.call(company.admin), line, "hard", False, False)
    budgets.adjust(company.call(company.admin), line, "50", "补足")
    budgets.set_terms(company.call(company.admin), line, "hard", False, False)
    approve(company)
    pay(company, id)
    assert figures(company, line) == (0, 0, 10_000)
    with pytest.raises(Overspent):
        submitted(company, a_line("1"))


def test_a_line_over_two_departments_takes_of_both_to_the_last_fen(company: Company) -> None:
    from chalicelib.domain.directory import Department
    from tests.company import HEAD_OFFICE, add_department

    other = "01OTHER0000000000000000000"
    add_department(company.store, Department(other, "二部", HEAD_OFFICE.id, None, "2", (HEAD_OFFICE.id, other)))
    first, second = allot(company), allot(company, department=other)
    parts = (StatedPart(HEAD_OFFICE.id, share="33.3"), StatedPart(other, share="66.7"))
    id = approved(company, a_line("100.01", parts=parts))
    pay(company, id)
    used = [figures(company, line)[2] for line in (first, second)]
    assert (used, sum(used)) == ([3_330, 6_671], 10_001)


def test_an_approver_corrects_a_line_and_the_applicant_sees_why(company: Company) -> None:
    line = allot(company)
    visit = visited(company)
    id = submitted(company, a_line("100"), a_line("80"), links=for_visit(visit))
    correct(company, id, line1=("60", "标准以外"), line2=(0, "没有发票"))
    approve(company)
    claim = kept(company, id)
    assert [(each.granted, each.refusal) for each in claim.lines] == [(6_000, "标准以外"), (0, "没有发票")]
    assert claim.payable == 6_000
    pay(company, id)
    assert figures(company, line) == (70_000, 24_000, 6_000)  # what was not granted is the visit's again


def test_nobody_corrects_but_who_is_asked(company: Company) -> None:
    id = submitted(company)
    for who in (company.applicant, company.stranger, finance(company)):
        with pytest.raises((Forbidden, NotFound)):
            correct(company, id, who, line1=("60", "Why"))


def test_an_approver_grants_no_more_than_was_claimed(company: Company) -> None:
    id = submitted(company)
    with pytest.raises(Invalid) as refused:
        correct(company, id, line1=("100.01", "More"))
    assert [fault.code for fault in refused.value.fields] == ["above_claimed"]


def test_a_returned_claim_is_changed_and_what_was_corrected_is_claimed_anew(company: Company) -> None:
    allot(company)
    id = submitted(company)
    correct(company, id, line1=("60", "标准以外"))
    decide(company, "return")
    claims.change(company.call(company.applicant), id, a_claim(a_line("90", key="1")), submit_now=True)
    claim = kept(company, id)
    assert (claim.status, claim.round, claim.sanctioned) == ("pending", 2, 9_000)


def test_whoever_saw_an_older_claim_writes_nothing(company: Company) -> None:
    id = str(claims.start(company.call(company.applicant), a_claim())["id"])
    claims.change(company.call(company.applicant, expected_version=1), id, a_claim(a_line("90", key="1")))
    with pytest.raises(Stale):
        claims.change(company.call(company.applicant, expected_version=1), id, a_claim())


def test_a_claim_on_someone_elses_visit_is_refused_and_nothing_is_lost(company: Company) -> None:
    visit = visited(company)
    with pytest.raises(Invalid) as refused:
        submitted(company, by=company.stranger, links=for_visit(visit))
    assert [(fault.path, fault.code) for fault in refused.value.fields] == [("links.0.document", "not_your_document")]


def test_a_paid_claim_is_reversed_and_never_removed(company: Company) -> None:
    line = allot(company)
    visit = visited(company)
    id = approved(company, a_line("100"), links=for_visit(visit))
    pay(company, id)
    with pytest.raises((Forbidden, NotFound)):
        claims.reverse(company.call(company.manager), id, "Wrong")
    with pytest.raises(Invalid):
        claims.reverse(company.call(finance(company)), id, " ")
    claims.reverse(company.call(finance(company)), id, "Paid twice")
    claim = kept(company, id)
    assert (claim.status, claim.reversal) == ("reversed", "Paid twice")
    assert figures(company, line) == (70_000, 30_000, 0)
    with pytest.raises(IllegalMove):
        claims.reverse(company.call(finance(company)), id, "Again")
    assert [what for what, _ in movements(company, line)][:3] == ["allot", "freeze", "release"]


def test_an_approved_claim_that_finance_takes_back_is_not_paid(company: Company) -> None:
    line = allot(company)
    visit = visited(company)
    id = approved(company, a_line("100"), links=for_visit(visit))
    claims.reverse(company.call(finance(company)), id, "Wrong account")
    payable = payable_of(company, id)
    assert payable is not None
    assert (kept(company, id).status, payable.status) == ("reversed", "cancelled")
    assert figures(company, line) == (70_000, 30_000, 0)
    submitted(company, a_line("100"), links=for_visit(visit))


def rules_of(company: Company, id: str) -> set[str]:
    return {each.rule for each in kept(company, id).findings}


def test_the_same_dinner_in_two_claims_is_found_and_the_sum_alone_is_no_duplicate(company: Company) -> None:
    first = submitted(company, a_line("100", vendor="外婆家"))
    assert "duplicate" not in rules_of(company, first)
    assert "duplicate" in rules_of(company, submitted(company, a_line("100", vendor="外婆家")))
    assert "duplicate" not in rules_of(company, submitted(company, a_line("100", vendor="小南国")))
    assert "duplicate" not in rules_of(company, submitted(company, a_line("100", vendor="外婆家"), by=company.host))


def test_what_came_to_nothing_is_no_duplicate_of_what_is_claimed_again(company: Company) -> None:
    first = submitted(company, a_line("100", vendor="外婆家"))
    claims.act(company.call(company.applicant), first, "withdraw")
    assert "duplicate" not in rules_of(company, submitted(company, a_line("100", vendor="外婆家")))
    claims.act(company.call(company.applicant), first, "submit")
    assert "duplicate" in rules_of(company, first)


def test_more_heads_than_came_through_the_gate_are_found(company: Company) -> None:
    visit = visited(company)
    (item,) = company.store.get(VisitItem.at(visit))
    held: Visit = item.to(Visit)
    came = enter(pass_for(held, a_guest(held), held.starts.date(), held.occurrences[0]), held.starts, "north")
    company.store.write(create(PassItem.from_pass(came)))
    company.now = NOW + timedelta(days=1)
    assert "more_heads" in rules_of(company, submitted(company, a_line("100", heads=9), links=for_visit(visit)))
    assert "more_heads" not in rules_of(company, submitted(company, a_line("90", heads=2), links=for_visit(visit)))
