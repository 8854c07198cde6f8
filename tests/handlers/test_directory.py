"""People, departments and sites through their routes, and their pages in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from chalicelib.domain.directory import Person
from chalicelib.gateways.cognito import user_pool
from chalicelib.models.directory import LoginItem
from chalicelib.models.store import DynamoStore
from chalicelib.services import accounts, directory
from chalicelib.services.directory import units
from chalicelib.workflows.context import call_of
from tests import company
from tests.client import Client

HEAD = company.HEAD_OFFICE.id
PROFILE: dict[str, Any] = {
    "login": "chen.jie",
    "name": "陈洁",
    "email": "chen.jie@atrium.example",
    "phone": "13800138012",
    "department": HEAD,
    "roles": ["approver"],
}


@pytest.fixture
def boss(store: DynamoStore) -> Person:
    roles = frozenset({"employee", "administrator"})
    someone = company.person("boss", name="管理员", roles=roles, second_factor_since=company.LONG_AGO)
    return company.add_person(store, someone)


@pytest.fixture
def admin(client: Client, boss: Person) -> Client:
    return Client(client.app, company.token_of(boss))


@pytest.fixture
def employee(client: Client, store: DynamoStore) -> Client:
    return Client(client.app, company.token_of(company.add_person(store, company.person())))


def made(admin: Client, path: str, body: dict[str, Any]) -> Any:
    answer = admin.post(path, body)
    assert answer.status == 201, answer.text
    return answer.json


def unit(admin: Client, name: str, parent: str | None = None, **more: str) -> str:
    body = {"name": name, "cost_centre": "1"} | ({"parent": parent} if parent else {}) | more
    return str(made(admin, "/departments", body)["id"])


def codes(answer: Any) -> dict[str, str]:
    assert answer.status == 422, answer.text
    return {error["path"]: error["code"] for error in answer.json["errors"]}


# People


def test_whoever_joins_signs_in_once_the_account_and_the_password_are_there(
    admin: Client, client: Client, store: DynamoStore
) -> None:
    id = made(admin, "/people", PROFILE)["id"]
    accounts.provision(store, user_pool(), id, company.NOW)
    answer = admin.post(f"/people/{id}/password", {"password": company.PASSWORD})
    assert answer.status == 200, answer.text
    signed_in = client.post("/session", {"login": "chen.jie", "password": company.PASSWORD})
    assert signed_in.json["person"]["roles"] == ["approver", "employee"]


def test_a_password_can_be_set_before_the_stream_made_the_account(admin: Client, client: Client) -> None:
    id = made(admin, "/people", PROFILE)["id"]
    assert admin.post(f"/people/{id}/password", {"password": company.PASSWORD}).status == 200
    assert client.post("/session", {"login": "chen.jie", "password": company.PASSWORD}).status == 200


def test_a_new_password_ends_the_sessions_there_were(admin: Client, employee: Client, store: DynamoStore) -> None:
    (login,) = store.get(LoginItem.at("lin.mei"))
    assert employee.get("/departments").status == 200
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=2)):
        admin.post(f"/people/{login.person_id}/password", {"password": "Another-Horse-7"})
        assert employee.get("/departments").status == 401


def test_provisioning_twice_changes_nothing_more(admin: Client, store: DynamoStore) -> None:
    id = made(admin, "/people", PROFILE)["id"]
    accounts.provision(store, user_pool(), id, company.NOW)
    once = directory.person(store, id, company.NOW, fresh=True)
    accounts.provision(store, user_pool(), id, company.NOW)
    assert directory.person(store, id, company.NOW, fresh=True) == once
    assert once.account == "ready"


def test_whoever_left_is_closed_out_of_the_pool_and_of_every_list(
    admin: Client, client: Client, store: DynamoStore
) -> None:
    id = made(admin, "/people", PROFILE)["id"]
    admin.post(f"/people/{id}/password", {"password": company.PASSWORD})
    assert admin.post(f"/people/{id}/actions", {"action": "depart"}).status == 200
    accounts.provision(store, user_pool(), id, company.NOW)
    assert directory.person(store, id, company.NOW, fresh=True).account == "closed"
    assert client.post("/session", {"login": "chen.jie", "password": company.PASSWORD}).status == 401
    assert directory.holders(store, "approver", company.NOW) == ()
    assert admin.get("/people/search?q=陈").json["items"] == []
    again = admin.post(f"/people/{id}/actions", {"action": "depart"})
    assert (again.status, again.json["state"]) == (409, "departed")
    assert admin.post(f"/people/{id}/password", {"password": company.PASSWORD}).status == 409


def test_administrators_do_not_mark_themselves_as_gone(admin: Client, boss: Person) -> None:
    assert admin.post(f"/people/{boss.id}/actions", {"action": "depart"}).json["code"] == "not_yourself"


def test_administrators_may_change_themselves(admin: Client, boss: Person) -> None:
    body = PROFILE | {"login": "boss", "name": "大管家", "email": boss.email, "roles": ["administrator"]}
    assert admin.post(f"/people/{boss.id}", body).status == 200
    assert admin.get(f"/people/{boss.id}").json["person"]["name"] == "大管家"


@pytest.mark.parametrize(
    "wrong", [{"login": "boss"}, {"email": "BOSS@atrium.example"}, {"login": "boss", "email": "x@y.cn"}]
)
def test_sign_in_names_belong_to_one_person(admin: Client, wrong: dict[str, str]) -> None:
    assert codes(admin.post("/people", PROFILE | wrong)) == {next(iter(wrong)): "name_taken"}


def test_a_changed_login_frees_the_old_one(admin: Client) -> None:
    id = made(admin, "/people", PROFILE)["id"]
    assert admin.post(f"/people/{id}", PROFILE | {"login": "chen"}).status == 200
    other = PROFILE | {"email": "other@atrium.example"}
    assert codes(admin.post("/people", other | {"login": "chen"})) == {"login": "name_taken"}
    assert admin.post("/people", other).status == 201


def test_changed_roles_change_who_holds_them(admin: Client, store: DynamoStore) -> None:
    id = made(admin, "/people", PROFILE)["id"]
    admin.post(f"/people/{id}", PROFILE | {"roles": ["auditor"]})
    assert directory.holders(store, "approver", company.NOW) == ()
    assert directory.holders(store, "auditor", company.NOW) == (id,)


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"department": "nowhere"}, {"department": "unknown_department"}),
        ({"manager": "nobody"}, {"manager": "unknown_person"}),
        ({"roles": ["king"]}, {"roles.0": "bad_choice"}),
        ({"time_zone": "Moon/Base"}, {"time_zone": "bad_choice"}),
        ({"email": "no-address"}, {"email": "bad_email"}),
        ({"phone": "+12"}, {"phone": "phone_not_real"}),
    ],
)
def test_wrong_facts_of_a_person_are_named(admin: Client, wrong: dict[str, Any], expected: dict[str, str]) -> None:
    assert codes(admin.post("/people", PROFILE | wrong)) == expected


def test_nobody_is_managed_by_themselves(admin: Client) -> None:
    id = made(admin, "/people", PROFILE)["id"]
    assert codes(admin.post(f"/people/{id}", PROFILE | {"manager": id})) == {"manager": "not_yourself"}


def test_the_administrator_may_be_somebodys_manager(admin: Client, boss: Person) -> None:
    made(admin, "/people", PROFILE | {"manager": boss.id})


def test_a_weak_password_is_named(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    id = made(admin, "/people", PROFILE)["id"]
    monkeypatch.setattr(user_pool()._client, "admin_set_user_password", _refuse("InvalidPasswordException"))
    assert codes(admin.post(f"/people/{id}/password", {"password": "x"})) == {"password": "weak_password"}


def _refuse(code: str) -> Any:
    from botocore.exceptions import ClientError

    def refuse(**_: Any) -> None:
        raise ClientError({"Error": {"Code": code, "Message": ""}}, "operation")

    return refuse


def test_a_lost_second_factor_is_set_up_anew(admin: Client, client: Client, store: DynamoStore) -> None:
    id = made(admin, "/people", PROFILE | {"roles": ["finance"]})["id"]
    admin.post(f"/people/{id}/password", {"password": company.PASSWORD})
    credentials = {"login": "chen.jie", "password": company.PASSWORD}
    setup = client.post("/session", credentials).json
    client.post("/session", {"login": "chen.jie", "session": setup["session"], "code": "123456"})
    assert client.post("/session", credentials).json["challenge"] == "SOFTWARE_TOKEN_MFA"
    assert admin.post(f"/people/{id}/actions", {"action": "reset_second_factor"}).status == 200
    accounts.provision(store, user_pool(), id, company.NOW)
    assert client.post("/session", credentials).json["challenge"] == "MFA_SETUP"


def test_colleagues_are_found_by_the_beginning_of_their_name(employee: Client, store: DynamoStore) -> None:
    for number, name in enumerate(["Emma Brown", "emil", "David Li", "王芳"]):
        company.add_person(store, company.person(f"p{number}", name=name))
    found = employee.get("/people/search?q=EM").json["items"]
    assert [each["name"] for each in found] == ["emil", "Emma Brown"]
    assert {each["department"] for each in found} == {"总部"}
    assert employee.get("/people/search?q=").json["items"] == []
    part = employee.get("/people/search?q=王", headers={"HX-Request": "true"})
    assert part.headers["content-type"].startswith("text/html")
    assert "王芳" in part.text


def test_people_see_their_own_profile_only(employee: Client, store: DynamoStore) -> None:
    (login,) = store.get(LoginItem.at("lin.mei"))
    assert employee.get(f"/people/{login.person_id}").json["person"]["login"] == "lin.mei"
    assert employee.get("/people").status == 403


# Departments


def test_departments_come_in_the_order_of_the_tree(admin: Client) -> None:
    sales = unit(admin, "B 销售", HEAD)
    unit(admin, "A 研发", HEAD)
    unit(admin, "C 华东", sales)
    rows = admin.get("/departments").json["items"]
    assert [(each["name"], each["depth"]) for each in rows] == [
        ("总部", 0),
        ("A 研发", 1),
        ("B 销售", 1),
        ("C 华东", 2),
    ]


def test_a_department_never_lies_below_itself(admin: Client) -> None:
    sales = unit(admin, "销售", HEAD)
    east = unit(admin, "华东", sales)
    body = {"name": "销售", "cost_centre": "1", "parent": east}
    assert codes(admin.post(f"/departments/{sales}", body)) == {"parent": "department_circle"}
    assert codes(admin.post(f"/departments/{sales}", body | {"parent": sales})) == {"parent": "department_circle"}
    assert codes(admin.post("/departments", body | {"parent": "nowhere"})) == {"parent": "unknown_department"}


def test_a_moved_department_takes_along_what_lies_below(admin: Client, store: DynamoStore) -> None:
    sales, research = unit(admin, "销售", HEAD), unit(admin, "研发", HEAD)
    east = unit(admin, "华东", sales)
    id = made(admin, "/people", PROFILE | {"department": east})["id"]
    admin.post(f"/departments/{sales}", {"name": "销售", "cost_centre": "1", "parent": research})
    for moved in (sales, east):  # the stream delivers the change of each level
        units.spread(replace(call_of("drive", None), store=store), moved)
    assert directory.person(store, id, company.NOW, fresh=True).department_path == (HEAD, research, sales, east)


def test_a_head_sees_their_department(admin: Client, store: DynamoStore, boss: Person) -> None:
    sales = unit(admin, "销售", HEAD, head=boss.id)
    assert directory.headed_by(store, boss, company.NOW) == {sales}
    assert codes(admin.post("/departments", {"name": "x", "cost_centre": "1", "head": "nobody"})) == {
        "head": "unknown_person"
    }


# Sites

SITE: dict[str, Any] = {
    "name": {"zh-CN": "总部", "en": "Head office"},
    "rules": {"en": "Badge"},
    "time_zone": "Asia/Shanghai",
}


def test_a_site_gets_gates_and_rooms(admin: Client, employee: Client) -> None:
    site = made(admin, "/sites", SITE)
    gate = made(admin, f"/sites/{site['id']}/gates", {"name": {"en": "North"}})["gate"]
    room = made(admin, f"/sites/{site['id']}/resources", {"kind": "room", "name": {"en": "Galaxy"}, "seats": 40})[
        "resource"
    ]
    shown = employee.get(f"/sites/{site['id']}")
    assert shown.headers["etag"] == '"3"'
    assert [each["id"] for each in shown.json["site"]["gates"]] == [gate]
    assert [(each["id"], each["seats"]) for each in shown.json["site"]["resources"]] == [(room, 40)]
    assert shown.json["site"]["early_minutes"] == 60


def test_only_administrators_set_up_sites(employee: Client) -> None:
    assert employee.post("/sites", SITE).status == 403


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"name": {}}, "name"),
        ({"name": {"fr": "x"}}, "name.fr.[key]"),
        ({"time_zone": "x"}, "time_zone"),
        ({"map_url": "javascript:alert(1)"}, "map_url"),
        ({"early_minutes": -1}, "early_minutes"),
    ],
)
def test_wrong_facts_of_a_site_are_named(admin: Client, wrong: dict[str, Any], path: str) -> None:
    assert list(codes(admin.post("/sites", SITE | wrong))) == [path]


# Pages


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_page_of_the_directory_is_shown(admin: Client, language: str) -> None:
    site = made(admin, "/sites", SITE)["location"]
    person = made(admin, "/people", PROFILE)["location"]
    top = f"/departments/{HEAD}"
    lists = ["/people", "/departments", "/sites"]
    for path in [*lists, site, f"{site}/gates", f"{site}/resources", person, f"{person}/password", top, "/docs"]:
        page = admin.page(path, headers={"Accept-Language": language})
        assert (page.status, path) == (200, path), page.text
        assert f'lang="{language}"' in page.text


def test_a_refused_person_form_keeps_everything_that_was_typed(admin: Client) -> None:
    typed = {"name": "陈洁", "login": "boss", "email": "c@d.cn", "phone": "13800138012", "department": HEAD}
    page = admin.submit("/people", typed | {"roles.0": "approver"})
    assert page.status == 422
    assert all(f'value="{value}"' in page.text for value in ("陈洁", "boss", "c@d.cn", "13800138012"))
    assert 'value="approver" checked' in page.text
