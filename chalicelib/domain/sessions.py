"""When a sign-in counts: the claims of a token, second factors, sign-outs, lock-out after repeated failures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.domain.directory import Person
from chalicelib.domain.errors import TooMany, Unauthenticated

FAILURES_ALLOWED = 5
LOCKED_FOR = timedelta(minutes=15)


@dataclass(frozen=True)
class Tokens:
    """What the pool gives after a sign-in; `expires_in` is the access token's life in seconds."""

    access: str
    refresh: str
    expires_in: int


@dataclass(frozen=True)
class Challenge:
    """What is still missing: `name` is Cognito's, `session` continues it, `secret` (base32) is to be enrolled."""

    name: str
    session: str
    secret: str = ""


@dataclass(frozen=True)
class Proof:
    """What a verified access token says: whose it is and when that person signed in (whole seconds, UTC)."""

    person: str
    signed_in_at: datetime


def proof_of(claims: Mapping[str, Any], issuer: str, client: str, now: datetime) -> Proof:
    """The proof in a token whose signature holds; raises Unauthenticated unless it is ours and still valid.

    User names are ids in capitals, which a pool that ignores case gives back in small letters.
    """
    ours = claims.get("iss") == issuer and claims.get("client_id") == client and claims.get("token_use") == "access"
    times = [claims.get("exp"), claims.get("auth_time"), claims.get("username")]
    if not ours or None in times:
        raise Unauthenticated
    if now.timestamp() >= float(claims["exp"]):
        raise Unauthenticated("token_expired")
    return Proof(str(claims["username"]).upper(), datetime.fromtimestamp(int(claims["auth_time"]), UTC))


def accept(person: Person, proof: Proof) -> None:
    """Raise Unauthenticated unless the sign-in still counts for the person.

    It does not for whoever left, after "sign out everywhere", and without the second factor that a role requires.
    Sign-in times are whole seconds, so one within the second of a sign-out, or of setting up, does not count either.
    """
    if not person.active:
        raise Unauthenticated
    if person.signed_out_at and proof.signed_in_at <= person.signed_out_at:
        raise Unauthenticated("signed_out")
    if person.needs_second_factor and not _second_factor_used(person, proof):
        raise Unauthenticated("second_factor_needed")


def accept_again(before: Person, after: Person) -> None:
    """Raise Unauthenticated unless a sign-in that counted for `before` counts for the same person `after` a change."""
    if not after.active:
        raise Unauthenticated
    if after.signed_out_at != before.signed_out_at:
        raise Unauthenticated("signed_out")
    if after.needs_second_factor and (
        not before.needs_second_factor or after.second_factor_since != before.second_factor_since
    ):
        raise Unauthenticated("second_factor_needed")


def _second_factor_used(person: Person, proof: Proof) -> bool:
    return person.second_factor_since is not None and proof.signed_in_at > person.second_factor_since


@dataclass(frozen=True)
class Attempts:
    """Sign-ins of one login that did not succeed, forgotten at `until`."""

    failures: int = 0
    until: datetime | None = None

    def counted(self, now: datetime) -> "Attempts":
        """One more attempt; raises TooMany while FAILURES_ALLOWED are used up, with the minutes to wait."""
        current = self if self.until and now < self.until else Attempts()
        if current.until and current.failures >= FAILURES_ALLOWED:
            seconds = int((current.until - now).total_seconds()) + 1
            raise TooMany("locked_out", retry_after=str(seconds), minutes=str((seconds + 59) // 60))
        return Attempts(current.failures + 1, now + LOCKED_FOR)
