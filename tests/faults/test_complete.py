"""Nothing is left out: every unsafe route, every function, every task and every stream is disturbed somewhere."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml

from chalicelib.handlers.callers import SAFE
from chalicelib.handlers.endpoint import ENDPOINTS
from chalicelib.workflows.visit_tasks import TASKS
from tests.faults import processes
from tests.faults.cloud import DEFINITION
from tests.faults.commands import COMMANDS, NOT_COMMANDS
from tests.faults.sources import SOURCES
from tests.faults.units import UNITS

TEMPLATE = Path(__file__).parents[2] / "infra/resources.yaml"
BY_HAND = {"bootstrap"}
"""Disturbed by a test of its own (test_units.py)."""


def shape(route: str) -> str:
    """A route whatever its parameters are called."""
    return re.sub(r"\{\w+\}", "{}", route.partition("?")[0])


def test_every_unsafe_route_is_a_command_or_says_why_not() -> None:
    processes.application()
    unsafe = {shape(f"{each.method} {each.path}") for each in ENDPOINTS if each.method not in SAFE}
    assert {shape(command.route) for command in COMMANDS} | {shape(route) for route in NOT_COMMANDS} == unsafe


def test_every_function_is_disturbed() -> None:
    names = {function.name for function in processes.application().pure_lambda_functions}
    assert {unit.split()[0] for unit in UNITS} | BY_HAND == names


def test_every_task_of_the_state_machine_is_disturbed() -> None:
    tasks = set(re.findall(r'"task": "(\w+)"', json.dumps(json.loads(DEFINITION.read_text()))))
    listed = {unit.removeprefix("visit_tasks ").partition(",")[0] for unit in UNITS if unit.startswith("visit_tasks")}
    assert listed == tasks == {*TASKS, "await_approval"}


def test_streams_reach_the_functions_that_the_template_names() -> None:
    found = set()
    for resource in _template()["Resources"].values():
        if resource.get("Type") == "AWS::Lambda::EventSourceMapping":
            given = resource["Properties"]
            found.add((given["FunctionName"].lower(), given["EventSourceArn"].partition("Table")[0].lower()))
    assert found == set(SOURCES)


def _template() -> Any:
    class Loader(yaml.SafeLoader):
        """CloudFormation's own tags give their plain values."""

    Loader.add_multi_constructor("!", lambda loader, suffix, node: getattr(node, "value", None))
    return yaml.load(TEMPLATE.read_text(), Loader)
