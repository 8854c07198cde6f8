"""What every route does alike: refusals, keys, versions, languages, cookies, pages."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.domain.directory import Person
from chalicelib.models.directory import DepartmentItem, PersonItem
from chalicelib.models.store import DynamoStore, Update
from chalicelib.services import directory
from tests import company
from tests.client import FORM, Client

UNIT = {"name": "研发部", "cost_centre": "2000"}


@pytest.fixture
def boss(store: DynamoStore) -> Person:
    roles = frozenset({"employee", "administrator"})
    return company.add_person(
        store, company.person("boss", name="管理员", roles=roles, second_factor_since=company.LONG_AGO)
    )


@pytest.fixture
def admin(client: Client, boss: Person) -> Client:
    """An administrator's program."""
    return Client(client.app, company.token_of(boss))


@pytest.fixture
def employee(client: Client, store: DynamoStore) -> Client:
    return Client(client.app, company.token_of(company.add_person(store, company.person())))


def departments(client: Client) -> list[str]:
    return [each["name"] for each in client.get("/departments").json["items"]]


# Idempotency


def test_a_repeated_key_gives_the_first_answer_and_no_second_effect(admin: Client) -> None:
    first = admin.post("/departments", UNIT, key="k1")
    again = admin.post("/departments", UNIT, key="k1")
    assert (first.status, again.status) == (201, 201)
    assert first.body == again.body
    assert first.headers["etag"] == again.headers["etag"] == '"1"'
    assert first.headers["location"] == again.headers["location"]
    assert departments(admin).count("研发部") == 1


def test_the_same_key_with_another_body_is_refused(admin: Client) -> None:
    admin.post("/departments", UNIT, key="k1")
    other = admin.post("/departments", UNIT | {"name": "市场部"}, key="k1")
    assert (other.status, other.json["errors"][0]["code"]) == (422, "idempotency_key_reused")
    assert "市场部" not in departments(admin)


def test_the_same_key_of_another_person_is_another_key(admin: Client, store: DynamoStore) -> None:
    roles = frozenset({"employee", "administrator"})
    someone = company.add_person(store, company.person("deputy", roles=roles, second_factor_since=company.LONG_AGO))
    deputy = Client(admin.app, company.token_of(someone))
    admin.post("/departments", UNIT, key="k1")
    assert deputy.post("/departments", UNIT, key="k1").status == 201
    assert departments(admin).count("研发部") == 2


@pytest.mark.parametrize("key", ["a" * 201, "with space", "ümlaut"])
def test_a_key_that_is_none_is_named_as_wrong(admin: Client, key: str) -> None:
    answer = admin.post("/departments", UNIT, key=key)
    assert (answer.status, answer.json["errors"][0]["path"]) == (422, "Idempotency-Key")


# Versions


def test_a_stale_version_changes_nothing(admin: Client) -> None:
    path = admin.post("/departments", UNIT).json["location"]
    assert admin.get(path).headers["etag"] == '"1"'
    changed = admin.post(path, UNIT | {"cost_centre": "2001"}, headers={"If-Match": '"1"'})
    assert (changed.status, changed.headers["etag"]) == (200, '"2"')
    stale = admin.post(path, UNIT | {"cost_centre": "2002"}, headers={"If-Match": '"1"'})
    assert (stale.status, stale.json["code"]) == (412, "stale_version")
    assert admin.get(path).json["department"]["cost_centre"] == "2001"


@pytest.mark.parametrize("version", ["x", "1.5", "-1", "9" * 40, "１"])
def test_a_version_that_is_none_is_named_as_wrong(admin: Client, version: str) -> None:
    path = admin.post("/departments", UNIT).json["location"]
    assert admin.post(path, UNIT, headers={"If-Match": version}).status == 422


# Rights


def test_what_the_policies_do_not_allow_is_refused(employee: Client) -> None:
    answer = employee.post("/departments", UNIT)
    assert (answer.status, answer.json["code"]) == (403, "forbidden")


