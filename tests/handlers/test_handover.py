"""What hangs on a person, and handing it over, through its routes and pages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from chalicelib.domain.directory import Person
from chalicelib.models.store import DynamoStore
from chalicelib.services import handover
from chalicelib.services.call import Call
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


def go_on(store: DynamoStore, chief: Person) -> bool:
    """What the stream does with the record of the handover."""
    call = Call(store, datetime.now(UTC), lambda: "an-id", None, "system:test")
    call.permit_public("a test")
    return handover.step(call, chief.id)


def test_a_wish_is_answered_at_once_and_its_progress_is_shown(
    admin: Client, chief: Person, heir: Person, store: DynamoStore
) -> None:
    first = admin.post(f"/people/{chief.id}/handover", {"to": heir.id}, key="s1")
    assert (first.status, first.json["status"]) == (200, "running")
    assert admin.post(f"/people/{chief.id}/handover", {"to": heir.id}, key="s1").json == first.json
    assert go_on(store, chief)
    shown = admin.get(f"/people/{chief.id}/owned").json
    assert (shown["handover"]["status"], shown["handover"]["handed"], len(shown["reports"])) == ("running", 12, 2)
    assert go_on(store, chief) and not go_on(store, chief)
    shown = admin.get(f"/people/{chief.id}/owned").json
    assert (shown["handover"]["status"], shown["handover"]["to"]["name"], shown["reports"]) == ("done", "何敏", [])
    assert len(admin.get(f"/people/{heir.id}/owned").json["reports"]) == 14


@pytest.mark.parametrize(
    ("language", "word"), [("zh-CN", "正在交接给何敏，已交接 12 项"), ("en", "to 何敏: 12 so far")]
)
def test_a_browser_comes_back_to_the_progress(
    admin: Client, chief: Person, heir: Person, store: DynamoStore, language: str, word: str
) -> None:
    answer = admin.submit(f"/people/{chief.id}/handover", {"to": heir.id})
    assert answer.status == 303
    go_on(store, chief)
    page = admin.page(answer.headers["location"], headers={"Accept-Language": language})
    assert word in page.text


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
