"""Short texts sealed by envelope encryption: AES-256-GCM with a data key that only AWS KMS can open.

A process asks KMS for a data key once for every USES texts; each sealed text carries its data key in sealed form. The
text's own place is authenticated with it, so that none can be put in another's place; KMS is told what it is for.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from chalicelib.gateways import aws
from chalicelib.settings import settings

USES = 1000
NONCE = 12


@dataclass
class _DataKey:
    """A data key, open and sealed, and how many texts it may still seal."""

    plain: bytes
    sealed: bytes
    left: int = USES


class Envelopes:
    """Seals and opens texts for one purpose with data keys of the KMS key `key`."""

    def __init__(self, kms: Any, key: str, purpose: str) -> None:
        self._kms, self._key = kms, key
        self._context = {"purpose": purpose}
        self._present: _DataKey | None = None

    def seal(self, place: str, text: str) -> str:
        """The text as one that only `open` with the same place reads."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        key, nonce = self._data_key(), os.urandom(NONCE)
        body = AESGCM(key.plain).encrypt(nonce, text.encode(), place.encode())
        return base64.b64encode(len(key.sealed).to_bytes(2, "big") + key.sealed + nonce + body).decode()

    def open(self, place: str, sealed: str) -> str:
        """The text; raises cryptography's InvalidTag for one that was sealed for another place."""
        return self._open(place, sealed, self._plain_key)

    def open_all(self, sealed: Mapping[str, str]) -> dict[str, str]:
        """Texts by their places; KMS opens each data key once, however many texts it sealed."""
        keys: dict[bytes, bytes] = {}

        def once(key: bytes) -> bytes:
            if key not in keys:
                keys[key] = self._plain_key(key)
            return keys[key]

        return {place: self._open(place, each, once) for place, each in sealed.items()}

    def _open(self, place: str, sealed: str, plain_of: Callable[[bytes], bytes]) -> str:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        content = base64.b64decode(sealed)
        length = int.from_bytes(content[:2], "big")
        key, rest = content[2 : 2 + length], content[2 + length :]
        return AESGCM(plain_of(key)).decrypt(rest[:NONCE], rest[NONCE:], place.encode()).decode()

    def _plain_key(self, key: bytes) -> bytes:
        answer = self._kms.decrypt(CiphertextBlob=key, KeyId=self._key, EncryptionContext=self._context)
        return bytes(answer["Plaintext"])

    def _data_key(self) -> _DataKey:
        if self._present is None or self._present.left == 0:
            made = self._kms.generate_data_key(KeyId=self._key, KeySpec="AES_256", EncryptionContext=self._context)
            self._present = _DataKey(made["Plaintext"], made["CiphertextBlob"])
        self._present.left -= 1
        return self._present


@cache
def account_envelopes() -> Envelopes:
    """The process's sealing of bank accounts."""
    return Envelopes(aws.client("kms"), settings().document_key_arn, "bank account")
