"""The lot that falls on claims for an audit: its key follows from the secret, so that no id tells it beforehand."""

from __future__ import annotations

from functools import cache

from chalicelib.gateways.signer import signing_secret

PURPOSE = b"atrium audit lot v1"
"""Separates this key from any other that is derived from the same secret (HKDF's info, RFC 5869)."""


def key_of(secret: bytes) -> bytes:
    """The 32 bytes by which the lot is drawn: the same in every function, for as long as the secret is."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret)


@cache
def lot_key() -> bytes:
    """The process's key; the secret is read once."""
    return key_of(signing_secret())
