"""Budgets over HTTP: pages and programs move the same money, refusals name what there is, everybody sees their part."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.directory import Person
from chalicelib.domain.visits import Visit
from chalicelib.models.visits import VisitItem
from chalicelib.services import closing
from chalicelib.services.call import Call
from tests import company, desk
from tests.client import Client
from tests.services.conftest import new_id

FINANCE = company.person(
    "finance", name="钱会", roles=frozenset({"employee", "finance"}), second_factor_since=company.LONG_AGO
)
AUDITOR = company.person("auditor", roles=frozenset({"employee", "auditor"}), second_factor_since=company.LONG_AGO)
MANAGER = company.person("manager", name="陈经理")
APPLICANT = company.person("applicant", manager=MANAGER.id)
DEPARTMENT = company.HEAD_OFFICE.id
BUDGET = {"department": DEPARTMENT, "period": "2026-03", "amount": "1000"}
YEAR = {"department": DEPARTMENT, "year": "2026", "total": "1200", "category": "travel"}
DINNER = {"type": "meal", "day": "2026-03-04", "meal": "dinner", "guests": 4, "hosts": 2, "price": "150"}
VISIT = {
    "site": "hq",
    "starts": "2026-03-04T10:00",
    "ends": "2026-03-04T16:00",
    "purpose": "Talks",
    "visitors": [{"name": "王芳", "phone": "13912345678"}],
    "items": [DINNER],
    "submit": True,
}


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Iterator[desk.Desk]:
    opened = desk.open_desk(monkeypatch)
    company.add_department(opened.store)
    for someone in (FINANCE, AUDITOR, MANAGER, APPLICANT):
        company.add_person(opened.store, someone)
    yield opened


def finance(counter: desk.Desk) -> Client:
    return counter.client(FINANCE)


def make(counter: desk.Desk, **facts: Any) -> str:
    answer = finance(counter).post("/budgets", BUDGET | facts)
    assert answer.status == 201, answer.text
    return str(answer.json["id"])


def act(counter: desk.Desk, id: str, action: str, **facts: Any) -> Any:
    return finance(counter).post(f"/budgets/{id}/actions", {"action": action} | facts)


def shown(counter: desk.Desk, id: str) -> Any:
    return finance(counter).get(f"/budgets/{id}").json


def test_a_budget_is_made_listed_and_shown_in_minor_units(counter: desk.Desk) -> None:
    id = make(counter)
    listed = finance(counter).get("/budgets?period=2026-03").json
    assert [(each["id"], each["available"], each["department_name"]) for each in listed["items"]] == [
        (id, 100_000, "总部")
    ]
    assert listed["totals"]["CNY"]["allotted"] == 100_000
    data = shown(counter, id)
    assert [(each["what"], each["amount"], each["by_name"]) for each in data["movements"]] == [
        ("allot", 100_000, "钱会")
    ]
    again = finance(counter).post("/budgets", BUDGET)
    assert (again.status, again.json["code"]) == (409, "budget_exists")


def test_finance_moves_money_and_every_movement_stands_in_the_account(counter: desk.Desk) -> None:
    id, other = make(counter, carries=True, borrows=True), make(counter, period="2026-04")
    assert act(counter, id, "adjust", amount="-100", reason="Cut").status == 200
    assert act(counter, id, "transfer", amount="200", to=other, reason="Fair").status == 200
    assert act(counter, id, "borrow", amount="50", reason="Fair").status == 200
    assert act(counter, id, "carry").status == 200
    assert act(counter, id, "terms", control="soft").status == 200
    assert act(counter, id, "close").status == 200
    data = shown(counter, id)
    assert [each["what"] for each in data["movements"]] == ["carry_out", "borrow_in", "transfer_out", "adjust", "allot"]
    assert (data["line"]["available"], data["line"]["control"], data["line"]["status"]) == (0, "soft", "closed")
    assert act(counter, other, "close_year").status == 200
    assert shown(counter, other)["line"]["status"] == "closed"


@pytest.mark.parametrize(
    ("action", "facts", "status", "code"),
    [
        ("adjust", {"amount": "-1000.01", "reason": "Cut"}, 409, "budget_overspent"),
        ("adjust", {"amount": "5"}, 422, "invalid_fields"),
        ("adjust", {"reason": "None"}, 422, "invalid_fields"),
        ("transfer", {"amount": "5", "reason": "Fair"}, 422, "invalid_fields"),
        ("borrow", {"amount": "5", "reason": "Fair"}, 422, "invalid_fields"),
        ("carry", {}, 422, "invalid_fields"),
        ("burn", {}, 422, "invalid_fields"),
    ],
)
def test_a_move_that_cannot_be_is_refused(
    counter: desk.Desk, action: str, facts: dict[str, str], status: int, code: str
) -> None:
    id = make(counter)
    answer = act(counter, id, action, **facts)
    assert (answer.status, answer.json["code"]) == (status, code)
    assert shown(counter, id)["line"]["available"] == 100_000


def test_a_year_is_split_over_its_months(counter: desk.Desk) -> None:
    answer = finance(counter).post("/budgets/years", YEAR)
    assert answer.status == 201
    items = finance(counter).get("/budgets?period=2026&category=travel").json["items"]
    assert [each["allotted"] for each in items] == [10_000] * 12
    by_hand = YEAR | {"category": "office", "method": "by_hand", "months": ["100"] * 11 + ["99"]}
    refused = finance(counter).post("/budgets/years", by_hand)
    assert [error["code"] for error in refused.json["errors"]] == ["sum_differs"]


def test_a_visit_beyond_a_hard_budget_is_told_what_there_is(counter: desk.Desk) -> None:
    make(counter, amount="899.99")
    answer = counter.client(APPLICANT).post("/visits", VISIT)
    assert (answer.status, answer.json["code"]) == (409, "budget_overspent")
    assert (answer.json["available"], answer.json["asked"]) == ("89999", "90000")
    told = counter.client(APPLICANT).post("/visits?lang=en", VISIT).json["title"]
    assert "899.99 CNY" in told
    assert "900.00 CNY" in told


def test_a_visit_beyond_a_soft_budget_gives_its_reason_and_approvers_see_it(counter: desk.Desk) -> None:
    id = make(counter, amount="500", control="soft")
    answer = counter.client(APPLICANT).post("/visits", VISIT)
    assert [(error["path"], error["code"]) for error in answer.json["errors"]] == [
        ("budget_reason", "budget_reason_needed")
    ]
    visit = counter.client(APPLICANT).post("/visits", VISIT | {"budget_reason": "Board"}).json["id"]
    seen = counter.client(MANAGER).get(f"/approvals/visit-{visit}").json["budget"]
    assert (seen["id"], seen["available"], seen["frozen"], seen["over"], seen["reason"]) == (
        id,
        -40_000,
        90_000,
        40_000,
        "Board",
    )
    page = counter.client(MANAGER).page(f"/approvals/visit-{visit}?lang=en").text
    assert "400.00 CNY above the budget." in page
    assert "Board" in page
    held = shown(counter, id)["freezes"]
    assert [(each["document"], each["held"], each["place"]) for each in held] == [(visit, 90_000, f"/visits/{visit}")]


def test_the_estimate_shows_the_budget_that_it_takes_from(counter: desk.Desk) -> None:
    estimate = VISIT | {"starts": "2026-03-04"}
    program = counter.client(APPLICANT)
    assert program.post("/visits/estimate", estimate).json["budget"] is None
    make(counter, amount="950")
    told = program.post("/visits/estimate", estimate).json["budget"]
    assert (told["available"], told["asked"], told["held"], told["short"]) == (95_000, 90_000, 0, 0)
    visit = program.post("/visits", VISIT).json["id"]
    assert program.post("/visits/estimate", estimate).json["budget"]["short"] == 85_000
    own = program.post(f"/visits/estimate?visit={visit}", estimate).json["budget"]
    assert (own["held"], own["short"]) == (90_000, 0)
    others = finance(counter).post(f"/visits/estimate?visit={visit}", estimate).json["budget"]
    assert others["held"] == 0


@pytest.mark.parametrize(
    ("who", "listed", "kept"), [(FINANCE, 200, 200), (AUDITOR, 200, 403), (MANAGER, 403, 403), (APPLICANT, 403, 403)]
)
def test_everybody_sees_their_part(counter: desk.Desk, who: Person, listed: int, kept: int) -> None:
    id = make(counter)
    program = counter.client(who)
    assert program.get("/budgets").status == listed
    assert program.get(f"/budgets/{id}").status == (200 if listed == 200 else 404)
    assert program.get("/budgets/new").status == kept


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("path", ["/budgets?period=2026-03", "/budgets/new", "/budgets/years", "/budgets/{id}"])
def test_pages_are_made_in_both_languages(counter: desk.Desk, path: str, language: str) -> None:
    id = make(counter, carries=True, borrows=True)
    make(counter, period="2026-04")
    counter.client(APPLICANT).post("/visits", VISIT)
    joint = "&" if "?" in path else "?"
    answer = finance(counter).page(path.format(id=id) + f"{joint}lang={language}")
    assert answer.status == 200
    assert {"en": "Budget", "zh-CN": "预算"}[language] in answer.text


def test_a_browser_that_was_refused_finds_what_it_typed(counter: desk.Desk) -> None:
    id = make(counter)
    answer = finance(counter).submit(f"/budgets/{id}/actions", {"action": "adjust", "amount": "-5000", "reason": "Cut"})
    assert answer.status == 409
    assert "-5000" in answer.text


def test_what_a_rule_gave_back_is_told_as_such(counter: desk.Desk) -> None:
    id = make(counter)
    visit = counter.client(APPLICANT).post("/visits", VISIT).json["id"]
    counter.client(MANAGER).post(f"/approvals/visit-{visit}/actions", {"action": "approve"})
    (item,) = counter.store.get(VisitItem.at(visit))
    later = counter.now + timedelta(days=4)
    call = Call(counter.store, later, new_id, None, "system:close", permitted=["the workflow"])
    closing.close(call, item.to(Visit))
    newest = finance(counter).get(f"/budgets/{id}?lang=en").json["movements"][0]
    assert (newest["what"], newest["amount"], newest["by_name"]) == ("release", 90_000, "Rule: closing the visit")
