"""What makes two registrations the same invoice, what is read beside what is stated, and sums that add up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Invalid
from chalicelib.domain.received import (
    day_of,
    differences,
    figure_of,
    file_key,
    identity_key,
    line_of,
    merged,
    received_id,
    reckoned,
    use_keys,
)

ULID = "01KJPX9W3TZ4QZ6T1N7V0F2B5W"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("", "RE-2026/17", "Müller GmbH", "DE 123 456 789"), ("", "re 2026 17", "Mueller", "DE123456789")),
        (("", "17", "Müller  GmbH", ""), ("", " 17 ", "MÜLLER GmbH", "")),
        (("033001700211", "12345678", "A", ""), ("０３３００１７００２１１", "12345678", "B", "91310000X")),
        (("", "24312000000012345678", "A", "1"), ("", "2431 2000 0000 1234 5678", "B", "2")),
    ],
    ids=["by tax id", "by name", "old fapiao", "digital fapiao"],
)
def test_the_same_invoice_is_known_however_it_is_written(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert identity_key(*one) == identity_key(*other)


@pytest.mark.parametrize(
    "other",
    [("", "18", "Müller GmbH", "DE1"), ("2", "17", "Müller GmbH", "DE1"), ("", "17", "Müller GmbH", "DE2")],
)
def test_another_number_code_or_seller_is_another_invoice(other: tuple[str, ...]) -> None:
    assert identity_key("", "17", "Müller GmbH", "DE1") != identity_key(*other)


def test_an_id_names_its_keys_and_fits_where_ids_stand() -> None:
    by_identity, by_file = identity_key("", "17", "Müller", ""), file_key("ab" * 32)
    id = received_id(ULID, by_identity, by_file)
    assert len(id) <= 64
    assert use_keys(id) == (by_identity, by_file)
    assert use_keys(received_id(ULID, by_identity)) == (by_identity,)


@given(st.text(max_size=64))
def test_an_id_that_somebody_made_up_has_keys_or_none(id: str) -> None:
    assert all(key.startswith(("identity.", "file.")) for key in use_keys(id))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20260302", "2026-03-02"),
        ("2026-03-02T10:00:00+01:00", "2026-03-02"),
        ("2026年3月2日", "2026-03-02"),
        ("2026-02-30", ""),
        ("202603021", ""),
        ("soon", ""),
        ("", ""),
    ],
)
def test_days_are_read_as_files_write_them(text: str, day: str) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("¥1,234.50", "1234.5"),
        ("￥100.00", "100"),
        ("0", "0"),
        ("1234.5678", "1234.5678"),
        ("-5", "-"),
        ("1e5", ""),
        ("NaN", ""),
        ("", ""),
        ("9" * 40, ""),
    ],
)
def test_sums_are_read_as_files_write_them(text: str, figure: str) -> None:
    assert figure_of(text) == figure


@given(st.text())
def test_a_strangers_text_is_one_short_line(text: str) -> None:
    line = line_of(text)
    assert len(line) <= 120
    assert line == line.strip()
    assert all(char == " " or not char.isspace() for char in line)


def test_what_differs_from_any_reading_is_named() -> None:
    stated = merged([{"seller": "上海 饭店", "total": "100.00", "number": "7", "day": "2026-03-02"}])
    file = {"seller": "上海饭店", "total": "100", "number": "8"}
    code = {"total": "99.99", "day": "2026-03-02"}
    assert differences(stated, [file]) == ("number",)
    assert differences(stated, [file, code]) == ("number", "total")
    assert differences(stated, []) == ()


@pytest.mark.parametrize(
    ("sums", "expected"),
    [
        ((106, 6, 100), (6, 100)),
        ((106, 6, None), (6, 100)),
        ((106, None, 100), (6, 100)),
        ((106, None, None), (0, 106)),
        ((106, 0, 106), (0, 106)),
    ],
)
def test_of_tax_and_net_one_follows_from_the_other(
    sums: tuple[int, int | None, int | None], expected: tuple[int, int]
) -> None:
    assert reckoned(*sums) == expected


@pytest.mark.parametrize(
    ("sums", "fault"),
    [
        ((0, None, None), ("total", "bad_amount")),
        ((-5, 0, -5), ("total", "bad_amount")),
        ((10**15, None, None), ("total", "bad_amount")),
        ((100, 101, None), ("tax", "tax_above_total")),
        ((100, None, 101), ("net", "net_above_total")),
        ((100, 6, 95), ("total", "invoice_sum_differs")),
    ],
)
def test_sums_that_cannot_be_are_named(sums: tuple[int, int | None, int | None], fault: tuple[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        reckoned(*sums)
    assert fault in [(each.path, each.code) for each in refused.value.fields]
