"""Signs and verifies gate codes with Ed25519 (RFC 8032); the key follows from a secret kept by AWS."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from functools import cache, cached_property
from typing import TYPE_CHECKING

from chalicelib.gateways import aws
from chalicelib.settings import settings

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PURPOSE = b"atrium gate code v1"
"""Separates this key from any other that is ever derived from the same secret (HKDF's info, RFC 5869)."""


class Signer:
    """Signs with the key that follows from `secret`. The same secret gives the same key in every function."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    @cached_property
    def _key(self) -> Ed25519PrivateKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        seed = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(self._secret)
        return Ed25519PrivateKey.from_private_bytes(seed)

    @cached_property
    def _public_key(self) -> Ed25519PublicKey:
        return self._key.public_key()

    def sign(self, body: bytes) -> bytes:
        """The signature of `body`: 64 bytes."""
        return self._key.sign(body)

    def verify(self, body: bytes, signature: bytes) -> bool:
        """Whether `signature` is ours and belongs to `body`."""
        from cryptography.exceptions import InvalidSignature

        try:
            self._public_key.verify(signature, body)
        except InvalidSignature:
            return False
        return True

    def public_key_raw(self) -> bytes:
        """The 32 bytes with which a device can verify codes by itself."""
        return self._public_key.public_bytes_raw()


def signing_secret() -> bytes:
    """The secret that every key of ours follows from, each for a purpose of its own."""
    answer = aws.client("secretsmanager").get_secret_value(SecretId=settings().signing_secret_arn)
    return str(answer["SecretString"]).encode()


@cache
def signer() -> Signer:
    """The process's signer; the secret is read once."""
    return Signer(signing_secret())


def verify(body: bytes, signature: bytes) -> bool:
    """Signer.verify of the process's signer, which is made only when a code is there to be verified."""
    return signer().verify(body, signature)


def public_key() -> str:
    """What a device at a gate verifies codes with while it has no network: the 32 bytes as URL-safe text."""
    return urlsafe_b64encode(signer().public_key_raw()).decode().rstrip("=")
