"""Signatures of tokens and the keys behind them."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

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


def token(key: Any = KEY, kid: str = "k1", algorithm: str = "RS256", **headers: Any) -> str:
    return jwt.encode(CLAIMS, key, algorithm, headers={"kid": kid, **headers})


def signed_by_us(header: str, claims: str) -> str:
    """A token of any two texts with a right signature."""
    encoded = [base64.urlsafe_b64encode(text.encode()).decode().rstrip("=") for text in (header, claims)]
    signature = KEY.sign(".".join(encoded).encode(), PKCS1v15(), SHA256())
    return ".".join([*encoded, base64.urlsafe_b64encode(signature).decode().rstrip("=")])


def with_published_key_as_secret() -> str:
    """Signed with what everybody knows, for a checker that lets the token choose the algorithm."""
    pem = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    signed = token("x" * 32, algorithm="HS256").rpartition(".")[0]
    return signed + "." + base64.urlsafe_b64encode(hmac.digest(pem, signed.encode(), "sha256")).decode().rstrip("=")


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


def test_a_right_signature_over_our_own_texts_counts() -> None:
    assert KeySet(Pool(k1=KEY)).claims(signed_by_us('{"alg": "RS256", "kid": "k1"}', '{"a": 1}'), NOW) == {"a": 1}


@pytest.mark.parametrize(
    "forged",
    [
        token(OTHER),
        token("a shared secret that is long enough to be one", algorithm="HS256"),
        token("", algorithm="none"),
        token()[:-8] + "AAAAAAAA",
        token(algorithm="RS512"),
        token(algorithm="PS256"),
        token(crit=["exp"]),
        with_published_key_as_secret(),
        signed_by_us('{"alg": "RS256", "kid": "k1"}', '["not", "claims"]'),
        signed_by_us('{"alg": "RS256", "kid": "k1"}', "no JSON"),
        signed_by_us('"RS256"', "{}"),
        signed_by_us('{"alg": "RS256"}', "{}"),
        signed_by_us("[" * 100_000, "{}"),
        token() + ".x",
        "x." + token(),
        token().replace(".", "!."),
        "门.门.门",
        "",
        "x",
        "a.b.c",
    ],
)
def test_a_forged_token_has_no_claims(forged: str) -> None:
    with pytest.raises(Unauthenticated):
        KeySet(Pool(k1=KEY)).claims(forged, NOW)
