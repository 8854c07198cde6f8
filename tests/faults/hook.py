"""Numbers the AWS calls of a unit of work and disturbs one of them, or many at random.

A call is what our code asks of botocore: the SDK's own tries lie below it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from types import SimpleNamespace
from typing import Any

from botocore.exceptions import ConnectionClosedError, ReadTimeoutError

type Parameters = Mapping[str, Any]
type Cloud = Callable[[str, str, Parameters], dict[str, Any]]
"""Executes (service, operation, parameters); raises Refused."""

READS = frozenset(
    {
        *("BatchGetItem", "Query", "GetSecretValue", "GetObject", "ListObjectsV2", "DescribeExecution"),
        "GenerateDataKey",
    }
)
"""Calls that leave nothing behind: a data key that nobody used to seal anything is kept nowhere."""
TRIES = 3
"""How often the SDK tries before our code learns of it (gateways/aws.py)."""


class Killed(BaseException):
    """The process died; nobody catches it."""


class Refused(Exception):
    """The service's answer is an error; `more` stands beside it in the answer."""

    def __init__(self, code: str, status: int = 400, **more: Any) -> None:
        self.code, self.status, self.more = code, status, more
        super().__init__(code)


class How(StrEnum):
    """What happens to a call."""

    KILLED_BEFORE = "killed before"
    KILLED_AFTER = "killed after"
    ANSWER_LOST = "answer lost"


@dataclass(frozen=True)
class Fault:
    """The `call` of the unit of work (from 1) that is disturbed, and how."""

    call: int
    how: How


def faults_of(calls: Sequence[str]) -> dict[str, Fault]:
    """Every way to disturb every one of the calls, by a name for reports."""
    points = [(number, how) for number in range(1, len(calls) + 1) for how in How]
    return {f"{how}: {calls[number - 1]}, call {number}": Fault(number, how) for number, how in points}


class Hook:
    """Sits in the clients' event system, in front of the cloud. `effects`: which of the unit's calls were no reads."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud
        self._fault: Fault | None = None
        self._dead = False
        self.calls: list[str] = []
        self.effects: list[int] = []
        self.storm: Random | None = None
        self.share = 0.3
        self.on_call: Callable[[str], None] = lambda name: None
        self.on_answer: Callable[[str], None] = lambda name: None

    @staticmethod
    def attach(client: Any, call: Callable[..., Any]) -> None:
        """Let `call` see (and answer) every call of the client from now on."""
        client.meta.events.register_last("before-parameter-build", _remember, unique_id="fault-parameters")
        client.meta.events.register_first("before-call", call, unique_id="fault-call")

    @contextmanager
    def unit(self, fault: Fault | None = None) -> Iterator[list[str]]:
        """A unit of work: gives the names of its calls as they are made; `fault` happens within it."""
        self.calls, self.effects, self._fault, self._dead = [], [], fault, False
        try:
            yield self.calls
        finally:
            self._fault, self._dead = None, False

    def call(self, model: Any, context: dict[str, Any], **_: Any) -> tuple[Any, dict[str, Any]]:
        """Botocore's event `before-call`: what it returns is the answer, and nothing is sent."""
        return self.asked(model.service_model.service_name, model.name, context["parameters"])

    def asked(self, service: str, operation: str, parameters: Parameters) -> tuple[Any, dict[str, Any]]:
        """One call: status and answer; raises Killed, BotoCoreError."""
        if self._dead:
            raise Killed  # `finally` blocks run here; in a dead process they do not
        self.calls.append(f"{service} {operation}")
        self.on_call(self.calls[-1])
        if self._fault and self._fault.call == len(self.calls):
            return self._disturbed(self._fault.how, service, operation, parameters)
        if self.storm:
            return self._stormed(self.storm, service, operation, parameters)
        return self._answered(service, operation, parameters)

    def _disturbed(self, how: How, service: str, operation: str, parameters: Parameters) -> Any:
        self._dead = how is not How.ANSWER_LOST
        if how is not How.KILLED_BEFORE:
            self._answered(service, operation, parameters)
        if self._dead:
            raise Killed
        raise ConnectionClosedError(endpoint_url=f"https://{service}.example")

    def _stormed(self, storm: Random, service: str, operation: str, parameters: Parameters) -> Any:
        for _ in range(TRIES):
            if storm.random() >= self.share:
                return self._answered(service, operation, parameters)
            kind = storm.choice(("throttled", "failed", "unreachable", "timed out"))
            if kind == "timed out":
                self._answered(service, operation, parameters)
        if kind in ("unreachable", "timed out"):
            raise ReadTimeoutError(endpoint_url=f"https://{service}.example")
        return _error(Refused("ThrottlingException") if kind == "throttled" else Refused("InternalServerError", 500))

    def _answered(self, service: str, operation: str, parameters: Parameters) -> tuple[Any, dict[str, Any]]:
        if operation not in READS:
            self.effects.append(len(self.calls))
        try:
            answer = self._cloud(service, operation, parameters)
        except Refused as refusal:
            return _error(refusal)
        finally:
            self.on_answer(f"{service} {operation}")
        return SimpleNamespace(status_code=200), answer | {"ResponseMetadata": {"HTTPStatusCode": 200}}


def _remember(params: Parameters, context: dict[str, Any], **_: Any) -> None:
    context["parameters"] = params


def _error(refusal: Refused) -> tuple[Any, dict[str, Any]]:
    error = {"Code": refusal.code, "Message": refusal.code}
    return SimpleNamespace(status_code=refusal.status), {"Error": error, "ResponseMetadata": {}} | refusal.more
