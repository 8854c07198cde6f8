"""Numbers of identity documents: sealed with a key that only KMS opens, each in its own place."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag

from chalicelib.gateways import envelope
from chalicelib.gateways.documents import PURPOSE, Documents
from chalicelib.gateways.envelope import Envelopes

NUMBER = "11010519491231002X"


class FakeKms:
    """A key store that hands out data keys and opens those of its own, under the same context."""

    def __init__(self) -> None:
        self.keys: dict[bytes, tuple[bytes, str]] = {}
        self.made = self.opened = 0

    def generate_data_key(self, **asked: Any) -> dict[str, bytes]:
        self.made += 1
        plain, sealed = os.urandom(32), os.urandom(184)
        self.keys[sealed] = (plain, str(asked["EncryptionContext"]))
        return {"Plaintext": plain, "CiphertextBlob": sealed}

    def decrypt(self, **asked: Any) -> dict[str, bytes]:
        plain, context = self.keys[asked["CiphertextBlob"]]
        self.opened += 1
        assert context == str(asked["EncryptionContext"])
        return {"Plaintext": plain}


@pytest.fixture
def kms() -> FakeKms:
    return FakeKms()


@pytest.fixture
def sealing(kms: FakeKms) -> Documents:
    return Documents(kms, "key", b"a secret of the tests")


def test_what_is_sealed_is_opened_again_by_another_process(kms: FakeKms, sealing: Documents) -> None:
    shown, sealed = sealing.take("D1", "id_card", NUMBER.lower())
    assert (shown.shown, shown.ref) == ("••••002X", "D1")
    assert NUMBER not in sealed.sealed
    assert Documents(kms, "key", b"another secret").open(sealed) == NUMBER


def test_a_sealed_number_in_another_s_place_is_refused(sealing: Documents) -> None:
    _, sealed = sealing.take("D1", "passport", "E12345678")
    with pytest.raises(InvalidTag):
        sealing.open(replace(sealed, ref="D2"))


def test_the_same_document_has_the_same_mark_however_it_is_written(sealing: Documents) -> None:
    assert sealing.mark(" e-1234 5678") == sealing.mark("Ｅ1234．5678") == sealing.mark("E12345678")
    assert sealing.mark("E12345679") != sealing.mark("E12345678")
    assert sealing.mark(" - ") == ""
    assert Documents(FakeKms(), "key", b"another secret").mark("E12345678") != sealing.mark("E12345678")


def test_a_visitor_s_document_has_the_mark_of_its_number_whatever_kind_they_say_it_is(sealing: Documents) -> None:
    for kind in ("passport", "permit"):
        assert sealing.take("D1", kind, "E 12345678")[0].mark == sealing.mark("E12345678")  # type: ignore[arg-type]


def test_one_data_key_seals_many_numbers_and_then_another_one(
    kms: FakeKms, sealing: Documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(envelope._DataKey, "__init__", _of_two)
    sealed = [sealing.take(f"D{n}", "other", f"N-{n}-000000")[1] for n in range(5)]
    assert kms.made == 3
    assert len({each.sealed for each in sealed}) == 5
    assert [sealing.open(each) for each in sealed] == [f"N{n}000000" for n in range(5)]


def _of_two(self: Any, plain: bytes, sealed: bytes) -> None:
    self.plain, self.sealed, self.left = plain, sealed, 2


@pytest.mark.parametrize(("number", "shown"), [("E12345678", "••••5678"), ("1234", "••••4"), ("AB 12-34", "••••4")])
def test_a_short_number_shows_less(sealing: Documents, number: str, shown: str) -> None:
    assert sealing.take("D1", "other", number)[0].shown == shown


def test_what_was_sealed_for_one_purpose_is_not_opened_for_another(kms: FakeKms, sealing: Documents) -> None:
    _, sealed = sealing.take("D1", "passport", "E12345678")
    assert Envelopes(kms, "key", PURPOSE).open("D1", sealed.sealed) == "E12345678"
    with pytest.raises(AssertionError):
        Envelopes(kms, "key", "bank account").open("D1", sealed.sealed)


def test_many_texts_under_one_data_key_ask_kms_once(kms: FakeKms) -> None:
    envelopes = Envelopes(kms, "key", "bank account")
    sealed = {f"account/{n}": envelopes.seal(f"account/{n}", f"DE{n}") for n in range(20)}
    assert envelopes.open_all(sealed) == {f"account/{n}": f"DE{n}" for n in range(20)}
    assert (kms.made, kms.opened) == (1, 1)
    with pytest.raises(InvalidTag):
        envelopes.open_all({"account/1": sealed["account/2"]})
