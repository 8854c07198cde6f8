"""What hangs on a person, and handing it over, through its routes and pages."""

from __future__ import annotations

import pytest

from chalicelib.domain.directory import Person
from chalicelib.models.store import DynamoStore
from tests import company
from tests.client import Client


@pytest.fixture
def admin(client: Client, store: DynamoStore) -> Client:
    roles = frozenset({"employee", "administrator"})
    boss = company.person("boss", roles=roles, second_factor_since=company.LONG_AGO)
    return Client(client.app, company.token_of(company.add_person(store, boss)))


@pytest.fixture
def chief(store: DynamoStore) -> Person:
    someone = company.add_person(store, company.person("chief", name="陈军"))
    for number in range(14):
        company.add_person(store, company.person(f"report.{number:02}", manager=someone.id))
    return someone


@pytest.fixture
def heir(store: DynamoStore) -> Person:
    return company.add_person(store, company.person("heir", name="何敏"))


def test_a_step_says_whether_another_one_is_needed(admin: Client, chief: Person, heir: Person) -> None:
    first = admin.post(f"/people/{chief.id}/handover", {"to": heir.id}, key="s1")
    assert (first.status, first.json["handed"], first.json["left"]) == (200, 12, True)
    assert admin.post(f"/people/{chief.id}/handover", {"to": heir.id}, key="s1").json == first.json
    second = admin.post(f"/people/{chief.id}/handover", {"to": heir.id}, key="s2").json
    assert (second["handed"], second["left"]) == (2, False)
    assert admin.get(f"/people/{chief.id}/owned").json["reports"] == []
    assert len(admin.get(f"/people/{heir.id}/owned").json["reports"]) == 14


def test_a_browser_comes_back_with_the_successor_chosen(admin: Client, chief: Person, heir: Person) -> None:
    answer = admin.submit(f"/people/{chief.id}/handover", {"to": heir.id})
    assert answer.status == 303
    page = admin.page(answer.headers["location"])
    assert f'<option value="{heir.id}" selected>何敏</option>' in page.text


def test_a_refused_successor_is_named_beside_the_field(admin: Client, chief: Person) -> None:
    page = admin.submit(f"/people/{chief.id}/handover", {"to": chief.id})
    assert page.status == 422
    assert 'id="f-to-error"' in page.text


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_page_is_shown_before_and_after_somebody_left(admin: Client, chief: Person, language: str) -> None:
    for _ in range(2):
        page = admin.page(f"/people/{chief.id}/owned", headers={"Accept-Language": language})
        assert page.status == 200, page.text
        admin.post(f"/people/{chief.id}/actions", {"action": "depart"})


def test_nobody_else_sees_it(client: Client, chief: Person, heir: Person) -> None:
    theirs = Client(client.app, company.token_of(heir))
    assert theirs.get(f"/people/{chief.id}/owned").status == 403
    assert theirs.post(f"/people/{chief.id}/handover", {"to": heir.id}).status == 403
