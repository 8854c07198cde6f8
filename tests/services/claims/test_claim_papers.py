"""Claims with advances and invoices, in other currencies, and claims that approve themselves."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chalicelib.domain.advances import Advance, BeingCleared, NotOpen, Stamp, give_back
from chalicelib.domain.claims import StatedPart
from chalicelib.domain.errors import Invalid
from chalicelib.domain.rates import Day
from chalicelib.domain.received import InvoiceExceeded, InvoiceUsed
from chalicelib.models.advances import AdvanceItem
from chalicelib.models.rates import RatesItem
from chalicelib.models.store import create
from chalicelib.models.store import replace as replace_item
from chalicelib.services import claims, rates
from chalicelib.services.received.using import uses_of
from tests.company import HEAD_OFFICE, NOW
from tests.services.budgets import allot, figures
from tests.services.claims.scene import (
    DAY,
    a_claim,
    a_line,
    advance,
    advance_of,
    against,
    approve,
    approved,
    automatic,
    correct,
    decide,
    finance,
    invoice,
    kept,
    pay,
    payable_of,
    spending,
    submitted,
)
from tests.services.conftest import Company


@pytest.fixture
def company() -> Company:
    return spending()


def account(company: Company, id: str) -> tuple[int, int, int]:
    found = advance_of(company, id)
    return found.reserved, found.cleared, found.outstanding


# Advances


def test_an_advance_is_reserved_cleared_and_the_rest_is_payable(company: Company) -> None:
    own = advance(company, 30_000)
    id = submitted(company, a_line("500"), offsets=against(own))
    assert account(company, own) == (30_000, 0, 30_000)
    approve(company)
    payable = payable_of(company, id)
    assert payable is not None
    assert payable.amount == 20_000  # over-clearing gives a payable
    pay(company, id)
    assert account(company, own) == (0, 30_000, 0)


def test_paid_entirely_by_advances_is_paid(company: Company) -> None:
    line, first, second = allot(company), advance(company, 30_000), advance(company, 30_000)
    id = approved(company, a_line("400"), offsets=against(first, second))
    assert (kept(company, id).status, kept(company, id).payable) == ("paid", 0)
    assert payable_of(company, id) is None
    assert [account(company, each) for each in (first, second)] == [(0, 30_000, 0), (0, 10_000, 20_000)]
    assert figures(company, line) == (60_000, 0, 40_000)


def test_less_is_cleared_where_less_was_granted(company: Company) -> None:
    own = advance(company, 30_000)
    id = submitted(company, a_line("300"), offsets=against(own))
    correct(company, id, line1=("100", "标准以外"))
    approve(company)
    assert kept(company, id).status == "paid"
    assert account(company, own) == (0, 10_000, 20_000)


@pytest.mark.parametrize("action", ["reject", "return", "withdraw", "cancel"])
def test_a_claim_that_ends_gives_advances_and_invoices_back(company: Company, action: str) -> None:
    own, paper = advance(company, 30_000), invoice(company)
    id = submitted(company, a_line("100", invoice=paper), offsets=against(own))
    if action in ("reject", "return"):
        decide(company, action)
    else:
        claims.act(company.call(company.applicant), id, action)
    assert account(company, own) == (0, 0, 30_000)
    submitted(company, a_line("100", invoice=paper), offsets=against(own))


def test_a_return_is_refused_while_a_clearing_is_approved_but_not_posted(company: Company) -> None:
    own = advance(company, 30_000)
    approved(company, a_line("500"), offsets=against(own))
    with pytest.raises(BeingCleared):
        give_back(advance_of(company, own), 100, "cash", Stamp("M1", NOW, "finance"))


def test_two_claims_cannot_clear_the_same_money(company: Company) -> None:
    own = advance(company, 30_000)
    submitted(company, a_line("200"), offsets=against(own))
    with pytest.raises(NotOpen):
        submitted(company, a_line("200"), offsets=against(own, amount="200"))
    assert account(company, own) == (20_000, 0, 30_000)


def test_somebody_elses_advance_clears_nothing(company: Company) -> None:
    other = advance(company, 30_000, who=company.host)
    with pytest.raises(Invalid) as refused:
        submitted(company, offsets=against(other))
    assert [(fault.path, fault.code) for fault in refused.value.fields] == [("offsets.0.advance", "unknown_advance")]


def test_a_reversal_restores_advances_and_owes_what_was_paid(company: Company) -> None:
    line, own, paper = allot(company), advance(company, 30_000), invoice(company, 50_000)
    id = approved(company, a_line("500", invoice=paper), offsets=against(own))
    pay(company, id)
    claims.reverse(company.call(finance(company)), id, "Wrong person")
    assert account(company, own) == (0, 0, 30_000)
    owed = [each for each in claims_advances(company) if each.origin == "reversal"]
    assert [(each.outstanding, each.applicant) for each in owed] == [(20_000, company.applicant.id)]
    assert figures(company, line) == (100_000, 0, 0)
    submitted(company, a_line("500", invoice=paper))  # the invoice is free again


def claims_advances(company: Company) -> list[Advance]:
    return [item.to(Advance) for item in company.store.all(AdvanceItem)]


# Invoices


def test_one_invoice_backs_one_live_claim(company: Company) -> None:
    paper = invoice(company)
    submitted(company, a_line("60", invoice=paper))
    with pytest.raises(InvoiceUsed):
        submitted(company, a_line("40", invoice=paper))


def test_what_several_claims_take_of_an_invoice_is_no_more_than_its_total(company: Company) -> None:
    paper = invoice(company)
    pay(company, approved(company, a_line("60", invoice=paper)))
    with pytest.raises(InvoiceExceeded):
        submitted(company, a_line("41", invoice=paper))
    pay(company, approved(company, a_line("40", invoice=paper)))


def test_a_line_rejected_after_its_invoice_was_used_elsewhere_leaves_that_use_alone(company: Company) -> None:
    paper = invoice(company)
    first = submitted(company, a_line("100", invoice=paper), a_line("80"))
    correct(company, first, line1=(0, "不是公司的"))
    second = submitted(company, a_line("100", invoice=paper))  # free since the line was refused
    with pytest.raises(InvoiceUsed):
        correct(company, first, line1=(None, ""))
    claims.act(company.call(company.applicant), first, "withdraw")
    with pytest.raises(InvoiceUsed):
        submitted(company, a_line("100", invoice=paper))
    (use,) = uses_of(company.store, [paper]).values()
    assert use.live is not None
    assert use.live.document == second


def test_an_invoice_of_somebody_else_or_in_another_currency_is_refused_at_its_line(company: Company) -> None:
    foreign = invoice(company, currency="EUR")
    others = invoice(company, who=company.host)
    with pytest.raises(Invalid) as refused:
        submitted(company, a_line(invoice=foreign), a_line(invoice=others))
    assert [(fault.path, fault.code) for fault in refused.value.fields] == [
        ("lines.0.currency", "currency_of_invoice"),
        ("lines.1.invoice", "unknown_invoice"),
    ]


# Currencies


def rates_of(company: Company, **euro: str) -> None:
    company.store.write(
        create(RatesItem.from_day(Day(DAY, {name: Decimal(each) for name, each in euro.items()}, version=1)))
    )
    rates.forget()


def test_a_currency_without_minor_units_takes_no_decimals_and_is_converted_once(company: Company) -> None:
    rates_of(company, CNY="8", JPY="160")
    line = allot(company, "10000")
    with pytest.raises(Invalid) as refused:
        submitted(company, a_line("12.3456", currency="JPY"))
    assert [(fault.path, fault.code) for fault in refused.value.fields] == [("lines.0.amount", "bad_amount")]
    id = submitted(company, a_line("12345", currency="JPY"))
    (only,) = kept(company, id).lines
    assert (only.amount, only.converted, only.rate) == (12_345, 61_725, "0.05")
    assert figures(company, line) == (938_275, 61_725, 0)


def test_a_rate_is_frozen_so_that_a_paid_claim_is_never_flagged_later(company: Company) -> None:
    rates_of(company, CNY="8")
    id = approved(company, a_line("100", currency="EUR"))
    before = kept(company, id)
    pay(company, id)
    company.store.write(create(RatesItem.from_day(Day(DAY.replace(day=1), {"CNY": Decimal("1")}, version=1))))
    rates.forget()
    after = kept(company, id)
    assert (after.lines, after.findings, after.total) == (before.lines, before.findings, 80_000)


def test_a_line_keeps_its_rate_while_its_day_and_currency_stay(company: Company) -> None:
    rates_of(company, CNY="8")
    id = str(claims.start(company.call(company.applicant), a_claim(a_line("100", currency="EUR")))["id"])
    later = Day(DAY, {"CNY": Decimal("9")}, version=2)
    company.store.write(replace_item(RatesItem.from_day(later)))
    rates.forget()
    claims.change(company.call(company.applicant), id, a_claim(a_line("50", currency="EUR", key="1")))
    assert kept(company, id).total == 40_000


def test_a_rate_that_nobody_knows_is_named_at_its_line(company: Company) -> None:
    with pytest.raises(Invalid) as refused:
        submitted(company, a_line("100", currency="EUR"))
    assert [(fault.path, fault.code) for fault in refused.value.fields] == [("lines.0.currency", "rate_missing")]


# What the rules say


def test_a_small_and_clean_claim_approves_itself_and_is_owed(company: Company) -> None:
    automatic(company, "500")
    line = allot(company)
    id = submitted(company, a_line("100"))
    payable = payable_of(company, id)
    assert (kept(company, id).status, kept(company, id).auto) == ("approved", True)
    assert payable is not None
    assert figures(company, line) == (90_000, 10_000, 0)


def test_the_lot_sends_a_clean_claim_to_its_approvers(company: Company) -> None:
    automatic(company, "500", audit_share=100)
    claim = kept(company, submitted(company, a_line("100")))
    assert (claim.status, claim.audited, claim.auto) == ("pending", True, False)


def test_what_pays_nothing_out_never_approves_itself(company: Company) -> None:
    automatic(company, "500")
    own = advance(company, 30_000)
    assert kept(company, submitted(company, a_line("100"), offsets=against(own))).status == "pending"


def test_an_excess_without_its_reason_is_refused_at_the_line_that_has_it(company: Company) -> None:
    with pytest.raises(Invalid) as refused:
        submitted(company, a_line("100"), a_line("900", reason=""))
    assert {fault.path for fault in refused.value.fields} == {"lines.1.reason"}
    claim = kept(company, submitted(company, a_line("900")))
    assert {each.rule for each in claim.findings} >= {"over_head", "no_invoice"}


def test_limits_count_by_night_and_by_head(company: Company) -> None:
    room = {"category": "lodging", "place": "上海", "heads": 1}
    within = kept(company, submitted(company, a_line("1400", **room, nights=2), a_line("600", heads=2)))
    above = kept(company, submitted(company, a_line("1400.01", **room, nights=2), a_line("600.01", heads=2)))
    assert not {each.rule for each in within.findings} & {"over_night", "over_head"}
    assert {(each.rule, each.line) for each in above.findings} >= {("over_night", "1"), ("over_head", "2")}


# Bad input


@pytest.mark.parametrize("amount", ["0", "-5", 0, -5, "1000000000000000", 10**15, "abc", "1.234"])
def test_an_amount_that_is_none_is_named_at_its_line(company: Company, amount: int | str) -> None:
    with pytest.raises(Invalid) as refused:
        claims.start(company.call(company.applicant), a_claim(a_line(amount)))
    assert {(fault.path, fault.code) for fault in refused.value.fields} == {("lines.0.amount", "bad_amount")}


def test_an_allocation_of_101_percent_is_refused_and_nothing_is_lost(company: Company) -> None:
    id = str(claims.start(company.call(company.applicant), a_claim())["id"])
    parts = (StatedPart(HEAD_OFFICE.id, share="101"),)
    with pytest.raises(Invalid) as refused:
        claims.change(company.call(company.applicant), id, a_claim(a_line(parts=parts)))
    assert refused.value.fields[0].path.startswith("lines.0.allocations")
    assert kept(company, id).version == 1


def test_everything_wrong_is_named_at_once(company: Company) -> None:
    lines = (a_line("x"), a_line("100", category="none"), a_line("100", parts=(StatedPart("NOWHERE", share="100"),)))
    with pytest.raises(Invalid) as refused:
        submitted(company, *lines, offsets=against("NOBODY"))
    assert {fault.path for fault in refused.value.fields} == {
        "lines.0.amount",
        "lines.1.category",
        "lines.2.allocations.0.department",
        "offsets.0.advance",
    }
