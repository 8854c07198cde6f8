"""Lists as files over HTTP: what the list shows, all of it, and nothing else."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest

from chalicelib.handlers import sheets
from tests import company
from tests.client import Client
from tests.handlers.test_processes import VALUES, people, published, started  # noqa: F401 - a fixture


def table(client: Client, path: str) -> list[list[str]]:
    answer = client.get(path)
    assert answer.status == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig"), newline="")))


def test_all_pages_of_a_list_are_in_its_file(people: dict[str, Client], monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr(sheets, "PAGE", 2)
    published(people)
    for _ in range(5):
        started(people, submit=False)
    lines = table(people["chen.yu"], "/requests?format=csv&limit=1&lang=en")
    assert lines[0][:3] == ["Request number", "Process", "Subject"]
    assert [line[0][-1] for line in lines[1:]] == ["5", "4", "3", "2", "1"]


def test_a_process_file_has_a_column_for_each_field_and_amounts_as_numbers(people: dict[str, Client]) -> None:  # noqa: F811
    published(people)
    started(people, values=VALUES | {"why": "=cmd()"})
    lines = table(people["admin"], "/requests?process=leave&format=csv&lang=en")
    assert lines[0][-3:] == ["Days", "Why", "Costs"]
    assert lines[1][-3:] == ["1.5", "'=cmd()", "12.50 CNY"]
    assert lines[1][4] == "Awaiting approval"


def test_a_file_shows_no_more_than_the_list(people: dict[str, Client]) -> None:  # noqa: F811
    published(people)
    started(people)
    assert len(table(people["wang.fang"], "/requests?process=leave&format=csv")) == 1
    assert people["wang.fang"].get(f"/requests?department={company.HEAD_OFFICE.id}&format=csv").status == 403
    assert people["chen.yu"].get("/people?format=csv").status == 403
    assert people["chen.yu"].get("/ledger/visits?format=xlsx").status == 403


def test_a_browser_gets_a_workbook_with_a_name_in_its_language(people: dict[str, Client]) -> None:  # noqa: F811
    published(people)
    started(people)
    answer = people["chen.yu"].page("/requests?format=xlsx&lang=zh-CN")
    assert "申请-20" in unquote(answer.headers["content-disposition"])
    sheet: Any = openpyxl.load_workbook(io.BytesIO(answer.body)).active
    assert sheet["C2"].value == "家中有事"


def test_a_list_that_is_too_long_for_a_file_says_so(
    people: dict[str, Client],  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sheets, "ROWS_LIMIT", 1)
    published(people)
    for _ in range(2):
        started(people, submit=False)
    refused = people["chen.yu"].get("/requests?format=csv&lang=en")
    assert (refused.status, refused.json["errors"][0]["code"]) == (422, "export_too_long")
    assert "1 rows" in refused.json["errors"][0]["message"]


@pytest.mark.parametrize("path", ["/visits?format=csv", "/people?format=csv", "/ledger/visits?format=csv"])
def test_other_lists_are_files_too(people: dict[str, Client], path: str) -> None:  # noqa: F811
    lines = table(people["admin"], path + "&lang=en")
    assert lines[0][0] in ("Number", "Name")


def test_people_are_told_with_department_and_manager(people: dict[str, Client]) -> None:  # noqa: F811
    lines = table(people["admin"], "/people?format=csv&lang=en")
    row = next(line for line in lines if line[0] == "陈宇")
    assert row[4:6] == ["总部", "王芳"]
    assert row[3] == "'+8613800138000"


def test_a_browser_is_offered_a_file_in_the_background_and_sees_how_far_it_is(
    people: dict[str, Client],  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sheets, "ROWS_LIMIT", 1)
    offered = people["admin"].page("/people?format=xlsx&lang=en&q=")
    assert offered.status == 200
    assert 'name="sheet" value="people"' in offered.text
    asked = people["admin"].post("/exports", {"sheet": "requests", "format": "xlsx", "asked": {"status": "pending"}})
    assert asked.status == 201
    shown = people["admin"].get(asked.json["location"]).json["export"]
    assert (shown["status"], shown["rows"], shown["asked"]["status"]) == ("running", 0, "pending")
    assert people["admin"].get(f"{asked.json['location']}/file").status == 409
    assert people["chen.yu"].get(asked.json["location"]).status == 404
    assert "rows read" in people["admin"].page(f"{asked.json['location']}?lang=en").text
    assert [each["id"] for each in people["admin"].get("/exports").json["items"]] == [asked.json["id"]]


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"sheet": "nothing", "format": "csv"}, "sheet"),
        ({"sheet": "requests", "format": "csv", "asked": {"month": "soon"}}, "month"),
        ({"sheet": "requests", "format": "csv", "asked": {"colour": "red"}}, "colour"),
        ({"sheet": "requests", "format": "pdf"}, "format"),
    ],
)
def test_what_no_list_takes_is_refused(people: dict[str, Client], body: dict[str, Any], path: str) -> None:  # noqa: F811
    refused = people["admin"].post("/exports", body)
    assert (refused.status, refused.json["errors"][0]["path"]) == (422, path)
