"""Lists made into files in the background: step by step, with the rights of the person, once."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from chalicelib.domain import exports as rules
from chalicelib.domain.directory import Person
from chalicelib.domain.errors import Forbidden, NotFound
from chalicelib.domain.exports import Export, NotReady
from chalicelib.models.directory import PersonItem
from chalicelib.models.exports import ExportItem, ProgressItem
from chalicelib.models.notifications import NoticeItem
from chalicelib.models.store import Update
from chalicelib.services import directory
from chalicelib.services.call import Call
from chalicelib.services.exports import Asked, Cell, Column, Sheet, asking, running
from chalicelib.services.exports.parts import decoded, encoded
from chalicelib.services.permissions import COMPANY
from tests import company
from tests.fakes import MemoryStore
from tests.workflows.stage import FakeFiles

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ROWS = 23


def _rows(call: Call, asked: Asked, cursor: str | None, limit: int) -> tuple[Sequence[int], str | None]:
    call.permit("directory:manage", COMPANY)
    first = int(cursor or 0)
    last = min(first + 3, int(asked.get("rows", ROWS)))
    return range(first, last), str(last) if last < int(asked.get("rows", ROWS)) else None


def _columns(call: Call, asked: Asked) -> Sequence[Column]:
    return [Column("Number", lambda call, row: row), Column("Text", lambda call, row: f"={row}")]


SHEETS = {"numbers": Sheet("numbers", "People", _rows, _columns)}


class Linking(FakeFiles):
    """A bucket whose addresses say what they were asked for."""

    def link(self, key: str, version: str, name: str, content_type: str, seconds: int) -> str:
        return f"https://files.example/{key}?{seconds}&{name}"


class Desk:
    """A person, their exports, and what makes them."""

    def __init__(self) -> None:
        self.store, self.files, self.now = MemoryStore(), Linking(), NOW
        facts: dict[str, Any] = {"roles": frozenset({"employee", "administrator"})}
        self.person = company.add_person(self.store, company.person("lin.mei", name="林梅", **facts))

    def call(self, person: Person | None = None) -> Call:
        person = person or self.person
        return Call(self.store, self.now, lambda: f"E{len(self.store.all(ExportItem))}", person, person.id, locale="en")

    def system(self) -> Call:
        call = Call(self.store, self.now, lambda: "none", None, "system:export")
        call.permit_public("a test")
        return call

    def ask(self, format: Any = "csv", **asked: str) -> str:
        return str(asking.ask(self.call(), SHEETS["numbers"], asked, format)["id"])

    def step(self, id: str) -> None:
        (noted,) = self.store.get(ProgressItem.at(id))
        running.go_on(self.system(), self.files, SHEETS, id, noted.version if noted else 1)

    def run(self, id: str) -> Export:
        while self.export(id).status == "running":
            self.step(id)
        return self.export(id)

    def export(self, id: str) -> Export:
        (item,) = self.store.get(ExportItem.at(id))
        export: Export = item.to(Export)
        return export

    def become(self, **facts: Any) -> None:
        """The directory says something else of the person."""
        self.store.write(Update(PersonItem.at(self.person.id), facts, {}))
        directory.forget()


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(running, "PAGES", 2)
    directory.forget()
    return Desk()


def test_a_list_becomes_one_file_with_every_row_once(desk: Desk) -> None:
    id = desk.ask()
    export = desk.run(id)
    assert (export.status, export.rows) == ("done", ROWS)
    lines = list(csv.reader(io.StringIO(desk.files.kept[f"exports/{id}.csv"].decode("utf-8-sig"), newline="")))
    assert lines == [["Number", "Text"], *([str(n), f"'={n}"] for n in range(ROWS))]
    assert export.size == len(desk.files.kept[f"exports/{id}.csv"])
    assert [key for key in desk.files.kept if key.startswith("exports/")] == [f"exports/{id}.csv"]


def test_a_workbook_has_numbers_as_numbers(desk: Desk) -> None:
    id = desk.ask("xlsx")
    desk.run(id)
    sheet: Any = openpyxl.load_workbook(io.BytesIO(desk.files.kept[f"exports/{id}.xlsx"])).active
    assert (sheet.max_row, sheet["A24"].value) == (ROWS + 1, ROWS - 1)


def test_a_step_that_is_told_again_changes_nothing(desk: Desk) -> None:
    id = desk.ask()
    for _ in range(2):
        running.go_on(desk.system(), desk.files, SHEETS, id, 1)
    shown = asking.view(desk.call(), id)
    assert (shown.rows, shown.progress and shown.progress.parts) == (6, 1)


def test_how_far_it_is_can_be_seen_by_who_asked_and_by_nobody_else(desk: Desk) -> None:
    id = desk.ask()
    desk.step(id)
    assert [each.rows for each in asking.mine(desk.call(), None, 10).items] == [6]
    other = company.add_person(desk.store, company.person("other"))
    assert asking.mine(desk.call(other), None, 10).items == []
    with pytest.raises(NotFound):
        asking.view(desk.call(other), id)


def test_who_loses_a_role_while_it_runs_gets_nothing(desk: Desk) -> None:
    id = desk.ask()
    desk.step(id)
    desk.become(roles=frozenset({"employee"}))
    export = desk.run(id)
    assert (export.status, export.reason) == ("refused", "rights_changed")
    assert f"exports/{id}.csv" not in desk.files.kept


def test_who_leaves_while_it_runs_gets_nothing(desk: Desk) -> None:
    id = desk.ask()
    desk.become(active=False)
    assert desk.run(id).status == "refused"


def test_who_never_had_the_right_gets_nothing(desk: Desk) -> None:
    desk.become(roles=frozenset({"employee"}))
    desk.person = directory.person(desk.store, desk.person.id, NOW)
    id = desk.ask()
    assert (desk.run(id).status, desk.export(id).reason) == ("refused", "rights_changed")


def test_a_file_is_fetched_by_an_address_that_is_good_for_a_minute(desk: Desk) -> None:
    id = desk.ask()
    with pytest.raises(NotReady):
        asking.fetch(desk.call(), id, SHEETS, desk.files)
    desk.run(id)
    address = asking.fetch(desk.call(), id, SHEETS, desk.files)
    assert address.startswith(f"https://files.example/exports/{id}.csv?60&People-")


@pytest.mark.parametrize("facts", [{"roles": frozenset({"employee"})}, {"active": False}, {"site": "plant"}])
def test_a_file_is_gone_for_whoever_s_rights_changed_since(desk: Desk, facts: dict[str, Any]) -> None:
    id = desk.ask()
    desk.run(id)
    desk.become(**facts)
    person = replace(desk.person, **facts)
    with pytest.raises((NotReady, NotFound, Forbidden)):
        asking.fetch(desk.call(person), id, SHEETS, desk.files)


def test_a_file_is_kept_for_seven_days(desk: Desk) -> None:
    id = desk.ask()
    desk.run(id)
    desk.now = NOW + timedelta(days=7)
    with pytest.raises(NotReady) as refused:
        asking.fetch(desk.call(), id, SHEETS, desk.files)
    assert refused.value.code == "export_gone"


def test_a_list_that_is_too_long_is_no_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "ROWS_LIMIT", 10)
    id = desk.ask()
    assert (desk.run(id).status, desk.export(id).reason) == ("failed", "too_long")


def test_who_asked_is_told_once(desk: Desk) -> None:
    id = desk.ask()
    desk.run(id)
    for _ in range(2):
        running.tell(desk.system(), SHEETS, id)
    (notice,) = desk.store.all(NoticeItem)
    assert (notice.template, notice.person, notice.path) == ("export_ready", desk.person.id, f"/exports/{id}")


def test_what_stands_still_is_taken_up_and_at_last_given_up(desk: Desk) -> None:
    id = desk.ask()
    assert running.take_up(desk.system()) == 0
    for _ in range(rules.ATTEMPTS):
        desk.now += timedelta(minutes=11)
        assert running.take_up(desk.system()) == 1
        assert desk.export(id).status == "running"
    desk.now += timedelta(minutes=11)
    running.take_up(desk.system())
    assert (desk.export(id).status, desk.export(id).reason) == ("failed", "gave_up")
    assert desk.store.all(ProgressItem) == []


def test_a_part_gives_every_kind_of_cell_back() -> None:
    row: list[Cell] = ["text", "", 7, Decimal("1.50"), date(2026, 3, 2), datetime(2026, 3, 2, 9, 30), None]  # noqa: DTZ001
    assert decoded(encoded([row])) == [row]
