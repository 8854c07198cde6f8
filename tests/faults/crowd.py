"""Many requests at the same moment: everybody reads before anybody writes, then they write in an order by the seed."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from threading import Condition, get_ident
from typing import Any

from chalice.app import Request

from chalicelib.handlers.endpoint import ENDPOINTS, serve
from chalicelib.handlers.incoming import Incoming
from tests.client import Answer, Client
from tests.faults import processes
from tests.faults.world import World

WRITE = "dynamodb TransactWriteItems"
PATIENCE = 20.0


@dataclass(frozen=True)
class Asked:
    """One POST of the crowd."""

    who: str
    path: str
    body: Mapping[str, Any]
    key: str = ""


@dataclass
class Gate:
    """Holds each thread at its first write until all are there or gone, then lets one after the other through."""

    people: int
    seed: int
    _here: list[int] = field(default_factory=list)
    _gone: set[int] = field(default_factory=set)
    _order: list[int] = field(default_factory=list)
    _changed: Condition = field(default_factory=Condition)

    def arrive(self, call: str) -> None:
        """Wait for the others and for one's turn."""
        me = get_ident()
        if call != WRITE or me in self._gone:
            return
        with self._changed:
            self._here.append(me)
            self._open()
            assert self._changed.wait_for(lambda: self._order[:1] == [me], PATIENCE), "somebody never came"

    def passed(self, call: str) -> None:
        """One's first write is done."""
        if call == WRITE:
            self.leave()

    def leave(self) -> None:
        """Hold nobody up any more."""
        with self._changed:
            me = get_ident()
            self._gone.add(me)
            if me in self._order:
                self._order.remove(me)
            self._open()

    def _open(self) -> None:
        if not self._order and len({*self._here, *self._gone}) == self.people:
            waiting = [each for each in self._here if each not in self._gone]
            Random(self.seed).shuffle(waiting)
            self._order = waiting
        self._changed.notify_all()


def at_once(world: World, requests: list[Asked], seed: int) -> list[Answer]:
    """The answers to all requests, in their order."""
    processes.start()
    gate = Gate(len(requests), seed)
    world.hook.on_call, world.hook.on_answer = gate.arrive, gate.passed

    def ask(asked: Asked) -> Answer:
        token = processes.token(world.names[asked.who], world.position.now.timestamp())
        try:
            return Client(_Endpoints(), token).post(asked.path, dict(asked.body), key=asked.key)
        finally:
            gate.leave()

    try:
        with ThreadPoolExecutor(len(requests)) as pool:
            return list(pool.map(ask, requests))
    finally:
        world.hook.on_call = world.hook.on_answer = lambda name: None


class _Endpoints:
    """The endpoints without Chalice around them, which keeps its current request in one place for all threads."""

    def __init__(self) -> None:
        self.routes = processes.application().routes

    def __call__(self, event: dict[str, Any], context: Any) -> dict[str, Any]:
        route = event["requestContext"]["httpMethod"], event["requestContext"]["resourcePath"]
        spec = next(each for each in ENDPOINTS if (each.method, each.path) == route)
        answer = serve(spec, Incoming(Request(event, context)), event["pathParameters"] or {})
        made: dict[str, Any] = answer.to_dict()
        return made
