"""Budget applications over HTTP: forms and programs apply alike, bad input is named by its field, lists are files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from chalicelib.domain.applications import TYPES
from infra import example_spending
from tests import company, desk
from tests.client import Answer, Client
from tests.domain.applications.examples import FILLED
from tests.handlers.test_budgets import APPLICANT, AUDITOR, DEPARTMENT, FINANCE, MANAGER
from tests.handlers.test_budgets import VISIT as VISIT_FORM

STRANGER = company.person("stranger", name="路人", department="01ELSEWHERE000000000000000", department_path=())
BUDGET = {"department": DEPARTMENT, "period": "2026-03", "amount": "1000"}
DINNER: Mapping[str, Any] = {"type": "meals", "day": "2026-03-04", "heads": 6, "price": "100"}
TRAIN: Mapping[str, Any] = {
    "type": "transport",
    "day": "2026-03-05",
    "travel": "train",
    "origin": "上海",
    "goal": "苏州",
    "heads": 4,
    "price": "50.50",
}


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Iterator[desk.Desk]:
    opened = desk.open_desk(monkeypatch)
    company.add_department(opened.store)
    for someone in (FINANCE, AUDITOR, MANAGER, APPLICANT, STRANGER):
        company.add_person(opened.store, someone)
    yield opened


def budget(counter: desk.Desk, **facts: Any) -> str:
    answer = counter.client(FINANCE).post("/budgets", BUDGET | facts)
    assert answer.status == 201, answer.text
    return str(answer.json["id"])


def body(*rows: Mapping[str, Any], **facts: Any) -> dict[str, Any]:
    return {"purpose": "客户考察", "rows": [dict(row) for row in rows or (DINNER,)]} | facts


def send(counter: desk.Desk, *rows: Mapping[str, Any], **facts: Any) -> Answer:
    return counter.client(APPLICANT).post("/applications", body(*rows, **facts))


def submitted(counter: desk.Desk, *rows: Mapping[str, Any], **facts: Any) -> str:
    answer = send(counter, *rows, submit=True, **facts)
    assert answer.status == 201, answer.text
    return str(answer.json["id"])


def shown(counter: desk.Desk, id: str) -> Any:
    return counter.client(APPLICANT).get(f"/applications/{id}").json


def errors(answer: Answer) -> dict[str, str]:
    assert answer.status == 422, answer.text
    return {each["path"]: each["code"] for each in answer.json["errors"]}


def test_an_application_of_every_type_is_made_shown_and_decided(counter: desk.Desk) -> None:
    budget(counter, amount="100000")
    rows = [{"type": type, "day": "2026-03-04", "price": "10"} | FILLED[type] for type in TYPES]
    id = submitted(counter, *rows)
    data = shown(counter, id)
    assert data["application"]["status"] == "pending"
    assert [row["type"] for row in data["rows"]] == list(TYPES)
    assert data["application"]["total"] == sum(row["converted"] for row in data["rows"])
    assert [(each["category"], each["held"]) for each in data["budgets"]] == [("reception", 20_000)]
    task = counter.client(MANAGER).get("/approvals").json["items"][0]
    page = counter.client(MANAGER).get(f"/approvals/{task['id']}").json
    assert (page["kind"], page["application"]["number"]) == ("application", data["application"]["number"])
    counter.client(MANAGER).post(f"/approvals/{task['id']}/actions", {"action": "approve"})
    assert shown(counter, id)["moves"] == ["finish", "cancel"]


def test_a_sum_is_a_text_in_the_currencys_own_unit_or_a_whole_number_of_minor_units(counter: desk.Desk) -> None:
    answer = send(counter, TRAIN, DINNER | {"price": 10_000}, DINNER | {"price": None, "amount": "88.80"})
    assert answer.json["total"] == 20_200 + 60_000 + 8_880
    assert (answer.json["currency"], answer.json["status"], answer.headers["location"][:14]) == (
        "CNY",
        "draft",
        "/applications/",
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"price": "-1"}, {"rows.0.price": "bad_amount"}),
        ({"price": 0}, {"rows.0.price": "bad_amount"}),
        ({"amount": "0.00"}, {"rows.0.amount": "bad_amount"}),
        ({"amount": 10**15}, {"rows.0.amount": "bad_amount"}),
        ({"amount": "1000000000000000"}, {"rows.0.amount": "bad_amount"}),
        ({"price": "1.5000", "currency": "JPY"}, {"rows.0.price": "bad_amount"}),
        ({"price": "1.2345"}, {"rows.0.price": "bad_amount"}),
        ({"price": "many"}, {"rows.0.price": "bad_amount"}),
        ({"price": None}, {"rows.0.price": "amount_needed"}),
        ({"currency": "XYZ"}, {"rows.0.currency": "unknown_currency"}),
        ({"currency": "XAU"}, {"rows.0.currency": "unknown_currency"}),
        ({"currency": "EUR"}, {"rows.0.currency": "rate_missing"}),
        ({"heads": -1}, {"rows.0.heads": "too_small"}),
        ({"heads": 10**15}, {"rows.0.heads": "too_large"}),
        ({"heads": None}, {"rows.0.heads": "bad_format"}),
        ({"heads": 0}, {"rows.0.heads": "required"}),
        ({"nights": 2}, {"rows.0.nights": "not_of_this_item"}),
        ({"type": "party"}, {"rows.0.type": "bad_choice"}),
        ({"day": "2026-02-30"}, {"rows.0.day": "bad_format"}),
        ({"day": "2026-03-01"}, {"rows.0.day": "in_the_past"}),
        ({"category": "caviar"}, {"rows.0.category": "category_needed"}),
        ({"note": "x\u0000y"}, {"rows.0.note": "bad_format"}),
        ({"bribe": 1}, {"rows.0.bribe": "unknown_field"}),
    ],
)
def test_bad_input_is_named_by_its_field(counter: desk.Desk, facts: dict[str, Any], expected: dict[str, str]) -> None:
    assert errors(send(counter, DINNER | facts)) == expected
    assert counter.client(APPLICANT).get("/applications").json["items"] == []


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"rows": []}, {"rows": "too_few_rows"}),
        ({"rows": [DINNER] * 31}, {"rows": "too_many_rows"}),
        ({"rows": "all"}, {"rows": "bad_format"}),
        ({"purpose": ""}, {"purpose": "required"}),
        ({"visit": "01NOBODYSVISIT"}, {"visit": "unknown_visit"}),
        ({"applicant": "P-1"}, {"applicant": "unknown_field"}),
    ],
)
def test_what_cannot_be_an_application_is_refused(
    counter: desk.Desk, facts: dict[str, Any], expected: dict[str, str]
) -> None:
    assert errors(send(counter, **facts)) == expected


def test_a_hard_budget_refuses_by_name_with_what_it_has(counter: desk.Desk) -> None:
    line = budget(counter, amount="599.99")
    for language, words in {"en": "The budget Reception 2026-03 has 599.99 CNY", "zh-CN": "“接待 2026-03”"}.items():
        answer = counter.client(APPLICANT).post(f"/applications?lang={language}", body(submit=True))
        assert (answer.status, answer.json["code"]) == (409, "application_overspent")
        assert (answer.json["line"], answer.json["available"], answer.json["asked"]) == (line, "59999", "60000")
        assert words in answer.json["title"]


def test_a_soft_budget_asks_for_the_reason_and_approvers_read_it(counter: desk.Desk) -> None:
    budget(counter, amount="500", control="soft")
    assert errors(send(counter, submit=True)) == {"budget_reason": "budget_reason_needed"}
    id = submitted(counter, budget_reason="重要客户")
    page = counter.client(MANAGER).page(f"/approvals/application-{id}?lang=en")
    assert page.status == 200
    assert "重要客户" in page.text
    assert "100.00 CNY above the budget." in page.text


def test_the_live_figures_follow_what_is_typed_and_save_nothing(counter: desk.Desk) -> None:
    line = budget(counter)
    submitted(counter, DINNER | {"price": "50"})
    typed = {"rows": [DINNER | {"price": "200"}, {"type": "lodging", "nights": "x"}, TRAIN]}
    data = counter.client(APPLICANT).post("/applications/estimate", typed).json
    assert [(each["id"], each["asked"], each["short"]) for each in data["budgets"]] == [(line, 120_000, 50_000)]
    assert {name: data["budgets"][0][name] for name in ("available", "frozen", "used")} == {
        "available": 70_000,
        "frozen": 30_000,
        "used": 0,
    }
    assert [row["converted"] for row in data["rows"]] == [120_000, None, 20_200]
    assert (data["total"], data["unlimited"]) == (140_200, 20_200)
    assert len(counter.client(APPLICANT).get("/applications").json["items"]) == 1


@pytest.mark.parametrize(
    "rows", [None, "x", [1], [{}], [{"price": "9" * 60, "currency": "€"}], [{"day": []}], [{}] * 99]
)
def test_the_live_figures_bear_whatever_is_typed(counter: desk.Desk, rows: Any) -> None:
    assert counter.client(APPLICANT).post("/applications/estimate", {"rows": rows}).status == 200


def test_a_form_is_sent_and_comes_back_with_what_was_typed(counter: desk.Desk) -> None:
    budget(counter, amount="10")
    browser = counter.client(APPLICANT)
    fields = {"purpose": "考察"} | {f"rows.0.{name}": str(value) for name, value in DINNER.items()}
    refused = browser.submit("/applications?lang=en", fields | {"submit": "true"})
    assert refused.status == 409
    assert "The budget Reception 2026-03 has 10.00 CNY available" in refused.text
    assert 'value="考察"' in refused.text
    done = browser.submit("/applications", fields)
    assert (done.status, done.headers["location"][:14]) == (303, "/applications/")


def test_a_draft_is_changed_withdrawn_and_submitted_again(counter: desk.Desk) -> None:
    budget(counter)
    id = submitted(counter)
    client = counter.client(APPLICANT)
    path = f"/applications/{id}"
    assert client.post(path, body(purpose="Other")).status == 409
    assert client.post(f"{path}/actions", {"action": "withdraw"}).json["status"] == "withdrawn"
    edit = client.page(f"{path}/edit?lang=en")
    assert edit.status == 200
    assert 'value="100.00"' in edit.text
    assert client.post(path, body(DINNER | {"heads": 7}, submit=True)).json["status"] == "pending"
    assert shown(counter, id)["budgets"][0]["held"] == 70_000
    assert client.post(f"{path}/actions", {"action": "burn"}).status == 422


def visit(counter: desk.Desk, who: Any = APPLICANT) -> str:
    answer = counter.client(who).post("/visits", dict(VISIT_FORM))
    assert answer.status == 201, answer.text
    return str(answer.json["id"])


def test_the_form_is_filled_from_a_visit_that_i_may_see_and_from_no_other(counter: desk.Desk) -> None:
    id = visit(counter)
    data = counter.client(APPLICANT).get(f"/applications/new?visit={id}").json
    assert data["values"]["purpose"] == "Talks"
    assert {name: data["values"][f"rows.0.{name}"] for name in ("type", "heads", "price", "day")} == {
        "type": "meals",
        "heads": "6",
        "price": "150.00",
        "day": "2026-03-04",
    }
    assert counter.client(STRANGER).get(f"/applications/new?visit={id}").status == 404
    assert errors(counter.client(STRANGER).post("/applications", body(visit=id))) == {"visit": "unknown_visit"}
    made = send(counter, visit=id).json["id"]
    assert shown(counter, made)["application"]["visit"] == id
    estimate = counter.client(APPLICANT).post("/applications/estimate", {"visit": id, "rows": [DINNER]})
    assert estimate.status == 200


def test_a_copy_begins_on_the_same_weekday_to_come(counter: desk.Desk) -> None:
    id = submitted(counter, DINNER | {"day": "2026-03-04", "until": "2026-03-05"})
    counter.now = counter.now.replace(day=20)
    values = counter.client(APPLICANT).get(f"/applications/{id}/copy").json["values"]
    assert (values["rows.0.day"], values["rows.0.until"], values["rows.0.price"]) == (
        "2026-03-25",
        "2026-03-26",
        "100.00",
    )
    assert counter.client(STRANGER).get(f"/applications/{id}/copy").status == 404


@pytest.mark.parametrize("who", [FINANCE, AUDITOR])
def test_finance_and_auditors_list_a_month_and_have_it_as_a_file(counter: desk.Desk, who: Any) -> None:
    submitted(counter)
    send(counter, TRAIN)
    client = counter.client(who)
    (item,) = client.get("/applications?department=all&month=2026-03").json["items"]
    assert (item["total"], item["status"]) == (60_000, "pending")
    assert client.get("/applications?department=all&month=2026-02").json["items"] == []
    file = client.get(f"/applications?department={DEPARTMENT}&month=2026-03&format=csv&lang=en")
    (row,) = csv.DictReader(io.StringIO(file.body.decode("utf-8-sig")))
    assert (row["Number"], row["Amount"], row["Currency"], row["Department"]) == (
        item["number"],
        "600.00",
        "CNY",
        "总部",
    )
    assert counter.client(APPLICANT).get("/applications?department=all").status == 403


def test_what_the_example_company_applies_for_can_be_applied_for(counter: desk.Desk) -> None:
    for example in example_spending.applications(counter.now.date()).values():
        answer = counter.client(APPLICANT).post("/applications", example)
        assert (answer.status, answer.json["status"]) == (201, "pending" if example["submit"] else "draft")


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_every_page_is_there_in_both_languages(counter: desk.Desk, locale: str) -> None:
    budget(counter)
    id = submitted(counter, DINNER, TRAIN)
    client: Client = counter.client(APPLICANT)
    for path in ("/applications", "/applications/new", f"/applications/{id}", f"/applications/{id}/copy"):
        assert client.page(f"{path}?lang={locale}").status == 200
