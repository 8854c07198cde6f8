"""Codes, standings and rules of entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import invitations
from chalicelib.domain.invitations import Code, ForgedCode, code_for, decode_code, encode_code, standing
from tests.reception import DURING, ENDS, SIGNER, STARTS, VISIT_ID, a_guest, a_visit

VISIT = a_visit()
GUEST = a_guest(VISIT)
WINDOW = (STARTS - timedelta(hours=1), ENDS)
minutes = st.integers(0, 2**31).map(lambda number: datetime.fromtimestamp(number * 60, UTC))


@given(st.integers(1, 200), minutes, minutes, st.binary(min_size=8, max_size=8))
def test_a_code_says_what_was_put_in(no: int, start: datetime, end: datetime, nonce: bytes) -> None:
    code = Code(VISIT_ID, no, start, end, nonce.hex())
    text = encode_code(code, SIGNER.sign)
    assert len(text) == 132
    assert decode_code(text, SIGNER.verify) == code


@given(st.integers(0, 131), st.sampled_from("ABCxyz019-_"))
def test_a_code_with_another_character_is_forged(place: int, character: str) -> None:
    text = encode_code(code_for(GUEST, STARTS, ENDS, 60), SIGNER.sign)
    changed = text[:place] + character + text[place + 1 :]
    if changed != text:
        with pytest.raises(ForgedCode):
            decode_code(changed, SIGNER.verify)


@given(st.text(max_size=200))
def test_any_other_text_is_forged(text: str) -> None:
    with pytest.raises(ForgedCode):
        decode_code(text, SIGNER.verify)


def test_a_code_is_good_for_the_whole_of_its_last_minute() -> None:
    code = code_for(GUEST, STARTS, ENDS + timedelta(seconds=1), 60)
    text = encode_code(code, SIGNER.sign)
    read = decode_code(text, SIGNER.verify)
    assert (read.valid_from, read.valid_until) == (STARTS - timedelta(hours=1), ENDS + timedelta(minutes=1))


@pytest.mark.parametrize(
    ("at", "word"),
    [(WINDOW[0] - timedelta(seconds=1), "early"), (WINDOW[0], "open"), (ENDS, "open"), (ENDS + timedelta(1), "ended")],
)
def test_an_approved_invitation_stands_by_the_clock(at: datetime, word: str) -> None:
    assert standing("approved", GUEST, WINDOW, at) == word


def test_a_withdrawn_invitation_is_cancelled_whatever_the_clock_says() -> None:
    assert standing("approved", replace(GUEST, status="revoked"), WINDOW, DURING) == "cancelled"
    assert standing("cancelled", GUEST, WINDOW, WINDOW[0] - timedelta(days=1)) == "cancelled"


def test_accepting_the_rules_again_changes_nothing() -> None:
    accepted = invitations.accept_rules(GUEST, DURING)
    assert (accepted.rules_accepted_at, accepted.version) == (DURING, 2)
    assert invitations.accept_rules(accepted, ENDS) == accepted


def test_a_new_code_has_a_new_picture() -> None:
    assert invitations.picture_key(GUEST, "png") == f"qr/{VISIT_ID}/1-{GUEST.nonce}.png"
    assert invitations.picture_key(replace(GUEST, nonce="ab"), "svg").endswith("1-ab.svg")
