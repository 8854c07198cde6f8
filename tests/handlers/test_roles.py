"""Roles through their routes and pages."""

from __future__ import annotations

import pytest

from chalicelib.domain.directory import Person
from chalicelib.models.store import DynamoStore
from tests import company
from tests.client import Client


@pytest.fixture
def admin(client: Client, store: DynamoStore) -> Client:
    roles = frozenset({"employee", "administrator", "auditor"})
    boss = company.person("boss", name="周敏", roles=roles, second_factor_since=company.LONG_AGO)
    return Client(client.app, company.token_of(company.add_person(store, boss)))


@pytest.fixture
def lin(store: DynamoStore) -> Person:
    return company.add_person(store, company.person())


def test_a_role_is_given_once_and_taken(admin: Client, lin: Person) -> None:
    given = admin.post("/roles/finance", {"action": "give", "person": lin.id}, key="g")
    assert (given.status, given.json["not_separate"]) == (200, [])
    assert admin.post("/roles/finance", {"action": "give", "person": lin.id}, key="g").json == given.json
    assert [each["name"] for each in admin.get("/roles/finance").json["items"]] == [lin.name]
    assert admin.post("/roles/finance", {"action": "give", "person": lin.id}).json["state"] == "held"
    assert admin.post("/roles/finance", {"action": "take", "person": lin.id}).status == 200
    assert admin.get("/roles/finance").json["items"] == []


def test_who_holds_roles_that_should_be_apart_is_named_on_the_page(admin: Client) -> None:
    overlaps = admin.get("/roles").json["overlaps"]
    assert [(each["person"]["name"], each["roles"]) for each in overlaps] == [("周敏", ["auditor", "administrator"])]


def test_a_role_that_is_none_is_not_there(admin: Client, lin: Person) -> None:
    assert admin.get("/roles/king").status == 404
    assert admin.post("/roles/employee", {"action": "take", "person": lin.id}).status == 404


def test_a_refused_form_keeps_the_person_who_was_chosen(admin: Client, lin: Person) -> None:
    admin.post("/roles/gate", {"action": "give", "person": lin.id})
    page = admin.submit("/roles/gate", {"action": "give", "person": lin.id})
    assert page.status == 409
    assert f'<option value="{lin.id}" selected>{lin.name}</option>' in page.text


def test_who_holds_a_role_leads_to_the_record_of_changes(admin: Client, lin: Person) -> None:
    admin.post("/roles/gate", {"action": "give", "person": lin.id})
    assert f"/history?record=person&amp;id={lin.id}" in admin.page("/roles/gate").text
    assert "/audit?area=directory" in admin.page("/roles").text


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("path", ["/roles", "/roles/administrator", "/roles/finance"])
def test_the_pages_are_shown(admin: Client, language: str, path: str) -> None:
    page = admin.page(path, headers={"Accept-Language": language})
    assert page.status == 200, page.text
    words = {"zh-CN": ("维护人员", "不相容"), "en": ("Keeps people", "nobody checks their own work")}[language]
    assert path == "/roles/finance" or all(word in page.text for word in words)
