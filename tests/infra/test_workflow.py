"""The state machine `visit` leads somewhere from everywhere and calls only tasks that there are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.domain import errors
from chalicelib.workflows.visit_tasks import TASKS
from infra.package import ROOT

MACHINE = json.loads((ROOT / "infra" / "workflows" / "visit.asl.json").read_text())
STATES: dict[str, dict[str, Any]] = MACHINE["States"]
OUR_TASKS = {
    name: state for name, state in STATES.items() if state["Type"] == "Task" and "sqs" not in state["Resource"]
}


def ways(state: dict[str, Any]) -> Iterator[str]:
    for choice in [state, *state.get("Choices", []), *state.get("Catch", [])]:
        if "Next" in choice:
            yield choice["Next"]
    if "Default" in state:
        yield state["Default"]


def test_every_state_is_reached_and_every_way_ends_at_a_state() -> None:
    reached, waiting = set(), [MACHINE["StartAt"]]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(ways(STATES[name]))
    assert reached == set(STATES)


def test_the_tasks_are_those_of_the_function() -> None:
    asked = {state["Parameters"].get("Payload", state["Parameters"])["task"] for state in OUR_TASKS.values()}
    assert asked == {*TASKS, "await_approval"}


@pytest.mark.parametrize("name", OUR_TASKS)
def test_a_task_is_retried_by_named_errors_and_what_fails_for_good_is_reported(name: str) -> None:
    state = OUR_TASKS[name]
    named = {error for rule in state["Retry"] for error in rule["ErrorEquals"]}
    ours = {error for error in named if not error.startswith(("Lambda.", "States."))}
    assert "Lambda.TooManyRequestsException" in named
    assert ours
    assert all(issubclass(getattr(errors, error), errors.DomainError) for error in ours)
    assert state["Catch"] == [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.failure", "Next": "ReportFailure"}]


@pytest.mark.parametrize("name", OUR_TASKS)
def test_no_task_waits_for_ever(name: str) -> None:
    assert OUR_TASKS[name]["TimeoutSeconds"] > 0
