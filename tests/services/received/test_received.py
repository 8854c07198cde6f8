"""Received invoices: registered from what they say, used by one claim at a time, told to those who may know."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.domain.directory import Person
from chalicelib.domain.errors import Conflict, Contention, Forbidden, IllegalMove, Invalid, NotFound
from chalicelib.domain.received import InvoiceExceeded, InvoiceUsed
from chalicelib.models.store import DynamoStore
from chalicelib.models.uploads import UploadItem
from chalicelib.services import received
from chalicelib.services.call import Call
from chalicelib.services.received import Named
from chalicelib.services.received import reading as reading_
from chalicelib.services.uploads import giving
from tests import invoices
from tests.services.conftest import Company
from tests.services.received.bucket import Bucket

STATED = {
    "type": "receipt",
    "number": "17",
    "seller": "上海饭店",
    "day": "2026-03-01",
    "currency": "CNY",
    "total": "300",
}
PNG = b"\x89PNG\r\n\x1a\n a photo"


@pytest.fixture(params=["memory", "dynamodb"])
def company(request: pytest.FixtureRequest) -> Company:
    """The same cases on the store in memory and on DynamoDB."""
    if request.param == "memory":
        return Company()
    request.getfixturevalue("aws")
    return Company(DynamoStore())


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Bucket:
    made = Bucket()
    monkeypatch.setattr(reading_, "files", lambda: made)
    return made


def register(company: Company, who: Person | None = None, file: str = "", qr: str = "", **facts: str) -> str:
    answer = received.register(company.call(who or company.applicant), STATED | facts, file, qr)
    return str(answer["id"])


def use(company: Company, claim: str, before: Any, after: Any, who: Person | None = None) -> None:
    call = company.call(who or company.applicant)
    call.permit_public("the claim's own transaction")
    call.commit({}, *received.using(call, claim, before, after))


def settle(company: Company, claim: str, amounts: dict[str, int], reverse: bool = False) -> None:
    call = company.call(company.admin)
    call.permit_public("the claim's own transaction")
    call.commit({}, *(received.unsettled if reverse else received.settled)(call, claim, amounts))


def left(company: Company, id: str) -> int:
    return received.standing(company.store, [id])[id].left


def faults(refused: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    return [(fault.path, fault.code) for fault in refused.value.fields]


def test_what_is_typed_is_kept_and_tax_and_net_follow(company: Company) -> None:
    id = register(company, tax="18.00", code="3300")
    found = received.known(company.store, [id, "nowhere"])[id]
    assert (found.total, found.tax, found.net, found.owner) == (30_000, 1_800, 28_200, company.applicant.id)
    assert (found.differs, found.read, found.file) == ((), {}, None)


def test_a_scanned_code_fills_in_what_is_left_out(company: Company) -> None:
    call = company.call(company.applicant)
    answer = received.register(call, {"seller": "上海饭店"}, qr=invoices.DIGITAL_QR)
    found = received.known(company.store, [answer["id"]])[answer["id"]]
    assert (found.number, found.total, found.day.isoformat(), found.type) == (
        "24312000000012345678",
        10_600,
        "2026-03-01",
        "vat_ordinary",
    )
    assert answer["differs"] == []


def test_an_invoice_in_a_file_is_registered_as_it_says_and_the_file_is_its_own(
    company: Company, bucket: Bucket
) -> None:
    call = company.call(company.applicant)
    file = bucket.bring(call, "factur-x.pdf", invoices.pdf(invoices.cii()))
    told = received.read(company.call(company.applicant), file, "")["values"]
    assert told == invoices.READ | {"total": "119.00", "tax": "19.00", "net": "100.00"}
    id = received.register(company.call(company.applicant), {}, file)["id"]
    found = received.known(company.store, [id])[id]
    assert (found.number, found.total, found.currency) == ("RE-2026/17", 11_900, "EUR")
    assert found.file is not None
    (upload,) = company.store.get(UploadItem.at(file))
    assert (upload.status, upload.document, upload.stored) == ("claimed", id, "v1")


def test_what_is_stated_otherwise_than_it_was_read_is_marked(company: Company, bucket: Bucket) -> None:
    file = bucket.bring(company.call(company.applicant), "r.xml", invoices.ubl())
    stated = {"total": "200", "tax": "19", "net": "181", "seller": "müller  catering gmbh"}
    answer = received.register(company.call(company.applicant), stated, file)
    assert answer["differs"] == ["total", "net"]
    found = received.known(company.store, [answer["id"]])[answer["id"]]
    assert (found.total, found.read["total"]) == (20_000, "119.00")


def test_a_code_that_says_otherwise_than_the_file_is_marked(company: Company, bucket: Bucket) -> None:
    file = bucket.bring(company.call(company.applicant), "r.ofd", invoices.ofd())
    other = invoices.OLD_QR.replace("100.00", "99.00")
    answer = received.register(company.call(company.applicant), {"type": "vat_ordinary"}, file, other)
    assert answer["differs"] == ["net"]


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"number": ""}, ("number", "required")),
        ({"seller": ""}, ("seller", "required")),
        ({"number": "---"}, ("number", "bad_format")),
        ({"total": "-5"}, ("total", "bad_amount")),
        ({"total": "0"}, ("total", "bad_amount")),
        ({"total": "1000000000000000"}, ("total", "bad_amount")),
        ({"total": "1.005"}, ("total", "bad_amount")),
        ({"total": "1.5", "currency": "JPY"}, ("total", "bad_amount")),
        ({"currency": "XXX"}, ("currency", "unknown_currency")),
        ({"day": "2026-03-09"}, ("day", "invoice_from_future")),
        ({"type": "banknote"}, ("type", "bad_choice")),
        ({"tax": "301"}, ("tax", "tax_above_total")),
        ({"tax": "10", "net": "10"}, ("total", "invoice_sum_differs")),
    ],
)
def test_what_cannot_be_is_named(company: Company, facts: dict[str, str], fault: tuple[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        register(company, **facts)
    assert fault in faults(refused)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"MZ program", "file_not_as_named"),
        ("a.xml", b"MZ program", "file_not_as_named"),
        ("a.ofd", b"%PDF-1.7", "file_not_as_named"),
        ("a.xml", b'<a><!-- --></a><!DOCTYPE a [<!ENTITY b "c">]>', "file_not_as_named"),
        ("a.xml", b"<a>" + b" " * 5000 + b'<!DOCTYPE a [<!ENTITY b "c">]></a>', "xml_not_well_formed"),
        ("a.xml", b"<other/>", "xml_no_invoice"),
        ("a.csv", b"a,b", "file_type_not_taken"),
        ("a.png", b"", "file_missing"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_at_its_field(
    company: Company, bucket: Bucket, name: str, content: bytes, code: str
) -> None:
    file = bucket.bring(company.call(company.applicant), name, content or b"x")
    bucket.contents = dict.fromkeys(bucket.contents, content)
    with pytest.raises(Invalid) as refused:
        register(company, file=file)
    assert faults(refused) == [("file", code)]


def test_nobody_registers_what_somebody_else_brought_or_brought_for_something_else(
    company: Company, bucket: Bucket
) -> None:
    theirs = bucket.bring(company.call(company.host), "a.png", PNG)
    other = bucket.bring(company.call(company.applicant), "a.png", PNG, purpose="request")
    for file in (theirs, other, "nowhere"):
        with pytest.raises(Invalid) as refused:
            register(company, file=file)
        assert faults(refused) == [("file", "file_unknown")]


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


def test_an_invoice_that_nothing_was_claimed_with_is_thrown_away_and_gone(company: Company) -> None:
    id = register(company)
    answer = received.discard(company.call(company.applicant), id)
    assert (answer["status"], answer["location"]) == ("discarded", "/received")
    assert received.listed(company.call(company.applicant)).items == []
    with pytest.raises(Invalid) as refused:
        use(company, "A", {}, {id: 1})
    assert faults(refused) == [("invoice", "unknown_invoice")]
    with pytest.raises(IllegalMove):
        received.discard(company.call(company.applicant), id)


def test_an_invoice_that_backs_something_stays(company: Company) -> None:
    id = register(company)
    use(company, "A", {}, {id: 1})
    with pytest.raises(Conflict, match="invoice_in_use"):
        received.discard(company.call(company.applicant), id)
    settle(company, "A", {id: 1})
    with pytest.raises(Conflict, match="invoice_in_use"):
        received.discard(company.call(company.applicant), id)


def test_who_read_an_invoice_before_it_was_thrown_away_does_not_take_it(company: Company) -> None:
    id = register(company)
    call = company.call(company.applicant)
    call.permit_public("the claim's own transaction")
    late = received.using(call, "A", {}, {id: 1})
    received.discard(company.call(company.applicant), id)
    with pytest.raises(Contention):
        call.commit({}, *late)


def test_my_list_has_mine_the_newest_first_sifted_by_what_can_be_claimed(company: Company) -> None:
    first, second = register(company), register(company, number="18")
    register(company, company.host, number="19")
    use(company, "A", {}, {first: 1})
    mine = company.call(company.applicant)
    assert [each.received.id for each in received.listed(mine).items] == [second, first]
    assert [each.received.id for each in received.listed(mine, "unused").items] == [second]
    used = received.listed(mine, "used").items
    assert [(each.received.id, each.claimed, each.left) for each in used] == [(first, 1, 0)]
    page = received.listed(mine, limit=1)
    assert [each.received.id for each in received.listed(mine, None, page.next, 1).items] == [first]
    assert [each.received.id for each in received.open_of(company.store, company.applicant.id)] == [second]


def test_an_invoice_is_shown_to_its_owner_and_to_who_sees_the_claim(
    company: Company, monkeypatch: pytest.MonkeyPatch, bucket: Bucket
) -> None:
    file = bucket.bring(company.call(company.applicant), "a.png", PNG)
    id = register(company, file=file)
    monkeypatch.setattr(giving, "files", lambda: Linking())
    seen = lambda call, claim: Named("CL-1", "林梅", "/claims/A") if call.actor == company.manager.id else None  # noqa: E731
    monkeypatch.setitem(received.DOCUMENTS, "claim", seen)
    for who in (company.manager, company.host):
        with pytest.raises(NotFound):
            received.view(company.call(who), id)
        with pytest.raises(NotFound):
            giving.link(company.call(who), file)
    use(company, "A", {}, {id: 1})
    view = received.view(company.call(company.manager), id)
    assert [(each.amount, each.live, each.named.number if each.named else "") for each in view.backs] == [
        (1, True, "CL-1")
    ]
    assert giving.link(company.call(company.manager), file) == "linked"
    assert received.view(company.call(company.applicant), id).backs[0].named is None
    with pytest.raises(NotFound):
        received.view(company.call(company.host), id)


class Linking:
    """A bucket that only gives links."""

    def link(self, *given: Any) -> str:
        return "linked"


def test_only_employees_register_and_nobody_else_throws_away(company: Company) -> None:
    nobody = company.call(company._hire("guest", roles=frozenset()))
    with pytest.raises(Forbidden):
        received.register(nobody, STATED)
    with pytest.raises(NotFound):
        received.discard(company.call(company.host), register(company))


def test_a_claim_of_twenty_invoices_costs_one_batch_and_forty_writes(company: Company, bucket: Bucket) -> None:
    files = [bucket.bring(company.call(company.applicant), "a.png", PNG + bytes([n])) for n in range(20)]
    ids = [register(company, number=str(n), file=file) for n, file in enumerate(files)]
    call = company.call(company.applicant)
    operations = received.using(call, "A", {}, dict.fromkeys(ids, 1))
    assert len(operations) == 40
    assert len(received.keys(ids)) == 60
