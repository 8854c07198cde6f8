"""What the bank gets: an order that its schema takes, a table without formulas, the same bytes each time."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

import pytest
import sepaxml
import xmlschema
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.services import bank_accounts
from chalicelib.services.payments import files, releasing, setting
from tests.payments import CHINESE, IBAN, Seals
from tests.services.payments.office import DAY, Office

SCHEMA = xmlschema.XMLSchema(str(Path(sepaxml.__file__).parent / "schemas" / f"{files.SCHEMA}.xsd"))
SEPA = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-?:().,'+ ")


def content_of(office: Office, id: str) -> bytes:
    file = office.head(id).file
    assert file is not None
    content = office.files.kept[file.key]
    assert (hashlib.sha256(content).hexdigest(), len(content)) == (file.sha256, file.size)
    assert file.key == f"payments/{id}/{file.sha256}"
    return content


def test_the_order_is_what_its_schema_asks_for(office: Office) -> None:
    office.accounts(office.host)
    id = office.ready(office.owes(amount=1), office.owes(office.host, 123_456), office.owes(amount=99))
    content = content_of(office, id)
    SCHEMA.validate(content.decode())
    order = fromstring(content)
    find = lambda name: [each.text for each in order.iter(f"{{{files.NAMESPACE}}}{name}")]  # noqa: E731
    assert find("MsgId") == [id]
    assert find("CreDtTm") == [f"{office.now:%Y-%m-%dT%H:%M:%SZ}"]
    assert set(find("NbOfTxs")) == {"3"}
    assert set(find("CtrlSum")) == {"1235.56"}
    assert find("InstdAmt") == ["0.01", "1234.56", "0.99"]
    assert find("EndToEndId") == [item.end_to_end for item in office.items(id)]
    assert find("Nm") == [
        "Atrium Mao Yi You Xian Gong Si",
        "Atrium Mao Yi You Xian Gong Si",
        "Lin Mei",
        "He Xian Sheng",
        "Lin Mei",
    ]
    assert find("IBAN")[1:] == [IBAN] * 3
    assert find("Ustrd") == ["EX-D001", "EX-D002", "EX-D003"]


def test_an_order_without_a_bic_says_so_in_the_schema_s_way(office: Office) -> None:
    setting.state(office.call(office.admin), setting.Settings(False, name="Atrium", iban="DE75512108001245126199"))
    content = content_of(office, office.ready(office.owes()))
    SCHEMA.validate(content.decode())
    assert b"NOTPROVIDED" in content


def test_two_hundred_payments_fit_into_one_batch_and_one_file(office: Office) -> None:
    owed = [office.owes(amount=n + 1) for n in range(200)]
    id = office.ready(*owed)
    content = content_of(office, id)
    SCHEMA.validate(content.decode())
    rows = "\n".join(["End-to-end ID,Status", *(f"{item.end_to_end},PAID" for item in office.items(id))])
    office.bring(id, rows.encode())
    head = office.head(id)
    assert (head.status, head.paid, head.paid_total) == ("answered", 200, sum(range(1, 201)))


def test_the_same_release_makes_the_same_file(office: Office) -> None:
    id = office.batch(office.owes())
    releasing.release(office.call(office.finance), id, False)
    batch = office.head(id)
    call = office.system()
    items = office.items(id)
    accounts = bank_accounts.for_payment(office.store, [office.applicant.id], "EUR")
    lines = [files.Line(item, accounts[item.payee], IBAN) for item in items]
    first, again = (files.made(batch, lines, releasing.settings_of(call.store))[0] for _ in range(2))
    assert first == again
    office.follow(id)
    assert content_of(office, id) == first


def test_only_euros_go_by_this_order(office: Office) -> None:
    id = office.batch(office.owes(currency="CNY"))
    releasing.release(office.call(office.finance), id, False)
    with pytest.raises(ValueError, match="SEPA"):
        files.pain_001(office.head(id), [], releasing.settings_of(office.store))


def test_other_currencies_are_a_table(office: Office) -> None:
    then = office.call(office.applicant, now=office.now - 2 * DAY)
    bank_accounts.state(then, Seals(), "cn", "=HYPERLINK(1)", **CHINESE)
    id = office.ready(office.owes(amount=12_345, currency="CNY"))
    head, row = csv.reader(io.StringIO(content_of(office, id).decode("utf-8-sig")))
    told = dict(zip(head, row, strict=True))
    assert told["Payee name"] == "'=HYPERLINK(1)"
    assert (told["Payee account"], told["CNAPS code"]) == (CHINESE["number"], CHINESE["cnaps"])
    assert (told["Amount"], told["Currency"]) == ("123.45", "CNY")
    assert told["End-to-end ID"] == f"{id}-001"
    file = office.head(id).file
    assert file is not None
    assert file.name == f"{office.head(id).number}.csv"


def test_a_currency_without_a_minor_unit_has_whole_amounts(office: Office) -> None:
    id = office.ready(office.owes(amount=12_345, currency="JPY"))
    _, row = csv.reader(io.StringIO(content_of(office, id).decode("utf-8-sig")))
    assert "12345" in row


def test_accounts_are_opened_on_record(office: Office) -> None:
    from chalicelib.models.payment_batches import OpeningItem

    office.ready(office.owes())
    (note,) = office.store.all(OpeningItem)
    assert (note.released_by, note.payees) == (office.finance.id, (office.applicant.id,))


@given(st.text(max_size=200))
def test_any_text_is_written_in_characters_that_every_bank_takes(text: str) -> None:
    written = files.sepa_text(text, 70)
    assert 0 < len(written) <= 70
    assert set(written) <= SEPA
