"""Keeps the emulator's state: it saves by itself only when it is stopped in an orderly way.

One save is one moment of all tables, streams and stream positions, so that a change whose effects had not happened
when the process was killed has them after the next start.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from ministack import app as emulator
from ministack.core.persistence import save_all
from ministack.core.responses import AccountRegionScopedDict
from ministack.services import dynamodb, lambda_svc

EVERY = 2.0
"""Seconds between saves; a save that takes long makes the pause longer (ten times its time)."""


def keep_streams() -> None:
    """Save, with the tables, the stream records that some consumer has not read, and put them back at a start."""
    state_of, load, all_states = (
        dynamodb.get_state,
        dynamodb.load_persisted_state,
        emulator._build_persistence_save_dict,
    )

    def state_with_streams() -> dict[str, Any]:
        return {**state_of(), "unread": _unread()}

    def load_with_streams(data: dict[str, Any]) -> None:
        load(data)
        dynamodb._stream_records.update(data["unread"]["records"])
        dynamodb._stream_trimmed.update(data["unread"]["first"])

    def positions_first() -> dict[str, Callable[[], Any]]:
        # A position that is older than its records means a repeat; a newer one would mean a loss.
        states: dict[str, Callable[[], Any]] = all_states()
        return {name: states[name] for name in sorted(states, key=lambda name: name != "lambda")}

    dynamodb.get_state = state_with_streams
    dynamodb.load_persisted_state = load_with_streams
    emulator._build_persistence_save_dict = positions_first


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
    """Saves while the emulator runs, whenever it has answered something since the last save."""

    def __init__(self) -> None:
        self._touched = False

    def watch(self, serve: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
        """An ASGI application like `serve` whose requests make a save due."""

        async def watched(scope: Any, receive: Any, send: Any) -> None:
            await serve(scope, receive, send)
            self._touched = True

        return watched

    async def run(self) -> None:
        """Save for ever."""
        pause = EVERY
        while True:
            await asyncio.sleep(pause)
            if self._touched:
                self._touched = False
                try:
                    pause = max(EVERY, 10 * await save())
                except RuntimeError:  # a thread changed what was being copied: the next time
                    self._touched = True


async def save() -> float:
    """Save once and return the seconds that it took. Requests wait only while the state is copied.

    Raises RuntimeError, having written nothing, when the state changed meanwhile.
    """
    started = time.monotonic()
    copies = {name: state() for name, state in emulator._build_persistence_save_dict().items()}
    # A kill between two files must leave the older positions, not the older tables.
    ordered = sorted(copies, key=lambda name: name == "lambda")
    await asyncio.to_thread(save_all, {name: lambda name=name: copies[name] for name in ordered})
    return time.monotonic() - started
