"""Atrium with everything around it on one clock: requests, streams, workflows, schedule; it runs until nothing is left.

A visit's whole future happens in milliseconds: where only time is missing, the clock jumps.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
import time_machine

from tests.client import Answer, Client
from tests.faults import processes
from tests.faults.cloud import Cloud
from tests.faults.dynamodb import Record
from tests.faults.executions import Execution
from tests.faults.hook import Fault, Hook, Killed
from tests.faults.sources import SOURCES, Source, task_of, unit_of, wanted

START = datetime(2026, 3, 2, 1, 30, 0, 123457, tzinfo=UTC)
"""The clock always carries microseconds and business times never do: that tells them apart in the tables."""
ROUND = timedelta(minutes=5)
ROUNDS = 8
DELIVERIES = 40


@dataclass
class Position:
    """Where the world stands besides AWS: clock, what streams have to tell and have told, names, steps of a story."""

    now: datetime = START
    queues: dict[Source, list[Record]] = field(default_factory=lambda: {source: [] for source in SOURCES})
    names: dict[str, str] = field(default_factory=dict)
    stated: dict[str, datetime] = field(default_factory=dict)
    """Times that people of a story stated, by what they called them: who acts later states later ones."""
    attempts: int = 0
    steps: int = 0
    told: list[Record] = field(default_factory=list)
    until: datetime | None = None


class World:
    """One installation. `before` hears the name of each unit of work; `shuffle` makes the streams unreliable."""

    def __init__(self, travel: time_machine.Traveller) -> None:
        self.cloud = Cloud(lambda event: self.invoke("visit_tasks", event))
        self.hook = Hook(self.cloud)
        self.position = Position()
        self.before: Callable[[str], None] = lambda unit: None
        self.shuffle: Random | None = None
        self.fault: Fault | None = None
        self.batch = 1
        self._travel = travel

    @property
    def names(self) -> dict[str, str]:
        """Ids by the names that stories give them."""
        return self.position.names

    def save(self) -> bytes:
        """Everything, to be brought back by `load`."""
        return pickle.dumps((self.cloud.save(), self.position))

    def load(self, saved: bytes) -> None:
        """Stand where it was saved."""
        contents, self.position = pickle.loads(saved)
        self.cloud.load(contents)
        self._travel.move_to(self.position.now)

    def forward(self, by: timedelta) -> None:
        """Let time pass; what expires meanwhile is removed."""
        self.position.now += by
        self._travel.move_to(self.position.now)
        self.cloud.contents.tables.expire(self.position.now)

    def request(
        self, who: str, route: str, body: Mapping[str, Any] | bytes, key: str, fault: Fault | None = None
    ) -> Answer:
        """One HTTP request ("POST /path") in a fresh process; `who` is a login, "" is nobody. Raises Killed."""
        processes.start()
        method, path = route.split(" ", 1)
        token = processes.token(self.names[who], self.position.now.timestamp()) if who else ""
        with self.hook.unit(fault):
            client = Client(processes.application(), token)
            return (
                client.get(path)
                if method == "GET"
                else client.post(path, body if isinstance(body, bytes) else dict(body), key=key)
            )

    def settle(self) -> None:
        """Deliver and execute all that can go on without the clock."""
        while self.step():
            pass

    def run(self, until: datetime | None = None) -> None:
        """Run until nothing is left to happen (before `until`): the clock jumps to whatever waits for it."""
        self.position.until = until
        self.settle()
        self._reconcile()
        while (wakes := self._next_wake()) and (until is None or wakes < until):
            whole = wakes - timedelta(microseconds=wakes.microsecond)
            self.forward(max(timedelta(0), whole + timedelta(microseconds=START.microsecond) - self.position.now))
            self._wake()
            self.settle()
            self._reconcile()
        if until:
            self.forward(max(timedelta(0), until - self.position.now))

    def step(self) -> bool:
        """One delivery of a stream or one state of an execution; whether there was one."""
        self._distribute()
        if source := self._next_source():
            self._deliver(source)
            return True
        for execution in self.cloud.contents.book.executions.values():
            if execution.runnable:
                self._advance(execution)
                return True
        return False

    def _advance(self, execution: Execution) -> None:
        unit = task_of(self.cloud.machine, execution)
        if unit:
            self.before(unit)
        self.cloud.machine.step(execution, self.position.now)

    def _distribute(self) -> None:
        records, self.cloud.contents.tables.records = self.cloud.contents.tables.records, []
        self.position.told += records if self.shuffle else []
        for record in records:
            self.tell(record)

    def tell(self, record: Record) -> None:
        """Let the streams tell a record to whom it concerns (once, unless they are unreliable)."""
        for source, queue in self.position.queues.items():
            if not wanted(source, record):
                continue
            if self.shuffle is None:
                queue.append(record)
            else:
                queue += [record] * self.shuffle.choice((1, 2))
                self.shuffle.shuffle(queue)

    def _next_source(self) -> Source | None:
        waiting = [source for source, queue in self.position.queues.items() if queue]
        if self.shuffle and waiting:
            return self.shuffle.choice(waiting)
        return min(waiting, key=lambda source: self.position.queues[source][0].number, default=None)

    def _deliver(self, source: Source) -> None:
        queue = self.position.queues[source]
        batch = queue[: self.batch]
        self.before(unit_of(source[0], batch[0]))
        try:
            failed = self.invoke(source[0], {"Records": [record.event() for record in batch]})["batchItemFailures"]
        except (Killed, Exception) as error:  # noqa: BLE001 - whatever a consumer raises, the stream tells it again
            self._delivered(queue, 0, repr(error))
        else:
            numbers = [record.event()["dynamodb"]["SequenceNumber"] for record in batch]
            done = min((numbers.index(each["itemIdentifier"]) for each in failed), default=len(batch))
            self._delivered(queue, done, str(failed))

    def _delivered(self, queue: list[Record], done: int, why: str) -> None:
        self.position.attempts = 0 if done else self.position.attempts + 1
        assert self.position.attempts < DELIVERIES, f"never consumed: {queue[0]} ({why})"
        del queue[:done]
        if not done:
            self.forward(timedelta(seconds=1))

    def invoke(self, name: str, event: dict[str, Any], fault: Fault | None = None) -> Any:
        """Call a Lambda function in a fresh process; raises what it raises."""
        processes.start()
        fault, self.fault = fault or self.fault, None
        with self.hook.unit(fault):
            return processes.function(name)(event, None)

    def next_is(self, unit: str) -> bool:
        """Whether the next step is that task of the workflow."""
        self._distribute()
        runnable = next((each for each in self.cloud.contents.book.executions.values() if each.runnable), None)
        if self._next_source() or runnable is None:
            return False
        return task_of(self.cloud.machine, runnable) == unit

    def _next_wake(self) -> datetime | None:
        executions = self.cloud.contents.book.executions.values()
        return min((each.wakes for each in executions if each.wakes), default=None)

    def _wake(self) -> None:
        for execution in self.cloud.contents.book.executions.values():
            if execution.wakes and execution.wakes <= self.position.now:
                execution.wakes = None

    def _reconcile(self) -> None:
        """The schedule, until a round finds nothing to do (a dead sender counts as dead after two minutes)."""
        for _ in range(ROUNDS):
            self.forward(ROUND)
            self._wake()
            self.settle()
            self.before("reconcile")
            before = self.cloud.contents.tables.count, len(self.cloud.contents.book.executions)
            done = self.reconcile()
            self.settle()
            if done and before == (self.cloud.contents.tables.count, len(self.cloud.contents.book.executions)):
                return

    def reconcile(self) -> bool:
        """The schedule's function once; whether it came to its end (otherwise the next round is five minutes away)."""
        try:
            self.invoke("reconcile", {})
        except (Killed, Exception):  # noqa: BLE001 - nobody hears what a schedule raises
            return False
        return True


@contextmanager
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A world without anything in it."""
    processes.prepare()
    with time_machine.travel(START, tick=False) as travel:
        world = World(travel)
        processes.install(world.hook, monkeypatch)
        processes.start()
        yield world
    processes.start()
