"""What banks answer: pain.002 and tables, tried and carried out; the same answer twice has one effect."""

from __future__ import annotations

import pytest

from chalicelib.domain.errors import Contention, IllegalMove, Invalid
from chalicelib.services.payments import answering, answers
from tests.payments import converted, release_freeze
from tests.services.payments.office import Office

PAIN_002 = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
<GrpHdr><MsgId>BANK-1</MsgId><CreDtTm>2026-03-02T10:00:00</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>{message}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>{group}</OrgnlGrpInfAndSts>
<OrgnlPmtInfAndSts><OrgnlPmtInfId>{message}-P</OrgnlPmtInfId>{rows}</OrgnlPmtInfAndSts>
</CstmrPmtStsRpt></Document>"""
ROW = """<TxInfAndSts><OrgnlEndToEndId>{id}</OrgnlEndToEndId><TxSts>{status}</TxSts>
<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>closed</AddtlInf></StsRsnInf></TxInfAndSts>"""


def pain_002(message: str, *rows: tuple[str, str], group: str = "") -> bytes:
    told = "".join(ROW.format(id=id, status=status) for id, status in rows)
    status = f"<GrpSts>{group}</GrpSts>" if group else ""
    return PAIN_002.format(message=message, rows=told, group=status).encode()


def table(*rows: tuple[str, ...]) -> bytes:
    return "\n".join(["End-to-end ID,Status,Reason", *(",".join(row) for row in rows)]).encode()


@pytest.fixture
def owed(office: Office) -> list[str]:
    return [office.owes(amount=100 + n) for n in range(3)]


@pytest.fixture
def batch(office: Office, owed: list[str]) -> str:
    return office.ready(*owed)


def test_a_bank_answers_in_xml(office: Office, owed: list[str], batch: str) -> None:
    ids = [item.end_to_end for item in office.items(batch)]
    content = pain_002(batch, (ids[0], "ACSC"), (ids[1], "RJCT"), (ids[2], "PDNG"))
    tried = office.bring(batch, content, dry_run=True)
    assert tried["counts"] == {"paid": 1, "failed": 1, "open": 1}
    assert office.head(batch).status == "released"
    office.bring(batch, content)
    assert [office.payable(id).status for id in owed] == ["paid", "failed", "batched"]
    assert office.payable(owed[1]).reason == "AC04 closed"
    head = office.head(batch)
    assert (head.status, head.paid_total, head.failed_total) == ("partly", 100, 101)


def test_the_same_answer_twice_has_one_effect(office: Office, owed: list[str], batch: str) -> None:
    ids = [item.end_to_end for item in office.items(batch)]
    content = table(*((id, "paid", "") for id in ids))
    office.bring(batch, content)
    head = office.head(batch)
    assert (head.status, head.paid, head.paid_total) == ("answered", 3, 303)
    assert office.bring(batch, content)["counts"] == {"known": 3}
    assert office.bring(batch, content + b"\n")["counts"] == {"known": 3}
    assert office.head(batch) == head
    assert [converted(office.store, f"D00{n}") for n in (1, 2, 3)] == [100, 101, 102]


def test_two_answers_that_overlap_settle_each_payment_once(office: Office, owed: list[str], batch: str) -> None:
    ids = [item.end_to_end for item in office.items(batch)]
    call = office.call(office.finance)
    first, second = (
        table((ids[0], "PAID", ""), (ids[1], "PAID", "")),
        table((ids[1], "PAID", ""), (ids[2], "FAILED", "AC01")),
    )
    for content in (first, second):
        answering.bring(call, batch, content, "answer.csv", dry_run=False)
    runs = [office.answer(batch, answers.digest_of(content)) for content in (first, second)]
    assert [run.refused for run in runs] == [(), ()]
    assert [office.payable(id).status for id in owed] == ["paid", "paid", "failed"]
    assert converted(office.store, "D002") == 101


def test_rows_that_cannot_stand_are_told_and_have_no_effect(office: Office, owed: list[str], batch: str) -> None:
    ids = [item.end_to_end for item in office.items(batch)]
    office.mark(batch, owed[2], "failed", note="AC01")
    rows = [(ids[0], "PAID", ""), ("someone-else", "PAID", ""), (ids[0], "FAILED", ""), (ids[2], "PAID", "")]
    read = office.bring(batch, table(*rows))
    assert [(row["row"], row["code"]) for row in read["wrong"]] == [
        (3, "answer_unknown_payment"),
        (4, "answer_twice"),
        (5, "answer_already_failed"),
    ]
    assert [office.payable(id).status for id in owed] == ["paid", "batched", "failed"]


def test_a_message_that_is_refused_as_a_whole_fails_every_payment(office: Office, owed: list[str], batch: str) -> None:
    office.bring(batch, pain_002(batch, group="RJCT"))
    assert {office.payable(id).status for id in owed} == {"failed"}
    assert office.head(batch).status == "answered"


def test_what_a_document_refuses_is_noted_and_the_answer_goes_on(office: Office, owed: list[str], batch: str) -> None:
    release_freeze(office.store, "D001")
    content = table(*((item.end_to_end, "PAID", "") for item in office.items(batch)))
    office.bring(batch, content)
    run = office.run(batch, answers.digest_of(content))
    assert [(each.payable, each.reason) for each in run.refused] == [(owed[0], "budget_not_frozen")]
    assert [office.payable(id).status for id in owed] == ["batched", "paid", "paid"]


def test_a_step_of_an_answer_that_is_told_again_does_nothing(office: Office, batch: str) -> None:
    content = table(*((item.end_to_end, "PAID", "") for item in office.items(batch)))
    answering.bring(office.call(office.finance), batch, content, "answer.csv", dry_run=False)
    id = answers.digest_of(content)
    for _ in range(2):
        answering.carry_on(office.system(), batch, id, 1)
    answering.carry_on(office.system(), batch, "nowhere", 1)
    assert office.run(batch, id).status == "done"
    assert office.head(batch).paid == 3


def test_two_that_carry_on_the_same_answer_meet(office: Office, batch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = table(*((item.end_to_end, "PAID", "") for item in office.items(batch)))
    answering.bring(office.call(office.finance), batch, content, "answer.csv", dry_run=False)
    id = answers.digest_of(content)
    run = office.run(batch, id)
    stale = answering.AnswerRun(**vars(run))
    answering.carry_on(office.system(), batch, id, 1)
    with pytest.raises((Contention, IllegalMove)):
        answering._settle(office.system(), stale, stale.rows[0])
    assert converted(office.store, "D001") == 100


ENTITY = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>'


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "required"),
        (b"<a>", "file_unreadable"),
        (b"<?xml version='1.0' encoding='nonsense'?><a/>", "file_unreadable"),
        (ENTITY, "file_unreadable"),
        (BOMB, "file_unreadable"),
        (b"<a/>", "answer_not_pain_002"),
        (b"PK\x03\x04nothing", "file_unreadable"),
        (b"\x00\x01\x02", "file_unreadable"),
        (b"a,b\n1,2", "answer_column_missing"),
        (b"End-to-end ID,Status\n", "answer_empty"),
        (b"End-to-end ID,Status\nX,MAYBE", "answer_unknown_status"),
        (b"End-to-end ID,Status\n" + b"X,PAID\n" * 2001, "file_too_many_rows"),
        (pain_002("another", ("X", "ACSC")), "answer_other_batch"),
    ],
)
def test_what_is_no_answer_is_refused_with_the_reason(office: Office, batch: str, content: bytes, fault: str) -> None:
    with pytest.raises(Invalid) as refused:
        office.bring(batch, content)
    assert [(field.path, field.code) for field in refused.value.fields] == [("file", fault)]


def test_a_batch_that_is_not_released_gets_no_answer(office: Office) -> None:
    id = office.batch(office.owes())
    with pytest.raises(IllegalMove):
        office.bring(id, table(("X", "PAID", "")))
