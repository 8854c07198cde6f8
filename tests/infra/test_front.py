"""The application's own port: how many requests are let in at once."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from infra.local import front

MANY = 3 * front.AT_ONCE


class Gateway:
    """An API Gateway that counts whom it works for."""

    def __init__(self) -> None:
        self.now = self.most = 0

    async def handle(self, *given: Any) -> tuple[int, dict[str, Any], bytes]:
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0.001)
        self.now -= 1
        return 200, {}, b""


def test_many_requests_at_once_wait_for_their_turn_and_all_are_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    gateway, answered = Gateway(), []

    async def receive() -> dict[str, Any]:
        return {"body": b"", "more_body": False}

    async def send(_: Any, status: int, headers: Any, content: bytes) -> None:
        answered.append(status)

    monkeypatch.setattr(front.apigateway_v1, "handle_execute", gateway.handle)
    monkeypatch.setattr(front.emulator, "_send_response", send)
    served = front.Front(None, 80)  # type: ignore[arg-type]
    served.api = "api"
    scope = {"type": "http", "server": ("127.0.0.1", 80), "method": "GET", "path": "/", "query_string": b""}
    scope |= {"headers": [], "client": ("127.0.0.1", 1)}

    async def everybody() -> None:
        await asyncio.gather(*(served(scope, receive, send) for _ in range(MANY)))

    with ThreadPoolExecutor(1) as own:  # a worker that drives a browser has a running loop in its own thread
        own.submit(asyncio.run, everybody()).result()
    assert (answered, gateway.most) == ([200] * MANY, front.AT_ONCE)
