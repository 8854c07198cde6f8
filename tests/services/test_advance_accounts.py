"""The accounts of advances: claims, returns, deductions, reversals, reminders, ageing, and the proof of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chalicelib.domain.advances import Advance, BeingCleared, NotOpen, NotReserved
from chalicelib.domain.errors import Contention, Invalid
from chalicelib.models.advances import AdvanceItem, ExposureItem
from chalicelib.models.notifications import NoticeItem
from chalicelib.models.statistics import OutstandingItem
from chalicelib.models.store import Add, DynamoStore
from chalicelib.services import advances
from chalicelib.services.advances.standing import standing_of
from tests.company import HEAD_OFFICE
from tests.services.advances import (
    advance,
    ask,
    claim_of,
    claimed,
    commit,
    decide,
    given,
    movements,
    pay,
    rule,
)
from tests.services.conftest import Company


@pytest.fixture
def company(on_either_store: Company) -> Company:
    """The same cases on both."""
    return on_either_store


def total(company: Company) -> int:
    return standing_of(company.store, company.applicant.id).total("CNY")


def take_back(company: Company, id: str, amount: str, method: str = "bank") -> str:
    answer = advances.take_back(company.call(company.admin), id, amount, method, "B-1", "")  # type: ignore[arg-type]
    return str(answer["receipt"])


def test_several_payments_of_one_advance_with_one_return(company: Company) -> None:
    id = ask(company)
    decide(company, id)
    advances.divide(company.call(company.admin), id, "100")
    pay(company, id, 2)
    assert take_back(company, id, "40").startswith("RC")
    pay(company, id, 3)
    own = advance(company, id)
    assert (own.paid, own.returned, own.outstanding) == (30_000, 4_000, 26_000)
    assert movements(company, id) == [("pay", 10_000), ("return", 4_000), ("pay", 20_000)]


def test_over_clearing_allowed_over_returning_refused(company: Company) -> None:
    id = given(company)
    open = advances.open_of(company.store, company.applicant.id, "CNY")
    offsets, payable = advances.share_out(open, 50_000)
    assert (offsets, payable) == (((id, 30_000),), 20_000)
    with pytest.raises(Invalid) as refused:
        take_back(company, id, "300.01")
    assert refused.value.fields[0].params["open"] == "30000"
    claimed(company, (id, "reserve", 30_000), (id, "clear", 30_000))
    assert (advance(company, id).status, advance(company, id).outstanding, total(company)) == ("settled", 0, 0)


def test_return_refused_while_a_clearing_is_approved_but_not_posted(company: Company) -> None:
    id = given(company)
    claimed(company, (id, "reserve", 10_000))
    with pytest.raises(BeingCleared) as refused:
        take_back(company, id, "1")
    assert refused.value.params["claims"] == "CL-C1"
    claimed(company, (id, "clear", 10_000))
    take_back(company, id, "200")
    assert advance(company, id).status == "settled"


def test_a_refused_claim_gives_up_what_it_reserved(company: Company) -> None:
    id = given(company)
    claimed(company, (id, "reserve", 10_000))
    claimed(company, (id, "unreserve", 10_000))
    assert (advance(company, id).free, advance(company, id).clearings, total(company)) == (30_000, (), 30_000)
    with pytest.raises(NotReserved):
        claimed(company, (id, "clear", 1))


def test_a_claim_clears_several_advances_and_less_than_it_reserved(company: Company) -> None:
    first, second = given(company), given(company, amount=5_000)
    claimed(company, (first, "reserve", 30_000), (second, "reserve", 5_000))
    claimed(company, (second, "unreserve", 2_000), (first, "clear", 30_000), (second, "clear", 3_000))
    assert (advance(company, first).status, advance(company, second).outstanding) == ("settled", 2_000)
    assert total(company) == 2_000
    assert [each.id for each in advances.open_of(company.store, company.applicant.id, "CNY")] == [second]


def test_two_claims_cannot_take_the_same_money(company: Company) -> None:
    id = given(company)
    call = company.call(company.applicant)
    late = advances.offsetting(call, [(id, "reserve", 20_000)], claim_of(company.applicant, "C2"))
    claimed(company, (id, "reserve", 20_000))
    with pytest.raises(Contention):
        commit(call, *late)
    with pytest.raises(NotOpen):
        claimed(company, (id, "reserve", 20_000), claim=claim_of(company.applicant, "C2"))


def test_a_claim_takes_only_of_its_applicants_advances_in_its_currency(company: Company) -> None:
    id = given(company)
    for claim in (claim_of(company.host), claim_of(company.applicant, currency="USD")):
        with pytest.raises(Invalid) as refused:
            claimed(company, (id, "reserve", 1), claim=claim)
        assert refused.value.fields[0].code == "unknown_advance"


def test_a_reversed_claim_restores_what_it_cleared_and_what_it_was_paid_is_owed(company: Company) -> None:
    id = given(company)
    claimed(company, (id, "reserve", 30_000), (id, "clear", 30_000))
    call, claim = company.call(company.admin), claim_of(company.applicant)
    operations = advances.offsetting(call, [(id, "restore", 30_000)], claim)
    commit(call, *operations, *advances.owed(call, company.applicant.id, 7_000, "CNY", claim))
    assert (advance(company, id).status, advance(company, id).outstanding) == ("open", 30_000)
    (owed,) = [each for each in advances.open_of(company.store, company.applicant.id, "CNY") if each.id != id]
    own = advance(company, owed.id)
    assert (own.origin, own.source_number, own.status, own.outstanding) == ("reversal", "CL-C1", "open", 7_000)
    assert total(company) == 37_000
    take_back(company, owed.id, "70")
    assert advance(company, owed.id).status == "settled"


def test_a_deduction_from_salary_is_planned_and_done(company: Company) -> None:
    id, finance = given(company), company.call(company.admin)
    advances.schedule(finance, id, "120", "2026-04", "")
    own = advance(company, id)
    assert (own.scheduled, own.free, total(company)) == (12_000, 18_000, 30_000)
    with pytest.raises(Invalid):
        advances.schedule(finance, id, "1", "2026-02", "")
    advances.deduct(company.call(company.admin), id, own.deductions[0].id)
    assert (advance(company, id).returned, advance(company, id).outstanding, total(company)) == (12_000, 18_000, 18_000)
    advances.schedule(company.call(company.admin), id, "180", "2026-05", "")
    advances.unschedule(company.call(company.admin), id, advance(company, id).deductions[0].id, "Claim comes")
    assert advance(company, id).free == 18_000


@pytest.mark.parametrize("amount", ["0", "-5", "1.001", "1000000000000000", "x", ""])
def test_sums_that_cannot_be_are_refused(company: Company, amount: str) -> None:
    id = given(company)
    with pytest.raises(Invalid):
        take_back(company, id, amount)


def notices(company: Company) -> list[str]:
    if isinstance(company.store, DynamoStore):
        pytest.skip("notices are looked at in memory")
    kinds = [each.template for each in company.store.all(NoticeItem) if each.person == company.applicant.id]
    return [kind for kind in kinds if kind.startswith("advance")]


def test_the_schedule_reminds_ahead_on_the_day_after_and_again(company: Company) -> None:
    id = given(company, due=company.now.date() + timedelta(10))
    seen: list[list[str]] = []
    for days in (0, 6, 1, 3, 1, 6, 1):
        company.now += timedelta(days)
        call = company.call(None)
        call.permit_public("the schedule")
        advances.remind_due(call)
        advances.remind_due(call)
        seen.append(notices(company))
    assert [len(each) for each in seen] == [0, 0, 1, 1, 2, 2, 3]
    assert sorted(seen[-1]) == ["advance_due", "advance_overdue", "advance_overdue"]
    take_back(company, id, "300")
    company.now += timedelta(30)
    advances.remind_due(company.call(None, permitted=["the schedule"]))
    assert len(notices(company)) == 3


def test_the_ageing_report_has_what_is_owed_by_person_and_department(company: Company) -> None:
    given(company, due=company.now.date())
    company.now += timedelta(40)
    rule(company, overdue="none")
    given(company, amount=5_000, due=company.now.date())
    ask(company, reason="Needed")
    found = advances.ageing(company.call(company.admin))
    (row,) = found.rows
    assert (row.person, row.buckets, row.total, row.overdue) == (
        company.applicant.id,
        (5_000, 30_000, 0, 0),
        35_000,
        30_000,
    )
    (department,) = found.departments
    assert (department.department, department.total, department.person) == (HEAD_OFFICE.id, 35_000, "")
    head = company.call(company.host, heads=frozenset({HEAD_OFFICE.id}))
    assert advances.ageing(head).rows == found.rows
    assert advances.ageing(company.call(company.admin), "nowhere").rows == ()


def counted(company: Company, event: str, before: Advance | None, after: Advance | None) -> None:
    advances.count(company.call(None), [advances.Counted(event, before, after)])


def test_a_departments_sum_counts_each_change_once(company: Company) -> None:
    id = given(company)
    own = advance(company, id)
    for _ in range(2):
        counted(company, "e1", None, own)
    assert advances.outstanding_of(company.store, [HEAD_OFFICE.id]) == {(HEAD_OFFICE.id, "CNY"): 30_000}
    assert [*advances.wrong_sums(company.store, [HEAD_OFFICE.id])] == []
    take_back(company, id, "100")
    counted(company, "e2", own, advance(company, id))
    assert [*advances.wrong_sums(company.store, [HEAD_OFFICE.id])] == []
    company.store.write(Add(OutstandingItem.at(HEAD_OFFICE.id, "CNY"), {"amount": 1}))
    (wrong,) = advances.wrong_sums(company.store, [HEAD_OFFICE.id])
    assert (wrong.kept, wrong.counted) == (20_001, 20_000)


def test_the_proof_finds_a_figure_that_somebody_touched(company: Company) -> None:
    id = given(company)
    assert [*advances.every_advance(company.store)] == [id]
    company.store.write(Add(AdvanceItem.at(id), {"cleared": 1}))
    equations = {each.equation for each in advances.violations_of(company.store, id)}
    assert equations == {"cleared = posted", "cleared = by claim", "counts in its owner's standing"}
    company.store.write(Add(AdvanceItem.at(id), {"cleared": -1}))
    company.store.write(Add(ExposureItem.at(company.applicant.id, id), {"amount": 1}))
    assert [each.equation for each in advances.violations_of(company.store, id)] == ["counts in its owner's standing"]
