"""HTTPS calls to addresses that people gave: only into the open internet, only where the name led when we looked.

A name is resolved once, every address that it has must be public, and the connection goes to the one that was looked
at, so that a name that changes its mind (DNS rebinding) leads nowhere else. Redirects are answers, not orders.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from http.client import HTTPException, HTTPSConnection
from threading import Timer
from urllib.parse import urlsplit

from chalicelib.domain.errors import Invalid
from chalicelib.domain.notifications import host_of, is_public
from chalicelib.gateways.provider import NotSent

TIMEOUT = 10.0
"""Seconds for the whole exchange, however slowly the other side speaks."""
ANSWER_LIMIT = 64 * 1024
"""Bytes of an answer that are read."""

type Resolve = Callable[[str], list[str]]


@dataclass(frozen=True)
class Answered:
    """What came back."""

    status: int
    body: bytes


def resolve(host: str) -> list[str]:
    """Every IP address of a host; raises OSError."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def open_addresses(host: str, resolver: Resolve = resolve) -> list[str]:
    """The public addresses of a host; raises NotSent where there are none, or one of them is not public."""
    try:
        found = resolver(host)
    except (OSError, UnicodeError) as error:
        raise NotSent("unknown_host", final=False) from error
    if not all(is_public(address) for address in found):
        raise NotSent("private_address", final=True)
    if not found:
        raise NotSent("unknown_host", final=False)
    return found


class Outbound:
    """Posts to the open internet. `look` gives the addresses of a host (tests have a host of their own)."""

    def __init__(self, look: Callable[[str], list[str]], trust: ssl.SSLContext, timeout: float = TIMEOUT) -> None:
        self._look = look
        self._trust = trust
        self._timeout = timeout

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answered:
        """Post `body` and return the answer, whatever its status; raises NotSent where none came."""
        try:
            host = host_of(url)
        except Invalid as error:
            raise NotSent("bad_web_address", final=True) from error
        connection = _Pinned(host, urlsplit(url).port or 443, self._look(host)[0], self._trust, self._timeout)
        end = Timer(self._timeout, connection.cut)
        end.start()
        try:
            return _exchange(connection, _target(url), headers, body)
        except (OSError, HTTPException) as error:
            reason = "timed_out" if isinstance(error, TimeoutError) or connection.was_cut else "unreachable"
            raise NotSent(reason, final=False, said=type(error).__name__) from error
        finally:
            end.cancel()
            connection.close()


class _Pinned(HTTPSConnection):
    """A connection to one known IP address, with the certificate of the host's name."""

    def __init__(self, host: str, port: int, address: str, trust: ssl.SSLContext, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout, context=trust)
        self._address = address
        self._trust = trust
        self.was_cut = False

    def connect(self) -> None:
        """Connect to the address that was looked at."""
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = plain
        self.sock = self._trust.wrap_socket(plain, server_hostname=self.host)

    def cut(self) -> None:
        """End the exchange, wherever it is."""
        self.was_cut = True
        if self.sock:
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it ended by itself at this moment


def _exchange(connection: _Pinned, target: str, headers: Mapping[str, str], body: bytes) -> Answered:
    connection.request("POST", target, body, {**headers, "User-Agent": "Atrium", "Connection": "close"})
    answer = connection.getresponse()
    read = answer.read(ANSWER_LIMIT)
    if connection.was_cut:
        raise TimeoutError
    return Answered(answer.status, read)


def _target(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


@cache
def outbound() -> Outbound:
    """The process's way out."""
    return Outbound(open_addresses, ssl.create_default_context())
