"""Invoices' own data: every format is read, whatever is hostile or none of them is told so."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Invalid
from chalicelib.services.received.formats import leaves, read
from tests import invoices

PDF, XML, OFD = "application/pdf", "application/xml", "application/ofd"
FAPIAO = {
    "seller": "上海饭店",
    "seller_tax_id": "91310000MA1FL00000",
    "buyer": "中庭公司",
    "buyer_tax_id": "91310000MA1FL11111",
    "day": "2026-03-01",
    "currency": "CNY",
    "total": "106",
    "tax": "6",
    "net": "100",
}
OLD = FAPIAO | {"code": "033001700211", "number": "12345678"}
BOMB = b"<a>" + b" " * (30 * 1024 * 1024) + b"</a>"


def fault(media: str, content: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        read(media, content)
    (error,) = refused.value.fields
    assert error.path == "file"
    return error.code


@pytest.mark.parametrize("make", [invoices.ubl, invoices.cii, invoices.zugferd_1])
def test_the_syntaxes_of_en_16931_are_read(make: object) -> None:
    assert read(XML, make()) == invoices.READ  # type: ignore[operator]


@pytest.mark.parametrize("filtered", [True, False])
@pytest.mark.parametrize("make", [invoices.ubl, invoices.cii])
def test_a_pdf_that_carries_its_data_is_read(make: object, filtered: bool) -> None:
    assert read(PDF, invoices.pdf(make(), filtered)) == invoices.READ  # type: ignore[operator]


def test_a_digital_fapiao_is_read() -> None:
    assert read(XML, invoices.digital()) == FAPIAO | {"number": "24312000000012345678", "type": "vat_ordinary"}


def test_a_fapiao_as_ofd_is_read_from_its_original_or_its_main_part() -> None:
    assert read(OFD, invoices.ofd()) == OLD
    names = ("seller", "buyer", "seller_tax_id", "buyer_tax_id")
    plain = {name: text for name, text in OLD.items() if name not in names}
    assert read(OFD, invoices.zipped({"OFD.xml": invoices.main_part()})) == plain


@pytest.mark.parametrize(
    ("media", "content"),
    [
        ("image/png", b"\x89PNG\r\n\x1a\n"),
        (PDF, b"%PDF-1.7\nnothing in it"),
        (PDF, invoices.pdf(b"<other/>")),
        (PDF, invoices.pdf(b"no xml at all")),
        (PDF, invoices.pdf(invoices.ubl(), kind=b"/Type /XObject")),
        (PDF, invoices.pdf(invoices.ubl())[:700]),
        (PDF, b"%PDF-1.7\n1 0 obj << /Type /EmbeddedFile /Filter /FlateDecode >> stream\nbroken\nendstream"),
        (OFD, invoices.zipped({"OFD.xml": invoices.main_part({})})),
    ],
    ids=["picture", "pdf", "other xml", "no xml", "no embedded file", "cut off", "broken stream", "other ofd"],
)
def test_what_carries_no_data_says_nothing(media: str, content: bytes) -> None:
    assert read(media, content) == {}


@pytest.mark.parametrize(
    ("media", "content", "code"),
    [
        (XML, b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "xml_with_entities"),
        (XML, b'<!DOCTYPE a [<!ENTITY b "xxxx"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>', "xml_with_entities"),
        (XML, b'<!DOCTYPE Invoice SYSTEM "http://169.254.169.254/x"><Invoice/>', "xml_with_entities"),
        (XML, b"<Invoice>", "xml_not_well_formed"),
        (XML, b"\xff\xfe\x00", "xml_not_well_formed"),
        (XML, b'<?xml version="1.0" encoding="none"?><a/>', "xml_not_well_formed"),
        (XML, b"<a/>", "xml_no_invoice"),
        (XML, b"<Invoice/>", "xml_no_invoice"),
        (XML, b"<a>" * 70 + b"</a>" * 70, "xml_too_large"),
        (XML, b"<a>" + b"<b/>" * 60_000 + b"</a>", "xml_too_large"),
        (XML, b"<a>" + b" " * leaves.SIZE + b"</a>", "file_unpacks_too_large"),
        (XML, invoices.ubl("381"), "invoice_is_credit"),
        (XML, invoices.cii("381"), "invoice_is_credit"),
        (XML, invoices.ubl().replace(b"119.00", b"-119.00"), "invoice_is_credit"),
        (PDF, invoices.pdf(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "xml_with_entities"),
        (PDF, invoices.pdf(BOMB), "file_unpacks_too_large"),
        (OFD, invoices.zipped({"OFD.xml": BOMB}), "file_unpacks_too_large"),
        (
            OFD,
            invoices.zipped({"OFD.xml": invoices.main_part(), "Doc_0/Attachs/a.xml": BOMB}),
            "file_unpacks_too_large",
        ),
        (OFD, invoices.zipped({"OFD.xml": b"<a/>"} | {f"{n}": b"" for n in range(2001)}), "file_unpacks_too_large"),
        (OFD, invoices.zipped({"OFD.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "xml_with_entities"),
        (OFD, invoices.zipped({"other.xml": b"<a/>"}), "file_not_as_named"),
        (OFD, invoices.ofd()[:-40], "file_not_as_named"),
        (OFD, b"PK\x03\x04", "file_not_as_named"),
    ],
)
def test_what_is_hostile_or_broken_is_told_so(media: str, content: bytes, code: str) -> None:
    assert fault(media, content) == code


def test_a_part_that_lies_about_its_size_unpacks_to_no_more_than_it_says() -> None:
    content = bytearray(invoices.zipped({"OFD.xml": b"<a>" + b" " * 100_000 + b"</a>"}))
    for place in (content.find(b"PK\x03\x04") + 22, content.find(b"PK\x01\x02") + 24):
        content[place : place + 4] = (50).to_bytes(4, "little")
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        assert archive.getinfo("OFD.xml").file_size == 50
    assert fault(OFD, bytes(content)) in ("file_not_as_named", "file_unpacks_too_large")


def test_many_embedded_files_are_looked_at_up_to_a_bound() -> None:
    many = b"".join(invoices.pdf(b"<other/>") for _ in range(50))
    assert read(PDF, many + invoices.pdf(invoices.ubl())) == {}


@given(st.sampled_from([PDF, XML, OFD]), st.binary(max_size=300), st.integers(0, 600), st.integers(0, 600))
def test_a_damaged_file_is_read_or_refused(media: str, noise: bytes, first: int, last: int) -> None:
    good = {PDF: invoices.pdf(invoices.cii()), XML: invoices.cii(), OFD: invoices.ofd()}[media]
    content = good[:first] + noise + good[last:]
    try:
        found = read(media, content)
    except Invalid as refused:
        assert all(error.path == "file" for error in refused.fields)
    else:
        assert all(isinstance(text, str) and len(text) <= 120 for text in found.values())
