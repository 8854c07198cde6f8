"""Every route of the product: guarded by an action of the policies, described, and few enough for the gateway."""

from __future__ import annotations

import re

import cedarpy
import pytest
from openapi_spec_validator import validate

import app
from chalicelib.handlers.endpoint import ENDPOINTS, Endpoint, Public
from chalicelib.handlers.openapi import document
from chalicelib.services.permissions import POLICIES
from chalicelib.web.render import TEMPLATE_FOLDER

SCHEMA = (POLICIES / "schema.cedarschema").read_text()
ACTIONS = set(re.findall(r'"([a-z_]+:[a-z_]+)"', SCHEMA))

PUBLIC = {
    "GET /health",
    "GET /static/{name}",
    "GET /openapi.json",
    "GET /docs",
    "GET /sign-in",
    "POST /session",
    "POST /session/refresh",
    "GET /i/{token}",
    "GET /i/{token}/card.svg",
    "GET /i/{token}/qr.png",
    "GET /i/{token}/qr.svg",
    "GET /i/{token}/visit.ics",
    "POST /i/{token}/actions",
}
"""The only routes that answer somebody who is not signed in. Adding one here is a decision about security."""

RESOURCES_LIMIT = 300


def name(spec: Endpoint) -> str:
    return f"{spec.method} {spec.path}"


def test_every_route_of_the_application_went_through_the_one_decorator() -> None:
    registered = {f"{method} {path}" for path, methods in app.app.routes.items() for method in methods}
    assert registered == {name(spec) for spec in ENDPOINTS}


@pytest.mark.parametrize("spec", ENDPOINTS, ids=name)
def test_every_route_names_an_action_of_the_policies_or_is_on_the_public_list(spec: Endpoint) -> None:
    if isinstance(spec.action, Public):
        assert name(spec) in PUBLIC
        assert spec.action.reason
    else:
        assert spec.action in ACTIONS


def test_nothing_on_the_public_list_is_left_over() -> None:
    public = {name(spec) for spec in ENDPOINTS if isinstance(spec.action, Public)}
    assert public == PUBLIC


def test_every_action_of_the_policies_is_in_the_schema() -> None:
    used = set(re.findall(r'Action::"([^"]+)"', (POLICIES / "policies.cedar").read_text()))
    assert used <= ACTIONS


def test_the_policies_are_valid_under_their_schema() -> None:
    result = cedarpy.validate_policies((POLICIES / "policies.cedar").read_text(), SCHEMA)
    assert result.validation_passed, [str(error) for error in result.errors]


def test_a_policy_that_names_what_is_not_there_is_found() -> None:
    wrong = 'permit (principal, action == Atrium::Action::"visit:view", resource) when { resource.nothing == 1 };'
    assert not cedarpy.validate_policies(wrong, SCHEMA).validation_passed


def test_the_gateway_has_room_for_every_path() -> None:
    resources = {"/".join(parts[: depth + 1]) for parts in _paths() for depth in range(len(parts))}
    assert len(resources) <= RESOURCES_LIMIT


def _paths() -> list[list[str]]:
    return [spec.path.strip("/").split("/") for spec in ENDPOINTS]


@pytest.mark.parametrize("spec", [spec for spec in ENDPOINTS if spec.page], ids=name)
def test_every_page_has_its_template(spec: Endpoint) -> None:
    assert (TEMPLATE_FOLDER / str(spec.page)).is_file()


@pytest.mark.parametrize("spec", ENDPOINTS, ids=name)
def test_every_route_says_what_it_is_for(spec: Endpoint) -> None:
    assert spec.summary.endswith(".")


def test_the_description_is_valid_openapi_and_names_every_route() -> None:
    described = document()
    validate(described)
    named = {f"{method.upper()} {path}" for path, methods in described["paths"].items() for method in methods}
    assert named == {name(spec) for spec in ENDPOINTS}


def test_the_description_says_what_needs_no_sign_in() -> None:
    operations = {
        f"{method.upper()} {path}": operation
        for path, methods in document()["paths"].items()
        for method, operation in methods.items()
    }
    assert {key for key, operation in operations.items() if operation.get("security") == []} == PUBLIC


def test_the_description_says_what_is_answered_as_a_file() -> None:
    paths = document()["paths"]
    png = paths["/i/{token}/qr.png"]["get"]["responses"]["200"]["content"]
    lists = [spec for spec in ENDPOINTS if spec.sheet]
    assert list(png) == ["image/png"]
    assert lists
    for spec in lists:
        content = paths[spec.path]["get"]["responses"]["200"]["content"]
        assert [kind.partition(";")[0] for kind in content][:2] == ["application/json", "text/csv"]
