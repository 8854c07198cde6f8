"""Secrets of hooks: ours follow from the signing secret, those of others are sealed with a key that follows from it.

Neither stands in a table in a readable form, and no key has to be kept beside the one that the product has anyway.
"""

from __future__ import annotations

import base64
import json
import os
from dataclasses import asdict
from functools import cache

from chalicelib.domain.notifications import Target
from chalicelib.gateways.signer import signing_secret

SEALS = b"atrium hook addresses v1"
NONCE = 12


class Seals:
    """Makes webhooks' secrets and seals addresses, with keys derived from `secret` (HKDF, RFC 5869)."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def webhook_secret(self, hook_id: str, generation: int) -> str:
        """The secret that a webhook's messages are signed with, as Standard Webhooks writes it."""
        derived = self._derived(f"atrium webhook v1|{hook_id}|{generation}".encode())
        return "whsec_" + base64.b64encode(derived).decode()

    def seal(self, hook_id: str, target: Target) -> str:
        """The target as a text that only `unseal` with the same id reads (AES-256-GCM)."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(NONCE)
        plain = json.dumps(asdict(target)).encode()
        return base64.b64encode(nonce + AESGCM(self._derived(SEALS)).encrypt(nonce, plain, hook_id.encode())).decode()

    def unseal(self, hook_id: str, sealed: str) -> Target:
        """The target; raises cryptography's InvalidTag for a text that was sealed for another hook or changed."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        content = base64.b64decode(sealed)
        plain = AESGCM(self._derived(SEALS)).decrypt(content[:NONCE], content[NONCE:], hook_id.encode())
        return Target(**json.loads(plain))

    def _derived(self, purpose: bytes) -> bytes:
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(self._secret)


@cache
def seals() -> Seals:
    """The process's seals; the secret is read once."""
    return Seals(signing_secret())
