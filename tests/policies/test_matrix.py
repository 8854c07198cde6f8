"""Every role in every relation to the records asks every route: two statements of who may have to agree.

The application asks the Cedar policies; tests/policies/reference says the same in plain Python, written apart.
"""

from __future__ import annotations

from collections.abc import Iterator

import cedarpy
import pytest

import app
from chalicelib.handlers.endpoint import ENDPOINTS, Public
from chalicelib.services import permissions
from tests.policies.reference import RECEIVED_FILE, RELATIONS, ROLES, ROUTES, VISIT_FILE, Line, Who
from tests.policies.world import World

EVERYBODY = [Who(role, relation) for role in ROLES for relation in RELATIONS]
NO = (401, 403, 404)


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with pytest.MonkeyPatch.context() as patch:
        yield World(patch)


def test_every_route_that_asks_for_a_person_has_its_line() -> None:
    assert app.app
    guarded = {f"{each.method} {each.path}" for each in ENDPOINTS if not isinstance(each.action, Public)}
    assert guarded - set(ROUTES) == set(), "say in tests/policies/reference who may call them"
    assert set(ROUTES) - guarded == set(), "these routes are gone"


def disagreements(world: World, route: str, line: Line | None = None) -> list[str]:
    """Who is answered otherwise than the reference says, in the route's line or in another one."""
    line, found = line or ROUTES[route], []
    for who in EVERYBODY:
        answer = world.ask(who, route, line)
        allowed = answer.status < 500 and answer.status not in NO
        refused = answer.status == line.refused(who)
        if not (allowed if line.may(who) else refused):
            found.append(f"{who.role}, {who.relation}: {answer.status} {answer.text}")
    return found


@pytest.mark.parametrize("route", ROUTES)
def test_the_policies_allow_what_the_reference_allows(world: World, route: str) -> None:
    assert disagreements(world, route) == []


def test_a_file_of_a_visit_is_had_by_whoever_sees_the_visit(world: World) -> None:
    assert disagreements(world, "GET /files/{id}", VISIT_FILE) == []


def test_a_file_of_a_received_invoice_is_had_by_whoever_sees_that(world: World) -> None:
    assert disagreements(world, "GET /files/{id}", RECEIVED_FILE) == []


@pytest.fixture
def nothing_answered() -> Iterator[None]:
    """The policies are asked anew, within the test and after it."""
    answers = (permissions._answered, permissions._nearest)
    for known in answers:
        known.cache_clear()
    yield
    for known in answers:
        known.cache_clear()


@pytest.mark.parametrize(
    ("change", "route"),
    [
        (("principal.site == resource.site", "true"), "GET /gate/onsite"),
        (('roles.contains("administrator")', 'roles.contains("auditor")'), "GET /roles"),
        (("resource.owner == principal.id", "false"), "GET /me"),
    ],
)
def test_a_policy_that_says_something_else_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch, nothing_answered: None, change: tuple[str, str], route: str
) -> None:
    text = permissions.policy_text()
    assert change[0] in text
    other = cedarpy.PolicySet.from_str(text.replace(*change))
    monkeypatch.setattr(permissions, "_policies", lambda: other)
    assert disagreements(world, route)
