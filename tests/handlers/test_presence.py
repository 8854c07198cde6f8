"""Whoever left, was signed out or lost a role elsewhere sees nothing more, although this process remembers them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.domain.directory import Person
from chalicelib.models.directory import PersonItem
from chalicelib.models.store import DynamoStore
from chalicelib.models.store import replace as over
from tests import company
from tests.client import Client

PATHS = ("/approvals", "/departments", "/sites", "/me", "/people/search?q=x", "/")


@pytest.fixture
def lin(store: DynamoStore) -> Person:
    return company.add_person(store, company.person(roles=frozenset({"employee", "reception"})))


@pytest.fixture
def known(client: Client, lin: Person) -> Client:
    """Their program; the process remembers who they are."""
    theirs = Client(client.app, company.token_of(lin))
    assert theirs.get("/me").status == 200
    return theirs


def elsewhere(store: DynamoStore, person: Person, **changes: Any) -> None:
    """Another process changes the person."""
    store.write(over(PersonItem.from_person(replace(person, **changes, version=person.version + 1))))


@pytest.mark.parametrize("path", PATHS)
def test_whoever_left_elsewhere_sees_nothing_more(known: Client, store: DynamoStore, lin: Person, path: str) -> None:
    assert known.get(path).status == 200
    elsewhere(store, lin, active=False)
    assert known.get(path).status == 401


def test_whoever_was_signed_out_elsewhere_sees_nothing_more(known: Client, store: DynamoStore, lin: Person) -> None:
    elsewhere(store, lin, signed_out_at=datetime.now(UTC))
    answer = known.get("/me")
    assert (answer.status, answer.json["code"]) == (401, "signed_out")


def test_a_new_role_counts_at_the_next_request(known: Client, store: DynamoStore, lin: Person) -> None:
    assert known.get("/ledger/visits").status == 200
    elsewhere(store, lin, roles=frozenset({"employee"}))
    assert known.get("/ledger/visits").status == 403


def test_a_role_that_needs_a_second_factor_waits_for_it(known: Client, store: DynamoStore, lin: Person) -> None:
    elsewhere(store, lin, roles=frozenset({"employee", "gate"}))
    answer = known.get("/me")
    assert (answer.status, answer.json["code"]) == (401, "second_factor_needed")


def test_a_change_that_takes_nothing_away_is_not_noticed(known: Client, store: DynamoStore, lin: Person) -> None:
    elsewhere(store, lin, name="林小梅")
    assert known.get("/me").json["me"]["name"] == "林小梅"


def test_a_refused_form_tells_nothing_to_whoever_left(known: Client, store: DynamoStore, lin: Person) -> None:
    elsewhere(store, lin, active=False)
    page = known.submit("/me", {"locale": "fr", "time_zone": "Moon"})
    assert page.status == 401
    assert lin.phone not in page.text


def test_a_refresh_token_of_whoever_left_gives_nothing(client: Client, lin: Person, store: DynamoStore) -> None:
    company.with_password(lin)
    tokens = client.post("/session", {"login": lin.login, "password": company.PASSWORD}).json
    assert client.post("/session/refresh", {"refresh_token": tokens["refresh_token"]}).status == 200
    elsewhere(store, lin, active=False)
    assert client.post("/session/refresh", {"refresh_token": tokens["refresh_token"]}).status == 401
