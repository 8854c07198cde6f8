"""The public keys with which the user pool signs its tokens, fetched once for a process."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from urllib.request import urlopen

from chalicelib.domain.errors import Unauthenticated
from chalicelib.settings import settings

FETCH_AT_MOST_EVERY = timedelta(minutes=1)
TIMEOUT_SECONDS = 3


class KeySet:
    """The pool's keys by their id. A key id not seen before makes it look again, at most once a minute."""

    def __init__(self, fetch: Callable[[], Mapping[str, Any]]) -> None:
        self._fetch = fetch
        self._keys: dict[str, Any] = {}
        self._fetched: datetime | None = None

    def claims(self, token: str, now: datetime) -> dict[str, Any]:
        """The claims of a token whose RS256 signature holds; raises Unauthenticated for any other text.

        Times and addressees are for the caller to judge.
        """
        import jwt

        options: Any = {"verify_signature": True, "verify_aud": False, "verify_exp": False, "verify_iat": False}
        try:
            return jwt.decode(token, self._key(_key_id(token), now), algorithms=["RS256"], options=options)
        except jwt.InvalidTokenError as error:
            raise Unauthenticated from error

    def _key(self, kid: str, now: datetime) -> Any:
        if kid not in self._keys and (self._fetched is None or now - self._fetched > FETCH_AT_MOST_EVERY):
            import jwt

            self._keys = {key.key_id: key for key in jwt.PyJWKSet.from_dict(dict(self._fetch())).keys if key.key_id}
            self._fetched = now
        if kid not in self._keys:
            raise Unauthenticated
        return self._keys[kid]


def _key_id(token: str) -> str:
    """Which key a token says it is signed with; PyJWT would take the whole token apart for it, and once more after."""
    try:
        header = json.loads(base64.urlsafe_b64decode(token.partition(".")[0] + "=="))
    except (ValueError, RecursionError) as error:
        raise Unauthenticated from error
    return str(header.get("kid")) if isinstance(header, dict) else ""


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
