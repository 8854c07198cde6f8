"""The application's own port: an API Gateway custom domain without the stage in its paths."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any
from urllib.parse import parse_qs

from ministack import app as emulator
from ministack.services import apigateway_v1

BODY_LIMIT = 10 * 1024 * 1024
"""API Gateway takes no larger request."""

AT_ONCE = 2 * (os.cpu_count() or 1)
"""Requests that are worked on at once; the others wait. The emulator starts a process for each that comes while all are
busy, and many that start together on few cores answer nobody within the function's time."""

TOO_LARGE = b'{"type":"/docs#body_too_large","title":"Content Too Large","status":413,"code":"body_too_large"}'
STARTING = b'{"type":"about:blank","title":"Service Unavailable","status":503,"code":"starting"}'
PROBLEM = {"Content-Type": "application/problem+json", "Retry-After": "1"}

_at_root: ContextVar[bool] = ContextVar("at_root", default=False)

Application = Callable[[Any, Any, Any], Awaitable[None]]


class Front:
    """Serves the API `api` (its id; none while the stack is being deployed) at the root of `port`."""

    def __init__(self, serve_emulator: Application, port: int) -> None:
        self.api: str | None = None
        self._serve_emulator = serve_emulator
        self._port = port
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """ASGI: requests to the application's port go to its API, all others to the emulator."""
        if scope["type"] == "http" and scope["server"][1] == self._port:
            await emulator._send_response(send, *await self._answer(scope, receive))
        else:
            await self._serve_emulator(scope, receive, send)

    async def _answer(self, scope: Any, receive: Any) -> tuple[int, dict[str, Any], bytes]:
        body = await _body(receive)
        if body is None:
            return 413, dict(PROBLEM), TOO_LARGE
        if self.api is None:
            return 503, dict(PROBLEM), STARTING
        _at_root.set(True)
        query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        request = (scope["method"], scope["path"], _headers(scope), body, query)
        async with self._turns:
            status, headers, content = await apigateway_v1.handle_execute(self.api, "api", *request)
        return status, headers, content


def show_root_paths() -> None:
    """Behind a custom domain the request context's path has no stage, and the emulator's has."""
    build = apigateway_v1._build_lambda_event_v1

    def build_event(*arguments: Any, **options: Any) -> dict[str, Any]:
        event: dict[str, Any] = build(*arguments, **options)
        if _at_root.get():
            event["requestContext"]["path"] = event["path"]
        return event

    apigateway_v1._build_lambda_event_v1 = build_event


async def _body(receive: Any) -> bytes | None:
    """The request's body, None when it is too large; what is too much is read and thrown away."""
    size, parts = 0, []
    while True:
        message = await receive()
        part = message.get("body", b"")
        size += len(part)
        parts.append(part if size <= BODY_LIMIT else b"")
        if not message.get("more_body", False):
            return b"".join(parts) if size <= BODY_LIMIT else None


def _headers(scope: Any) -> dict[str, str]:
    """Headers by lower-case name, repeated ones joined; the peer's address is ours to say."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        joint = "; " if name == "cookie" else ", "
        headers[name] = headers[name] + joint + value if name in headers else value
    # The gateway takes a missing Accept for any type, the emulator for none.
    headers.setdefault("accept", "*/*")
    return headers | {"x-forwarded-for": scope["client"][0], "x-forwarded-proto": "http"}
