"""Calls into the internet: a real TLS server on this machine stands for it, everything else is refused."""

from __future__ import annotations

import datetime
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from chalicelib.gateways.outbound import ANSWER_LIMIT, Outbound, open_addresses
from chalicelib.gateways.provider import NotSent

HOST = "receiver.example"


@dataclass
class Receiver:
    """What it got; `answer` writes the answer."""

    url: str
    trust: ssl.SSLContext
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    answer: Callable[[BaseHTTPRequestHandler], None] = lambda handler: _plain(handler, 204, b"")


def _plain(handler: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of its own for HOST."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "key.pem").write_bytes(pem)
    return folder / "cert.pem", folder / "key.pem"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[HTTPServer, Receiver]]:
    cert, key = certificate(tmp_path_factory.mktemp("tls"))
    trust = ssl.create_default_context(cafile=str(cert))
    receiver = Receiver("", trust)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.got.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            receiver.answer(self)

        def log_message(self, *args: object) -> None:
            """Nothing is printed."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *args: None  # type: ignore[method-assign]  # a client that hangs up is no news
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    receiver.url = f"https://{HOST}:{server.server_address[1]}/in?key=1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server, receiver
    server.shutdown()
    server.server_close()


@pytest.fixture
def receiver(server: tuple[HTTPServer, Receiver]) -> Receiver:
    """The server, having got nothing, answering 204."""
    _, receiver = server
    receiver.got.clear()
    receiver.answer = lambda handler: _plain(handler, 204, b"")
    return receiver


def way(receiver: Receiver, timeout: float = 5) -> Outbound:
    """A way out on which every name leads to this machine."""
    return Outbound(lambda host: ["127.0.0.1"], receiver.trust, timeout)


def test_a_post_arrives_with_its_host_and_its_query(receiver: Receiver) -> None:
    answer = way(receiver).post(receiver.url, {"webhook-id": "m"}, b"hello")
    ((path, headers, body),) = receiver.got
    assert (answer.status, path, body) == (204, "/in?key=1", b"hello")
    assert headers["host"].startswith(HOST) and headers["webhook-id"] == "m"


def test_a_redirect_is_not_followed(receiver: Receiver) -> None:
    receiver.answer = lambda handler: _plain(handler, 302, b"", Location="https://169.254.169.254/latest/meta-data")
    assert way(receiver).post(receiver.url, {}, b"").status == 302
    assert len(receiver.got) == 1


def test_of_a_long_answer_only_the_beginning_is_read(receiver: Receiver) -> None:
    receiver.answer = lambda handler: _plain(handler, 200, b"x" * (ANSWER_LIMIT * 4))
    assert len(way(receiver).post(receiver.url, {}, b"").body) == ANSWER_LIMIT


def drip(handler: BaseHTTPRequestHandler) -> None:
    """An answer that never ends, a byte at a time."""
    for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 200:
        try:
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()
        except OSError:
            return
        time.sleep(0.05)


def test_an_answer_that_comes_too_slowly_is_given_up_as_a_whole(receiver: Receiver) -> None:
    receiver.answer = drip
    began = time.monotonic()
    with pytest.raises(NotSent) as refused:
        way(receiver, timeout=0.5).post(receiver.url, {}, b"")
    assert refused.value.reason == "timed_out" and not refused.value.final
    assert time.monotonic() - began < 3


def test_a_certificate_of_somebody_else_is_not_taken(receiver: Receiver) -> None:
    with pytest.raises(NotSent) as refused:
        way(receiver).post(receiver.url.replace(HOST, "other.example"), {}, b"")
    assert refused.value.reason == "unreachable" and receiver.got == []
    with pytest.raises(NotSent):
        Outbound(lambda host: ["127.0.0.1"], ssl.create_default_context(), 5).post(receiver.url, {}, b"")
    assert receiver.got == []


def test_nobody_there_is_a_reason_to_try_again() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(NotSent) as refused:
        Outbound(lambda host: ["127.0.0.1"], ssl.create_default_context(), 5).post(f"https://{HOST}:{port}/", {}, b"")
    assert (refused.value.reason, refused.value.final) == ("unreachable", False)


def test_the_real_way_out_does_not_lead_to_this_machine(receiver: Receiver) -> None:
    by_number = receiver.url.replace(HOST, "127.0.0.1")
    for url in (by_number, by_number.replace("127.0.0.1", "localhost"), by_number.replace("127.0.0.1", "[::1]")):
        with pytest.raises(NotSent) as refused:
            Outbound(open_addresses, receiver.trust).post(url, {}, b"")
        assert refused.value.reason == "private_address"
    assert receiver.got == []


@pytest.mark.parametrize("url", ["http://receiver.example/", "https://user@receiver.example/", "file:///etc/passwd"])
def test_only_https_goes_out(receiver: Receiver, url: str) -> None:
    with pytest.raises(NotSent) as refused:
        way(receiver).post(url, {}, b"")
    assert (refused.value.reason, refused.value.final) == ("bad_web_address", True)


@pytest.mark.parametrize(
    "found", [["10.0.0.1"], ["8.8.8.8", "169.254.169.254"], ["::ffff:127.0.0.1"], ["fe80::1%eth0"], ["8.8.8.8", "::1"]]
)
def test_a_name_with_any_address_of_a_network_of_ours_is_refused(found: list[str]) -> None:
    with pytest.raises(NotSent) as refused:
        open_addresses(HOST, lambda host: found)
    assert (refused.value.reason, refused.value.final) == ("private_address", True)


def test_a_name_that_changes_its_mind_leads_where_it_led_when_it_was_looked_at(receiver: Receiver) -> None:
    answers = iter([["127.0.0.1"], ["203.0.113.1"]])
    looked: list[str] = []

    def look(host: str) -> list[str]:
        looked.append(host)
        return next(answers)

    assert Outbound(look, receiver.trust, 5).post(receiver.url, {}, b"").status == 204
    assert looked == [HOST]


def test_a_name_that_nobody_knows_may_be_known_later() -> None:
    def nobody(host: str) -> list[str]:
        raise socket.gaierror

    for resolver in (nobody, lambda host: []):
        with pytest.raises(NotSent) as refused:
            open_addresses(HOST, resolver)
        assert (refused.value.reason, refused.value.final) == ("unknown_host", False)


def test_a_public_name_is_open() -> None:
    found = open_addresses(HOST, lambda host: ["8.8.8.8", "2001:4860:4860::8888"])
    assert [ipaddress.ip_address(each).is_global for each in found] == [True, True]
