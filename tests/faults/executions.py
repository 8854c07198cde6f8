"""Step Functions in memory: the API that our gateway uses, and an interpreter of what visit.asl.json is written in."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.faults.hook import Killed, Parameters, Refused

NAMES_REMEMBERED_FOR = timedelta(days=90)
FUNCTION = "${VisitTasks}"
INVOKE_AND_WAIT = ":::lambda:invoke.waitForTaskToken"
SEND_MESSAGE = ":::sqs:sendMessage"

type Invoke = Callable[[dict[str, Any]], Any]
type State = Mapping[str, Any]


@dataclass
class Execution:
    """One run of the machine: `wakes` while it stands in a Wait, `token` while it waits for somebody."""

    name: str
    given: str
    state: str
    data: dict[str, Any]
    status: str = "RUNNING"
    wakes: datetime | None = None
    token: str | None = None
    tries: dict[int, int] = field(default_factory=dict)
    ended: datetime | None = None

    @property
    def runnable(self) -> bool:
        """Whether its next state can be entered now."""
        return self.status == "RUNNING" and self.wakes is None and self.token is None


@dataclass
class Book:
    """All executions by name, and what was sent to the queue of failures."""

    executions: dict[str, Execution] = field(default_factory=dict)
    tokens: int = 0
    failures: list[Any] = field(default_factory=list)


class Machine:
    """The state machine `definition`; `invoke` calls its function."""

    def __init__(self, definition: State, book: Book, invoke: Invoke) -> None:
        self._states: Mapping[str, State] = definition["States"]
        self._first = definition["StartAt"]
        self.book = book
        self._invoke = invoke

    def answer(self, operation: str, parameters: Parameters, now: datetime) -> dict[str, Any]:
        """One call of the API."""
        match operation:
            case "StartExecution":
                return self._start(parameters["name"], parameters["input"], now)
            case "SendTaskSuccess":
                return self._resume(parameters["taskToken"], parameters["output"])
            case "SendTaskFailure":
                execution = self._waiting(parameters["taskToken"])
                execution.token = None
                self._failed(execution, parameters["error"], now)
                return {}
            case "DescribeExecution":
                return {"status": self._named(parameters).status}
            case "StopExecution":
                self._end(self._named(parameters), "ABORTED", now)
                return {}
        raise AssertionError(operation)

    def task_of(self, execution: Execution) -> str | None:
        """The name of the task that the next step runs, None if it runs none."""
        parameters = self._states[execution.state].get("Parameters", {})
        name: str | None = parameters.get("Payload", parameters).get("task")
        return name

    def step(self, execution: Execution, now: datetime) -> None:
        """Go through one state."""
        state = self._states[execution.state]
        match state["Type"]:
            case "Task":
                self._task(execution, state, now)
            case "Choice":
                execution.state = _chosen(state, execution.data)
            case "Pass":
                output = state["Result"] if "Result" in state else _filled(state["Parameters"], execution, None)
                self._next(execution, state, output)
            case "Wait":
                moment = datetime.fromisoformat(_at(state["TimestampPath"], execution.data))
                execution.wakes, execution.state = max(moment, now), state["Next"]
            case "Succeed":
                self._end(execution, "SUCCEEDED", now)
            case "Fail":
                self._end(execution, "FAILED", now)

    def _start(self, name: str, given: str, now: datetime) -> dict[str, Any]:
        known = self.book.executions.get(name)
        if known and (known.ended is None or now - known.ended < NAMES_REMEMBERED_FOR):
            if known.status != "RUNNING" or known.given != given:
                raise Refused("ExecutionAlreadyExists")
            return {}
        self.book.executions[name] = Execution(name, given, self._first, json.loads(given))
        return {}

    def _resume(self, token: str, output: str) -> dict[str, Any]:
        execution = self._waiting(token)
        execution.token = None
        self._next(execution, self._states[execution.state], json.loads(output))
        return {}

    def _waiting(self, token: str) -> Execution:
        for execution in self.book.executions.values():
            if execution.token == token and execution.status == "RUNNING":
                return execution
        raise Refused("TaskTimedOut")

    def _named(self, parameters: Parameters) -> Execution:
        name = parameters["executionArn"].rsplit(":", 1)[1]
        if name not in self.book.executions:
            raise Refused("ExecutionDoesNotExist")
        return self.book.executions[name]

    def _task(self, execution: Execution, state: State, now: datetime) -> None:
        if state["Resource"].endswith(SEND_MESSAGE):
            self.book.failures.append(_filled(state["Parameters"]["MessageBody"], execution, None))
            return self._next(execution, state, {})
        waits = state["Resource"].endswith(INVOKE_AND_WAIT)
        given = state["Parameters"]["Payload"] if waits else state["Parameters"]
        if waits:
            self.book.tokens += 1
            execution.token = f"token-{self.book.tokens}"
        token = execution.token
        try:
            output = self._invoke(_filled(given, execution, token))
        except Killed:
            self._failed_task(execution, token, "Runtime.ExitError", now)
        except Exception as error:  # noqa: BLE001 - whatever a function raises fails its task
            self._failed_task(execution, token, type(error).__name__, now)
        else:
            if not waits:
                self._next(execution, state, output)
        return None

    def _failed_task(self, execution: Execution, token: str | None, error: str, now: datetime) -> None:
        if execution.token == token:  # otherwise somebody resumed it before its function failed
            execution.token = None
            self._failed(execution, error, now)

    def _failed(self, execution: Execution, error: str, now: datetime) -> None:
        state = self._states[execution.state]
        for number, retrier in enumerate(state.get("Retry", ())):
            if _matches(retrier, error):
                tries = execution.tries.get(number, 0)
                if tries < retrier["MaxAttempts"]:
                    execution.tries[number] = tries + 1
                    execution.wakes = now + timedelta(seconds=retrier["IntervalSeconds"])
                    return
                break
        catcher = next(catcher for catcher in state["Catch"] if _matches(catcher, error))
        self._next(execution, catcher, {"Error": error, "Cause": ""})

    def _next(self, execution: Execution, state: State, output: Any) -> None:
        if "ResultPath" in state:
            execution.data = {**execution.data, state["ResultPath"].removeprefix("$."): output}
        execution.state, execution.tries = state["Next"], {}

    def _end(self, execution: Execution, status: str, now: datetime) -> None:
        execution.status, execution.ended, execution.token, execution.wakes = status, now, None, None


def _matches(rule: State, error: str) -> bool:
    known = set(rule["ErrorEquals"])
    return bool(known & {"States.ALL", error}) or ("States.TaskFailed" in known and error != "States.Timeout")


def _chosen(state: State, data: Mapping[str, Any]) -> str:
    chosen: str = next((rule["Next"] for rule in state["Choices"] if _applies(rule, data)), state["Default"])
    return chosen


def _applies(rule: State, data: Mapping[str, Any]) -> bool:
    if "And" in rule:
        return all(_applies(each, data) for each in rule["And"])
    if "IsPresent" in rule:
        return (_at(rule["Variable"], data) is not None) == rule["IsPresent"]
    value = _at(rule["Variable"], data)
    assert isinstance(value, bool), f"{rule['Variable']} is {value}: the execution would fail"
    return bool(value) == rule["BooleanEquals"]


def _filled(template: State, execution: Execution, token: str | None) -> dict[str, Any]:
    own = {"$$.Task.Token": token, "$$.Execution.Id": execution.name}
    return {
        name.removesuffix(".$"): (own[value] if value in own else _at(value, execution.data))
        if name.endswith(".$")
        else value
        for name, value in template.items()
    }


def _at(path: str, data: Any) -> Any:
    for name in path.removeprefix("$.").split("."):
        data = data.get(name) if isinstance(data, Mapping) else None
    return data
