"""Executions of a state machine (AWS Step Functions): start, resume by task token, look, stop."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.gateways import aws
from chalicelib.settings import settings

NOBODY_WAITS = frozenset({"TaskTimedOut", "TaskDoesNotExist", "InvalidToken"})
NOT_THERE = frozenset({"ExecutionDoesNotExist", "InvalidArn"})
ERROR_LENGTH = 256


class Executions:
    """The executions of one state machine, known by their names."""

    def __init__(self, client: Any, machine_arn: str) -> None:
        self._client = client
        self._machine = machine_arn

    def start(self, name: str, given: Mapping[str, Any]) -> None:
        """Start an execution unless there is or was one of that name (Step Functions remembers names for 90 days)."""
        try:
            self._client.start_execution(stateMachineArn=self._machine, name=name, input=json.dumps(given))
        except ClientError as error:
            if _code(error) != "ExecutionAlreadyExists":
                raise

    def succeed(self, token: str, output: Mapping[str, Any]) -> None:
        """Resume the task that waits with `token`; nothing happens when it waits no longer."""
        try:
            self._client.send_task_success(taskToken=token, output=json.dumps(output))
        except ClientError as error:
            if _code(error) not in NOBODY_WAITS:
                raise

    def fail(self, token: str, error: str, cause: str) -> None:
        """Let the task that waits with `token` fail; nothing happens when it waits no longer."""
        try:
            self._client.send_task_failure(taskToken=token, error=error[:ERROR_LENGTH], cause=cause)
        except ClientError as refusal:
            if _code(refusal) not in NOBODY_WAITS:
                raise

    def status(self, name: str) -> str | None:
        """RUNNING, SUCCEEDED, FAILED, TIMED_OUT or ABORTED; None where there is no such execution."""
        try:
            status: str = self._client.describe_execution(executionArn=self._arn(name))["status"]
        except ClientError as error:
            if _code(error) in NOT_THERE:
                return None
            raise
        return status

    def stop(self, name: str, cause: str) -> None:
        """Stop a running execution; nothing happens where there is none."""
        try:
            self._client.stop_execution(executionArn=self._arn(name), cause=cause)
        except ClientError as error:
            if _code(error) not in NOT_THERE:
                raise

    def _arn(self, name: str) -> str:
        return f"{self._machine.replace(':stateMachine:', ':execution:')}:{name}"


def _code(error: ClientError) -> str:
    return str(error.response["Error"]["Code"])


@cache
def visit_executions() -> Executions:
    """The process's executions of the state machine `visit`."""
    return Executions(aws.client("stepfunctions"), settings().visit_state_machine_arn)
