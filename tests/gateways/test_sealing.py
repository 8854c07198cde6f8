"""Secrets of hooks: the same each time, another for each purpose, and sealed against who reads the tables."""

from __future__ import annotations

import base64

import pytest
from cryptography.exceptions import InvalidTag

from chalicelib.domain.notifications import Target
from chalicelib.gateways.sealing import Seals

TARGET = Target("https://robots.example/send?key=very-secret", "SEC-also")


def test_a_webhooks_secret_follows_from_its_id_and_generation() -> None:
    seals = Seals(b"ours")
    secrets = {seals.webhook_secret(id, generation) for id in ("a", "b") for generation in (1, 2)}
    assert len(secrets) == 4
    assert Seals(b"ours").webhook_secret("a", 1) in secrets and Seals(b"other").webhook_secret("a", 1) not in secrets
    assert all(len(base64.b64decode(secret.removeprefix("whsec_"))) == 32 for secret in secrets)


def test_a_target_is_read_only_with_our_secret_and_for_its_own_hook() -> None:
    sealed = Seals(b"ours").seal("a", TARGET)
    assert "secret" not in base64.b64decode(sealed).decode(errors="replace")
    assert Seals(b"ours").unseal("a", sealed) == TARGET
    for seals, id in ((Seals(b"ours"), "b"), (Seals(b"other"), "a")):
        with pytest.raises(InvalidTag):
            seals.unseal(id, sealed)


def test_the_same_target_is_sealed_differently_each_time() -> None:
    assert Seals(b"ours").seal("a", TARGET) != Seals(b"ours").seal("a", TARGET)
