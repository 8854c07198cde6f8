"""A process that starts on demand imports the area that is asked for, every other one all of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from chalicelib.handlers.areas import AREAS, MODULES, every_endpoint
from chalicelib.handlers.endpoint import Endpoint

ASKED = """
import json, sys
import app
result = app.app(json.loads(sys.argv[1]), None)
loaded = sorted(name for name in sys.modules if name.startswith("chalicelib.handlers."))
print(json.dumps({"status": result["statusCode"], "loaded": loaded}))
"""

STARTED = """
import json, sys
import app
print(json.dumps(sorted(name for name in sys.modules if name.startswith("chalicelib."))))
"""

EACH = """
import json, os, sys, traceback
from importlib import import_module
import pydantic.main, pynamodb.models, chalice.app
def fails(name):
    child = os.fork()
    if child == 0:
        try:
            import_module(f"chalicelib.handlers.{name}").area
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1]
print(json.dumps([name for name in json.loads(sys.argv[1]) if fails(name)]))
"""


def alone(code: str, *arguments: str, start: str = "on-demand") -> Any:
    environment = os.environ | {"AWS_LAMBDA_INITIALIZATION_TYPE": start}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, env=environment
    )
    return json.loads(done.stdout)


def event(path: str, resource: str = "", method: str = "GET") -> str:
    context = {"resourcePath": resource or path, "httpMethod": method, "path": path, "identity": {}, "requestId": "r"}
    parameters = {"proxy": path[1:]} if resource else None
    return json.dumps(
        {
            "requestContext": context,
            "headers": {},
            "pathParameters": parameters,
            "multiValueQueryStringParameters": None,
            "body": None,
            "isBase64Encoded": False,
            "stageVariables": None,
        }
    )


def named(spec: Endpoint) -> str:
    return f"{spec.method} {spec.path}"


@pytest.mark.parametrize("spec", every_endpoint(), ids=named)
def test_the_first_part_of_a_path_names_the_area_of_its_route(spec: Endpoint) -> None:
    areas = [f"chalicelib.handlers.{name.removesuffix('.routes')}" for name in AREAS[spec.path.split("/")[1]]]
    module = spec.handler.__module__
    assert any(module == area or module.startswith(area + ".") for area in areas)


def test_no_area_is_named_without_routes() -> None:
    assert set(AREAS) == {spec.path.split("/")[1] for spec in every_endpoint()}


def test_a_start_on_demand_imports_no_area() -> None:
    loaded = alone(STARTED)
    assert "chalicelib.handlers.areas" in loaded
    assert not [name for name in loaded if name.startswith(("chalicelib.services", "chalicelib.models"))]
    assert not [name for name in MODULES if f"chalicelib.handlers.{name}" in loaded]


@pytest.mark.parametrize("start", ["snap-start", ""])
def test_a_start_beforehand_imports_all_areas(start: str) -> None:
    loaded = alone(STARTED, start=start)
    assert [name for name in MODULES if f"chalicelib.handlers.{name}" not in loaded] == []


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (event("/health"), 200),
        (event("/exports"), 401),
        (event("/nowhere/at/all", "/{proxy+}"), 404),
        (event("/health", "/{proxy+}", "DELETE"), 405),
        (event("/visits/1/checklist", "/{proxy+}", "DELETE"), 405),
        (event("/openapi.json"), 200),
    ],
    ids=["a route", "one that needs a person", "no route", "no such method", "one of several modules", "all routes"],
)
def test_the_first_request_is_answered_on_demand(asked: str, status: int) -> None:
    assert alone(ASKED, asked)["status"] == status


def test_a_request_imports_only_the_areas_that_its_path_names() -> None:
    loaded = alone(ASKED, event("/health"))["loaded"]
    assert [name for name in MODULES if f"chalicelib.handlers.{name}" in loaded] == ["system"]


def test_every_area_can_be_the_first_that_is_imported() -> None:
    assert alone(EACH, json.dumps(MODULES)) == []
