"""The navigation shows what opens and nothing else, for everybody of the example company."""

from __future__ import annotations

import re

import pytest

from chalicelib.domain.directory import Department, Person
from chalicelib.domain.sites import Gate, Site
from chalicelib.gateways import signer
from chalicelib.models.sites import SiteItem
from chalicelib.models.store import DynamoStore, create
from chalicelib.web.page import AREAS
from infra import example_data as data
from tests import company, reception
from tests.client import Client

TOP, BELOW = company.HEAD_OFFICE.id, "01BELOW0000000000000000000"
HEADS = {unit.head for unit in (data.TOP, *data.DEPARTMENTS)}
APPROVER = data.Person("an.approver", "安审", data.COMPANY, ("approver",))
PEOPLE = (data.ADMINISTRATOR, *data.PEOPLE, APPROVER)


@pytest.fixture(autouse=True)
def _signs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signer, "signer", lambda: reception.SIGNER)


def hired(store: DynamoStore, example: data.Person) -> Client:
    """The person in a company of two sites, as head of a department if they are one."""
    roles = frozenset({"employee", *example.roles})
    facts = {"name": example.name, "roles": roles, "second_factor_since": company.LONG_AGO}
    facts |= {"site": "hq"} if "gate" in roles else {}
    someone: Person = company.add_person(store, company.person(example.login, **facts))
    head = someone.id if example.login in HEADS else None
    company.add_department(store, Department(BELOW, "某部", TOP, head, "2000", (TOP, BELOW)))
    for id in ("branch", "hq"):
        site = Site(id, {"zh-CN": id, "en": id}, {}, {}, "Asia/Shanghai", gates=(Gate("north", {"en": "North"}),))
        store.write(create(SiteItem.from_site(site)))
    import app

    return Client(app.app, company.token_of(someone))


def shown(client: Client) -> set[str]:
    """The paths in the navigation of the start page."""
    (navigation,) = re.findall(r'<nav class="areas".*?</nav>', client.page("/").text, re.DOTALL)
    return set(re.findall(r'href="([^"]+)"', navigation))


@pytest.mark.parametrize("example", PEOPLE, ids=lambda person: person.login)
def test_every_area_shown_opens_and_every_other_one_refuses(store: DynamoStore, example: data.Person) -> None:
    client = hired(store, example)
    opens = {area.path: client.get(area.asks or area.path).status for area in AREAS}
    navigation = shown(client)
    assert opens == {area.path: 200 if area.path in navigation else 403 for area in AREAS}


def test_processes_are_an_area_of_administrators_and_open_to_everybody(store: DynamoStore) -> None:
    client = hired(store, APPROVER)
    assert "/processes" not in shown(client)
    assert client.get("/processes").status == 200


def test_an_approver_who_heads_nothing_is_not_shown_the_ledger(store: DynamoStore) -> None:
    assert "/ledger/visits" not in shown(hired(store, APPROVER))


def test_whoever_heads_a_department_is_shown_the_ledger(store: DynamoStore) -> None:
    (head,) = [person for person in data.PEOPLE if person.login == "chen.jie"]
    assert "/ledger/visits" in shown(hired(store, head))


def test_the_examples_have_every_role() -> None:
    assert {role for person in PEOPLE for role in person.roles} >= {
        *("approver", "reception", "gate", "finance", "auditor", "administrator"),
    }
