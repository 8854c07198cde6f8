"""Received invoices: registered from what they say, each named that cannot be."""

from __future__ import annotations

import pytest

from chalicelib.domain.errors import Invalid
from chalicelib.models.uploads import UploadItem
from chalicelib.services import received
from tests import invoices
from tests.services.conftest import Company
from tests.services.received.bucket import Bucket
from tests.services.received.desk import PNG, faults, register


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
