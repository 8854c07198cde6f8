"""A server on loopback with the pages of visits and approvals; it keeps what forms send."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

from chalicelib.web.assets import asset, csp
from tests.web.visit_demo import PEOPLE, draw

type Server = tuple[str, list[bytes]]
"""The origin, and the bodies that forms sent, the latest last."""


class _Handler(BaseHTTPRequestHandler):
    sent: ClassVar[list[bytes]] = []

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query))
        if parts.path == "/favicon.ico":
            return self.send_error(404)
        if parts.path == "/approvals/count":
            return self._send(b'<span class="count">3</span>', "text/html; charset=utf-8")
        if parts.path.startswith("/static/"):
            file = asset(parts.path.rpartition("/")[2])
            return self._send(file.content, file.content_type) if file else self.send_error(404)
        if parts.path == "/people/search":
            found = [
                {"id": id, "name": name, "department": "研发一部"} for id, name in PEOPLE.items() if query["q"] in name
            ]
            return self._send(json.dumps({"items": found}).encode(), "application/json")
        name = "approval" if parts.path.startswith("/approvals/") else parts.path.strip("/")
        body = draw(name, query.get("lang", "zh-CN"), query.get("theme", "light"))
        return self._send(body.encode(), "text/html; charset=utf-8")

    def do_POST(self) -> None:
        self.sent.append(self.rfile.read(int(self.headers["Content-Length"])))
        self._send(b"<!doctype html><title>ok</title>", "text/html")

    def _send(self, content: bytes, content_type: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Security-Policy", csp())
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        return None


@contextmanager
def serving() -> Iterator[Server]:
    """The server while it runs."""
    handler = type("Handler", (_Handler,), {"sent": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", handler.sent
    server.shutdown()
    server.server_close()
