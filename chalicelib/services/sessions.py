"""Signing in and out, and who a token belongs to.

The user pool knows passwords and second factors, the directory knows the person. These use cases talk to the pool
inside the request: that is what signing in is. Every step may be repeated.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.domain.directory import Person
from chalicelib.domain.errors import NotFound, Unauthenticated
from chalicelib.domain.sessions import Attempts, Challenge, Proof, Tokens, accept, proof_of
from chalicelib.gateways.cognito import user_pool
from chalicelib.gateways.jwks import issuer, key_set
from chalicelib.models.directory import AttemptsItem, LoginItem, PersonItem
from chalicelib.models.store import Add, Delete, Put, Store, Update
from chalicelib.models.store import replace as over
from chalicelib.services import directory
from chalicelib.services.call import Answer, Call
from chalicelib.services.permissions import Resource
from chalicelib.settings import settings

SECOND_FACTOR = "SOFTWARE_TOKEN_MFA"
NEW_SECOND_FACTOR = "MFA_SETUP"
NEW_PASSWORD = "NEW_PASSWORD_REQUIRED"  # noqa: S105 - Cognito's name of a challenge
SIGN_IN_AGAIN = "SIGN_IN_AGAIN"
ENROLMENT = "enrolment:"
"""Begins a session in which a second factor is enrolled: an access token follows, which counts for nothing else."""
NOBODY = "nobody"
"""A user name that no account has: an unknown login costs the same time as a wrong password."""


@dataclass(frozen=True)
class SignedIn:
    """A finished sign-in."""

    tokens: Tokens
    person: Person


@dataclass(frozen=True)
class Session:
    """A browser's session: whose it is, and its new tokens when the old ones had expired."""

    person: Person
    renewed: Tokens | None = None


def authenticate(store: Store, token: str, now: datetime, fresh: bool = False) -> Person:
    """Whose access token this is; raises Unauthenticated for one that does not count (any more).

    `fresh` reads the person past what the process remembers.
    """
    proof = _proof(token, now)
    try:
        person = directory.person(store, proof.person, now, fresh)
    except NotFound as error:
        raise Unauthenticated from error
    accept(person, proof)
    return person


def _proof(token: str, now: datetime) -> Proof:
    return proof_of(key_set().claims(token, now), issuer(), settings().user_pool_client_id, now)


def resume(store: Store, cookies: Mapping[str, str], now: datetime) -> Session:
    """The session in a browser's cookies, renewed if only its access token expired; raises Unauthenticated."""
    try:
        return Session(authenticate(store, cookies.get("session", ""), now))
    except Unauthenticated as error:
        expired = "session" not in cookies or error.code == "token_expired"
        if not expired or not cookies.get("refresh"):
            raise
    renewed = refresh(store, cookies["refresh"], now)
    return Session(renewed.person, renewed.tokens)


def refresh(store: Store, refresh_token: str, now: datetime) -> SignedIn:
    """New tokens for a sign-in that still counts; raises Unauthenticated."""
    tokens = user_pool().refresh(refresh_token)
    return SignedIn(tokens, authenticate(store, tokens.access, now, fresh=True))


def sign_in(call: Call, login: str, password: str) -> SignedIn | Challenge:
    """The first step: login or e-mail, and password. Raises Unauthenticated for wrong ones, TooMany when locked."""
    found = _count_attempt(call, login)
    outcome = user_pool().sign_in(found.id if found else NOBODY, password)
    person = _known(found)
    if isinstance(outcome, Tokens) and person.needs_second_factor:
        return _set_up(call, login, person, outcome)
    return _go_on(call, login, person, outcome)


def give_code(call: Call, login: str, session: str, code: str) -> SignedIn | Challenge:
    """The second step: the six digits, of a factor enrolled before or of one being enrolled."""
    person = _known(_count_attempt(call, login))
    if session.startswith(ENROLMENT):
        return _enrol(call, login, person, session.removeprefix(ENROLMENT), code)
    _let_second_pass(person, call.now)
    outcome = user_pool().answer(person.id, SECOND_FACTOR, session, {"SOFTWARE_TOKEN_MFA_CODE": code})
    if isinstance(outcome, Tokens) and person.second_factor_since is None:
        # Set up before, but a crash came between the pool and the directory: it counts from this sign-in on.
        before = _proof(outcome.access, call.now).signed_in_at - timedelta(seconds=1)
        person = _remember_second_factor(call, person, before)
    return _go_on(call, login, person, outcome)


