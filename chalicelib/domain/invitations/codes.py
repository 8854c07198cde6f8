"""The signed code in a visitor's QR: what it says, and its text."""

import base64
import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from chalicelib.domain.invitations.guests import Guest, opens

CODE_VERSION = 1
SIGNATURE_BYTES = 64  # Ed25519, RFC 8032
_BODY = struct.Struct(">B16sHII8s")  # version, visit, visitor's number, valid from and until (minutes), nonce
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class Code:
    """What a QR says: which visitor of which visit, and from when until when (UTC, whole minutes)."""

    visit: str
    no: int
    valid_from: datetime
    valid_until: datetime
    nonce: str


def code_for(guest: Guest, starts: datetime, ends: datetime, early_minutes: int) -> Code:
    """The code of an invited visitor: good from the early window to the visit's end, in whole minutes."""
    end = ends + timedelta(minutes=1) - timedelta(microseconds=1)
    return Code(guest.visit, guest.no, opens(starts, early_minutes), end, guest.nonce)


class ForgedCode(ValueError):
    """The text is no code of ours, or its signature is wrong."""


def encode_code(code: Code, sign: Callable[[bytes], bytes]) -> str:
    """The code as URL-safe text of 132 characters, signed by `sign` (bytes -> 64 bytes)."""
    body = _BODY.pack(
        CODE_VERSION,
        _ulid_bytes(code.visit),
        code.no,
        int(code.valid_from.timestamp()) // 60,
        int(code.valid_until.timestamp()) // 60,
        bytes.fromhex(code.nonce),
    )
    return base64.urlsafe_b64encode(body + sign(body)).decode().rstrip("=")


def decode_code(text: str, verify: Callable[[bytes, bytes], bool]) -> Code:
    """The code behind a scanned text; raises ForgedCode unless `verify(body, signature)` says it is ours."""
    try:
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
        version, visit, no, start, end, nonce = _BODY.unpack(raw[: _BODY.size])
    except (ValueError, struct.error) as error:
        raise ForgedCode from error
    if version != CODE_VERSION or len(raw) != _BODY.size + SIGNATURE_BYTES:
        raise ForgedCode
    if not verify(raw[: _BODY.size], raw[_BODY.size :]):
        raise ForgedCode
    return Code(_ulid_text(visit), no, _minute(start), _minute(end), nonce.hex())


def _minute(number: int) -> datetime:
    return datetime.fromtimestamp(number * 60, UTC)


def _ulid_bytes(text: str) -> bytes:
    number = 0
    for character in text:
        number = number * 32 + _CROCKFORD.index(character)
    return number.to_bytes(16, "big")


def _ulid_text(raw: bytes) -> str:
    number = int.from_bytes(raw, "big")
    return "".join(_CROCKFORD[number >> shift & 31] for shift in range(125, -1, -5))
