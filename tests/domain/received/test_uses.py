"""Who uses an invoice: one at a time, never for more than there is, and free again when it is given back."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from chalicelib.domain.errors import IllegalMove
from chalicelib.domain.received import (
    Holder,
    InvoiceExceeded,
    InvoiceUsed,
    Use,
    free,
    settle,
    take,
    touch,
    unsettle,
)

TOTAL = 1000


def held(document: str, amount: int, invoice: str = "R1") -> Holder:
    return Holder("claim", document, invoice, amount)


def taken(use: Use, document: str, amount: int, total: int = TOTAL) -> Use:
    return take(use, held(document, amount), total, "CNY")


def test_one_document_uses_it_and_another_waits_until_it_is_free() -> None:
    use = taken(Use("K"), "A", 400)
    with pytest.raises(InvoiceUsed) as refused:
        taken(use, "B", 1)
    assert refused.value.code == "invoice_used"
    assert taken(free(use, "claim", "A"), "B", TOTAL).live == held("B", TOTAL)


def test_the_same_document_may_change_its_sum_and_not_use_another_registration_beside() -> None:
    use = taken(taken(Use("K"), "A", 400), "A", 300)
    assert use.claimed == 300
    with pytest.raises(InvoiceUsed, match="invoice_twice"):
        take(use, held("A", 1, "R2"), TOTAL, "CNY")


def test_several_claims_one_after_the_other_take_no_more_than_there_is() -> None:
    use = settle(taken(Use("K"), "A", 600), "claim", "A", 600)
    assert (use.claimed, use.left(TOTAL)) == (600, 400)
    with pytest.raises(InvoiceExceeded) as refused:
        taken(use, "B", 401)
    assert (refused.value.params["left"], refused.value.params["asked"]) == ("400", "401")
    use = settle(taken(use, "B", 400), "claim", "B", 400)
    assert use.left(TOTAL) == 0


def test_what_is_sanctioned_below_the_claim_leaves_the_rest() -> None:
    use = settle(taken(Use("K"), "A", TOTAL), "claim", "A", 100)
    assert use.left(TOTAL) == 900
    assert settle(taken(Use("K"), "A", TOTAL), "claim", "A", 0).settled == ()


def test_a_later_registration_cannot_make_the_invoice_larger() -> None:
    use = settle(taken(Use("K"), "A", TOTAL), "claim", "A", TOTAL)
    with pytest.raises(InvoiceExceeded):
        taken(use, "B", 1, total=9 * TOTAL)


def test_a_reversal_gives_back_exactly_what_was_settled() -> None:
    use = settle(taken(Use("K"), "A", 600), "claim", "A", 600)
    with pytest.raises(IllegalMove):
        unsettle(use, "claim", "A", 599)
    assert unsettle(use, "claim", "A", 600).left(TOTAL) == TOTAL


def test_nobody_gives_back_or_settles_what_they_do_not_use() -> None:
    use = taken(Use("K"), "A", 600)
    for move in (
        lambda: free(use, "claim", "B"),
        lambda: settle(use, "visit", "A", 1),
        lambda: settle(use, "claim", "A", 601),
    ):
        with pytest.raises(IllegalMove):
            move()


class Uses(RuleBasedStateMachine):
    """Many claims over one invoice, as rude as can be."""

    documents = st.sampled_from("ABCD")
    sums = st.integers(min_value=1, max_value=TOTAL + 1)

    @initialize()
    def begin(self) -> None:
        self.use = Use("K")
        self.versions = 0

    def move(self, make: object) -> None:
        before = self.use
        try:
            self.use = make()  # type: ignore[operator]
        except (IllegalMove, InvoiceUsed, InvoiceExceeded):
            assert self.use == before
        else:
            assert self.use.version == before.version + 1

    @rule(document=documents, amount=sums, total=st.sampled_from([TOTAL, TOTAL // 2, 2 * TOTAL]))
    def takes(self, document: str, amount: int, total: int) -> None:
        before = self.use
        self.move(lambda: taken(self.use, document, amount, total))
        if self.use is not before:
            assert before.live is None or before.live.document == document
            assert self.use.claimed <= total

    @rule(document=documents)
    def gives_back(self, document: str) -> None:
        self.move(lambda: free(self.use, "claim", document))

    @rule(document=documents, amount=st.integers(min_value=0, max_value=TOTAL))
    def is_paid(self, document: str, amount: int) -> None:
        before = self.use.claimed
        self.move(lambda: settle(self.use, "claim", document, amount))
        assert self.use.claimed <= before

    @rule(document=documents)
    def is_reversed(self, document: str) -> None:
        paid = sum(each.amount for each in self.use.settled if each.document == document)
        if paid:
            self.move(lambda: unsettle(self.use, "claim", document, paid))
            assert all(each.document != document for each in self.use.settled)

    @rule()
    def is_touched(self) -> None:
        self.move(lambda: touch(self.use))

    @invariant()
    def never_more_than_there_is(self) -> None:
        assert self.use.claimed <= max(self.use.total, 0)
        assert 0 <= self.use.left(TOTAL) <= TOTAL
        assert self.use.spent == sum(each.amount for each in self.use.settled)


TestUses = Uses.TestCase
