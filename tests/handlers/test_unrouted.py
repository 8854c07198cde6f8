"""Paths and methods without a route, and failures: a problem for programs, a page for people, by one table."""

from __future__ import annotations

import logging

import pytest

from chalicelib.handlers import callers
from tests.client import PAGE, Client

NUMBER = "11111111-2222-3333-4444-555555555555"


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize("path", ["/nothing", "/visits/1/2/3", "/static/a/b"])
def test_a_path_that_is_not_there_is_a_problem(client: Client, method: str, path: str) -> None:
    answer = client.send(method, path)
    assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json")
    assert (answer.json["code"], answer.json["status"], answer.json["request_id"]) == ("not_found", 404, NUMBER)


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("DELETE", "/visits", "GET, POST"),
        ("PUT", "/visits/01J0000000000000000000000", "GET, POST"),
        ("GET", "/gate/scans", "POST"),
        ("POST", "/people/search", "GET"),  # not those of /people/{id}
        ("POST", "/", "GET"),
        ("HEAD", "/health", "GET"),
    ],
)
def test_a_method_that_a_path_does_not_take_names_those_it_takes(
    client: Client, method: str, path: str, allow: str
) -> None:
    answer = client.send(method, path)
    assert (answer.status, answer.headers["allow"]) == (405, allow)
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.json["code"], answer.json["allow"]) == ("method_not_allowed", allow)


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nothing", 404), ("DELETE", "/visits", 405)])
@pytest.mark.parametrize(("language", "text"), [("en", "Request number: "), ("zh-CN", "请求编号：")])
def test_a_browser_gets_a_page_in_its_language(
    client: Client, method: str, path: str, status: int, language: str, text: str
) -> None:
    answer = client.send(method, path, headers={"Accept": PAGE, "Accept-Language": language})
    assert (answer.status, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert text + NUMBER in answer.text
    assert "Content-Security-Policy".lower() in answer.headers


def test_the_page_of_an_unknown_path_leads_back_under_a_stage(client: Client) -> None:
    client.stage = "api"
    answer = client.send("GET", "/nothing", headers={"Accept": PAGE})
    assert 'href="/api/"' in answer.text


@pytest.fixture
def broken(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """An application whose tables cannot be reached in a way that nobody foresaw."""

    def fail() -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(callers, "store", fail)
    client.token = "any"
    return client


def test_a_failure_says_nothing_but_its_number(broken: Client) -> None:
    answer = broken.get("/visits")
    assert (answer.status, answer.headers["content-type"]) == (500, "application/problem+json")
    assert (answer.json["code"], answer.json["request_id"]) == ("internal_error", NUMBER)
    assert b"secret" not in answer.body
    assert answer.headers["x-request-id"] == NUMBER


def test_a_failure_is_a_page_for_a_browser(broken: Client) -> None:
    answer = broken.page("/visits", headers={"Accept-Language": "en"})
    assert (answer.status, answer.headers["content-type"]) == (500, "text/html; charset=utf-8")
    assert NUMBER in answer.text
    assert "secret" not in answer.text


def test_a_failure_is_logged_under_the_number_that_the_person_is_told(
    broken: Client, caplog: pytest.LogCaptureFixture
) -> None:
    logging.getLogger("atrium").addHandler(caplog.handler)
    try:
        broken.get("/i/private-link")
        broken.get("/visits/some-id")
    finally:
        logging.getLogger("atrium").removeHandler(caplog.handler)
    assert f"request {NUMBER} failed: GET /visits/{{id}}" in caplog.messages
    assert "private-link" not in caplog.text
