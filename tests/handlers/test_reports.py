"""Reports over HTTP: figures that lead to their expenses, files that say the same, everybody sees their part."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import openpyxl
import pypdfium2
import pytest

from chalicelib.domain.claims import Allocation, Claim, Line, Link
from chalicelib.domain.compliance import Finding
from chalicelib.domain.directory import Department
from chalicelib.domain.spend import Deciding, of_claim, of_task
from chalicelib.services import directory, spend
from chalicelib.services.spend import Counted
from tests import company, desk
from tests.handlers.test_budgets import AUDITOR, BUDGET, FINANCE, MANAGER
from tests.services.finance_exports import system

SALES = Department("01SALES", "销售部", company.HEAD_OFFICE.id, MANAGER.id, "2000", (company.HEAD_OFFICE.id, "01SALES"))
MEI = company.person("lin.mei", name="林梅", department=SALES.id, department_path=SALES.path)
EVERYTHING = "from=2026-01&to=2026-12"


def a_claim(id: str, *lines: Line, **facts: Any) -> Claim:
    known: dict[str, Any] = {"applicant": MEI.id, "applicant_name": MEI.name, "department": SALES.id}
    known |= {"department_path": SALES.path, "currency": "CNY", "purpose": "Visit", "created_at": company.NOW}
    return Claim(id, f"CL{id}", **known | {"lines": lines, "status": "paid", "submitted_at": company.NOW} | facts)


def a_line(key: str, amount: int, day: date = date(2026, 3, 2), **facts: Any) -> Line:
    shares = (Allocation(SALES.id, amount // 2), Allocation(company.HEAD_OFFICE.id, amount - amount // 2))
    known: dict[str, Any] = {"vendor": "老王饭店", "customer": "远航"} | facts
    return Line(key, known.pop("category", "meal"), day, amount, "CNY", amount, shares, **known)


def spend_some(counter: desk.Desk) -> None:
    """Two claims that are paid, one that waits for it, and a decision that took two days."""
    over = Finding("over_head", "justify", "a", {"asked": "100000", "limit": "60000", "currency": "CNY"})
    visit = Link("visit", "V1", "10000001")
    claims = (
        a_claim("1", a_line("a", 100_000), a_line("b", 3_001, date(2026, 2, 7)), findings=(over,), links=(visit,)),
        a_claim("2", a_line("a", 100_000, date(2026, 3, 4))),
        a_claim("3", a_line("a", 5_000, category="local_transport"), status="approved"),
    )
    task = Deciding("T", "claim", "manager", MANAGER.id, "approved", counter.now - timedelta(days=2), counter.now)
    changes = [Counted(claim.id, claim.id, (), of_claim(claim)) for claim in claims]
    spend.count(system(counter.store, counter.now), [*changes, Counted("T", "T", (), of_task(task))])


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Iterator[desk.Desk]:
    directory.forget()
    opened = desk.open_desk(monkeypatch)
    company.add_department(opened.store)
    company.add_department(opened.store, SALES)
    for someone in (FINANCE, AUDITOR, MANAGER, MEI):
        company.add_person(opened.store, someone)
    spend_some(opened)
    yield opened
    directory.forget()


def report(counter: desk.Desk, query: str = "", who: Any = FINANCE) -> Any:
    return counter.client(who).get(f"/reports?{EVERYTHING}&{query}").json


def test_the_company_s_spending_by_department(counter: desk.Desk) -> None:
    found = report(counter)
    names = ("spent", "awaiting", "excess", "lines")
    assert [found["totals"]["CNY"][name] for name in names] == [203_001, 5_000, 40_000, 4]
    rows = {row["name"]: row["spent"] for row in found["items"]}
    assert rows == {"销售部": 101_500, "总部": 101_501}
    assert sum(found["months"]["sums"]["CNY"]["spent"]) == 203_001
    assert found["months"]["sums"]["CNY"]["spent"][1:3] == [3_001, 200_000]


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("category", {"Meals": 203_001, "Local transport": 0}),
        ("person", {"林梅": 203_001}),
        ("customer", {"远航": 203_001}),
        ("project", {}),
        ("visit", {"10000001": 103_001}),
    ],
)
def test_by_whatever_one_asks_for(counter: desk.Desk, by: str, names: dict[str, int]) -> None:
    found = counter.client(FINANCE).get(f"/reports?{EVERYTHING}&by={by}&lang=en").json
    assert {row["name"]: row.get("spent", 0) for row in found["items"]} == names
    assert sum(row.get("spent", 0) for row in found["items"]) == sum(names.values())


def test_every_row_leads_to_its_expenses(counter: desk.Desk) -> None:
    program = counter.client(FINANCE)
    for by in ("category", "person", "customer"):
        for row in report(counter, f"by={by}")["items"]:
            query = f"{EVERYTHING}&by={by}&of={row['key']}&currency=CNY"
            found = program.get(f"/reports/expenses?{query}").json["items"]
            assert sum(each["amount"] for each in found) == row.get("spent", 0) + row.get("awaiting", 0)


def test_a_file_has_the_rows_of_the_page(counter: desk.Desk) -> None:
    answer = counter.client(FINANCE).get(f"/reports?{EVERYTHING}&by=department&format=xlsx")
    sheet: Any = openpyxl.load_workbook(io.BytesIO(answer.body)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert {(row[0], row[1], row[2]) for row in rows[1:]} == {("总部", "CNY", 1015.01), ("销售部", "CNY", 1015)}
    answer = counter.client(FINANCE).get(f"/reports/expenses?{EVERYTHING}&format=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.body)).active
    assert sheet.max_row == 5


def test_a_head_sees_their_departments_and_nobody_else_s(counter: desk.Desk) -> None:
    found = report(counter, who=MANAGER)
    assert (found["totals"]["CNY"]["spent"], found["sees_all"]) == (101_500, False)
    assert [each["name"] for each in found["choices"]] == ["销售部"]
    client = counter.client(MANAGER)
    assert client.get(f"/reports?department={company.HEAD_OFFICE.id}").status == 403
    assert client.get("/reports?view=approvals").status == 403
    assert counter.client(MEI).get("/reports").status == 403
    assert counter.client(MEI).get("/reports/expenses").status == 403
    assert report(counter, who=AUDITOR)["sees_all"] is True


def test_a_department_is_shown_with_all_below_it(counter: desk.Desk) -> None:
    found = report(counter, f"department={company.HEAD_OFFICE.id}")
    assert found["totals"]["CNY"]["spent"] == 203_001
    assert {row["name"] for row in found["items"]} == {"销售部", "总部"}
    assert report(counter, f"department={SALES.id}")["totals"]["CNY"]["spent"] == 101_500


def test_what_deserves_a_second_look_names_its_reason_and_rows(counter: desk.Desk) -> None:
    found = {each["rule"]: each for each in report(counter, "view=second_look&lang=en")["items"]}
    assert set(found) == {"same_sum", "rest_day_meal"}
    assert {row["number"] for row in found["same_sum"]["rows"]} == {"CL1", "CL2"}
    assert "1,000.00 CNY" in found["same_sum"]["reason"] and "老王饭店" in found["same_sum"]["reason"]


def test_what_was_above_its_standard_the_most_first(counter: desk.Desk) -> None:
    (row,) = report(counter, "view=excess")["items"]
    assert (row["number"], row["excess"], row["name"]) == ("CL1", 40_000, "林梅")


def test_how_long_decisions_took(counter: desk.Desk) -> None:
    found = report(counter, "view=approvals&lang=en")
    (step,), (person,) = found["items"], found["people"]
    assert (step["decided"], step["average"], step["within_day"], step["within_three"]) == (1, 2 * 24 * 60, 0, 1)
    assert (step["name"].endswith("Line manager"), person["name"]) == (True, "陈经理")


def test_how_far_budgets_are_used(counter: desk.Desk) -> None:
    counter.client(FINANCE).post("/budgets", BUDGET)
    counter.client(FINANCE).post("/budgets", BUDGET | {"period": "2026"})
    counter.client(FINANCE).post("/budgets", BUDGET | {"period": "2027"})
    (row,) = report(counter, "view=budgets")["items"]
    assert (row["category"], row["allotted"], row["share"]) == ("reception", 200_000, 0)


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("from=2026-13", "from"),
        ("from=2026-05&to=2026-04", "to"),
        ("from=2024-01&to=2026-04", "to"),
        ("by=everything", "by"),
        ("view=all", "view"),
    ],
)
def test_bad_input_is_named(counter: desk.Desk, query: str, path: str) -> None:
    answer = counter.client(FINANCE).get(f"/reports?{query}")
    assert (answer.status, [each["path"] for each in answer.json["errors"]]) == (422, [path])


def test_what_is_reversed_is_gone_from_the_report(counter: desk.Desk) -> None:
    claim = a_claim("2", a_line("a", 100_000, date(2026, 3, 4)))
    back = Counted("2-back", "2", of_claim(claim), of_claim(replace(claim, status="reversed")))
    spend.count(system(counter.store, counter.now), [back])
    assert report(counter)["totals"]["CNY"]["spent"] == 103_001


MONTH = "/reports/month.pdf?month=2026-03"


def read(answer: Any) -> list[str]:
    """What another program reads on the pages."""
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf"), answer.text
    document = pypdfium2.PdfDocument(answer.body)
    return [page.get_textpage().get_text_bounded() for page in document]


def test_a_month_as_pdf_says_what_the_pages_say(counter: desk.Desk) -> None:
    counter.client(FINANCE).post("/budgets", BUDGET)
    text = "\n".join(read(counter.client(FINANCE).get(MONTH)))
    for told in (
        "2026年3月支出报告",
        "2,000.00 CNY",
        "50.00 CNY",
        "销售部",
        "林梅",
        "远航",
        "400.00 CNY",
        "CL1",
        "老王饭店",
    ):
        assert told in text, told
    text = "\n".join(read(counter.client(FINANCE).get(f"{MONTH}&lang=en")))
    assert "Spending in March 2026" in text and "Worth a second look" in text and "Meals" in text


def test_the_month_of_a_department_is_for_its_head(counter: desk.Desk) -> None:
    answer = counter.client(MANAGER).get(f"{MONTH}&department={SALES.id}")
    assert "1,000.00 CNY" in "\n".join(read(answer))
    assert "%E9%94%80%E5%94%AE%E9%83%A8" in answer.headers["content-disposition"]
    assert counter.client(MANAGER).get(f"{MONTH}&department={company.HEAD_OFFICE.id}").status == 403
    assert counter.client(MEI).get(MONTH).status == 403


def test_what_people_typed_stays_text_in_a_pdf(counter: desk.Desk) -> None:
    typed = "<b>A&B</b> <font size=40>龘𠮷</font>"
    claim = a_claim("9", a_line("a", 100, customer=typed))
    spend.count(system(counter.store, counter.now), [Counted("9", "9", (), of_claim(claim))])
    assert "<b>A&B</b>" in "".join(read(counter.client(FINANCE).get(MONTH))).replace("\r\n", "")


def test_a_month_without_spending_says_so(counter: desk.Desk) -> None:
    assert "本月没有支出。" in read(counter.client(FINANCE).get("/reports/month.pdf?month=2020-01"))[0]
    assert counter.client(FINANCE).get("/reports/month.pdf?month=2020-13").status == 422
    assert counter.client(FINANCE).get("/reports/month.pdf?month=2020-01&department=01NOBODY").status == 404
