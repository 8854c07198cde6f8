"""Signing in and out: for browsers by cookies, for programs by tokens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import quote

from pydantic import Field, model_validator

from chalicelib.domain.errors import Malformed
from chalicelib.domain.sessions import Challenge
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.cookies import no_cookies, sign_in_cookies
from chalicelib.handlers.endpoint import Area, Public
from chalicelib.handlers.fields import Answered, Strict
from chalicelib.services import sessions
from chalicelib.services.call import Call
from chalicelib.services.sessions import SignedIn

area = Area(__name__)

SIGNING_IN = Public("signing in is how somebody becomes known")
type Secret = Annotated[str, Field(min_length=1, max_length=256)]


class SignIn(Strict):
    """A step of signing in: a login with a password, or with the session of a challenge and what it asks for."""

    login: Annotated[str, Field(min_length=1, max_length=254)]
    password: Secret | None = None
    session: Annotated[str, Field(max_length=8000)] | None = None
    code: Annotated[str, Field(pattern=r"^\d{6}$")] | None = None
    new_password: Secret | None = None
    secret: Annotated[str, Field(max_length=200)] | None = None
    """Of a second factor being enrolled: only shown again when the code was wrong."""
    next: Annotated[str, Field(max_length=2000)] = "/"

    @model_validator(mode="after")
    def _one_step(self) -> SignIn:
        steps = [self.password, self.code, self.new_password]
        if sum(step is not None for step in steps) != 1 or bool(self.session) == bool(self.password):
            raise ValueError("one step at a time")
        return self


class Refresh(Strict):
    """A refresh token, for new access tokens."""

    refresh_token: Annotated[str, Field(min_length=1, max_length=8000)]


class NextPage(Strict):
    """Where a browser goes after signing in."""

    next: Annotated[str, Field(max_length=2000)] = "/"
    lang: str | None = None


class SessionAnswer(Answered):
    """Tokens of a finished sign-in, or the challenge that is still open."""

    access_token: str | None = None
    refresh_token: str | None = None
    expires_in: int | None = None
    person: dict[str, Any] | None = None
    challenge: str | None = None
    session: str | None = None
    secret: str | None = None
    otpauth: str | None = None


@area.endpoint("GET", "/sign-in", action=SIGNING_IN, query=NextPage, page="sign_in.html")
def sign_in_page(call: Call, query: NextPage) -> dict[str, Any]:
    """The sign-in page."""
    call.permit_public(SIGNING_IN.reason)
    return _FIRST_STEP | {"next": safe_next(query.next)}


_FIRST_STEP = {"next": "/", "login": "", "challenge": "", "session": "", "secret": "", "otpauth": "", "picture": ""}


def _sign_in_again(call: Call, typed: Mapping[str, str]) -> dict[str, Any]:
    """The step that was refused, as it was."""
    kept = {name: typed.get(name, "") for name in ("login", "session", "secret")}
    step = _FIRST_STEP | kept | {"challenge": _refused_step(typed), "next": safe_next(typed.get("next", "/"))}
    return step | _enrolment(kept["login"], kept["secret"])


def _refused_step(typed: Mapping[str, str]) -> str:
    if "new_password" in typed:
        return sessions.NEW_PASSWORD
    if "code" in typed:
        return sessions.NEW_SECOND_FACTOR if typed.get("secret") else sessions.SECOND_FACTOR
    return ""


def _enrolment(login: str, secret: str) -> dict[str, str]:
    """The secret as an authenticator app takes it, and its picture."""
    if not secret:
        return {"otpauth": "", "picture": ""}
    from chalicelib.services.qr import svg

    address = otpauth(login, secret)
    return {"otpauth": address, "picture": svg(address).decode()}


@area.endpoint(
    "POST",
    "/session",
    action=SIGNING_IN,
    body=SignIn,
    answer=SessionAnswer,
    page="sign_in.html",
    refill=_sign_in_again,
)
def sign_in(call: Call, form: SignIn) -> Reply:
    """Sign in, or take the next step of it."""
    call.permit_public(SIGNING_IN.reason)
    outcome = _step(call, form)
    if isinstance(outcome, Challenge):
        return Reply(_challenge(form, outcome))
    return Reply(_tokens(outcome), location=safe_next(form.next), cookies=sign_in_cookies(outcome.tokens))


def _step(call: Call, form: SignIn) -> SignedIn | Challenge:
    if form.password is not None:
        return sessions.sign_in(call, form.login, form.password)
    if form.code is not None:
        return sessions.give_code(call, form.login, form.session or "", form.code)
    if form.new_password is not None:
        return sessions.give_new_password(call, form.login, form.session or "", form.new_password)
    raise Malformed


def _challenge(form: SignIn, challenge: Challenge) -> dict[str, Any]:
    return {
        "challenge": challenge.name,
        "session": challenge.session,
        "secret": challenge.secret,
        "login": form.login,
        "next": safe_next(form.next),
    } | _enrolment(form.login, challenge.secret)


def otpauth(login: str, secret: str) -> str:
    """The address that an authenticator app reads from a QR code."""
    return f"otpauth://totp/Atrium:{quote(login, safe='')}?secret={secret}&issuer=Atrium"


def _tokens(done: SignedIn) -> dict[str, Any]:
    person = done.person
    return {
        "access_token": done.tokens.access,
        "refresh_token": done.tokens.refresh,
        "expires_in": done.tokens.expires_in,
        "person": {"id": person.id, "name": person.name, "roles": sorted(person.roles), "locale": person.locale},
    }


@area.endpoint("POST", "/session/refresh", action=SIGNING_IN, body=Refresh, answer=SessionAnswer)
def refresh(call: Call, form: Refresh) -> Reply:
    """New tokens for a sign-in that still counts."""
    call.permit_public(SIGNING_IN.reason)
    done = sessions.refresh(call.store, form.refresh_token, call.now)
    return Reply(_tokens(done))


@area.endpoint("POST", "/session/end", action="profile:change")
def sign_out(call: Call) -> Reply:
    """Sign out everywhere."""
    return Reply(sessions.end(call), location="/sign-in", cookies=no_cookies())


def safe_next(wanted: str) -> str:
    """`wanted` if it is a path of ours, otherwise the start page: never another site."""
    plain = wanted.isascii() and wanted.isprintable() and "\\" not in wanted
    return wanted if plain and wanted.startswith("/") and not wanted.startswith("//") else "/"
