"""Finance's export over HTTP: asking, how far it is, files; what is refused says why."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import company, desk
from tests.handlers.test_budgets import AUDITOR, BUDGET, FINANCE, MANAGER
from tests.services.finance_exports import FinanceBucket, finish


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Iterator[desk.Desk]:
    opened = desk.open_desk(monkeypatch)
    company.add_department(opened.store)
    for someone in (FINANCE, AUDITOR, MANAGER):
        company.add_person(opened.store, someone)
    opened.client(FINANCE).post("/budgets", BUDGET)
    yield opened


def made(counter: desk.Desk) -> str:
    id = str(counter.client(FINANCE).post("/finance-exports", {}).json["id"])
    finish(counter.store, FinanceBucket(), id, counter.now)
    return id


def test_finance_asks_and_sees_how_far_it_is(counter: desk.Desk) -> None:
    program = counter.client(FINANCE)
    answer = program.post("/finance-exports", {})
    assert (answer.status, answer.json["status"]) == (201, "running")
    (run,) = program.get("/finance-exports").json["items"]
    assert (run["phase"], run["by"], run["rows"], run["current"]) == ("reading", "钱会", 0, False)
    finish(counter.store, FinanceBucket(), answer.json["id"], counter.now)
    shown = program.get(answer.json["location"]).json
    assert (shown["run"]["status"], shown["run"]["phase"], shown["run"]["current"]) == ("done", None, True)
    (lines,) = (each for each in shown["files"] if each["kind"] == "budget_lines")
    assert (lines["rows"], lines["totals"]["CNY"]["allotted"]) == (1, 100_000)
    assert shown["run"]["manifest"].endswith(f"/exports/{shown['run']['day']}/manifest.json")


def test_a_repeated_request_is_one_run(counter: desk.Desk) -> None:
    program = counter.client(FINANCE)
    first, second = (program.post("/finance-exports", {}, key="k") for _ in range(2))
    assert (first.json["id"], second.status) == (second.json["id"], 201)
    again = program.post("/finance-exports", {}, key="other")
    assert (again.status, again.json["code"], again.json["state"]) == (409, "finance_export_running", "running")


def test_a_file_is_an_address_and_a_replaced_one_is_none(counter: desk.Desk) -> None:
    program, first = counter.client(AUDITOR), made(counter)
    answer = program.get(f"/finance-exports/{first}/budget_lines")
    assert (answer.status, f"/{first}/budget_lines.csv.gz" in answer.headers["location"]) == (303, True)
    made(counter)
    answer = program.get(f"/finance-exports/{first}/budget_lines")
    assert (answer.status, answer.json["code"]) == (409, "finance_export_no_file")
    assert program.get("/finance-exports/nothing").status == 404
    assert program.get(f"/finance-exports/{made(counter)}/nothing").status == 404


def test_whoever_is_not_of_finance_sees_nothing_and_an_auditor_only_looks(counter: desk.Desk) -> None:
    assert counter.client(MANAGER).get("/finance-exports").status == 403
    assert counter.client(MANAGER).post("/finance-exports", {}).status == 403
    assert counter.client(AUDITOR).get("/finance-exports").json["may_export"] is False
    assert counter.client(AUDITOR).post("/finance-exports", {}).status == 403


def test_an_unknown_field_is_named(counter: desk.Desk) -> None:
    answer = counter.client(FINANCE).post("/finance-exports", {"day": "2020-01-01"})
    assert (answer.status, [each["path"] for each in answer.json["errors"]]) == (422, ["day"])
