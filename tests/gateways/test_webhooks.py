"""Signed webhooks as a receiver sees them: a real server checks them with the library's own verifier."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar
from urllib.parse import urlsplit

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from chalicelib.domain.notifications import Target
from chalicelib.gateways.outbound import Answered
from chalicelib.gateways.provider import NotSent
from chalicelib.gateways.sealing import Seals
from chalicelib.gateways.webhooks import SAID, Webhooks

BODY = '{"type": "task_opened", "data": {"subject": "采购"}}'
SECRET, OLD = (Seals(b"ours").webhook_secret("hook", generation) for generation in (2, 1))


class Plain:
    """A way to a server on this machine, without TLS."""

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answered:
        parts = urlsplit(url)
        connection = HTTPConnection(str(parts.hostname), parts.port, timeout=5)
        connection.request("POST", parts.path, body, dict(headers))
        answer = connection.getresponse()
        return Answered(answer.status, answer.read())


class Receiver(BaseHTTPRequestHandler):
    """Takes what is signed with `secret`, refuses everything else."""

    secret = SECRET
    status = 200
    got: ClassVar[list[tuple[str, Any]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            read = Webhook(self.secret).verify(body, dict(self.headers.items()))
        except WebhookVerificationError:
            return self._answer(401, b"signature is wrong")
        self.got.append((self.headers["webhook-id"], read))
        self._answer(self.status, "收到\r\n\x00 ok".encode() + b"!" * 500)

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Nothing is printed."""


@pytest.fixture
def url(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(Receiver, "got", [])
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/in"
    server.shutdown()
    server.server_close()


def send(url: str, *secrets: str, at: datetime | None = None) -> str:
    now = at or datetime.now(UTC)
    return Webhooks(Plain()).send(Target(url), secrets or (SECRET,), "msg_1", BODY, now).said


def test_a_receiver_verifies_what_we_sign(url: str) -> None:
    said = send(url)
    assert Receiver.got == [("msg_1", {"type": "task_opened", "data": {"subject": "采购"}})]
    assert said.startswith("200 收到 ok!!!") and len(said) == SAID


def test_while_secrets_change_both_are_good(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    send(url, SECRET, OLD)
    monkeypatch.setattr(Receiver, "secret", OLD)
    send(url, SECRET, OLD)
    assert len(Receiver.got) == 2


def test_what_is_signed_with_another_secret_is_refused_and_tried_again(url: str) -> None:
    with pytest.raises(NotSent) as refused:
        send(url, OLD)
    assert (refused.value.reason, refused.value.final) == ("status_401", False)
    assert refused.value.said == "401 signature is wrong" and Receiver.got == []


def test_a_message_that_was_caught_cannot_be_sent_again_later(url: str) -> None:
    with pytest.raises(NotSent):
        send(url, at=datetime.now(UTC) - timedelta(minutes=6))
    assert Receiver.got == []


@pytest.mark.parametrize(("status", "final"), [(410, True), (500, False), (302, False), (404, False)])
def test_only_a_2xx_is_a_yes_and_only_gone_is_for_good(
    url: str, monkeypatch: pytest.MonkeyPatch, status: int, final: bool
) -> None:
    monkeypatch.setattr(Receiver, "status", status)
    with pytest.raises(NotSent) as refused:
        send(url)
    assert (refused.value.reason, refused.value.final) == (f"status_{status}", final)
