"""Finance's export: everything once, sums that are the records', a switch that is one file, the same again."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib.domain import finance_exports as rules
from chalicelib.domain.budgets import CATEGORIES, FIGURES, Document
from chalicelib.domain.claims import Allocation, Claim, Line
from chalicelib.domain.directory import Department
from chalicelib.domain.errors import Forbidden, NotFound
from chalicelib.domain.finance_exports import NoFile, Running
from chalicelib.domain.payments import Payable
from chalicelib.models.claims import ClaimItem
from chalicelib.models.finance_exports import DayItem, StepItem
from chalicelib.models.notifications import NoticeItem
from chalicelib.models.payments import PayableItem
from chalicelib.models.store import create
from chalicelib.models.store import replace as replace_item
from chalicelib.services import budgets, directory, finance_exports, reports
from chalicelib.services.finance_exports import sources
from chalicelib.services.finance_exports.columns import written
from tests.company import HEAD_OFFICE, NOW, add_department
from tests.services.budgets import MONTH, allot, line, stated
from tests.services.conftest import Company
from tests.services.finance_exports import (
    FinanceBucket,
    finish,
    go_on,
    manifest,
    rows,
    run_of,
    system,
)

DAY = "2026-03-02"


@pytest.fixture
def files() -> FinanceBucket:
    return FinanceBucket()


@pytest.fixture
def books(company: Company, monkeypatch: pytest.MonkeyPatch) -> Company:
    """Lines of several currencies, with movements and freezes; the reading takes many steps."""
    monkeypatch.setattr(sources, "ITEMS", 4)
    monkeypatch.setattr(sources, "PAGE", 3)
    monkeypatch.setattr(sources, "HEADS", 2)
    for category in CATEGORIES:
        allot(company, "1000", category=category)
    yen = allot(company, "50000", currency="JPY")
    for _ in range(5):
        budgets.adjust(company.call(company.admin), yen, "-10", "=cut\nby half")
    call = company.call(company.applicant)
    call.permit_public("a document's own transaction")
    held = {allot(company, "300", "2026-04"): 120_00}
    call.commit({}, *budgets.moving(call, Document("visit", "v1", "V-1"), {}, held, ""))
    return company


def ask(company: Company) -> str:
    return str(finance_exports.ask(company.call(company.admin))["id"])


def made(company: Company, files: FinanceBucket) -> Any:
    return finish(company.store, files, ask(company), company.now)


def test_every_record_is_there_once_and_the_totals_are_the_records(books: Company, files: FinanceBucket) -> None:
    run = made(books, files)
    told = manifest(files, DAY)
    assert (run.status, told["run"], told["content_sha256"]) == ("done", run.id, run.content_sha256)
    lines = {row["id"]: row for row in rows(files, DAY, "budget_lines")}
    assert set(lines) == set(budgets.every_line(books.store)) and len(lines) == len(CATEGORIES) + 2
    for id, row in lines.items():
        kept = line(books, id)
        assert {name: int(row[name]) for name in FIGURES} == {name: getattr(kept, name) for name in FIGURES}
    sums = {each["kind"]: each["totals"] for each in told["files"]}
    assert sums["budget_lines"]["JPY"]["available"] == 50_000 - 50
    assert sums["budget_movements"] == sums["budget_lines"]
    assert sums["budget_freezes"]["CNY"]["held"] == sums["budget_lines"]["CNY"]["frozen"] == 120_00


def test_the_movements_of_a_line_are_its_account(books: Company, files: FinanceBucket) -> None:
    made(books, files)
    found = rows(files, DAY, "budget_movements")
    assert len({row["id"] for row in found}) == len(found) == len(CATEGORIES) + 1 + 5 + 2
    (frozen,) = (row for row in found if row["movement"] == "freeze")
    assert (frozen["document_number"], frozen["frozen"], frozen["available"]) == ("V-1", "12000", "-12000")


def test_a_text_is_on_one_line_and_no_formula(books: Company, files: FinanceBucket) -> None:
    made(books, files)
    reasons = {row["reason"] for row in rows(files, DAY, "budget_movements")}
    assert "'=cut by half" in reasons


def test_the_same_books_give_the_same_bytes(books: Company, files: FinanceBucket) -> None:
    first = made(books, files)
    old = {each.kind: files.kept[rules.file_key(first, each.kind)] for each in first.files}
    books.now += timedelta(hours=1)
    second = made(books, files)
    assert first.id != second.id
    assert {each.kind: files.kept[rules.file_key(second, each.kind)] for each in second.files} == old
    assert first.content_sha256 == second.content_sha256


def test_a_later_run_takes_the_place_of_the_one_before(books: Company, files: FinanceBucket) -> None:
    first = made(books, files)
    allot(books, "1", "2026-05")
    second = made(books, files)
    assert manifest(files, DAY)["run"] == second.id
    assert {key.split("/")[2] for key in files.gone} == {first.id}
    assert len(files.gone) == len(first.files)
    shown = finance_exports.runs(books.call(books.admin), None, 10).items
    assert [(each.run.id, each.current) for each in shown] == [(second.id, True), (first.id, False)]


def test_until_the_manifest_is_written_the_day_shows_the_run_before(books: Company, files: FinanceBucket) -> None:
    first = made(books, files)
    before = files.kept[f"exports/{DAY}/manifest.json"]
    allot(books, "1", "2026-05")
    second = ask(books)
    while run_of(books.store, second).status == "running":
        assert files.kept[f"exports/{DAY}/manifest.json"] == before
        assert all(files.kept[rules.file_key(first, each.kind)] for each in first.files)
        assert not files.gone
        go_on(books.store, files, second, books.now)
    assert files.kept[f"exports/{DAY}/manifest.json"] != before
    manifest(files, DAY)


def test_a_step_that_is_told_again_changes_nothing(books: Company, files: FinanceBucket) -> None:
    id = ask(books)
    for _ in range(2):
        finance_exports.go_on(system(books.store, books.now), files, id, 1)
    (step,) = books.store.all(StepItem)
    assert (step.version, len(step.parts)) == (2, 1)


def test_a_part_that_another_reader_wrote_later_is_not_taken(books: Company, files: FinanceBucket) -> None:
    """Two deliveries of one step read at different times: only what the noted one read is joined."""
    id = ask(books)
    go_on(books.store, files, id, books.now)
    go_on(books.store, files, id, books.now)
    late, kept = FinanceBucket(), dict(files.kept)
    allot(books, "7", "2026-01")
    go_on(books.store, late, id, books.now)
    files.kept = kept | {key: content for key, content in late.kept.items() if key not in kept}
    finish(books.store, files, id, books.now)
    manifest(files, DAY)


def test_one_run_of_a_day_at_a_time(books: Company, files: FinanceBucket) -> None:
    id = ask(books)
    with pytest.raises(Running):
        ask(books)
    finish(books.store, files, id, books.now)
    assert ask(books)


def test_the_night_begins_one_run_however_often_it_is_told(books: Company, files: FinanceBucket) -> None:
    night = finance_exports.nightly(system(books.store, books.now))
    assert night == "20260302-night"
    assert finance_exports.nightly(system(books.store, books.now)) == ""
    assert finish(books.store, files, night, books.now).status == "done"
    assert finance_exports.nightly(system(books.store, books.now)) == ""
    finance_exports.tell(system(books.store, books.now), night)
    assert books.store.all(NoticeItem) == []


def test_the_day_is_that_of_the_office(company: Company, files: FinanceBucket) -> None:
    company.now = company.now.replace(hour=17)
    made(company, files)
    assert manifest(files, "2026-03-03")["date"] == "2026-03-03"


def test_who_asked_is_told_once(books: Company, files: FinanceBucket) -> None:
    run = made(books, files)
    for _ in range(2):
        finance_exports.tell(system(books.store, books.now), run.id)
    (notice,) = books.store.all(NoticeItem)
    assert (notice.template, notice.path) == ("finance_export_ready", f"/finance-exports/{run.id}")


def test_what_stands_still_is_taken_up_and_at_last_given_up(books: Company, files: FinanceBucket) -> None:
    first = made(books, files)
    night = finance_exports.nightly(system(books.store, books.now))
    assert finance_exports.take_up(system(books.store, books.now)) == 0
    for _ in range(rules.ATTEMPTS + 1):
        books.now += timedelta(minutes=11)
        assert finance_exports.take_up(system(books.store, books.now)) == 1
    assert run_of(books.store, night).status == "failed"
    (day,) = books.store.all(DayItem)
    assert (day.current, day.running) == (first.id, "")
    assert manifest(files, DAY)["run"] == first.id
    directory.forget()
    finance_exports.tell(system(books.store, books.now), night)
    assert {notice.template for notice in books.store.all(NoticeItem)} <= {"finance_export_failed"}
    assert ask(books)


def test_a_run_whose_parts_are_gone_fails_and_the_day_keeps_what_it_has(books: Company, files: FinanceBucket) -> None:
    first = made(books, files)
    id = ask(books)
    while (step := books.store.get(StepItem.at(id))[0]).status == "reading":
        go_on(books.store, files, id, books.now)
    assert len(step.parts) > 3
    for key in [key for key in files.kept if key.startswith(f"parts/{id}/")]:
        del files.kept[key]
    assert finish(books.store, files, id, books.now).status == "failed"
    assert manifest(files, DAY)["run"] == first.id


def test_finance_fetches_what_the_manifest_names_and_nobody_else_does(books: Company, files: FinanceBucket) -> None:
    run = made(books, files)
    address = finance_exports.fetch(books.call(books.admin), run.id, "budget_lines", files)
    assert address.startswith(f"https://files.example/exports/{DAY}/{run.id}/budget_lines.csv.gz?60&budget_lines-{DAY}")
    with pytest.raises(NotFound):
        finance_exports.fetch(books.call(books.admin), run.id, "passwords", files)
    made(books, files)
    with pytest.raises(NoFile):
        finance_exports.fetch(books.call(books.admin), run.id, "budget_lines", files)
    for person in (books.applicant, replace(books.applicant, roles=frozenset({"employee", "approver"}))):
        with pytest.raises(Forbidden):
            finance_exports.ask(books.call(person))
        with pytest.raises(Forbidden):
            finance_exports.runs(books.call(person), None, 10)


def test_a_company_without_budgets_has_empty_files_with_their_titles(company: Company, files: FinanceBucket) -> None:
    made(company, files)
    told = manifest(files, DAY)
    assert {each["kind"]: each["rows"] for each in told["files"]}["budget_lines"] == 0
    assert [each["totals"] for each in told["files"] if each["kind"] == "budget_lines"] == [{}]


@pytest.mark.parametrize(
    ("text", "in_the_file"),
    [("=1+1", "'=1+1"), ("a\r\nb", "a  b"), ("\t=1", "'=1"), ("\u2028x", "x"), ("a\\b", "a\\b"), ("\x01", "")],
)
def test_what_a_text_becomes(text: str, in_the_file: str) -> None:
    assert written(text) == in_the_file


def test_lines_of_other_months_are_there_too(books: Company, files: FinanceBucket) -> None:
    budgets.create(books.call(books.admin), stated("2031"), "5")
    made(books, files)
    assert {row["period"] for row in rows(files, DAY, "budget_lines")} == {MONTH, "2026-04", "2031"}


def a_claim(id: str = "C1", **facts: Any) -> Claim:
    """A claim of two lines, one of them shared by two departments and corrected."""
    shares = (Allocation(HEAD_OFFICE.id, 70, "line-1"), Allocation("01OTHER", 31))
    lines = (
        Line("a", "meal", date(2026, 3, 2), 101, "CNY", 101, shares, sanctioned=51, vendor="=老王\n饭店"),
        Line("b", "taxi", date(2026, 3, 3), 900, "JPY", 4050, (Allocation(HEAD_OFFICE.id, 4050),), rate="0.045"),
    )
    known: dict[str, Any] = {"applicant": "P", "applicant_name": "林梅", "department": HEAD_OFFICE.id}
    known |= {"department_path": HEAD_OFFICE.path, "currency": "CNY", "purpose": "Visit", "lines": lines}
    known |= {"created_at": NOW, "submitted_at": NOW, "status": "approved", "round": 1, "payable": 4101}
    return Claim(id, f"CL{id}", **known | facts)


def test_claims_their_lines_and_shares_add_up(company: Company, files: FinanceBucket) -> None:
    february = NOW.replace(month=2)
    for claim in (a_claim(), a_claim("C2", submitted_at=february), a_claim("C3", submitted_at=None, status="draft")):
        company.store.write(create(ClaimItem.from_claim(claim)))
    made(company, files)
    told = {each["kind"]: each for each in manifest(files, DAY)["files"]}
    assert {kind: told[kind]["rows"] for kind in ("claims", "claim_lines", "claim_shares")} == {
        "claims": 2,
        "claim_lines": 4,
        "claim_shares": 6,
    }
    granted = told["claims"]["totals"]["CNY"]["sanctioned"]
    assert granted == 2 * (51 + 4050)
    assert told["claim_lines"]["totals"]["CNY"] == {"claimed": 2 * (101 + 4050), "granted": granted}
    assert told["claim_shares"]["totals"] == {"CNY": {"granted": granted}}
    assert rows(files, DAY, "claim_lines")[0]["vendor"] == "'=老王 饭店"


def test_a_payment_that_is_made_while_it_is_read_is_there_once(
    company: Company, files: FinanceBucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "ITEMS", 1)
    facts = {"document_kind": "claim", "document": "C1", "number": "CL1", "payee": "P", "payee_name": "林梅"}
    due = Payable("claim-C1-1", amount=4101, currency="CNY", created_at=NOW, **facts)
    company.store.write(create(PayableItem.from_payable(due)))
    id = ask(company)
    while not any(b"claim-C1-1" in gzip.decompress(part) for part in parts_of(files, id)):
        assert go_on(company.store, files, id, company.now)
    paid = replace(due, status="paid", paid_at=NOW, version=2)
    company.store.write(replace_item(PayableItem.from_payable(paid)))
    finish(company.store, files, id, company.now)
    (row,) = rows(files, DAY, "payments")
    assert (row["status"], row["amount"]) == ("paid", "4101")
    assert manifest(files, DAY)


def parts_of(files: FinanceBucket, id: str) -> list[bytes]:
    return [content for key, content in files.kept.items() if key.startswith(f"parts/{id}/")]


def test_after_a_month_every_head_is_told_of_its_report_once(company: Company) -> None:
    sales = Department("01SALES", "销售部", HEAD_OFFICE.id, company.manager.id, "2", (HEAD_OFFICE.id, "01SALES"))
    add_department(company.store, sales)
    directory.forget()
    for day in (date(2026, 4, 1), date(2026, 4, 1), date(2026, 4, 2)):
        reports.tell_heads(system(company.store, company.now), day)
    (notice,) = company.store.all(NoticeItem)
    assert (notice.person, notice.template) == (company.manager.id, "report_ready")
    assert notice.path == "/reports/month.pdf?department=01SALES&month=2026-03"
    directory.forget()