def test_rights_that_were_taken_away_elsewhere_write_nothing(admin: Client, boss: Person, store: DynamoStore) -> None:
    assert admin.get("/departments").status == 200  # the process now remembers the administrator
    taken = {"roles": frozenset({"employee"}), "version": 2}
    store.write(Update(PersonItem.at(boss.id), taken, {"version": 1}))
    assert admin.post("/departments", UNIT).status == 403
    assert departments(admin) == ["总部"]


def test_who_left_meanwhile_writes_nothing(admin: Client, boss: Person, store: DynamoStore) -> None:
    admin.get("/departments")
    store.write(Update(PersonItem.at(boss.id), {"active": False, "version": 2}, {"version": 1}))
    assert admin.post("/departments", UNIT).status == 401


def test_a_profile_is_hidden_from_colleagues(employee: Client, boss: Person) -> None:
    assert employee.get(f"/people/{boss.id}").status == 404


# Bad input


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "malformed"),
        (b"\xff\xfe", 400, "malformed"),
        (b"[" * 100_000, 400, "malformed"),
        (b"[]", 422, "invalid_fields"),
        (b"null", 422, "invalid_fields"),
        (b"{}", 422, "invalid_fields"),
        (b" " * (2 * 1024 * 1024), 413, "body_too_large"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(admin: Client, body: bytes, status: int, code: str) -> None:
    answer = admin.post("/departments", body)
    assert (answer.status, answer.json["code"]) == (status, code)


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "multipart/form-data", ""])
def test_only_json_and_forms_are_read(admin: Client, content_type: str) -> None:
    answer = admin.post("/departments", UNIT, headers={"Content-Type": content_type})
    assert (answer.status, answer.json["code"]) == (415, "unsupported_media_type")


def test_every_wrong_field_is_named_with_its_path_and_without_its_value(admin: Client) -> None:
    wrong = {"login": "UPPER CASE!", "phone": "12345-secret", "roles": ["king"], "name": "", "unknown": "secret"}
    answer = admin.post("/people", wrong)
    paths = {error["path"]: error["code"] for error in answer.json["errors"]}
    assert paths == {
        "login": "bad_format",
        "phone": "phone_not_real",
        "roles.0": "bad_choice",
        "name": "required",
        "unknown": "unknown_field",
        "email": "required",
        "department": "required",
    }
    assert "secret" not in answer.text
    assert all(error["message"] for error in answer.json["errors"])


@pytest.mark.parametrize("cursor", ["x", "AAAA", "e30", "%00", "%F0%9F%98%80"])
def test_a_bad_cursor_is_malformed(admin: Client, cursor: str) -> None:
    answer = admin.get(f"/people?cursor={cursor}")
    assert (answer.status, answer.json["code"]) == (400, "bad_cursor")


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "unknown=1"])
def test_a_bad_query_is_invalid(admin: Client, query: str) -> None:
    assert admin.get(f"/people?{query}").status == 422


def test_a_list_goes_on_at_its_link(admin: Client, store: DynamoStore) -> None:
    for number in range(3):
        company.add_person(store, company.person(f"p{number}", name=f"员工{number}"))
    first = admin.get("/people?limit=2")
    path = first.headers["link"].partition("<")[2].partition(">")[0]
    second = admin.get(path)
    names = [person["name"] for page in (first, second) for person in page.json["items"]]
    assert sorted(names) == ["员工0", "员工1", "员工2", "管理员"]
    assert "link" not in second.headers


@pytest.mark.parametrize("name", ["..", "%2e%2e%2fapp.py", "nothing.css", "atrium.css%00"])
def test_only_static_files_are_served(client: Client, store: DynamoStore, name: str) -> None:
    assert client.get(f"/static/{name}").status == 404


def test_a_static_file_may_be_kept_for_ever(client: Client, store: DynamoStore) -> None:
    answer = client.get("/static/atrium.css")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert "immutable" in answer.headers["cache-control"]


# Answers


def test_a_refusal_is_a_problem_in_the_callers_language(client: Client, store: DynamoStore) -> None:
    answer = client.get("/departments", headers={"Accept-Language": "en"})
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json == {
        "type": "/docs#unauthenticated",
        "title": "Please sign in.",
        "status": 401,
        "code": "unauthenticated",
        "request_id": "11111111-2222-3333-4444-555555555555",
    }
    assert client.get("/departments", headers={"Accept-Language": "zh"}).json["title"] == "请先登录。"


