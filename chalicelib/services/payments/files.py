"""What a bank gets of a batch: ISO 20022 pain.001.001.09 in EUR, otherwise a table as CSV.

The same batch gives the same bytes: ids and times are the batch's own. The library draws ids and reads the clock, and
writes any currency with two decimals; so what it makes is given our ids and time, and it is asked for EUR only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree

from chalicelib.domain.bank_accounts import BankAccount
from chalicelib.domain.payments import Batch, Item, Settings
from chalicelib.services.exports import WRITERS, Table
from chalicelib.web.money import amount

SCHEMA = "pain.001.001.09"
NAMESPACE = f"urn:iso:std:iso:20022:tech:xsd:{SCHEMA}"
XML = "application/xml"
NAME_LIMIT = 70
TEXT_LIMIT = 140
_NOT_SEPA = re.compile(r"[^A-Za-z0-9/?:().,'+ -]")
_BLANKS = re.compile(r" {2,}")


@dataclass(frozen=True)
class Line:
    """A payment, the account that it goes to, and that account's whole number."""

    item: Item
    account: BankAccount
    number: str


def made(batch: Batch, lines: Sequence[Line], settings: Settings) -> tuple[bytes, str, str]:
    """The file's content, its type, and the ending of its name."""
    if batch.currency == "EUR":
        return pain_001(batch, lines, settings), XML, "xml"
    write, media = WRITERS["csv"]
    return write(_table(batch, lines, settings)), media, "csv"


def sepa_text(text: str, limit: int) -> str:
    """The text in the characters that every bank of the SEPA takes: Chinese in Pinyin, accents left out."""
    from text_unidecode import unidecode

    return _BLANKS.sub(" ", _NOT_SEPA.sub(" ", unidecode(text))).strip()[:limit].strip() or "-"


def pain_001(batch: Batch, lines: Sequence[Line], settings: Settings) -> bytes:
    """The order to transfer, by the schema `pain.001.001.09`. Raises ValueError for a batch that is not in EUR."""
    from sepaxml import SepaTransfer

    if batch.currency != "EUR" or batch.released_at is None:
        raise ValueError(f"{batch.number} cannot be paid by a SEPA transfer")
    payer = {"name": sepa_text(settings.name, NAME_LIMIT), "IBAN": settings.iban, "batch": True, "currency": "EUR"}
    order = SepaTransfer(payer | ({"BIC": settings.bic} if settings.bic else {}), schema=SCHEMA, clean=False)
    for line in lines:
        order.add_payment(
            {
                "name": sepa_text(line.account.holder, NAME_LIMIT),
                "IBAN": line.number,
                "amount": line.item.amount,
                "execution_date": batch.released_at.date(),
                "description": sepa_text(line.item.number, TEXT_LIMIT),
                "endtoend_id": line.item.end_to_end,
            }
        )
    return _as_ours(order.export(validate=False), batch)


def _as_ours(content: bytes, batch: Batch) -> bytes:
    """The order with ids and a time that follow from the batch."""
    ElementTree.register_namespace("", NAMESPACE)
    document = ElementTree.fromstring(content)  # noqa: S314 - the library has just written it
    own = {"MsgId": batch.id, "PmtInfId": f"{batch.id}-P", "CreDtTm": f"{batch.released_at:%Y-%m-%dT%H:%M:%SZ}"}
    for name, text in own.items():
        for element in document.iter(f"{{{NAMESPACE}}}{name}"):
            element.text = text
    for agent in document.iterfind(f".//{{{NAMESPACE}}}DbtrAgt/{{{NAMESPACE}}}FinInstnId"):
        if not len(agent):  # EPC guideline: where no BIC is known, this says so
            other = ElementTree.SubElement(agent, f"{{{NAMESPACE}}}Othr")
            ElementTree.SubElement(other, f"{{{NAMESPACE}}}Id").text = "NOTPROVIDED"
    return bytes(ElementTree.tostring(document, "utf-8", xml_declaration=True))


TITLES = (
    *("No", "End-to-end ID", "Payer account", "Payee name", "Payee account", "Bank", "CNAPS code"),
    *("Amount", "Currency", "Reference"),
)
"""English, as the form of a file for programs is."""


def _table(batch: Batch, lines: Sequence[Line], settings: Settings) -> Table:
    return Table(batch.number, TITLES, [_row(line, settings) for line in lines])


def _row(line: Line, settings: Settings) -> list[str | int | Decimal]:
    item, account = line.item, line.account
    to = [account.holder, line.number, account.bank, account.cnaps]
    sum_of_it = Decimal(amount(item.amount, item.currency))
    return [item.no, item.end_to_end, settings.account, *to, sum_of_it, item.currency, item.number]
