"""The three cookies of a browser's session (access token, refresh token, CSRF token), and its language."""

import secrets

from chalicelib.domain.sessions import Tokens

NAMES = ("session", "refresh", "csrf")
HOURS = 12
"""As long as the pool takes a refresh token."""
_RULES = "Path=/; HttpOnly; Secure; SameSite=Lax"


def session_cookies(tokens: Tokens) -> tuple[str, ...]:
    """Set-Cookie values that keep a session; its CSRF token stays, so that open pages go on working."""
    return _kept("session", tokens.access), _kept("refresh", tokens.refresh)


def sign_in_cookies(tokens: Tokens) -> tuple[str, ...]:
    """Set-Cookie values for a new session: nothing of an earlier one lives on."""
    return *session_cookies(tokens), _kept("csrf", secrets.token_urlsafe(32))


def no_cookies() -> tuple[str, ...]:
    """Set-Cookie values that end the browser's session."""
    return tuple(f"{name}=; Max-Age=0; {_RULES}" for name in NAMES)


def language_cookie(locale: str) -> str:
    """The Set-Cookie value of the language that pages come in on this device; scripts may change it, too."""
    return f"lang={locale}; Max-Age={365 * 24 * 3600}; Path=/; SameSite=Lax"


def _kept(name: str, value: str) -> str:
    return f"{name}={value}; Max-Age={HOURS * 3600}; {_RULES}"
