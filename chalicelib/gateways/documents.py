"""Numbers of identity documents, sealed: AES-256-GCM with a data key that only AWS KMS can open (envelope encryption).

A process asks KMS for a data key once for every USES numbers; each sealed number carries its data key in sealed form.
The number's own place (visit and document) is authenticated with it, so that none can be put in another's place.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from dataclasses import dataclass
from functools import cache
from typing import Any

from chalicelib.domain.documents import DocumentKind, IdentityDocument, SealedDocument, masked, normalised
from chalicelib.gateways import aws
from chalicelib.gateways.signer import signing_secret
from chalicelib.settings import settings

USES = 1000
NONCE = 12
CONTEXT = {"purpose": "visitor document"}
"""What KMS wants to hear again when a data key is opened, and writes into its log."""
MARKS = b"atrium identity documents v1"


@dataclass
class _DataKey:
    """A data key, open and sealed, and how many numbers it may still seal."""

    plain: bytes
    sealed: bytes
    left: int = USES


class Documents:
    """Seals and opens numbers with data keys of the KMS key `key`; `secret` makes the marks."""

    def __init__(self, kms: Any, key: str, secret: bytes) -> None:
        self._kms, self._key, self._secret = kms, key, secret
        self._present: _DataKey | None = None

    def take(self, ref: str, kind: DocumentKind, number: str) -> tuple[IdentityDocument, SealedDocument]:
        """A document as the visitor's record shows it, and its sealed number."""
        sealed = SealedDocument(ref, kind, self._seal(ref, normalised(number)))
        return IdentityDocument(ref, kind, masked(number), self.mark(number)), sealed

    def mark(self, number: str) -> str:
        """The same text for the same number, from which nobody without the secret comes back to it; "" for no number.

        Whatever kind of document people say it is: nobody is to pass a list by calling a passport a permit.
        """
        text = normalised(number)
        return hmac.new(self._derived(), text.encode(), hashlib.sha256).hexdigest() if text else ""

    def open(self, document: SealedDocument) -> str:
        """The whole number; raises cryptography's InvalidTag for one that was sealed as another document's."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        content = base64.b64decode(document.sealed)
        length = int.from_bytes(content[:2], "big")
        key, rest = content[2 : 2 + length], content[2 + length :]
        plain = self._kms.decrypt(CiphertextBlob=key, KeyId=self._key, EncryptionContext=CONTEXT)["Plaintext"]
        return AESGCM(plain).decrypt(rest[:NONCE], rest[NONCE:], document.ref.encode()).decode()

    def _seal(self, ref: str, number: str) -> str:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        key, nonce = self._data_key(), os.urandom(NONCE)
        body = AESGCM(key.plain).encrypt(nonce, number.encode(), ref.encode())
        return base64.b64encode(len(key.sealed).to_bytes(2, "big") + key.sealed + nonce + body).decode()

    def _data_key(self) -> _DataKey:
        if self._present is None or self._present.left == 0:
            made = self._kms.generate_data_key(KeyId=self._key, KeySpec="AES_256", EncryptionContext=CONTEXT)
            self._present = _DataKey(made["Plaintext"], made["CiphertextBlob"])
        self._present.left -= 1
        return self._present

    def _derived(self) -> bytes:
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        return HKDF(algorithm=SHA256(), length=32, salt=None, info=MARKS).derive(self._secret)


@cache
def documents() -> Documents:
    """The process's sealing of documents."""
    return Documents(aws.client("kms"), settings().document_key_arn, signing_secret())
