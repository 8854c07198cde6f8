"""The key by which claims are drawn for audit."""

from __future__ import annotations

import pytest

from chalicelib.gateways import lots
from chalicelib.gateways.signer import Signer


def test_the_key_is_the_same_in_every_process_and_no_other_key_of_the_secret() -> None:
    key = lots.key_of(b"secret")
    assert (len(key), key) == (32, lots.key_of(b"secret"))
    assert key != lots.key_of(b"another")
    assert key not in (Signer(b"secret").public_key_raw(), b"secret")


def test_the_secret_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[bytes] = []
    monkeypatch.setattr(lots, "signing_secret", lambda: read.append(b"secret") or b"secret")
    lots.lot_key.cache_clear()
    assert lots.lot_key() is lots.lot_key()
    assert read == [b"secret"]
    lots.lot_key.cache_clear()
