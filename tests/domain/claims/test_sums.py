"""Parts sum to the whole to the last minor unit; nothing is paid below zero."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.claims import (
    Allocation,
    Correction,
    Line,
    Offset,
    Part,
    check_claim,
    check_submission,
    cleared,
    converted,
    correct,
    granted_parts,
    payable_of,
    shared_out,
    uncorrected,
    used_of_invoice,
    uses,
)
from chalicelib.domain.errors import Invalid
from tests.domain.claims.examples import NOW, a_claim, a_line

AMOUNTS = st.integers(1, 10**14)
DEPARTMENTS = [f"D{number}" for number in range(8)]


def shared(line: Line, parts: Sequence[Part]) -> tuple[Allocation, ...]:
    return shared_out(line.converted, parts, line.amount, line.currency)


@given(AMOUNTS, st.lists(st.integers(1, 9_999), min_size=1, max_size=7))
def test_parts_by_share_sum_to_the_line_to_the_last_minor_unit(amount: int, weights: list[int]) -> None:
    hundredths = [weight * 10_000 // sum(weights) for weight in weights]
    hundredths[0] += 10_000 - sum(hundredths)
    parts = [Part(id, f"{share / 100:.2f}") for id, share in zip(DEPARTMENTS, hundredths, strict=False) if share]
    assert sum(each.amount for each in shared(a_line(amount=amount), parts)) == amount


@given(st.lists(st.integers(1, 10**12), min_size=1, max_size=8), st.integers(1, 10**13))
def test_parts_by_amount_sum_to_what_was_converted(amounts: list[int], whole: int) -> None:
    line = a_line(amount=sum(amounts), converted=whole, currency="EUR")
    parts = [Part(id, amount=amount) for id, amount in zip(DEPARTMENTS, amounts, strict=False)]
    found = shared(line, parts)
    assert sum(each.amount for each in found) == whole
    assert [each.department for each in found] == DEPARTMENTS[: len(amounts)]


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=8))
def test_amounts_of_the_claims_own_currency_stay_as_they_were_stated(amounts: list[int]) -> None:
    parts = [Part(id, amount=amount) for id, amount in zip(DEPARTMENTS, amounts, strict=False)]
    assert [each.amount for each in shared(a_line(amount=sum(amounts)), parts)] == amounts


@pytest.mark.parametrize("shares", [("60", "41"), ("60", "39.9999"), ("101",), ("100", "0"), ("-1", "101")])
def test_an_allocation_of_101_percent_is_refused(shares: tuple[str, ...]) -> None:
    with pytest.raises(Invalid) as refused:
        shared(a_line(), [Part(id, share) for id, share in zip(DEPARTMENTS, shares, strict=False)])
    assert refused.value.fields[0].path.startswith("allocations")


@pytest.mark.parametrize("share", ["NaN", "Infinity", "1e2x", "33.33333", "１００"])
def test_a_share_that_is_no_percentage_is_refused(share: str) -> None:
    with pytest.raises(Invalid):
        shared(a_line(), [Part("D1", share), Part("D2", "50")])


def test_amounts_that_are_not_the_line_are_refused_with_both_sums() -> None:
    with pytest.raises(Invalid) as refused:
        shared(a_line(amount=10_000), [Part("D1", amount=6_000), Part("D2", amount=4_001)])
    assert refused.value.fields[0].params == {"sum": "10001", "total": "10000", "currency": "CNY"}


def test_a_department_is_named_once() -> None:
    with pytest.raises(Invalid) as refused:
        shared(a_line(), [Part("D1", "50"), Part("D1", "50")])
    assert refused.value.fields[0].code == "department_twice"


def test_a_currency_without_minor_units_is_converted_to_the_yuan_and_back_half_even() -> None:
    assert converted(12_345, "0.048", 0, 2) == 59_256  # 12,345 yen are 592.56 yuan
    assert converted(250, "0.05", 2, 0) == 0  # half a quarter of a yen is none
    assert converted(5_000, "1", 0, 0) == 5_000
    line = a_line(amount=12_345, currency="JPY", converted=59_256, rate="0.048")
    check_claim(a_claim(line), NOW.date())
    assert sum(each.amount for each in shared(line, [Part("D1", "33.3"), Part("D2", "66.7")])) == 59_256


def test_what_comes_to_nothing_in_the_claims_currency_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        check_claim(a_claim(a_line(amount=1, currency="VND", converted=0)), NOW.date())
    assert refused.value.fields[0].code == "converts_to_nothing"


@pytest.mark.parametrize("amount", [0, -1, 10**15, 10**30])
def test_no_line_is_nothing_less_or_beyond_all_measure(amount: int) -> None:
    with pytest.raises(Invalid) as refused:
        check_claim(a_claim(a_line(amount=amount)), NOW.date())
    assert {fault.path for fault in refused.value.fields} >= {"lines.0.amount"}


def test_more_lines_links_and_offsets_than_fit_a_transaction_are_refused() -> None:
    with pytest.raises(Invalid) as refused:
        check_claim(a_claim(*(a_line(str(number)) for number in range(31))), NOW.date())
    assert refused.value.fields[0].path == "lines"


def test_a_claim_takes_of_eight_budgets_at_most() -> None:
    lines = [a_line(str(number), budget=f"D{number}.reception.CNY.2026") for number in range(9)]
    with pytest.raises(Invalid) as refused:
        check_submission(a_claim(*lines))
    assert refused.value.fields[0].code == "claim_budgets"


def test_advances_never_clear_more_than_was_claimed() -> None:
    with pytest.raises(Invalid) as refused:
        check_submission(a_claim(offsets=(Offset("A1", 10_001),)))
    assert refused.value.fields[0].path == "offsets"


@given(st.lists(st.integers(1, 1_000), max_size=5), st.integers(0, 4_000), st.integers(0, 4_000))
def test_what_is_payable_is_never_below_zero_and_with_the_advances_all_that_was_granted(
    advances: list[int], amount: int, less: int
) -> None:
    line = a_line(amount=amount + 1, sanctioned=max(0, amount + 1 - less))
    claim = a_claim(line, offsets=tuple(Offset(str(each), sum_) for each, sum_ in enumerate(advances)))
    taken = cleared(claim.offsets, claim.sanctioned)
    assert payable_of(claim) >= 0
    assert payable_of(claim) + sum(each.amount for each in taken) == claim.sanctioned
    assert all(each.amount <= claim.offsets[int(each.advance)].amount for each in taken)


def test_over_clearing_is_allowed_and_gives_a_payable() -> None:
    claim = a_claim(a_line(amount=50_000), offsets=(Offset("A1", 30_000),))
    assert payable_of(claim) == 20_000


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.lists(st.integers(1, 1_000), min_size=1, max_size=8))
def test_what_is_granted_of_a_line_sums_up_over_its_departments(whole: int, cut: int, weights: list[int]) -> None:
    parts = [Part(id, amount=weight) for id, weight in zip(DEPARTMENTS, weights, strict=False)]
    line = a_line(amount=sum(weights), converted=max(whole, sum(weights)), currency="EUR")
    line = replace(line, allocations=shared(line, parts))
    line = replace(line, sanctioned=max(0, line.converted - cut))
    assert sum(each.amount for each in granted_parts(line)) == line.granted


def test_an_approver_grants_less_with_a_reason_and_never_more() -> None:
    claim = a_claim(a_line("a"), a_line("b"))
    corrected = correct(claim, {"a": Correction(4_000, "Half of it is private"), "b": Correction(0, "No receipt")})
    assert corrected.sanctioned == 4_000
    assert [line.refused for line in corrected.lines] == [False, True]
    assert uncorrected(corrected) == claim
    assert correct(corrected, {"a": Correction(None), "b": Correction(10_000)}) == claim
    with pytest.raises(Invalid) as refused:
        correct(claim, {"a": Correction(10_001, "More"), "b": Correction(1), "c": Correction(1, "Whose")})
    assert {(fault.path, fault.code) for fault in refused.value.fields} == {
        ("lines.a.sanctioned", "above_claimed"),
        ("lines.b.refusal", "refusal_needed"),
        ("lines.c", "unknown_line"),
    }


def test_a_refused_line_claims_nothing_of_its_invoice() -> None:
    lines = (
        a_line("a", invoice="I1"),
        a_line("b", invoice="I1", sanctioned=0),
        a_line("c", invoice="I2", sanctioned=1),
    )
    assert uses(lines) == {"I1": 10_000, "I2": 1}


def test_of_an_invoice_in_another_currency_as_much_less_is_claimed_as_was_granted_less() -> None:
    line = a_line(amount=10_000, currency="EUR", converted=78_000, sanctioned=39_000, invoice="I1")
    assert used_of_invoice(line) == 5_000
