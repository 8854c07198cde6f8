"""Advances over HTTP: asked for, decided, paid, returned; refusals name what there is, lists say who owes what."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest

from chalicelib.domain.advances import Advance
from chalicelib.models.advances import AdvanceItem
from chalicelib.services import advances
from chalicelib.services.call import Call
from tests import company, desk
from tests.advances import payment
from tests.client import Client
from tests.handlers.test_budgets import AUDITOR, BUDGET, FINANCE
from tests.services.conftest import new_id

MANAGER = company.person("manager", name="陈经理")
APPLICANT = company.person("applicant", manager=MANAGER.id)
STRANGER = company.person("stranger")
ADVANCE = {"purpose": "客户接待", "amount": "300", "due": "2026-03-20", "submit": True}


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Iterator[desk.Desk]:
    opened = desk.open_desk(monkeypatch)
    company.add_department(opened.store)
    for someone in (FINANCE, AUDITOR, MANAGER, APPLICANT, STRANGER):
        company.add_person(opened.store, someone)
    yield opened


def finance(counter: desk.Desk) -> Client:
    return counter.client(FINANCE)


def ask(counter: desk.Desk, **facts: Any) -> str:
    answer = counter.client(APPLICANT).post("/advances", ADVANCE | facts)
    assert answer.status == 201, answer.text
    return str(answer.json["id"])


def approve(counter: desk.Desk, id: str) -> None:
    for person in (MANAGER, FINANCE):
        answer = counter.client(person).post(f"/approvals/advance-{id}/actions", {"action": "approve"})
        assert answer.status == 200, answer.text


def pay(counter: desk.Desk, id: str) -> None:
    """The payment is made: what the area of payments does in its own transaction."""
    payment(Call(counter.store, company.NOW, new_id, None, "system:payments"), id)


def given(counter: desk.Desk, **facts: Any) -> str:
    id = ask(counter, **facts)
    approve(counter, id)
    pay(counter, id)
    return id


def account(counter: desk.Desk, id: str, action: str, **facts: Any) -> Any:
    return finance(counter).post(f"/advances/{id}/account", {"action": action} | facts)


def shown(counter: desk.Desk, id: str) -> Any:
    return counter.client(APPLICANT).get(f"/advances/{id}").json


def test_an_advance_is_asked_for_decided_paid_and_returned(counter: desk.Desk) -> None:
    id = given(counter)
    seen = shown(counter, id)
    assert (seen["advance"]["status"], seen["advance"]["outstanding"], seen["advance"]["number"][:2]) == (
        "open",
        30_000,
        "AD",
    )
    assert [(each["what"], each["amount"]) for each in seen["movements"]] == [("pay", 30_000)]
    answer = account(counter, id, "return", amount="120.50", method="cash")
    assert answer.status == 200
    assert answer.json["receipt"].startswith("RC")
    assert account(counter, id, "schedule", amount="100", month="2026-04").status == 200
    (deduction,) = shown(counter, id)["advance"]["deductions"]
    assert account(counter, id, "deduct", deduction=deduction["id"]).status == 200
    assert account(counter, id, "return", amount="79.50").json["status"] == "settled"


def test_a_payment_is_made_by_somebody_of_finance_who_did_not_approve_it(counter: desk.Desk) -> None:
    other = company.person("cashier", roles=FINANCE.roles, second_factor_since=company.LONG_AGO)
    company.add_person(counter.store, other)
    id = ask(counter)
    approve(counter, id)
    path, body = f"/payments/advance-{id}-1/actions", {"action": "paid", "reference": "B-77"}
    assert finance(counter).post(path, body).json["code"] == "payment_not_yours"
    assert shown(counter, id)["advance"]["paid"] == 0
    assert counter.client(other).post(path, body).status == 200
    seen = shown(counter, id)
    assert (seen["advance"]["status"], seen["advance"]["outstanding"]) == ("open", 30_000)
    assert [(each["what"], each["number"]) for each in seen["movements"]] == [("pay", "B-77")]


def test_my_list_says_what_i_owe(counter: desk.Desk) -> None:
    given(counter)
    ask(counter, submit=False)
    mine = counter.client(APPLICANT).get("/advances").json
    assert [each["status"] for each in mine["items"]] == ["draft", "open"]
    assert mine["owed"] == [{"currency": "CNY", "amount": 30_000, "due": "2026-03-20"}]
    theirs = finance(counter).get(f"/advances?person={APPLICANT.id}").json
    assert theirs["whose"] == APPLICANT.name
    assert counter.client(STRANGER).get(f"/advances?person={APPLICANT.id}").status == 403


def test_refusals_are_told_with_sums_in_the_callers_language(counter: desk.Desk) -> None:
    terms = {"limits": [{"grade": "", "currency": "CNY", "amount": "500"}]}
    assert finance(counter).post("/advances/terms", terms).status == 200
    id = given(counter)
    refused = counter.client(APPLICANT).post(
        "/advances", ADVANCE | {"amount": "200.01"}, headers={"Accept-Language": "en"}
    )
    assert (refused.status, refused.json["code"]) == (409, "advance_over_limit")
    assert "500.00 CNY" in refused.json["title"]
    over = account(counter, id, "return", amount="300.01")
    assert (over.status, over.json["errors"][0]["path"], over.json["errors"][0]["code"]) == (
        422,
        "amount",
        "advance_over_returned",
    )
    finance(counter).post("/advances/terms", terms | {"over_limit": "soft"})
    soft = counter.client(APPLICANT).post("/advances", ADVANCE | {"amount": "200.01"})
    assert (soft.status, soft.json["errors"][0]["path"]) == (422, "reason")
    flagged = ask(counter, amount="200.01", reason="客户多")
    page = counter.client(MANAGER).get(f"/approvals/advance-{flagged}")
    assert page.json["advance"]["excesses"][0]["rule"] == "limit"


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ({"amount": "0"}, "amount"),
        ({"amount": "-3"}, "amount"),
        ({"amount": "1000000000000000"}, "amount"),
        ({"amount": "1.5", "currency": "JPY"}, "amount"),
        ({"amount": "1", "currency": "XXQ"}, "currency"),
        ({"due": "2020-01-01"}, "due"),
        ({"due": "soon"}, "due"),
        ({"purpose": ""}, "purpose"),
        ({"visit": "01KJPX9W3TZ4QZ6T1N7V0F2B5W"}, "visit"),
    ],
)
def test_bad_input_is_named(counter: desk.Desk, facts: dict[str, str], path: str) -> None:
    answer = counter.client(APPLICANT).post("/advances", ADVANCE | facts)
    assert answer.status == 422, answer.text
    assert path in {each["path"] for each in answer.json["errors"]}


def test_rules_have_versions_and_are_checked(counter: desk.Desk) -> None:
    assert finance(counter).get("/advances/terms").json["version"] == 0
    rules = {"limits": [{"grade": "P7", "currency": "CNY", "amount": "1000"}], "days": 14, "overdue": "none"}
    assert finance(counter).post("/advances/terms", rules).json["version"] == 1
    seen = finance(counter).get("/advances/terms").json
    assert (seen["terms"]["days"], seen["terms"]["limits"][0]["amount"]) == (14, 100_000)
    twice = finance(counter).post("/advances/terms", {"limits": rules["limits"] * 2})  # type: ignore[operator]
    assert twice.json["errors"][0]["path"] == "limits.1.grade"
    for person in (APPLICANT, AUDITOR):
        assert counter.client(person).get("/advances/terms").status == 403


def test_the_ageing_report_is_a_page_and_a_file(counter: desk.Desk) -> None:
    given(counter)
    found = finance(counter).get("/advances/ageing").json
    assert [(each["person"], each["buckets"], each["total"]) for each in found["items"]] == [
        (APPLICANT.id, [30_000, 0, 0, 0], 30_000)
    ]
    csv = finance(counter).get("/advances/ageing?format=csv")
    assert "300.00" in csv.text
    sheet = openpyxl.load_workbook(io.BytesIO(finance(counter).get("/advances/ageing?format=xlsx").body)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]  # type: ignore[union-attr]
    assert rows[1][1:4] == [APPLICANT.name, "CNY", 300]
    assert counter.client(AUDITOR).get("/advances/ageing").status == 200
    assert counter.client(APPLICANT).get("/advances/ageing").status == 403


def test_the_page_of_budgets_has_what_a_departments_people_owe(counter: desk.Desk) -> None:
    id = given(counter)
    (item,) = counter.store.get(AdvanceItem.at(id))
    advances.count(
        Call(counter.store, company.NOW, new_id, None, "x"), [advances.Counted("e1", None, item.to(Advance))]
    )
    assert finance(counter).post("/budgets", BUDGET).status == 201
    (row,) = finance(counter).get("/budgets?period=2026-03").json["departments"]
    assert (row["id"], row["outstanding"]) == (company.HEAD_OFFICE.id, 30_000)


def test_approvers_see_the_sum_in_their_inbox(counter: desk.Desk) -> None:
    ask(counter)
    (row,) = counter.client(MANAGER).get("/approvals").json["items"]
    assert row["facts"]["summary"] == "300.00 CNY"


def test_a_form_that_is_refused_comes_back_with_what_was_typed(counter: desk.Desk) -> None:
    browser = counter.client(APPLICANT)
    answer = browser.submit("/advances", {**ADVANCE, "amount": "zzz", "submit": "true"})
    assert answer.status == 422
    assert "zzz" in answer.text
    assert "客户接待" in answer.text


def test_a_repeated_command_counts_once(counter: desk.Desk) -> None:
    id = given(counter)
    body = {"action": "return", "amount": "10"}
    first, again = (finance(counter).post(f"/advances/{id}/account", body, key="same-key-1") for _ in range(2))
    assert first.json == again.json
    assert shown(counter, id)["advance"]["returned"] == 1_000


def test_what_somebody_who_leaves_still_owes_is_listed_with_what_they_hand_over(counter: desk.Desk) -> None:
    owed = given(counter)
    settled = given(counter)
    account(counter, settled, "return", amount=shown(counter, settled)["advance"]["outstanding"], method="cash")
    assert shown(counter, settled)["advance"]["status"] == "settled"
    roles = frozenset({"employee", "administrator"})
    boss = company.person("boss", roles=roles, second_factor_since=company.LONG_AGO)
    admin = counter.client(company.add_person(counter.store, boss))
    found = admin.get(f"/people/{APPLICANT.id}/owned").json["spending"]
    assert [(each["kind"], each["path"], each["status"]) for each in found] == [
        ("advance", f"/advances/{owed}", "open")
    ]
    page = admin.page(f"/people/{APPLICANT.id}/owned")
    assert (page.status, f'href="/advances/{owed}"' in page.text) == (200, True), page.text
