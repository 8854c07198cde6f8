"""The text in a fapiao's QR code: both forms, short ones, and whatever else a scanner may see."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Invalid
from chalicelib.domain.received import FIELDS, read_fapiao

OLD = "01,10,033001700211,12345678,100.00,20180310,12345678901234567890,A1B2,"
DIGITAL = "01,32,,24312000000012345678,118.50,20260302,,A1B2"
WIDE = {ord(narrow): wide for narrow, wide in zip("0123456789,", "０１２３４５６７８９，", strict=True)}


def test_the_old_form_has_the_sum_without_tax() -> None:
    assert read_fapiao(OLD) == {
        "type": "vat_ordinary",
        "code": "033001700211",
        "number": "12345678",
        "net": "100.00",
        "day": "2018-03-10",
        "currency": "CNY",
    }


def test_the_digital_form_has_the_sum_with_tax_and_no_code() -> None:
    assert read_fapiao(DIGITAL) == {
        "type": "vat_ordinary",
        "number": "24312000000012345678",
        "total": "118.50",
        "day": "2026-03-02",
        "currency": "CNY",
    }


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("01,10,033001700211,12345678", {"type", "code", "number", "currency"}),
        ("01,01,3300170021,12345678,,20180310", {"type", "code", "number", "day", "currency"}),
        ("01,32,,24312000000012345678,,", {"type", "number", "currency"}),
        ("\ufeff 01 , 32 ,, 24312000000012345678 , ¥118.5 ,2026-03-02\r\n", {*read_fapiao(DIGITAL)}),
        (DIGITAL.translate(WIDE), {*read_fapiao(DIGITAL)}),
        ("01,99,,24312000000012345678,1,20260302", {"number", "total", "day", "currency"}),
    ],
)
def test_what_is_missing_at_the_end_or_written_wide_does_not_matter(text: str, known: set[str]) -> None:
    assert {*read_fapiao(text)} == known


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "fapiao_unknown"),
        ("https://atrium.example/i/abc", "fapiao_unknown"),
        ("02,10,033001700211,12345678", "fapiao_unknown"),
        ("01,1,033001700211,12345678", "fapiao_unknown"),
        ("01,10,033001700211,1234567", "fapiao_number"),
        ("01,10,,12345678,1.00,20180310", "fapiao_number"),
        ("01,10,03300170021,12345678", "fapiao_number"),
        ("01,32,,abc,1.00,20260302", "fapiao_number"),
        ("01,32,,24312000000012345678,1e9,20260302", "fapiao_amount"),
        ("01,32,,24312000000012345678,1.001,20260302", "fapiao_amount"),
        ("01,32,,24312000000012345678,-118.50,20260302", "invoice_is_credit"),
        ("01,32,,24312000000012345678,1.00,20260231", "fapiao_day"),
        ("01,32,,24312000000012345678,1.00,today", "fapiao_day"),
    ],
)
def test_what_is_no_fapiao_is_told_so(text: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_fapiao(text)
    assert [(fault.path, fault.code) for fault in refused.value.fields] == [("qr", code)]


PARTS = st.one_of(
    st.sampled_from(["01", "32", "10", "", "033001700211", "12345678", "24312000000012345678", "1.00", "20260302"]),
    st.text(max_size=30),
)


@given(st.one_of(st.text(max_size=600), st.lists(PARTS, max_size=12).map(",".join)))
def test_whatever_a_scanner_sees_is_read_or_refused(text: str) -> None:
    try:
        found = read_fapiao(text)
    except Invalid as refused:
        assert all(fault.path == "qr" for fault in refused.fields)
    else:
        assert {*found} <= {*FIELDS}
        assert found["number"].isdecimal()
