"""An invoice backs one claim at a time, for no more than its total, and is free again."""

from __future__ import annotations

import pytest

from chalicelib.domain.errors import Contention, IllegalMove, Invalid
from chalicelib.domain.received import InvoiceExceeded, InvoiceUsed
from chalicelib.services import received
from chalicelib.services.call import Call
from chalicelib.services.received import Named
from tests.services.conftest import Company
from tests.services.received.bucket import Bucket
from tests.services.received.desk import PNG, faults, left, register, settle, use


def test_an_invoice_backs_one_claim_and_is_free_again_once_that_is_rejected(company: Company) -> None:
    id = register(company)
    use(company, "A", {}, {id: 30_000})
    with pytest.raises(InvoiceUsed):
        use(company, "B", {}, {id: 100})
    use(company, "A", {id: 30_000}, {})
    use(company, "B", {}, {id: 100})
    assert left(company, id) == 0


def test_the_same_invoice_in_somebody_elses_registration_is_the_same(company: Company) -> None:
    mine, theirs = register(company, seller_tax_id="91310000MA1FL00000"), ""
    theirs = register(company, company.host, seller="Shanghai Hotel", seller_tax_id="9131 0000 MA1F L000 00")
    use(company, "A", {}, {mine: 30_000})
    with pytest.raises(InvoiceUsed):
        use(company, "B", {}, {theirs: 1}, company.host)


def test_the_same_file_under_another_number_is_the_same(company: Company, bucket: Bucket) -> None:
    files = [bucket.bring(company.call(who), "a.png", PNG) for who in (company.applicant, company.host)]
    mine = register(company, file=files[0])
    theirs = register(company, company.host, file=files[1], number="18", seller="Another")
    use(company, "A", {}, {mine: 30_000})
    with pytest.raises(InvoiceUsed):
        use(company, "B", {}, {theirs: 1}, company.host)
    use(company, "A", {mine: 30_000}, {})
    use(company, "B", {}, {theirs: 1}, company.host)


def test_the_same_sum_alone_is_no_duplicate(company: Company) -> None:
    one, other = register(company), register(company, number="18")
    use(company, "A", {}, {one: 30_000, other: 30_000})
    assert (left(company, one), left(company, other)) == (0, 0)


def test_two_registrations_of_one_invoice_do_not_stand_in_one_claim(company: Company) -> None:
    one, other = register(company), register(company)
    with pytest.raises(InvoiceUsed, match="invoice_twice"):
        use(company, "A", {}, {one: 100, other: 100})
    use(company, "A", {}, {one: 100})
    use(company, "A", {one: 100}, {other: 200})
    assert left(company, one) == 0


def test_claims_one_after_the_other_take_no_more_than_the_total(company: Company) -> None:
    id = register(company)
    use(company, "A", {}, {id: 20_000})
    settle(company, "A", {id: 20_000})
    with pytest.raises(InvoiceExceeded) as refused:
        use(company, "B", {}, {id: 10_001})
    assert (refused.value.params["left"], refused.value.params["invoice"]) == ("10000", "17")
    use(company, "B", {}, {id: 10_000})
    settle(company, "B", {id: 10_000})
    assert left(company, id) == 0
    settle(company, "A", {id: 20_000}, reverse=True)
    assert left(company, id) == 20_000


def test_a_line_rejected_after_its_invoice_was_used_elsewhere(company: Company) -> None:
    """Claim A gives the invoice back, claim B has it; what then happens to A does not touch B."""
    id = register(company)
    use(company, "A", {}, {id: 30_000})
    use(company, "A", {id: 30_000}, {})
    use(company, "B", {}, {id: 30_000})
    with pytest.raises(IllegalMove):
        use(company, "A", {id: 30_000}, {})
    with pytest.raises(IllegalMove):
        settle(company, "A", {id: 30_000})
    settle(company, "B", {id: 30_000})
    assert left(company, id) == 0


def test_who_decided_on_what_was_free_before_decides_again(company: Company) -> None:
    id = register(company)
    call = company.call(company.applicant)
    call.permit_public("the claim's own transaction")
    late = received.using(call, "B", {}, {id: 100})
    use(company, "A", {}, {id: 100})
    with pytest.raises(Contention):
        call.commit({}, *late)


def test_the_refusal_names_the_claim_only_to_those_who_may_see_it(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    def seen(call: Call, id: str) -> Named | None:
        return Named(f"CL-{id}", "林梅", f"/claims/{id}") if call.actor == company.applicant.id else None

    monkeypatch.setitem(received.DOCUMENTS, "claim", seen)
    mine, theirs = register(company), register(company, company.host)
    use(company, "A", {}, {mine: 100})
    with pytest.raises(InvoiceUsed) as refused:
        use(company, "B", {}, {mine: 100})
    assert (refused.value.code, refused.value.params["document"], refused.value.params["person"]) == (
        "invoice_used_by",
        "CL-A",
        "林梅",
    )
    with pytest.raises(InvoiceUsed) as refused:
        use(company, "B", {}, {theirs: 100}, company.host)
    assert refused.value.code == "invoice_used"
    assert {*refused.value.params} == {"state", "invoice"}


@pytest.mark.parametrize(
    ("id", "amount", "code"), [("nowhere", 1, "unknown_invoice"), ("", 10**15, "bad_amount"), ("", -1, "bad_amount")]
)
def test_what_a_claim_cannot_use_is_named_where_it_stands(company: Company, id: str, amount: int, code: str) -> None:
    id = id or register(company)
    call = company.call(company.applicant)
    with pytest.raises(Invalid) as refused:
        received.using(call, "A", {}, {id: amount}, paths={id: "lines.3.invoice"})
    assert faults(refused) == [("lines.3.invoice", code)]


def test_nobody_claims_with_somebody_elses_invoice(company: Company) -> None:
    id = register(company)
    with pytest.raises(Invalid) as refused:
        use(company, "A", {}, {id: 1}, company.host)
    assert faults(refused) == [("invoice", "invoice_not_yours")]
    use(company, "A", {}, {id: 1})
    use(company, "A", {id: 1}, {}, company.manager)  # whoever rejects gives it back


def test_a_claim_of_twenty_invoices_costs_one_batch_and_forty_writes(company: Company, bucket: Bucket) -> None:
    files = [bucket.bring(company.call(company.applicant), "a.png", PNG + bytes([n])) for n in range(20)]
    ids = [register(company, number=str(n), file=file) for n, file in enumerate(files)]
    call = company.call(company.applicant)
    operations = received.using(call, "A", {}, dict.fromkeys(ids, 1))
    assert len(operations) == 40
    assert len(received.keys(ids)) == 60
