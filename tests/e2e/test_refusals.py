"""What no route answers, through the gateway: the same problems and pages as everywhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from tests.e2e.stack import Stack

PAGE = {"Accept": "text/html", "Accept-Language": "zh-CN"}


@pytest.mark.parametrize("path", ["/nothing", "/visits/1/2/3"])
def test_an_unknown_path_is_a_problem_with_a_number(stack: Stack, path: str) -> None:
    answer = requests.get(stack.url + path, timeout=30)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["code"] == "not_found"
    assert answer.json()["request_id"] == answer.headers["X-Request-Id"]


@pytest.mark.parametrize(
    ("method", "path", "allow"), [("DELETE", "/visits", "GET, POST"), ("PUT", "/", "GET"), ("GET", "/session", "POST")]
)
def test_a_wrong_method_is_a_problem_that_names_the_right_ones(
    stack: Stack, method: str, path: str, allow: str
) -> None:
    answer = requests.request(method, stack.url + path, timeout=30)
    assert (answer.status_code, answer.headers["Allow"]) == (405, allow)
    assert answer.json()["code"] == "method_not_allowed"


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nothing", 404), ("DELETE", "/visits", 405)])
def test_a_browser_gets_a_page(stack: Stack, method: str, path: str, status: int) -> None:
    answer = requests.request(method, stack.url + path, headers=PAGE, timeout=30)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "text/html; charset=utf-8")
    assert answer.headers["X-Request-Id"] in answer.text


@pytest.fixture
def unreadable_notice(stack: Stack) -> Iterator[None]:
    """Somebody's list of notices holds an item that no version of the code ever wrote."""
    person = stack.person("david.li").get("/people/search?q=David")["items"][0]["id"]
    keys = {"pk": "notice#unreadable", "sk": "notice"}
    item = keys | {"kind": "notice", "created_at": "never", "index1_pk": f"inbox#{person}", "index1_sk": "9"}
    table = {"TableName": "atrium-local-notifications"}
    stack.aws("dynamodb").put_item(Item={name: {"S": value} for name, value in item.items()}, **table)
    yield
    stack.aws("dynamodb").delete_item(Key={name: {"S": value} for name, value in keys.items()}, **table)


@pytest.mark.usefixtures("unreadable_notice")
def test_a_failure_that_nobody_foresaw_is_a_problem_with_a_number(stack: Stack) -> None:
    answer = stack.person("david.li").send("GET", "/notices")
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, "application/problem+json")
    assert answer.json()["code"] == "internal_error"
    assert answer.json()["request_id"] == answer.headers["X-Request-Id"]
    page = stack.person("david.li").send("GET", "/notices", **PAGE)
    assert (page.status_code, page.headers["Content-Type"]) == (500, "text/html; charset=utf-8")
    assert page.headers["X-Request-Id"] in page.text
