"""Claims over HTTP: forms and programs claim alike, bad input is named by its field, pages show what is there."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from chalicelib.services import compliance, expenses, rates
from tests import company, desk
from tests.client import Answer
from tests.handlers.test_budgets import APPLICANT, AUDITOR, DEPARTMENT, FINANCE, MANAGER

STRANGER = company.person("stranger", name="路人", department="01ELSEWHERE000000000000000", department_path=())
BUDGET = {"department": DEPARTMENT, "period": "2026-03", "amount": "5000"}
DINNER: Mapping[str, Any] = {
    "category": "meal",
    "day": "2026-03-02",
    "amount": "900.50",
    "heads": 6,
    "place": "上海",
    "reason": "客户接待",
}


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Iterator[desk.Desk]:
    for module in (compliance, expenses, rates):
        module.forget()
    opened = desk.open_desk(monkeypatch)
    company.add_department(opened.store)
    for someone in (FINANCE, AUDITOR, MANAGER, APPLICANT, STRANGER):
        company.add_person(opened.store, someone)
    assert opened.client(FINANCE).post("/budgets", BUDGET).status == 201
    yield opened


def body(*lines: Mapping[str, Any], **facts: Any) -> dict[str, Any]:
    return {"purpose": "接待 ACME", "currency": "CNY", "lines": [dict(line) for line in lines or (DINNER,)]} | facts


def send(counter: desk.Desk, *lines: Mapping[str, Any], **facts: Any) -> Answer:
    return counter.client(APPLICANT).post("/claims", body(*lines, **facts))


def submitted(counter: desk.Desk, *lines: Mapping[str, Any], **facts: Any) -> str:
    answer = send(counter, *lines, submit=True, **facts)
    assert answer.status == 201, answer.text
    return str(answer.json["id"])


def shown(counter: desk.Desk, id: str) -> Any:
    return counter.client(APPLICANT).get(f"/claims/{id}").json


def errors(answer: Answer) -> dict[str, str]:
    assert answer.status == 422, answer.text
    return {each["path"]: each["code"] for each in answer.json["errors"]}


def task_of(counter: desk.Desk, who: Any) -> str:
    return str(counter.client(who).get("/approvals").json["items"][0]["id"])


def approve(counter: desk.Desk) -> None:
    for who in (MANAGER, FINANCE):
        answer = counter.client(who).post(f"/approvals/{task_of(counter, who)}/actions", {"action": "approve"})
        assert answer.status == 200, answer.text


def test_a_claim_is_made_shown_corrected_and_approved(counter: desk.Desk) -> None:
    id = submitted(counter)
    data = shown(counter, id)
    assert (data["claim"]["status"], data["claim"]["total"]) == ("pending", 90_050)
    assert [(each["category"], each["amount"]) for each in data["budgets"]] == [("reception", 90_050)]
    assert {each["rule"] for each in data["lines"][0]["findings"]} == {"no_invoice"}
    corrections = {"lines": [{"key": "1", "sanctioned": "800", "refusal": "标准以外"}]}
    answer = counter.client(MANAGER).post(f"/claims/{id}/corrections", corrections)
    assert answer.status == 200, answer.text
    approve(counter)
    data = shown(counter, id)
    assert (data["claim"]["status"], data["claim"]["payable"]) == ("approved", 80_000)
    assert data["payment"]["status"] == "due"
    assert "标准以外" in str(data["approval"]["trail"])


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"amount": "-1"}, {"lines.0.amount": "bad_amount"}),
        ({"amount": 0}, {"lines.0.amount": "bad_amount"}),
        ({"amount": 10**15}, {"lines.0.amount": "bad_amount"}),
        ({"amount": "1.2345", "currency": "JPY"}, {"lines.0.amount": "bad_amount"}),
        ({"amount": "many"}, {"lines.0.amount": "bad_amount"}),
        ({"currency": "XYZ"}, {"lines.0.currency": "unknown_currency"}),
        ({"currency": "EUR"}, {"lines.0.currency": "rate_missing"}),
        ({"category": "nothing"}, {"lines.0.category": "bad_choice"}),
        ({"day": "2027-01-01"}, {"lines.0.day": "claim_day_to_come"}),
        ({"day": "someday"}, {"lines.0.day": "bad_format"}),
        ({"invoice": "01NOSUCH"}, {"lines.0.invoice": "unknown_invoice"}),
        ({"tax": "1000"}, {"lines.0.tax": "bad_tax"}),
        ({"heads": -1}, {"lines.0.heads": "too_small"}),
        ({"allocations": [{"department": DEPARTMENT, "share": "101"}]}, {"lines.0.allocations.0.share": "bad_share"}),
        ({"allocations": [{"department": "NOWHERE"}]}, {"lines.0.allocations.0.department": "unknown_department"}),
        ({"surprise": "x"}, {"lines.0.surprise": "unknown_field"}),
    ],
)
def test_what_a_line_cannot_be_is_named_by_its_field(
    counter: desk.Desk, facts: dict[str, Any], expected: dict[str, str]
) -> None:
    assert errors(send(counter, DINNER | facts, submit=True)) == expected


def test_a_claim_for_nothing_linked_to_nothing_is_refused(counter: desk.Desk) -> None:
    assert errors(counter.client(APPLICANT).post("/claims", {"purpose": "x", "currency": "CNY", "lines": []}))
    link = {"kind": "visit", "document": "01NOBODYS"}
    assert errors(send(counter, links=[link])) == {"links.0.document": "not_your_document"}
    assert errors(send(counter, offsets=[{"advance": "NONE"}])) == {"offsets.0.advance": "unknown_advance"}


def test_a_draft_that_is_saved_again_keeps_its_lines(counter: desk.Desk) -> None:
    id = str(send(counter).json["id"])
    assert counter.client(APPLICANT).post(f"/claims/{id}", body(DINNER | {"amount": "50"})).status == 200
    assert [(line["key"], line["amount"]) for line in shown(counter, id)["lines"]] == [("1", 5_000)]


def test_a_browsers_form_with_shares_is_understood(counter: desk.Desk) -> None:
    form = {
        "purpose": "接待",
        "currency": "CNY",
        "lines.0.category": "meal",
        "lines.0.day": "2026-03-02",
        "lines.0.amount": "100",
        "lines.0.currency": "",
        "lines.0.heads": "2",
        "lines.0.place": "上海",
        "lines.0.allocations.0.department": DEPARTMENT,
        "lines.0.allocations.0.share": "100",
        "links.0.kind": "application",
        "links.0.document": "",
        "submit": "true",
    }
    client = counter.client(APPLICANT)
    answer = client.submit("/claims", form)
    assert answer.status == 303, answer.text
    again = client.submit("/claims", form | {"lines.0.amount": "x"})
    assert again.status == 422
    assert "lines.0.amount" in again.text


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_pages_show_a_claim_to_those_who_may_see_it(counter: desk.Desk, language: str) -> None:
    id = submitted(counter)
    for who, path in (
        (APPLICANT, "/claims"),
        (APPLICANT, "/claims/new"),
        (APPLICANT, f"/claims/new?copy_of={id}"),
        (APPLICANT, f"/claims/{id}"),
        (FINANCE, f"/claims/{id}"),
        (AUDITOR, "/claims?department=all&month=2026-03"),
        (MANAGER, f"/approvals/{task_of(counter, MANAGER)}"),
    ):
        answer = counter.client(who).page(path + ("&" if "?" in path else "?") + f"lang={language}")
        assert answer.status == 200, (path, answer.text)
    assert counter.client(STRANGER).get(f"/claims/{id}").status == 404
    assert counter.client(STRANGER).get("/claims?department=all").status == 403


def test_the_estimate_tells_what_was_found_at_which_row(counter: desk.Desk) -> None:
    half = {"currency": "CNY", "lines": [{"category": "meal", "amount": "x"}, dict(DINNER) | {"reason": ""}]}
    answer = counter.client(APPLICANT).post("/claims/estimate", half)
    assert answer.status == 200, answer.text
    assert answer.json["total"] == 90_050
    assert [(each["rule"], each["row"]) for each in answer.json["findings"]] == [("no_invoice", 1)]
    assert [(each["asked"], each["short"]) for each in answer.json["budgets"]] == [(90_050, 0)]
    nothing = counter.client(APPLICANT).post("/claims/estimate", {"lines": "?", "links": [1], "currency": "??"})
    assert (nothing.status, nothing.json["total"]) == (200, 0)


def test_a_list_is_a_file(counter: desk.Desk) -> None:
    submitted(counter)
    answer = counter.client(APPLICANT).get("/claims?format=csv&lang=en")
    rows = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig"))))
    assert rows[1][1] == "接待 ACME"


def test_finance_reverses_a_claim_and_nobody_else(counter: desk.Desk) -> None:
    id = submitted(counter)
    answer = counter.client(FINANCE).post(f"/claims/{id}/actions", {"action": "reverse", "reason": "x"})
    assert (answer.status, answer.json["code"]) == (409, "claim_illegal_move")
    approve(counter)
    assert counter.client(FINANCE).page(f"/claims/{id}?lang=en").status == 200
    assert counter.client(MANAGER).post(f"/claims/{id}/actions", {"action": "reverse"}).status == 403
