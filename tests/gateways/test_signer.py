"""The key of the gate's codes."""

from __future__ import annotations

import boto3
import pytest

from chalicelib.gateways import signer
from chalicelib.gateways.signer import Signer
from tests import cloud

BODY = b"body of a code"


def test_a_signature_is_ours_and_fits_one_body() -> None:
    ours = Signer(b"secret")
    signature = ours.sign(BODY)
    assert len(signature) == 64
    assert ours.verify(BODY, signature)
    assert not ours.verify(BODY + b".", signature)
    assert not ours.verify(BODY, bytes(64))
    assert not Signer(b"another").verify(BODY, signature)


def test_the_same_secret_gives_the_same_key_in_every_function() -> None:
    assert Signer(b"secret").sign(BODY) == Signer(b"secret").sign(BODY)
    assert Signer(b"secret").public_key_raw() == Signer(b"secret").public_key_raw()
    assert len(Signer(b"secret").public_key_raw()) == 32


def test_a_device_can_verify_with_the_public_key_alone() -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    ours = Signer(b"secret")
    Ed25519PublicKey.from_public_bytes(ours.public_key_raw()).verify(ours.sign(BODY), BODY)


def test_the_secret_is_read_once(aws: cloud.Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    manager = boto3.client("secretsmanager")
    arn = manager.create_secret(Name="signing", SecretString="generated")["ARN"]
    monkeypatch.setattr(signer, "settings", lambda: type("Known", (), {"signing_secret_arn": arn}))
    signer.signer.cache_clear()
    first = signer.signer()
    assert signer.verify(BODY, Signer(b"generated").sign(BODY))
    manager.delete_secret(SecretId=arn, ForceDeleteWithoutRecovery=True)
    assert signer.signer() is first
    signer.signer.cache_clear()
