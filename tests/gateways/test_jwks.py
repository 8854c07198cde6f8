"""Signatures of tokens and the keys behind them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from chalicelib.domain.errors import Unauthenticated
from chalicelib.gateways.jwks import KeySet
from tests.company import NOW

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CLAIMS = {"username": "P1"}


class Pool:
    """Publishes keys and counts how often it was asked."""

    def __init__(self, **keys: rsa.RSAPrivateKey) -> None:
        self.keys, self.asked = keys, 0

    def __call__(self) -> Mapping[str, Any]:
        self.asked += 1
        published = [
            json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key())) | {"kid": kid, "use": "sig"}
            for kid, key in self.keys.items()
        ]
        return {"keys": published}


def token(key: Any = KEY, kid: str = "k1", algorithm: str = "RS256") -> str:
    return jwt.encode(CLAIMS, key, algorithm, headers={"kid": kid})


def test_keys_are_fetched_once() -> None:
    pool = Pool(k1=KEY)
    keys = KeySet(pool)
    assert keys.claims(token(), NOW) == keys.claims(token(), NOW) == CLAIMS
    assert pool.asked == 1


def test_a_key_that_the_pool_began_to_use_is_found() -> None:
    pool = Pool(k1=KEY)
    keys = KeySet(pool)
    keys.claims(token(), NOW)
    pool.keys["k2"] = OTHER
    assert keys.claims(token(OTHER, "k2"), NOW + timedelta(minutes=2)) == CLAIMS


def test_invented_key_ids_do_not_make_us_ask_again_and_again() -> None:
    pool = Pool(k1=KEY)
    keys = KeySet(pool)
    for number in range(20):
        with pytest.raises(Unauthenticated):
            keys.claims(token(OTHER, f"invented{number}"), NOW)
    assert pool.asked == 1


@pytest.mark.parametrize(
    "forged",
    [
        token(OTHER),
        token("a shared secret that is long enough to be one", algorithm="HS256"),
        token("", algorithm="none"),
        token()[:-8] + "AAAAAAAA",
        "",
        "x",
        "a.b.c",
    ],
)
def test_a_forged_token_has_no_claims(forged: str) -> None:
    with pytest.raises(Unauthenticated):
        KeySet(Pool(k1=KEY)).claims(forged, NOW)
