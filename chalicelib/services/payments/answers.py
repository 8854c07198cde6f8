"""What a bank answers: pain.002, or a table of end-to-end ids. Tried, kept, and carried out one payment a transaction.

| code of pain.002 (ExternalPaymentTransactionStatus1Code) | is read as |
|---|---|
| ACSC, ACCC (settled) | paid |
| RJCT, CANC, BLCK (refused) | failed |
| ACTC, ACCP, ACSP, ACWC, PDNG, RCVD, PATC, ACFC, ACWP, PRES (on its way) | not decided yet |
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.payments import Answer as Told
from chalicelib.domain.payments import Verdict
from chalicelib.services import tables

FILE_LIMIT = 1024 * 1024
ROWS_LIMIT = 2000
REASON_LIMIT = 120

CODES: Mapping[str, Verdict | None] = {
    **dict.fromkeys(("ACSC", "ACCC", "PAID", "SUCCESS", "成功", "已付款"), "paid"),
    **dict.fromkeys(("RJCT", "CANC", "BLCK", "FAILED", "失败", "退票", "退汇"), "failed"),
    **dict.fromkeys(
        ("ACTC", "ACCP", "ACSP", "ACWC", "PDNG", "RCVD", "PATC", "PART", "ACFC", "ACWP", "PRES", "PENDING", "处理中")
    ),
}
"""What a status means, None while the bank is not done with the payment; also the words of tables, in capitals."""

_ID = ("end-to-end id", "endtoendid", "end_to_end_id", "end to end id", "端到端标识", "付款编号")
_STATUS = ("status", "状态", "结果")
_REASON = ("reason", "原因", "备注")


def digest_of(content: bytes) -> str:
    """By what an answer is known again."""
    return hashlib.sha256(content).hexdigest()


def read(content: bytes, message: str, everything: Sequence[str]) -> list[Told]:
    """The rows of an answer to the message of that id; raises Invalid for field `file`, naming the row where it can.

    An answer that names no payment but decides the message as a whole decides `everything` (end-to-end ids).
    """
    if not content:
        raise _refused("required")
    is_xml = content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
    rows = _pain_002(content, message, everything) if is_xml else _table(content)
    if not rows:
        raise _refused("answer_empty")
    if len(rows) > ROWS_LIMIT:
        raise _refused("file_too_many_rows", limit=str(ROWS_LIMIT))
    return rows


def _refused(code: str, **params: str) -> Invalid:
    return Invalid(FieldError("file", code, params))


def _pain_002(content: bytes, message: str, everything: Sequence[str]) -> list[Told]:
    """pain.002: entities and document types are refused, whatever they are for."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        document: Element = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise _refused("file_unreadable") from error
    if "pain.002" not in document.tag or document.find("{*}CstmrPmtStsRpt") is None:
        raise _refused("answer_not_pain_002")
    original = document.findtext(".//{*}OrgnlMsgId", "").strip()
    if original != message:
        raise _refused("answer_other_batch", message=original[:35])
    rows = [_told(no, each) for no, each in enumerate(document.iterfind(".//{*}TxInfAndSts"), 1)]
    return rows or _as_a_whole(document, everything)


def _as_a_whole(document: Element, everything: Sequence[str]) -> list[Told]:
    """What is said of the group of payments, or of the message, when no payment is named."""
    for part, status in (("{*}OrgnlPmtInfAndSts", "{*}PmtInfSts"), ("{*}OrgnlGrpInfAndSts", "{*}GrpSts")):
        about = document.find(f".//{part}")
        code = about.findtext(status, "").strip() if about is not None else ""
        if about is not None and code:
            reason = " ".join(text for text in _reasons(about) if text)[:REASON_LIMIT]
            return [Told(1, id, _verdict(1, code), reason) for id in everything]
    return []


def _told(row: int, element: Element) -> Told:
    id = element.findtext("{*}OrgnlEndToEndId", "").strip()
    code = element.findtext("{*}TxSts", "").strip()
    reasons = [text.strip() for text in _reasons(element) if text.strip()]
    return Told(row, id, _verdict(row, code), " ".join(reasons)[:REASON_LIMIT])


def _reasons(element: Element) -> Iterator[str]:
    for about in element.iterfind("{*}StsRsnInf"):
        yield about.findtext("{*}Rsn/{*}Cd", "") or about.findtext("{*}Rsn/{*}Prtry", "")
        yield from (more.text or "" for more in about.iterfind("{*}AddtlInf"))


def _verdict(row: int, code: str) -> Verdict | None:
    known = code.upper()
    if known not in CODES:
        raise _refused("answer_unknown_status", row=str(row), status=code[:20])
    return CODES[known]


def _table(content: bytes) -> list[Told]:
    head, *rows = tables.read(content) or [[]]
    id, status = _column(head, _ID), _column(head, _STATUS)
    reason = _column(head, _REASON, needed=False)
    return [
        Told(no, row[id].strip(), _verdict(no, _cell(row, status)), _cell(row, reason)[:REASON_LIMIT])
        for no, row in enumerate(rows, 2)
        if _cell(row, id)
    ]


def _cell(row: Sequence[str], column: int | None) -> str:
    return row[column].strip() if column is not None and column < len(row) else ""


def _column(head: Sequence[str], names: Sequence[str], needed: bool = True) -> Any:
    known = [cell.strip().casefold() for cell in head]
    found = next((known.index(name) for name in names if name in known), None)
    if found is None and needed:
        raise _refused("answer_column_missing", column=names[0])
    return found
