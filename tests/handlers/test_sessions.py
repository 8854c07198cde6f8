"""Signing in and out, by programs and by browsers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from chalicelib.domain.directory import Person
from chalicelib.models.directory import AttemptsItem, PersonItem
from chalicelib.models.store import DynamoStore, Update
from chalicelib.services import directory
from tests import company
from tests.client import Client

WRONG = "Wrong-Password-1"


@pytest.fixture
def mei(store: DynamoStore) -> Person:
    return company.with_password(company.add_person(store, company.person()))


@pytest.fixture
def guard(store: DynamoStore) -> Person:
    someone = company.person("wu.gang", name="吴刚", roles=frozenset({"employee", "gate"}))
    return company.with_password(company.add_person(store, someone))


def sign_in(client: Client, login: str = "lin.mei", password: str = company.PASSWORD) -> Any:
    return client.post("/session", {"login": login, "password": password})


def as_program(client: Client, login: str = "lin.mei") -> Client:
    return Client(client.app, sign_in(client, login).json["access_token"])


def in_browser(client: Client, **more: str) -> Any:
    return client.submit("/session", {"login": "lin.mei", "password": company.PASSWORD} | more)


def change(store: DynamoStore, person: Person, **values: Any) -> None:
    version = {"version": person.version + 1}
    store.write(Update(PersonItem.at(person.id), values | version, {"version": person.version}))
    directory.forget()


def test_login_and_password_give_tokens_that_work(client: Client, mei: Person) -> None:
    answer = sign_in(client)
    assert answer.status == 200, answer.text
    assert answer.json["person"] == {"id": mei.id, "name": "林梅", "roles": ["employee"], "locale": "zh-CN"}
    assert {"access_token", "refresh_token", "expires_in"} <= answer.json.keys()
    assert Client(client.app, answer.json["access_token"]).get(f"/people/{mei.id}").status == 200


def test_the_e_mail_address_signs_in_too_whatever_its_case(client: Client, mei: Person) -> None:
    assert sign_in(client, "Lin.Mei@Atrium.Example").status == 200


def test_a_wrong_password_and_an_unknown_login_are_told_apart_by_nobody(client: Client, mei: Person) -> None:
    wrong, unknown = sign_in(client, password=WRONG), sign_in(client, "nobody", WRONG)
    assert wrong.status == unknown.status == 401
    assert wrong.json == unknown.json
    assert wrong.json["code"] == "wrong_credentials"


def test_a_person_id_is_no_login(client: Client, mei: Person) -> None:
    assert sign_in(client, mei.id).status == 401


def test_five_failures_lock_out_for_fifteen_minutes_even_with_the_right_password(client: Client, mei: Person) -> None:
    with time_machine.travel(company.NOW, tick=False) as clock:
        assert [sign_in(client, password=WRONG).status for _ in range(6)] == [401] * 5 + [429]
        locked = sign_in(client)
        assert (locked.status, locked.json["code"], locked.json["minutes"]) == (429, "locked_out", "16")
        assert int(locked.headers["retry-after"]) <= 15 * 60 + 1
        clock.shift(timedelta(minutes=15, seconds=1))
        assert sign_in(client).status == 200


def test_a_success_forgets_the_failures_before(client: Client, mei: Person, store: DynamoStore) -> None:
    for _ in range(4):
        sign_in(client, password=WRONG)
    assert sign_in(client).status == 200
    assert store.get(AttemptsItem.at("lin.mei")) == [None]


def test_an_unknown_login_is_locked_out_alike(client: Client) -> None:
    assert [sign_in(client, "nobody", WRONG).status for _ in range(6)] == [401] * 5 + [429]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"login": "lin.mei"},
        {"login": "lin.mei", "password": "x", "code": "123456", "session": "s"},
        {"login": "lin.mei", "code": "123456"},
        {"login": "lin.mei", "session": "s", "code": "12345x"},
        {"login": "lin.mei", "password": "x", "administrator": True},
        {"login": ["lin.mei"], "password": "x"},
        {"login": "", "password": "x"},
    ],
)
def test_half_a_step_of_signing_in_is_invalid(client: Client, body: dict[str, Any]) -> None:
    answer = client.post("/session", body)
    assert (answer.status, answer.json["code"]) == (422, "invalid_fields")
    assert answer.json["errors"]


@pytest.mark.parametrize("session", ["x", "enrolment:x", "enrolment:a.b.c", "\x00", "a" * 8000])
def test_an_invented_session_is_refused(client: Client, mei: Person, session: str) -> None:
    answer = client.post("/session", {"login": "lin.mei", "session": session, "code": "123456"})
    assert answer.status == 401


def test_a_temporary_password_must_be_replaced_first(client: Client, store: DynamoStore) -> None:
    company.with_password(company.add_person(store, company.person()), temporary=True)
    first = sign_in(client)
    assert (first.status, first.json["challenge"]) == (200, "NEW_PASSWORD_REQUIRED")
    assert not first.json.get("access_token")
    own = {"login": "lin.mei", "session": first.json["session"], "new_password": "Another-Horse-7"}
    assert client.post("/session", own).json["person"]["name"] == "林梅"
    assert sign_in(client, password="Another-Horse-7").status == 200


def enrol(client: Client) -> Any:
    setup = sign_in(client, "wu.gang").json
    assert setup["challenge"] == "MFA_SETUP"
    assert setup["otpauth"] == f"otpauth://totp/Atrium:wu.gang?secret={setup['secret']}&issuer=Atrium"
    answer = client.post("/session", {"login": "wu.gang", "session": setup["session"], "code": "123456"})
    assert (answer.status, answer.json["challenge"]) == (200, "SIGN_IN_AGAIN")
    return setup


def test_a_guard_without_a_second_factor_gets_nothing_but_its_setup(client: Client, guard: Person) -> None:
    setup = sign_in(client, "wu.gang").json
    token = setup["session"].removeprefix("enrolment:")
    answer = Client(client.app, token).get("/departments")
    assert (answer.status, answer.json["code"]) == (401, "second_factor_needed")


def test_a_guard_sets_up_the_second_factor_and_signs_in_with_it(client: Client, guard: Person) -> None:
    with time_machine.travel(company.NOW, tick=False) as clock:
        setup = enrol(client)
        clock.shift(1)
        step = sign_in(client, "wu.gang").json
        assert step["challenge"] == "SOFTWARE_TOKEN_MFA"
        done = client.post("/session", {"login": "wu.gang", "session": step["session"], "code": "654321"})
        assert done.json["person"]["roles"] == ["employee", "gate"]
        assert Client(client.app, done.json["access_token"]).get("/departments").status == 200
        old = setup["session"].removeprefix("enrolment:")
        assert Client(client.app, old).get("/departments").json["code"] == "second_factor_needed"


def test_a_second_factor_is_not_set_up_twice_with_one_sign_in(client: Client, guard: Person) -> None:
    setup = enrol(client)
    again = client.post("/session", {"login": "wu.gang", "session": setup["session"], "code": "123456"})
    assert (again.status, again.json["code"]) == (401, "sign_in_expired")


def test_a_second_factor_set_up_before_a_crash_counts_at_the_next_sign_in(
    client: Client, guard: Person, store: DynamoStore
) -> None:
    enrol(client)
    enrolled = directory.person(store, guard.id, company.NOW, fresh=True)
    change(store, enrolled, second_factor_since=None)
    step = sign_in(client, "wu.gang").json
    done = client.post("/session", {"login": "wu.gang", "session": step["session"], "code": "654321"})
    assert Client(client.app, done.json["access_token"]).get("/departments").status == 200


def test_whoever_gets_a_role_that_needs_it_is_out_until_the_second_factor_is_there(
    client: Client, mei: Person, store: DynamoStore
) -> None:
    program = as_program(client)
    change(store, mei, roles=frozenset({"employee", "finance"}))
    assert program.get("/departments").json["code"] == "second_factor_needed"
    assert sign_in(client).json["challenge"] == "MFA_SETUP"


def test_whoever_left_can_neither_sign_in_nor_go_on(client: Client, mei: Person, store: DynamoStore) -> None:
    program = as_program(client)
    change(store, mei, active=False)
    assert program.get("/departments").status == 401
    assert sign_in(client).json["code"] == "wrong_credentials"


def test_signing_out_ends_every_session(client: Client, mei: Person) -> None:
    first, second = sign_in(client).json, as_program(client)
    assert Client(client.app, first["access_token"]).post("/session/end").status == 200
    assert second.get("/departments").json["code"] == "signed_out"
    assert client.post("/session/refresh", {"refresh_token": first["refresh_token"]}).status == 401


def test_a_refresh_token_gives_new_tokens(client: Client, mei: Person) -> None:
    tokens = sign_in(client).json
    answer = client.post("/session/refresh", {"refresh_token": tokens["refresh_token"]})
    assert Client(client.app, answer.json["access_token"]).get("/departments").status == 200


@pytest.mark.parametrize("token", ["x", "a.b.c", "eyJhbGciOiJub25lIn0.eyJ1c2VybmFtZSI6IngifQ.", "é", "a" * 5000])
def test_a_forged_token_is_nobody(client: Client, mei: Person, token: str) -> None:
    assert Client(client.app, token).get("/departments").status == 401


def test_an_expired_token_is_nobody(client: Client, mei: Person) -> None:
    program = as_program(client)
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2)):
        assert program.get("/departments").json["code"] == "token_expired"


def test_no_token_is_nobody(client: Client, store: DynamoStore) -> None:
    assert client.get("/departments").json["code"] == "unauthenticated"


# Browsers


def test_a_browser_gets_cookies_no_script_reads_and_goes_where_it_wanted(client: Client, mei: Person) -> None:
    answer = in_browser(client, next="/departments")
    assert (answer.status, answer.headers["location"]) == (303, "/departments")
    assert sorted(client.cookies) == ["csrf", "refresh", "session"]
    assert all({"HttpOnly", "Secure", "SameSite=Lax", "Path=/"} <= set(text.split("; ")) for text in answer.set_cookies)
    assert client.page("/departments").status == 200


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil", "javascript:x", "/a\tb", "evil"]
)
def test_signing_in_never_leads_to_another_site(client: Client, mei: Person, wanted: str) -> None:
    assert in_browser(client, next=wanted).headers["location"] == "/"


def test_a_browser_without_a_session_is_sent_to_the_sign_in_page_and_back(client: Client, store: DynamoStore) -> None:
    answer = client.page("/departments")
    assert (answer.status, answer.headers["location"]) == (303, "/sign-in?next=%2Fdepartments")
    page = client.page("/sign-in?next=%2Fdepartments")
    assert page.status == 200
    assert 'name="next" value="/departments"' in page.text


def test_redirects_know_the_stage(client: Client, store: DynamoStore) -> None:
    client.stage = "api"
    assert client.page("/departments").headers["location"] == "/api/sign-in?next=%2Fdepartments"


def test_nothing_of_the_cookies_before_a_sign_in_lives_on(client: Client, mei: Person) -> None:
    client.cookies = {"session": "planted", "refresh": "planted", "csrf": "planted"}
    answer = in_browser(client)
    assert answer.status == 303
    assert "planted" not in client.cookies.values()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "", "Origin": "null"},
    ],
)
def test_another_sites_page_cannot_sign_a_browser_in(client: Client, mei: Person, headers: dict[str, str]) -> None:
    answer = client.submit("/session", {"login": "lin.mei", "password": company.PASSWORD}, headers=headers)
    assert (answer.status, client.cookies) == (403, {})


def test_a_browsers_unsafe_request_needs_its_csrf_token(client: Client, mei: Person) -> None:
    in_browser(client)
    assert client.submit("/session/end", {"csrf": ""}).status == 403
    assert client.submit("/session/end", {"csrf": "guessed"}).status == 403
    assert client.post("/session/end").status == 403
    assert client.post("/session/end", headers={"X-CSRF-Token": client.cookies["csrf"]}).status == 200


def test_signing_out_takes_the_cookies_back(client: Client, mei: Person) -> None:
    in_browser(client)
    answer = client.submit("/session/end", {})
    assert (answer.status, answer.headers["location"], client.cookies) == (303, "/sign-in", {})


def test_an_expired_session_is_renewed_within_the_request(client: Client, mei: Person) -> None:
    in_browser(client)
    before = dict(client.cookies)
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2)):
        assert client.page("/departments").status == 200
    assert client.cookies["session"] != before["session"]
    assert client.cookies["csrf"] == before["csrf"]


def test_a_lost_session_cookie_is_renewed_too(client: Client, mei: Person) -> None:
    in_browser(client)
    del client.cookies["session"]
    assert client.page("/departments").status == 200


def test_a_forged_session_cookie_is_not_renewed(client: Client, mei: Person) -> None:
    in_browser(client)
    client.cookies["session"] = "forged"
    assert client.page("/departments").status == 303


def test_the_sign_in_page_keeps_the_login_but_not_the_password(client: Client, mei: Person) -> None:
    page = in_browser(client, password=WRONG, next="/departments")
    assert page.status == 401
    assert 'value="lin.mei"' in page.text
    assert 'value="/departments"' in page.text
    assert WRONG not in page.text
    assert "用户名或密码不正确" in page.text


def test_a_guards_browser_walks_through_the_setup(client: Client, guard: Person) -> None:
    setup = client.submit("/session", {"login": "wu.gang", "password": company.PASSWORD})
    assert "<svg" in setup.text
    session = setup.text.partition('name="session" value="')[2].partition('"')[0]
    secret = setup.text.partition('name="secret" value="')[2].partition('"')[0]
    step = {"login": "wu.gang", "session": session, "secret": secret, "next": "/"}
    again = client.submit("/session", step | {"code": "12"})
    assert again.status == 422
    assert secret in again.text
    assert "<svg" in again.text
    done = client.submit("/session", step | {"code": "123456"})
    assert done.status == 200
    assert "二次验证已设置好" in done.text


def test_pages_and_refusals_speak_the_browsers_language(client: Client, mei: Person) -> None:
    english = {"Accept-Language": "en-GB,en;q=0.9"}
    assert "Sign in" in client.page("/sign-in", headers=english).text
    assert "登录" in client.page("/sign-in").text
    wrong = client.post("/session", {"login": "a", "password": "b"}, headers=english)
    assert wrong.json["title"] == "User name or password is wrong."
