"""A received invoice (收到的发票) as its owner registered it, and what makes two of them the same one."""

import re
import unicodedata
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Literal

from chalicelib.domain.errors import IllegalMove
from chalicelib.domain.forms import File

type Kind = Literal["vat_special", "vat_ordinary", "toll", "vehicle", "rail", "air", "einvoice", "receipt", "other"]
"""增值税专用发票, 增值税普通发票, 通行费, 机动车销售发票, 铁路电子客票, 航空行程单; invoices from abroad; receipts."""
type Status = Literal["registered", "discarded"]

KINDS: tuple[Kind, ...] = (
    *("vat_ordinary", "vat_special", "rail", "air", "toll", "vehicle"),
    *("einvoice", "receipt", "other"),
)
FIELDS = (
    *("type", "code", "number", "seller", "seller_tax_id", "buyer", "buyer_tax_id"),
    *("day", "currency", "total", "tax", "net"),
)
"""What is stated of an invoice, and what may be read from its own data."""
REQUIRED = ("type", "number", "seller", "day", "currency", "total")
LARGEST = 10**15
"""Minor units: no invoice is larger."""

_DIGEST = 16
"""Characters of a key's digest: 80 bits, which nobody hits by chance, in an id that stays below 64 characters."""
_OLD_FAPIAO = re.compile(r"[0-9]{10}(?:[0-9]{2})?#[0-9]{8}")
_DIGITAL_FAPIAO = re.compile(r"#[0-9]{20}")


@dataclass(frozen=True)
class Received:
    """An invoice that `owner` registered; sums in minor units of `currency`, `total` = `net` + `tax`.

    `read` is what could be read from its file or code, as text by field; `differs` names the fields in which the
    owner stated something else, for approvers to see. `digest` is the SHA-256 of its file.
    """

    id: str
    owner: str
    owner_name: str
    type: Kind
    code: str
    number: str
    seller: str
    seller_tax_id: str
    buyer: str
    buyer_tax_id: str
    day: date
    currency: str
    total: int
    tax: int
    net: int
    created_at: datetime
    file: File | None = None
    digest: str = ""
    read: Mapping[str, str] = field(default_factory=dict)
    differs: tuple[str, ...] = ()
    status: Status = "registered"
    version: int = 1


def discarded(received: Received) -> Received:
    """The invoice once its owner threw it away; raises IllegalMove for one that is."""
    if received.status != "registered":
        raise IllegalMove("received_illegal_move", state=received.status, move="discard")
    return replace(received, status="discarded", version=received.version + 1)


def identity_key(code: str, number: str, seller: str, seller_tax_id: str) -> str:
    """What is the same for every registration of an invoice, whoever made it and however it was written.

    A fapiao's code and number are unique in the whole country, so that its seller, whom one may have written
    otherwise, does not matter; any other invoice's number is unique with its seller.
    """
    place = f"{_plain(code)}#{_plain(number)}"
    if _OLD_FAPIAO.fullmatch(place) or _DIGITAL_FAPIAO.fullmatch(place):
        return f"identity.{_digest(place)}"
    return f"identity.{_digest(f'{_plain(seller_tax_id) or _plain(seller)}#{place}')}"


def file_key(digest: str) -> str:
    """What is the same for every registration with a file of these bytes; `digest` is its SHA-256 in hex."""
    return f"file.{_digest(digest)}"


def received_id(id: str, *keys: str) -> str:
    """The id of an invoice: a ULID with its keys, so that one batch reads it with those who use it."""
    return ".".join((id, *(f"{kind[0]}{digest}" for kind, _, digest in (key.partition(".") for key in keys))))


def use_keys(received: str) -> tuple[str, ...]:
    """The keys in the id of an invoice: by identity, and by file if it has one."""
    return tuple(f"{_KINDS[part[0]]}.{part[1:]}" for part in received.split(".")[1:3] if part[:1] in _KINDS)


_KINDS = {"i": "identity", "f": "file"}


def _digest(text: str) -> str:
    return b32encode(sha256(text.encode()).digest()).decode().lower()[:_DIGEST]


def _plain(text: str) -> str:
    """Letters and digits alone, in one width and one case: blanks and dashes make no other invoice."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())
