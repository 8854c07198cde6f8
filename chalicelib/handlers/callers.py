"""Who sends a request: Bearer token or session cookie to a person, and the Call that services get."""

from __future__ import annotations

import hmac
import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from urllib.parse import urlsplit

from chalicelib.domain.directory import Person
from chalicelib.domain.errors import Forbidden, Unauthenticated
from chalicelib.domain.sessions import accept_again
from chalicelib.handlers.cookies import session_cookies
from chalicelib.handlers.incoming import Incoming
from chalicelib.models.store import DynamoStore
from chalicelib.services import directory, sessions
from chalicelib.services.call import Call, RequestKey
from chalicelib.services.ids import new_id
from chalicelib.services.presence import WatchingStore
from chalicelib.settings import settings

SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Caller:
    """The person behind a request (None: nobody signed in), and cookies that the answer must set."""

    person: Person | None
    request_id: str
    locale: str
    now: datetime
    by_cookie: bool = False
    cookies: tuple[str, ...] = ()


@cache
def store() -> DynamoStore:
    """The process's one connection to the tables."""
    return DynamoStore()


def clock() -> datetime:
    """Now, in UTC: the only clock of the handlers."""
    return datetime.now(UTC)


def anonymous(incoming: Incoming) -> Caller:
    """A caller of whom nothing is known but the language of the browser."""
    from chalicelib.web.i18n import negotiate

    request_id = str(incoming.request.context.get("requestId") or uuid.uuid4())
    preferred = incoming.query.get("lang") or incoming.cookies.get("lang")
    locale = negotiate(incoming.header("accept-language"), preferred)
    return Caller(None, request_id, locale, clock())


def identify(incoming: Incoming, needed: bool) -> Caller:
    """The caller by Bearer token or cookie; raises Unauthenticated when `needed` and nobody is signed in.

    A browser's unsafe request must come from our own page and carry its CSRF token, otherwise Forbidden.
    """
    caller = anonymous(incoming)
    scheme, _, bearer = incoming.header("authorization").partition(" ")
    if bearer and scheme.lower() == "bearer":
        return _signed_in(caller, sessions.authenticate(store(), bearer.strip(), caller.now), incoming)
    if incoming.method not in SAFE:
        _check_origin(incoming)
    if needed or "session" in incoming.cookies:
        return _by_cookie(caller, incoming, needed)
    return caller


def _signed_in(caller: Caller, person: Person, incoming: Incoming) -> Caller:
    chosen = incoming.query.get("lang") or incoming.cookies.get("lang") or incoming.header("accept-language")
    return replace(caller, person=person, locale=caller.locale if chosen else person.locale)


def _by_cookie(caller: Caller, incoming: Incoming, needed: bool) -> Caller:
    try:
        session = sessions.resume(store(), incoming.cookies, caller.now)
    except Unauthenticated:
        if needed:
            raise
        return caller
    if incoming.method not in SAFE:
        _check_csrf(incoming)
    caller = replace(_signed_in(caller, session.person, incoming), by_cookie=True)
    return replace(caller, cookies=session_cookies(session.renewed) if session.renewed else ())


def _check_origin(incoming: Incoming) -> None:
    """Refuse what another site's page sends, also where nobody is signed in yet (login CSRF)."""
    site, origin = incoming.header("sec-fetch-site"), incoming.header("origin")
    if site:
        own = site in ("same-origin", "none")
    else:
        ours = {incoming.header("host"), urlsplit(settings().public_url).netloc}
        own = not origin or urlsplit(origin).netloc in ours
    if not own:
        raise Forbidden("bad_csrf")


def _check_csrf(incoming: Incoming) -> None:
    sent = incoming.header("x-csrf-token") or incoming.typed.get("csrf", "")
    expected = incoming.cookies.get("csrf", "")
    if not expected or not hmac.compare_digest(sent.encode(), expected.encode()):
        raise Forbidden("bad_csrf")


def call_of(incoming: Incoming, caller: Caller, fresh: bool = False) -> Call:
    """The Call of a service; `fresh` reads the person again first and raises Unauthenticated if they are signed out."""
    person = caller.person
    if fresh and person:
        person = directory.person(store(), person.id, caller.now, fresh=True)
        accept_again(caller.person or person, person)
    key = incoming.key if incoming.method not in SAFE else ""
    return Call(
        store=WatchingStore(store(), person) if person and incoming.method in SAFE and not fresh else store(),
        now=caller.now if not fresh else clock(),
        new_id=new_id,
        person=person,
        actor=person.id if person else f"public:{incoming.path}",
        request_id=caller.request_id,
        source=str(incoming.request.context.get("identity", {}).get("sourceIp", "")),
        locale=caller.locale,
        key=RequestKey(key, incoming.fingerprint) if key else None,
        expected_version=incoming.expected_version if incoming.method not in SAFE else None,
        heads=directory.headed_by(store(), person, caller.now) if person else frozenset(),
    )


def confirm(call: Call) -> None:
    """Raise ActorChanged when the person of a reading request is not who they were; a write has checked that."""
    if isinstance(call.store, WatchingStore):
        call.store.confirm()
