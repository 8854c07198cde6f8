"""Standards over HTTP: pages and programs write the same, and wrong input is named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.domain.directory import Person
from tests import company, desk
from tests.client import Client

ADMIN = company.person(
    "admin", name="周敏", roles=frozenset({"employee", "administrator"}), second_factor_since=company.LONG_AGO
)
EMPLOYEE = company.person("employee")
LEVELS = [
    {"key": "A", "title": {"en": "Leaders", "zh": "高层来宾"}},
    {"key": "B", "title": {"en": "Guests", "zh": "一般来宾"}},
]
MEAL = {"type": "meal", "level": "A", "valid_from": "2026-01-01", "amount": "200", "hosts_least": 3}


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Iterator[desk.Desk]:
    opened = desk.open_desk(monkeypatch)
    for someone in (ADMIN, EMPLOYEE):
        company.add_person(opened.store, someone)
    yield opened


def client(counter: desk.Desk, who: Person = ADMIN) -> Client:
    return counter.client(who)


def with_levels(counter: desk.Desk) -> Client:
    program = client(counter)
    assert program.post("/standards/levels", {"levels": LEVELS}).status == 200
    return program


def make(program: Client, **facts: Any) -> Any:
    answer = program.post("/standards", MEAL | facts)
    assert answer.status == 201, answer.text
    return answer.json


def test_a_standard_is_kept_in_minor_units_of_its_sites_currency(counter: desk.Desk) -> None:
    program = with_levels(counter)
    id = make(program, site="hq", currency="EUR", amount="200.5")["id"]
    shown = program.get(f"/standards/{id}").json["standard"]
    assert (shown["amount"], shown["currency"], shown["level_name"], shown["site_name"]) == (
        20050,
        "CNY",
        "高层来宾",
        "总部",
    )


def test_a_newer_standard_takes_over_and_the_older_one_stays_to_be_seen(counter: desk.Desk) -> None:
    program = with_levels(counter)
    old = make(program)["id"]
    new = make(program, valid_from="2026-02-01", amount="250")["id"]
    page = program.get(f"/standards/{new}").json
    assert [(each["id"], each["valid_until"], each["state"]) for each in page["others"]] == [
        (old, "2026-01-31", "ended")
    ]
    assert [each["id"] for each in program.get("/standards").json["items"]] == [new]
    assert [each["id"] for each in program.get("/standards?when=all").json["items"]] == [new, old]


def test_an_overlap_is_refused_with_the_period_in_the_way(counter: desk.Desk) -> None:
    program = with_levels(counter)
    make(program, valid_until="2026-12-31")
    answer = program.post("/standards", MEAL | {"valid_from": "2026-06-01"})
    assert answer.status == 422
    (error,) = answer.json["errors"]
    assert (error["path"], error["code"]) == ("valid_from", "standard_overlaps")
    assert "2026-12-31" in error["message"]


def test_a_standard_in_force_may_end_and_nothing_else(counter: desk.Desk) -> None:
    program = with_levels(counter)
    id = make(program)["id"]
    assert program.post(f"/standards/{id}", MEAL | {"valid_until": "2026-12-31"}).status == 200
    answer = program.post(f"/standards/{id}", MEAL | {"amount": "1"})
    assert [error["code"] for error in answer.json["errors"]] == ["standard_in_force"]


@pytest.mark.parametrize(
    ("facts", "path", "code"),
    [
        ({"amount": "12.345"}, "amount", "bad_amount"),
        ({"amount": "a lot"}, "amount", "bad_amount"),
        ({"level": "Z"}, "level", "unknown_level"),
        ({"site": "mars"}, "site", "unknown_site"),
        ({"type": "circus"}, "type", "bad_choice"),
        ({"currency": "XAU"}, "currency", "unknown_currency"),
        ({"valid_from": "soon"}, "valid_from", "bad_format"),
        ({"hosts_least": 1001}, "hosts_least", "too_large"),
        ({"ratio_hosts": 1}, "ratio_guests", "required"),
        ({"surprise": 1}, "surprise", "unknown_field"),
    ],
)
def test_what_cannot_stand_is_named_by_its_field(
    counter: desk.Desk, facts: dict[str, Any], path: str, code: str
) -> None:
    answer = with_levels(counter).post("/standards", MEAL | facts)
    assert answer.status == 422
    assert [(error["path"], error["code"]) for error in answer.json["errors"]] == [(path, code)]


def test_a_level_of_which_there_are_standards_stays(counter: desk.Desk) -> None:
    program = with_levels(counter)
    make(program)
    answer = program.post("/standards/levels", {"levels": LEVELS[1:]})
    assert [error["code"] for error in answer.json["errors"]] == ["level_in_use"]


def test_of_two_who_change_levels_at_once_one_is_told(counter: desk.Desk) -> None:
    program = with_levels(counter)
    seen = program.get("/standards/levels").headers["etag"]
    make(program)
    answer = program.post("/standards/levels", {"levels": LEVELS}, headers={"If-Match": seen})
    assert answer.status == 412


def test_nobody_else_keeps_standards(counter: desk.Desk) -> None:
    assert client(counter, EMPLOYEE).get("/standards").status == 403


def test_pages_list_standards_and_lead_to_their_form(counter: desk.Desk) -> None:
    program = with_levels(counter)
    id = make(program, ratio_hosts=1, ratio_guests=3)["id"]
    page = program.page("/standards").text
    assert f"/standards/{id}" in page
    assert "200.00 CNY" in page
    assert "高层来宾" in program.page(f"/standards/{id}").text
    assert 'name="valid_until"' in program.page("/standards/new").text
    assert 'value="A"' in program.page("/standards/levels").text


def test_a_refused_form_keeps_what_was_typed(counter: desk.Desk) -> None:
    with_levels(counter)
    program = client(counter)
    typed = {"type": "lodging", "level": "B", "valid_from": "2026-05-01", "amount": "twelve", "note": "Rule 7"}
    answer = program.submit("/standards", typed)
    assert answer.status == 422
    assert 'value="twelve"' in answer.text
    assert 'value="Rule 7"' in answer.text
    assert 'value="2026-05-01"' in answer.text


def test_a_standard_that_there_is_not_is_not_found(counter: desk.Desk) -> None:
    assert with_levels(counter).get("/standards/nothing").status == 404