def test_a_browser_gets_a_page_for_a_refusal(employee: Client) -> None:
    page = employee.page("/people/01NOBODY000000000000000000")
    assert (page.status, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "11111111-2222-3333-4444-555555555555" in page.text


@pytest.mark.parametrize("path", ["/departments", "/sign-in", "/health"])
def test_every_answer_carries_the_security_headers(admin: Client, path: str) -> None:
    answer = admin.page(path)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "unsafe-inline" not in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-request-id"]


def test_one_route_answers_browsers_and_programs(admin: Client) -> None:
    assert "总部" in admin.page("/departments").text
    assert admin.get("/departments").json["items"][0]["name"] == "总部"


def test_a_form_and_a_json_body_reach_the_same_code(admin: Client) -> None:
    page = admin.submit("/departments", {"name": "研发部", "cost_centre": "2000", "parent": ""})
    assert page.status == 303
    assert page.headers["location"].startswith("/departments/")
    assert "研发部" in departments(admin)


def test_a_refused_form_comes_back_with_what_was_typed_and_the_errors(admin: Client) -> None:
    page = admin.submit("/departments", {"name": "研发部", "cost_centre": ""})
    assert (page.status, page.headers["content-type"]) == (422, "text/html; charset=utf-8")
    assert 'value="研发部"' in page.text
    assert 'aria-invalid="true"' in page.text


def test_a_script_in_a_name_is_shown_as_text(admin: Client) -> None:
    script = "<script>alert(1)</script>"
    admin.post("/departments", UNIT | {"name": script})
    page = admin.page("/departments").text
    assert script not in page
    assert "&lt;script&gt;" in page


def test_a_write_says_who_when_from_where_and_by_which_request(admin: Client, boss: Person, store: DynamoStore) -> None:
    made = admin.post("/departments", UNIT).json["id"]
    (item,) = store.get(DepartmentItem.at(made))
    assert (item.changed_by, item.changed_from) == (boss.id, "192.0.2.7")
    assert item.request_id == "11111111-2222-3333-4444-555555555555"
    assert item.changed_at is not None


def test_forms_take_numbered_rows_and_close_their_gaps(admin: Client, store: DynamoStore) -> None:
    fields = {"login": "new", "name": "新人", "email": "new@atrium.example", "phone": "13800138001"}
    more = {"department": company.HEAD_OFFICE.id, "roles.0": "approver", "roles.4": "auditor"}
    answer = admin.submit("/people", fields | more)
    assert answer.status == 303, answer.text
    person = directory.person(store, answer.headers["location"].rpartition("/")[2], company.NOW)
    assert person.roles == {"employee", "approver", "auditor"}
    assert person.phone == "+8613800138001"


@pytest.mark.parametrize("fields", ["name=a&name.x=b", "a.b=1&a=2", "=&&&", "%ff=%fe", "x" * 3000])
def test_odd_forms_are_refused_and_nothing_breaks(admin: Client, fields: str) -> None:
    headers = {"Content-Type": FORM, "Accept": "application/json"}
    assert admin.send("POST", "/departments", fields.encode(), headers).status in (400, 422)


@pytest.mark.parametrize("depth", [5_000, 200_000])
def test_deep_json_is_refused_and_nothing_breaks(admin: Client, depth: int) -> None:
    body = b'{"name":' + b"[" * depth + b"]" * depth + b"}"
    assert admin.post("/departments", body).status in (400, 422)


def test_unusual_texts_are_refused_or_kept_but_never_break(admin: Client) -> None:
    for text in ("\ud800", "\x00", "a\nb", "\u202e", "𠮷野家", "'; DROP TABLE", "{{7*7}}"):
        body: Any = json.dumps(UNIT | {"name": text}).encode()
        answer = admin.post("/departments", body)
        assert answer.status in (201, 400, 422), (text, answer.text)