def give_new_password(call: Call, login: str, session: str, password: str) -> SignedIn | Challenge:
    """The second step after a temporary password: the person's own. Raises Invalid for a weak one."""
    person = _known(_count_attempt(call, login))
    outcome = user_pool().answer(person.id, NEW_PASSWORD, session, {"NEW_PASSWORD": password})
    return _go_on(call, login, person, outcome)


def end(call: Call) -> Answer:
    """Sign out everywhere: sessions end in the pool, and tokens given out before count no more."""
    person = call.me
    call.permit("profile:change", Resource("Profile", person.id, {"owner": person.id}))
    if (first := call.first_answer()) is not None:
        return first  # a repetition must not end the sessions begun since
    user_pool().sign_out(person.id)
    gone = replace(person, signed_out_at=call.now, version=person.version + 1)
    directory.forget()
    return call.commit({}, over(PersonItem.from_person(gone)))


def _count_attempt(call: Call, login: str) -> Person | None:
    """Count before asking, so that parallel guesses cannot pass the limit together; whose login it is."""
    attempts, owner = call.store.get(AttemptsItem.at(login), LoginItem.at(login))
    counted = _counted(attempts, call.now)
    _, pk, sk = AttemptsItem.at(login)
    forgotten = int((call.now + timedelta(days=1)).timestamp())
    item = AttemptsItem(pk, sk, failures=counted.failures, until=counted.until, expires=forgotten)
    item.version = attempts.version + 1 if attempts else 1
    call.store.write(Put(item, {"version": attempts.version} if attempts else None))
    return directory.person(call.store, owner.person_id, call.now, fresh=True) if owner else None


def _let_second_pass(person: Person | None, now: datetime) -> None:
    """Wait for the next second where a sign-in would carry the same whole second as a sign-out or an enrolment.

    Tokens tell only the second of the sign-in, and one within such a second never counts (domain/sessions.accept).
    """
    marks = (person.signed_out_at, person.second_factor_since) if person else ()
    if any(mark and now < mark.replace(microsecond=0) + timedelta(seconds=1) for mark in marks):
        time.sleep(1 - now.microsecond / 1_000_000)


def _counted(item: AttemptsItem | None, now: datetime) -> Attempts:
    return (Attempts(item.failures, item.until) if item else Attempts()).counted(now)


def _known(person: Person | None) -> Person:
    if person is None or not person.active:
        raise Unauthenticated("wrong_credentials")
    return person


def _go_on(call: Call, login: str, person: Person, outcome: Tokens | Challenge) -> SignedIn | Challenge:
    if isinstance(outcome, Challenge):
        call.store.write(Add(AttemptsItem.at(login), {"failures": -1, "version": 1}))
        return outcome
    if person.needs_second_factor and person.second_factor_since is None:
        return _set_up(call, login, person, outcome)
    accept(person, _proof(outcome.access, call.now))
    call.store.write(Delete(AttemptsItem.at(login), {}))
    return SignedIn(outcome, person)


def _set_up(call: Call, login: str, person: Person, tokens: Tokens) -> Challenge:
    """Begin a second factor. Its tokens count for nothing else, which holds only while none was set up before."""
    if person.second_factor_since is not None:
        raise Unauthenticated("second_factor_needed")
    call.store.write(Add(AttemptsItem.at(login), {"failures": -1, "version": 1}))
    return Challenge(NEW_SECOND_FACTOR, ENROLMENT + tokens.access, user_pool().begin_second_factor(tokens.access))


def _enrol(call: Call, login: str, person: Person, token: str, code: str) -> Challenge:
    if _proof(token, call.now).person != person.id or person.second_factor_since is not None:
        raise Unauthenticated("sign_in_expired")
    user_pool().finish_second_factor(person.id, token, code)
    user_pool().sign_out(person.id)
    _remember_second_factor(call, person, call.now)
    call.store.write(Delete(AttemptsItem.at(login), {}))
    return Challenge(SIGN_IN_AGAIN, "")


def _remember_second_factor(call: Call, person: Person, since: datetime) -> Person:
    enrolled = replace(person, second_factor_since=since, version=person.version + 1)
    values = {"second_factor_since": since, "version": enrolled.version}
    values |= {"changed_by": person.id, "changed_at": call.now}
    values |= {"changed_from": call.source or None, "request_id": call.request_id or None}
    call.store.write(Update(PersonItem.at(person.id), values, {"version": person.version}))
    directory.forget()
    return enrolled
