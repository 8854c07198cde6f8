"""When a sign-in counts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import TooMany, Unauthenticated
from chalicelib.domain.sessions import Attempts, Proof, accept, proof_of
from tests.company import NOW, person

ISSUER, CLIENT = "https://pool.example", "client"
GUARD = frozenset({"employee", "gate"})


def claims(**changes: Any) -> dict[str, Any]:
    issued = int(NOW.timestamp())
    proper = {"iss": ISSUER, "client_id": CLIENT, "token_use": "access", "username": "p1", "auth_time": issued}
    return proper | {"exp": issued + 900} | changes


def test_a_proper_token_names_the_person_in_capitals() -> None:
    assert proof_of(claims(), ISSUER, CLIENT, NOW) == Proof("P1", NOW)


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://other.example"},
        {"client_id": "other"},
        {"token_use": "id"},
        {"token_use": None},
        {"username": None},
        {"auth_time": None},
        {"exp": None},
    ],
)
def test_a_token_for_another_use_is_no_proof(change: dict[str, Any]) -> None:
    with pytest.raises(Unauthenticated):
        proof_of(claims(**change), ISSUER, CLIENT, NOW)


def test_a_token_ends_in_the_second_that_it_names() -> None:
    proof_of(claims(), ISSUER, CLIENT, NOW + timedelta(seconds=899.9))
    with pytest.raises(Unauthenticated, match="token_expired"):
        proof_of(claims(), ISSUER, CLIENT, NOW + timedelta(seconds=900))


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"active": False}, "unauthenticated"),
        ({"signed_out_at": NOW}, "signed_out"),
        ({"signed_out_at": NOW + timedelta(microseconds=1)}, "signed_out"),
        ({"roles": GUARD}, "second_factor_needed"),
        ({"roles": GUARD, "second_factor_since": NOW}, "second_factor_needed"),
    ],
)
def test_a_sign_in_that_counts_no_more_is_refused(facts: dict[str, Any], reason: str) -> None:
    with pytest.raises(Unauthenticated, match=reason):
        accept(person(**facts), Proof("P1", NOW))


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"signed_out_at": NOW - timedelta(seconds=1)},
        {"roles": GUARD, "second_factor_since": NOW - timedelta(seconds=1)},
    ],
)
def test_a_sign_in_after_all_that_counts(facts: dict[str, Any]) -> None:
    accept(person(**facts), Proof("P1", NOW))


def test_the_sixth_attempt_within_the_time_is_refused_with_the_minutes_to_wait() -> None:
    attempts = Attempts()
    for _ in range(5):
        attempts = attempts.counted(NOW)
    with pytest.raises(TooMany) as refused:
        attempts.counted(NOW + timedelta(minutes=10))
    assert refused.value.params == {"retry_after": "301", "minutes": "6"}


def test_old_failures_are_forgotten() -> None:
    attempts = Attempts()
    for _ in range(5):
        attempts = attempts.counted(NOW)
    later = NOW + timedelta(minutes=15)
    assert attempts.counted(later) == Attempts(1, later + timedelta(minutes=15))
