"""An advance's account: payments, clearings, returns and deductions, and what each of them refuses."""

from __future__ import annotations

import pytest

from chalicelib.domain.advances import (
    BeingCleared,
    NotOpen,
    NotReserved,
    Overpaid,
    deduct,
    give_back,
    number_of,
    oldest_first,
    pay,
    schedule,
    share_out,
    unschedule,
    waive,
)
from chalicelib.domain.errors import IllegalMove, Invalid
from tests.domain.advances.examples import an_advance, by_claim, changed, cleared, paid, returned, stamp

WHOLE = 30_000


def test_several_payments_of_one_advance_with_one_return() -> None:
    """Each payment adds what it is, and the return counts once, whichever comes when."""
    first = pay(an_advance(), 10_000, stamp()).advance
    back = returned(first, 4_000)
    second = pay(back, 20_000, stamp()).advance
    assert (second.paid, second.returned, second.outstanding) == (30_000, 4_000, 26_000)
    both = pay(pay(an_advance(), 10_000, stamp()).advance, 20_000, stamp()).advance
    assert returned(both, 4_000).outstanding == second.outstanding


def test_over_clearing_allowed_over_returning_refused() -> None:
    advance = paid()
    offsets, payable = share_out([advance], 50_000)
    assert (offsets, payable) == (((advance.id, WHOLE),), 20_000)
    with pytest.raises(Invalid) as refused:
        give_back(advance, WHOLE + 1, "cash", stamp())
    (fault,) = refused.value.fields
    assert (fault.path, fault.code, fault.params["open"]) == ("amount", "advance_over_returned", "30000")


def test_return_refused_while_a_clearing_is_approved_but_not_posted() -> None:
    advance = by_claim(paid(), "reserve", 5_000).advance
    with pytest.raises(BeingCleared) as refused:
        give_back(advance, 1, "cash", stamp())
    assert refused.value.params["claims"] == "CL-C1"
    with pytest.raises(BeingCleared):
        schedule(advance, 1, "2026-04", stamp())
    posted = by_claim(advance, "clear", 5_000).advance
    assert returned(posted, 25_000).status == "settled"
    refused_claim = by_claim(advance, "unreserve", 5_000).advance
    assert returned(refused_claim, WHOLE).status == "settled"


def test_more_is_never_paid_than_was_approved() -> None:
    with pytest.raises(Overpaid):
        pay(an_advance(), WHOLE + 1, stamp())
    with pytest.raises(Overpaid):
        pay(paid(), 1, stamp())
    with pytest.raises(IllegalMove):
        pay(cleared(paid(), WHOLE), 1, stamp())
    with pytest.raises(IllegalMove):
        pay(an_advance(status="pending"), 1, stamp())


def test_a_claim_takes_what_is_free_and_gives_back_what_it_has() -> None:
    advance = by_claim(paid(), "reserve", 20_000).advance
    with pytest.raises(NotOpen) as refused:
        by_claim(advance, "reserve", 10_001, "C2")
    assert refused.value.params["open"] == "10000"
    with pytest.raises(NotReserved):
        by_claim(advance, "clear", 20_001)
    with pytest.raises(NotReserved):
        by_claim(advance, "unreserve", 1, "C2")
    partly = by_claim(by_claim(advance, "unreserve", 5_000).advance, "clear", 15_000).advance
    assert (partly.reserved, partly.cleared, partly.outstanding) == (0, 15_000, 15_000)


def test_a_reversed_claim_opens_a_settled_advance_again() -> None:
    settled = cleared(paid(), WHOLE)
    assert (settled.status, settled.settled_at is not None, settled.remind_at) == ("settled", True, None)
    open = by_claim(settled, "restore", WHOLE).advance
    assert (open.status, open.outstanding, open.settled_at) == ("open", WHOLE, None)
    assert open.clearings == ()
    assert open.remind_at is not None
    with pytest.raises(NotReserved):
        by_claim(open, "restore", 1)


def test_an_advance_that_is_paid_in_part_is_not_settled_by_what_was_paid() -> None:
    partly = pay(an_advance(), 10_000, stamp()).advance
    assert cleared(partly, 10_000).status == "open"
    assert waive(cleared(partly, 10_000), stamp()).status == "settled"
    with pytest.raises(IllegalMove):
        waive(an_advance(), stamp())


def test_a_deduction_is_set_apart_until_the_payroll_kept_it_back() -> None:
    planned = schedule(paid(), 12_000, "2026-04", stamp()).advance
    assert (planned.scheduled, planned.free, planned.outstanding) == (12_000, 18_000, WHOLE)
    (deduction,) = planned.deductions
    with pytest.raises(NotOpen):
        by_claim(planned, "reserve", 18_001)
    done = deduct(planned, deduction.id, stamp())
    assert (done.advance.returned, done.advance.scheduled, done.advance.deductions) == (12_000, 0, ())
    assert done.movement.receipt.startswith("RC")
    assert done.movement.month == "2026-04"
    off = unschedule(planned, deduction.id, stamp()).advance
    assert (off.free, off.deductions) == (WHOLE, ())
    with pytest.raises(Invalid):
        deduct(off, deduction.id, stamp())


def test_a_return_has_a_receipt() -> None:
    posting = give_back(paid(), 100, "cash", stamp("Not needed"))
    assert posting.movement.receipt == number_of(posting.movement.id, "RC")
    assert (posting.movement.method, posting.movement.reason) == ("cash", "Not needed")


@pytest.mark.parametrize("amount", [0, -1, 10**15])
def test_sums_that_cannot_be_are_refused(amount: int) -> None:
    with pytest.raises(Invalid):
        give_back(paid(), amount, "cash", stamp())
    with pytest.raises(Invalid):
        by_claim(paid(), "reserve", amount)


def test_the_oldest_advance_is_cleared_first_and_each_as_far_as_it_goes() -> None:
    old, young = paid(10_000, id="A2"), paid(20_000, id="A1")
    old = changed(old, paid_at=old.created_at.replace(year=2025))
    gone = cleared(paid(5_000, id="A0"), 5_000)
    found = oldest_first([young, gone, old])
    assert [each.id for each in found] == ["A2", "A1"]
    assert share_out(found, 12_000) == ((("A2", 10_000), ("A1", 2_000)), 0)
    assert share_out([], 12_000) == ((), 12_000)
