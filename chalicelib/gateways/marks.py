"""Marks of document numbers: by one a number is found again, without it nobody can tell the number from the mark."""

from __future__ import annotations

import hashlib
import hmac
from functools import cache

from chalicelib.gateways.signer import signing_secret

PURPOSE = b"atrium document mark v1"


@cache
def _key() -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(signing_secret())


def mark(text: str) -> str:
    """The keyed mark (HMAC-SHA256) of a document's number, "" of nothing."""
    return hmac.new(_key(), text.encode(), hashlib.sha256).hexdigest() if text else ""
