"""The public keys with which the user pool signs its tokens, fetched once for a process.

One algorithm is checked, RS256, with the library that signs gate codes: a library of all of JOSE loads X.509 and more,
a twentieth of a cold start, to offer what must be switched off again.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

from chalicelib.domain.errors import Unauthenticated
from chalicelib.settings import settings

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

FETCH_AT_MOST_EVERY = timedelta(minutes=1)
TIMEOUT_SECONDS = 3


class KeySet:
    """The pool's keys by their id. A key id not seen before makes it look again, at most once a minute."""

    def __init__(self, fetch: Callable[[], Mapping[str, Any]]) -> None:
        self._fetch = fetch
        self._keys: dict[str, RSAPublicKey] = {}
        self._fetched: datetime | None = None

    def claims(self, token: str, now: datetime) -> dict[str, Any]:
        """The claims of a token whose RS256 signature holds; raises Unauthenticated for any other text.

        Times and addressees are for the caller to judge.
        """
        from cryptography.exceptions import InvalidSignature

        signed, _, signature = token.rpartition(".")
        try:
            header, claims = (_object(part) for part in signed.split("."))
            self._check(header, signed, _decoded(signature), now)
        except (ValueError, InvalidSignature) as error:
            raise Unauthenticated from error
        return claims

    def _check(self, header: dict[str, Any], signed: str, signature: bytes, now: datetime) -> None:
        """RFC 7515 5.2 for one algorithm: what a header asks for beyond it is refused."""
        from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
        from cryptography.hazmat.primitives.hashes import SHA256

        if header.get("alg") != "RS256" or "crit" in header:
            raise Unauthenticated
        self._key(str(header.get("kid")), now).verify(signature, signed.encode(), PKCS1v15(), SHA256())

    def _key(self, kid: str, now: datetime) -> RSAPublicKey:
        if kid not in self._keys and (self._fetched is None or now - self._fetched > FETCH_AT_MOST_EVERY):
            self._keys = {str(key["kid"]): _public_key(key) for key in self._fetch()["keys"] if key["kty"] == "RSA"}
            self._fetched = now
        if kid not in self._keys:
            raise Unauthenticated
        return self._keys[kid]


def _public_key(key: Mapping[str, str]) -> RSAPublicKey:
    """RFC 7518 6.3.1."""
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

    exponent, modulus = (int.from_bytes(_decoded(key[name])) for name in ("e", "n"))
    return RSAPublicNumbers(exponent, modulus).public_key()


def _object(part: str) -> dict[str, Any]:
    """A JSON object of a token; raises ValueError for anything else."""
    value = json.loads(_decoded(part))
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value


def _decoded(part: str) -> bytes:
    """The bytes of a token's part (base64url without padding); raises ValueError."""
    return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)


def issuer() -> str:
    """The `iss` of every token of the pool."""
    pool = settings().user_pool_id
    return f"https://cognito-idp.{pool.partition('_')[0]}.amazonaws.com/{pool}"


def _origin() -> str:
    """Where Cognito answers, by the SDKs' own variables; making a client only to ask it would cost a cold start."""
    service = os.environ.get("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER")
    return service or os.environ.get("AWS_ENDPOINT_URL") or issuer().rpartition("/")[0]


def _fetch() -> Mapping[str, Any]:
    address = f"{_origin()}/{settings().user_pool_id}/.well-known/jwks.json"
    with urlopen(address, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310 - the address is ours
        document: Mapping[str, Any] = json.load(answer)
    return document


@cache
def key_set() -> KeySet:
    """The process's keys."""
    return KeySet(_fetch)
