"""The gate and invitations behind their real routes: a store in memory, a still clock, people by their login."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from chalice.app import Chalice

import app
from chalicelib.domain.directory import Person
from chalicelib.domain.errors import Unauthenticated
from chalicelib.models.directory import PersonItem
from chalicelib.models.item import Key
from chalicelib.models.store import Operation, Page, Query
from tests import company, reception
from tests.client import Client
from tests.fakes import MemoryStore

GUARD = company.person("guard", name="门卫老张", roles=frozenset({"employee", "gate"}), site="hq")
VISIT = reception.a_visit()
GUEST = reception.a_guest(VISIT)


class SharedStore(MemoryStore):
    """MemoryStore for several threads."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.RLock()

    def get(self, *keys: Key) -> list[Any]:
        with self._lock:
            return super().get(*keys)

    def query(self, query: Query) -> Page:
        with self._lock:
            return super().query(query)

    def write(self, *operations: Operation) -> None:
        with self._lock:
            super().write(*operations)


@dataclass
class Desk:
    """Everything that a test may look at or turn."""

    app: Chalice
    store: SharedStore
    files: dict[str, bytes] = field(default_factory=dict)
    now: datetime = reception.DURING

    def get(self, key: str) -> bytes | None:
        """The files' `get`."""
        return self.files.get(key)

    def authenticate(self, _store: Any, token: str, _now: datetime) -> Person:
        """Whoever's id is the token."""
        (item,) = self.store.get(PersonItem.at(token))
        if item is None:
            raise Unauthenticated
        person: Person = item.to(Person)
        return person

    def client(self, person: Person | None = GUARD) -> Client:
        """A program of that person, or of nobody."""
        return Client(self.app, token=person.id if person else "")


def open_desk(patch: pytest.MonkeyPatch) -> Desk:
    """A site with a guard and one expected visitor."""
    from chalicelib.gateways import signer
    from chalicelib.handlers import callers, invitations
    from chalicelib.services import sessions

    desk = Desk(app.app, SharedStore())
    desk.store.write(reception.a_site(), *reception.invited(VISIT, GUEST))
    company.add_person(desk.store, GUARD)
    patch.setattr(callers, "store", lambda: desk.store)
    patch.setattr(callers, "clock", lambda: desk.now)
    patch.setattr(sessions, "authenticate", desk.authenticate)
    patch.setattr(signer, "signer", lambda: reception.SIGNER)
    patch.setattr(invitations, "files", lambda: desk)
    return desk


@contextmanager
def serving(desk: Desk, person: Person | None = GUARD) -> Iterator[str]:
    """The desk's origin for a browser in which that person is signed in."""
    one_at_a_time = threading.Lock()  # as a Lambda function answers: Chalice keeps the request in the application

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer("GET")

        def do_POST(self) -> None:
            self._answer("POST")

        def _answer(self, method: str) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            with one_at_a_time:
                answer = desk.client(person).send(method, self.path, body, dict(self.headers))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                if name != "content-length":
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
