"""What finance keeps and what is asked of budgets over HTTP: forms as browsers send them, refusals by their field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests import company, desk
from tests.client import PAGE
from tests.handlers.test_budgets import BUDGET, FINANCE, MANAGER

HEAD = company.person(
    "head", manager=MANAGER.id, roles=frozenset({"employee", "finance"}), second_factor_since=company.LONG_AGO
)
GROUP = {"key": "guests", "title": {"zh": "招待费", "en": "Entertainment"}, "categories": ["reception"]}


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Iterator[desk.Desk]:
    opened = desk.open_desk(monkeypatch)
    company.add_department(opened.store)
    for someone in (FINANCE, MANAGER, HEAD):
        company.add_person(opened.store, someone)
    yield opened


def codes(answer: Any) -> list[tuple[str, str]]:
    return [(each["path"], each["code"]) for each in answer.json["errors"]]


def test_boxes_of_a_form_are_what_a_program_lists(counter: desk.Desk) -> None:
    browser = counter.client(FINANCE)
    fields = {"key": "taxi", "title.zh": "出租车", "title.en": "Taxi", "budget": "travel", "asks.route": "true"}
    assert browser.submit("/expense-categories", fields).status == 303
    made = counter.client(FINANCE).get("/expense-categories/taxi").json["category"]
    assert (made["asks"], made["budget"], made["active"], made["version"]) == (["route"], "travel", True, 1)
    rows = {"groups.0.key": "guests", "groups.0.title.zh": "招待费", "groups.0.title.en": "Entertainment"}
    rows |= {"groups.0.categories.reception": "true", "groups.0.categories.marketing": "true", "version": "0"}
    assert browser.submit("/budgets/groups", rows).status == 303
    (group,) = counter.client(FINANCE).get("/budgets/groups").json["groups"]
    assert group["categories"] == ["reception", "marketing"]


@pytest.mark.parametrize(
    ("path", "body", "fault"),
    [
        ("/expense-categories", {"key": "taxi", "asks": ["moon"]}, ("asks.0", "bad_choice")),
        ("/expense-categories", {"key": "taxi", "asks": "route"}, ("asks", "bad_format")),
        ("/expense-categories", {"key": "taxi", "budget": "gold"}, ("budget", "bad_choice")),
        (
            "/budgets/groups",
            {"groups": [GROUP, GROUP | {"key": "two"}]},
            ("groups.1.categories", "category_in_two_groups"),
        ),
        ("/rates", {"day": "2026-03-02", "currency": "XXZ", "value": "7"}, ("currency", "unknown_currency")),
        ("/rates", {"day": "2026-02-30", "currency": "USD", "value": "7"}, ("day", "bad_format")),
        ("/rates", {"day": "2026-03-02", "currency": "CNY", "value": "7"}, ("base", "same_currency")),
        ("/rates", {"day": "9999-12-31", "currency": "USD", "value": "7"}, ("day", "rate_to_come")),
        ("/budgets", BUDGET | {"category": "group:none"}, ("category", "unknown_group")),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(
    counter: desk.Desk, path: str, body: dict[str, Any], fault: tuple[str, str]
) -> None:
    answer = counter.client(FINANCE).post(path, body)
    assert answer.status == 422, answer.text
    assert fault in codes(answer)


@pytest.mark.parametrize("path", ["/rates/import", "/budgets/import"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x00", b"<a>", b"\xff" * 100])
def test_a_file_that_is_not_what_it_should_be_never_breaks_anything(
    counter: desk.Desk, path: str, content: bytes
) -> None:
    answer = counter.client(FINANCE).send("POST", path, content, {"Content-Type": "application/octet-stream"})
    assert answer.status in (200, 422), answer.text
    assert answer.status == 422 or answer.json["wrong"]


def test_only_those_who_may_ask_are_offered_to_and_others_still_see_their_list(counter: desk.Desk) -> None:
    for person, offered in ((HEAD, True), (MANAGER, False)):
        page = counter.client(person).send("GET", "/budget-changes", headers={"Accept": PAGE})
        assert page.status == 200
        assert ("/budget-changes/new" in page.text) is offered


def test_a_file_that_is_too_large_is_refused(counter: desk.Desk) -> None:
    answer = counter.client(FINANCE).send("POST", "/rates/import", b"x" * (5 * 1024 * 1024), {})
    assert answer.status == 413


def test_the_days_of_rates_are_looked_through(counter: desk.Desk) -> None:
    program = counter.client(FINANCE)
    program.post("/rates/import", b"Date,USD,CNY\n2026-02-27,1.08,7.83\n")
    found = program.get("/rates?day=2026-03-01&base=CNY").json
    assert [(each["currency"], each["value"], each["day"]) for each in found["items"]] == [
        ("EUR", "7.83", "2026-02-27"),
        ("USD", "7.25", "2026-02-27"),
    ]
    assert program.get("/rates?day=1990-01-01").status == 422
    assert program.get("/rates?day=1999-01-01").json["items"] == []


def test_an_approver_whose_decision_the_line_refuses_reads_why_and_keeps_what_they_typed(counter: desk.Desk) -> None:
    program = counter.client(FINANCE)
    line = program.post("/budgets", BUDGET).json["id"]
    travel = program.post("/budgets", BUDGET | {"category": "travel", "amount": "100"}).json["id"]
    wish = {"what": "transfer", "line": line, "source": travel, "amount": "80", "reason": "展会", "submit": True}
    change = counter.client(HEAD).post("/budget-changes", wish).json
    assert change["status"] == "pending"
    program.post(f"/budgets/{travel}/actions", {"action": "adjust", "amount": "-50", "reason": "Cut"})
    approval = f"/approvals/budget_change-{change['id']}"
    said = {"action": "approve", "comment": "好的"}
    assert counter.client(MANAGER).post(f"{approval}/actions", said).json["status"] == "pending"
    page = counter.client(FINANCE).submit(f"{approval}/actions", said)
    assert page.status == 409
    assert "50.00 CNY" in page.text and "80.00 CNY" in page.text and "好的" in page.text
    assert counter.client(HEAD).get(f"/budget-changes/{change['id']}").json["change"]["status"] == "pending"
    program.post(f"/budgets/{travel}/actions", {"action": "adjust", "amount": "50", "reason": "Back"})
    assert counter.client(FINANCE).post(f"{approval}/actions", said).status == 200
    account = program.get(f"/budgets/{line}").json
    assert account["movements"][0]["number"] == change["number"]
    shown = program.send("GET", f"/budgets/{line}", headers={"Accept": PAGE}).text
    assert f"/budget-changes/{change['id']}" in shown
