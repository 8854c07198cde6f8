"""Keeps the emulator's state: it saves by itself only when it is stopped in an orderly way.

One save is one moment of all tables, streams and stream positions, so that a change whose effects had not happened
when the process was killed has them after the next start.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Awaitable, Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from ministack import app as emulator
from ministack.core.persistence import save_all
from ministack.core.responses import AccountRegionScopedDict
from ministack.services import dynamodb, lambda_svc

type State = Callable[[], Any]

EVERY = 2.0
"""Seconds between saves; a save that takes long makes the pause longer (five times its time)."""

DEPLOYED = frozenset({"apigateway_v1", "cloudformation", "iam"})
"""What changes by deployments only: saved at their end and at the stop, not every two seconds."""


def keep_streams() -> None:
    """Save, with the tables, the stream records that some consumer has not read, and put them back at a start."""
    state_of, load = dynamodb.get_state, dynamodb.load_persisted_state

    def state_with_streams() -> dict[str, Any]:
        return {**state_of(), "unread": _unread()}

    def load_with_streams(data: dict[str, Any]) -> None:
        load(data)
        dynamodb._stream_records.update(data["unread"]["records"])
        dynamodb._stream_trimmed.update(data["unread"]["first"])

    _write_code_once()
    dynamodb.get_state = state_with_streams
    dynamodb.load_persisted_state = load_with_streams


def _write_code_once() -> None:
    """The functions' code, tens of megabytes, is hashed once and not at every save."""
    write = lambda_svc._write_code_blob
    digest = lru_cache(maxsize=4)(lambda code: hashlib.sha256(code).hexdigest())

    def write_new(code: bytes) -> str:
        sha: str = digest(code)
        return sha if (Path(lambda_svc.CODE_BLOB_DIR) / f"{sha}.zip").exists() else str(write(code))

    lambda_svc._write_code_blob = write_new


def _unread() -> dict[str, AccountRegionScopedDict]:
    """Records from the slowest consumer's position on, and that position, for each table."""
    records, first = AccountRegionScopedDict(), AccountRegionScopedDict()
    for (account, region, table), live in dynamodb._stream_records.all_items():
        start = dynamodb._stream_trimmed.get_scoped(account, region, table, 0)
        slowest = max(start, min(_positions(table, start), default=start + len(live)))
        records.set_scoped(account, region, table, live[slowest - start :])
        first.set_scoped(account, region, table, slowest)
    return {"records": records, "first": first}


def _positions(table: str, start: int) -> list[int]:
    positions = {key[-1]: position for key, position in lambda_svc._dynamodb_stream_positions.all_items()}
    consumers = [esm for _, esm in lambda_svc._esms.all_items() if f":table/{table}/" in esm["EventSourceArn"]]
    return [positions.get(esm["UUID"], start) for esm in consumers]


class Saver:
    """Saves while the emulator runs, whenever it has answered something since the last save.

    It starts on hold: half a deployment, or half an example company, is never saved, not even by Ctrl-C.
    """

    def __init__(self) -> None:
        self._touched = False
        self._held = True
        self._loop = asyncio.get_running_loop()
        self._states: Callable[[], dict[str, State]] = emulator._build_persistence_save_dict
        emulator._build_persistence_save_dict = self._worth_saving

    def watch(self, serve: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
        """An ASGI application like `serve` whose requests make a save due."""

        async def watched(scope: Any, receive: Any, send: Any) -> None:
            await serve(scope, receive, send)
            self._touched = True

        return watched

    def checkpoint(self) -> None:
        """Save what is there now, which is whole. Called from another thread."""
        asyncio.run_coroutine_threadsafe(self._save(frozenset()), self._loop).result()

    def release(self) -> None:
        """From now on every moment is worth saving."""
        self._held = False

    async def run(self) -> None:
        """Save for ever."""
        pause = EVERY
        while True:
            await asyncio.sleep(pause)
            if self._touched and not self._held:
                pause = max(EVERY, 5 * await self._save(DEPLOYED))

    async def _save(self, without: frozenset[str]) -> float:
        """Save once and return the seconds that it took. Requests wait only while the state is copied."""
        started = time.monotonic()
        self._touched = False
        try:
            copies = {name: state() for name, state in self._positions_first().items() if name not in without}
        except RuntimeError:  # a thread changed what was being copied: once more, soon
            self._touched = True
            return 0
        # A kill between two files must leave the older positions, not the older tables.
        ordered = sorted(copies, key=lambda name: name == "lambda")
        await asyncio.to_thread(save_all, {name: lambda name=name: copies[name] for name in ordered})
        return time.monotonic() - started

    def _worth_saving(self) -> dict[str, State]:
        return {} if self._held else self._positions_first()

    def _positions_first(self) -> dict[str, State]:
        # A position that is older than its records means a repeat; a newer one would mean a loss.
        states = self._states()
        return {name: states[name] for name in sorted(states, key=lambda name: name != "lambda")}
