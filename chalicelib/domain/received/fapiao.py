"""The text in the QR code of a fapiao (发票二维码), in its old form and in that of digital invoices (数电票).

| form | text |
|---|---|
| old | `01,TYPE,CODE,NUMBER,AMOUNT WITHOUT TAX,YYYYMMDD,CHECK CODE,CRC`; 10 or 12 digits and 8 digits |
| digital | `01,TYPE,,NUMBER,AMOUNT WITH TAX,YYYYMMDD,,CRC`; 20 digits |

Printers leave fields at the end out; commas and digits may be in full width.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.received.invoice import Kind

LONGEST = 500
TYPES: Mapping[str, Kind] = {
    "01": "vat_special",
    "03": "vehicle",
    "04": "vat_ordinary",
    "08": "vat_special",
    "10": "vat_ordinary",
    "11": "vat_ordinary",
    "14": "toll",
    "15": "vehicle",
    "31": "vat_special",
    "32": "vat_ordinary",
    "51": "rail",
    "61": "air",
    "83": "vehicle",
    "84": "vehicle",
    "85": "vat_special",
    "86": "vat_ordinary",
}
"""Types of fapiao as the tax administration numbers them (发票种类代码)."""

_CODE = re.compile(r"(?:[0-9]{10}|[0-9]{12})?")
_NUMBER = re.compile(r"[0-9]{8}|[0-9]{20}")
_AMOUNT = re.compile(r"(-?)[0-9]{1,12}(?:\.[0-9]{1,2})?")
_DAY = re.compile(r"(20[0-9]{2})\D?([0-9]{2})\D?([0-9]{2})\D?")


def read_fapiao(text: str, path: str = "qr") -> dict[str, str]:
    """What the code says, as text by field; raises Invalid naming what is wrong with it."""
    parts = [part.strip() for part in unicodedata.normalize("NFKC", text[:LONGEST]).strip("\ufeff \r\n\t").split(",")]
    parts += [""] * (6 - len(parts))
    if parts[0] != "01" or not re.fullmatch("[0-9]{2}", parts[1]):
        raise Invalid(FieldError(path, "fapiao_unknown"))
    digital = not parts[2] and len(parts[3]) == 20
    if not _NUMBER.fullmatch(parts[3]) or not _CODE.fullmatch(parts[2]) or not (parts[2] or digital):
        raise Invalid(FieldError(path, "fapiao_number"))
    sum_of = {"total" if digital else "net": _amount(parts[4], path)}
    said = {"type": TYPES.get(parts[1], ""), "code": parts[2], "number": parts[3], "day": _day(parts[5], path)} | sum_of
    return {name: value for name, value in said.items() if value} | {"currency": "CNY"}


def _amount(text: str, path: str) -> str:
    found = _AMOUNT.fullmatch(text.lstrip("¥"))
    if text and not found:
        raise Invalid(FieldError(path, "fapiao_amount"))
    if found and found[1]:
        raise Invalid(FieldError(path, "invoice_is_credit"))
    return found[0] if found else ""


def _day(text: str, path: str) -> str:
    found = _DAY.fullmatch(text)
    try:
        return date(*map(int, found.groups())).isoformat() if found else _nothing(text)
    except ValueError as error:
        raise Invalid(FieldError(path, "fapiao_day")) from error


def _nothing(text: str) -> str:
    """No day, where none is stated; raises ValueError for what is none."""
    if text:
        raise ValueError(text)
    return ""
