"""Numbers of identity documents, sealed (gateways/envelope.py) as the document's own, and the marks of numbers."""

from __future__ import annotations

import hashlib
import hmac
from functools import cache
from typing import Any

from chalicelib.domain.documents import DocumentKind, IdentityDocument, SealedDocument, masked, normalised
from chalicelib.gateways import aws
from chalicelib.gateways.envelope import Envelopes
from chalicelib.gateways.signer import signing_secret
from chalicelib.settings import settings

PURPOSE = "visitor document"
"""What KMS wants to hear again when a data key is opened, and writes into its log."""
MARKS = b"atrium identity documents v1"


class Documents:
    """Seals and opens numbers with data keys of the KMS key `key`; `secret` makes the marks."""

    def __init__(self, kms: Any, key: str, secret: bytes) -> None:
        self._envelopes, self._secret = Envelopes(kms, key, PURPOSE), secret

    def take(self, ref: str, kind: DocumentKind, number: str) -> tuple[IdentityDocument, SealedDocument]:
        """A document as the visitor's record shows it, and its sealed number."""
        sealed = SealedDocument(ref, kind, self._envelopes.seal(ref, normalised(number)))
        return IdentityDocument(ref, kind, masked(number), self.mark(number)), sealed

    def mark(self, number: str) -> str:
        """The same text for the same number, from which nobody without the secret comes back to it; "" for no number.

        Whatever kind of document people say it is: nobody is to pass a list by calling a passport a permit.
        """
        text = normalised(number)
        return hmac.new(self._derived(), text.encode(), hashlib.sha256).hexdigest() if text else ""

    def open(self, document: SealedDocument) -> str:
        """The whole number; raises cryptography's InvalidTag for one that was sealed as another document's."""
        return self._envelopes.open(document.ref, document.sealed)

    def _derived(self) -> bytes:
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        return HKDF(algorithm=SHA256(), length=32, salt=None, info=MARKS).derive(self._secret)


@cache
def documents() -> Documents:
    """The process's sealing of documents."""
    return Documents(aws.client("kms"), settings().document_key_arn, signing_secret())
