"""Lists of visitors from files: dry run, errors by row and column, and files that mean harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import pytest
from openpyxl import Workbook

from chalicelib.services import tables
from tests.client import Answer, Client
from tests.handlers.test_visit_forms import applicant

__all__ = ["applicant"]

HEADINGS = ("姓名", "手机", "单位", "邮箱", "语言", "车牌")
GOOD = ("李娜", "13912345678", "远航科技", "li.na@yuanhang.example", "中文", "沪A·12345")


def as_csv(*rows: Sequence[str], encoding: str = "utf-8-sig") -> bytes:
    return "\r\n".join(",".join(row) for row in rows).encode(encoding)


def as_xlsx(*rows: Sequence[Any]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def sent(applicant: Client, content: bytes) -> Answer:
    return applicant.send("POST", "/visits/import", content, {"Content-Type": "application/octet-stream"})


def places(answer: Answer) -> list[tuple[int, str, str]]:
    return [(each["row"], each["column"], each["code"]) for each in answer.json["problems"]]


@pytest.mark.parametrize(
    "content",
    [
        as_csv(HEADINGS, GOOD),
        as_csv(HEADINGS, GOOD, encoding="gb18030"),
        as_csv(("Full Name*", "Mobile", "Company", "E-mail", "Language", "Plate"), (*GOOD[:4], "zh", GOOD[5])),
        as_csv(HEADINGS, GOOD).replace(b",", b";"),
        as_xlsx(HEADINGS, GOOD),
        as_xlsx(HEADINGS, ("李娜", 13912345678, *GOOD[2:]), (), ("", None)),
    ],
)
def test_a_list_becomes_rows_of_the_form_whatever_program_wrote_it(applicant: Client, content: bytes) -> None:
    answer = sent(applicant, content)
    assert answer.status == 200, answer.text
    assert answer.json["problems"] == []
    (visitor,) = answer.json["visitors"]
    assert visitor["name"] == "李娜"
    assert (visitor["phone"], visitor["language"], visitor["plate"]) == ("+8613912345678", "zh-CN", "沪A·12345")


def test_everything_wrong_is_named_by_row_and_column_and_nothing_is_taken(applicant: Client) -> None:
    rows = [GOOD, ("", "123", "", "not an address", "法语", ""), GOOD, ("赵敏", "+4915112345678", "", "", "en", "")]
    answer = sent(applicant, as_csv(HEADINGS, *rows))
    assert places(answer) == [
        (3, "姓名", "required"),
        (3, "手机", "phone_not_real"),
        (3, "邮箱", "bad_email"),
        (3, "语言", "bad_choice"),
        (4, "手机", "visitor_twice"),
    ]
    assert answer.json["visitors"] == []
    assert (answer.json["rows"], answer.json["wrong"]) == (4, 5)


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_of_ten_thousand_rows_each_of_the_300_bad_ones_is_named(applicant: Client, write: Any) -> None:
    rows = [(f"访客{n}", f"139{n:08}", "远航科技", "", "", "") for n in range(10_000)]
    bad = range(17, 9_017, 30)
    for number in bad:
        rows[number] = (f"访客{number}", "12", "远航科技", "", "", "")
    answer = sent(applicant, write(HEADINGS, *rows))
    assert answer.status == 200, answer.text
    assert [row for row, column, code in places(answer) if column == "手机"] == [number + 2 for number in bad]
    assert places(answer)[0] == (0, "", "list_too_long")
    assert len(bad) == 300


def test_a_column_that_is_missing_or_there_twice_is_named_before_any_row(applicant: Client) -> None:
    assert places(sent(applicant, as_csv(("姓名", "单位"), ("李娜", "远航")))) == [(1, "手机", "column_missing")]
    assert places(sent(applicant, as_csv(("姓名", "手机", "电话"), ("李娜", "x", "y")))) == [
        (1, "电话", "column_twice")
    ]


def test_columns_of_which_nothing_is_taken_are_told(applicant: Client) -> None:
    answer = sent(applicant, as_csv((*HEADINGS, "备注"), (*GOOD, "素食")))
    assert answer.json["ignored"] == ["备注"]
    assert len(answer.json["visitors"]) == 1


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "@SUM(A1)", "+cmd|' /C calc'!A0", "-1+1"])
@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_what_a_spreadsheet_would_run_is_refused(applicant: Client, write: Any, text: str) -> None:
    answer = sent(applicant, write(HEADINGS, ("李娜", "13912345678", text, "", "", "")))
    assert places(answer) == [(2, "单位", "looks_like_formula")]


def test_a_number_with_its_country_code_is_no_formula(applicant: Client) -> None:
    answer = sent(applicant, as_csv(HEADINGS, ("Anna", "+49 151 12345678", "", "", "en", "")))
    assert answer.json["visitors"][0]["phone"] == "+4915112345678"


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b" " * (tables.UNPACKED_LIMIT + 1))
    return file.getvalue()


def with_part(name: str, text: bytes) -> bytes:
    """A workbook with one of its parts put in another's place."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_xlsx(HEADINGS, GOOD))) as source, zipfile.ZipFile(file, "w") as target:
        for each in source.infolist():
            target.writestr(each.filename, text if each.filename == name else source.read(each))
    return file.getvalue()


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "required"),
        (b"\x00\x01\x02", "file_unreadable"),
        (b"PK\x03\x04 nothing", "file_unreadable"),
        (as_xlsx(HEADINGS, GOOD)[:-200], "file_unreadable"),
        (with_part("xl/worksheets/sheet1.xml", LAUGHS), "file_unreadable"),
        (with_part("xl/workbook.xml", b"<workbook/>"), "file_unreadable"),
        (b'"never closed', "file_unreadable"),
        (bomb(), "file_unpacks_too_large"),
        (as_csv(HEADINGS, *[GOOD] * tables.ROWS_LIMIT), "file_too_many_rows"),
    ],
)
def test_a_file_that_is_no_list_or_means_harm_is_refused_by_name(applicant: Client, content: bytes, code: str) -> None:
    answer = sent(applicant, content)
    assert answer.status == 422, answer.text
    assert [(each["path"], each["code"]) for each in answer.json["errors"]] == [("file", code)]


def test_a_file_that_is_too_large_is_refused_before_it_is_read(applicant: Client) -> None:
    assert sent(applicant, b"x" * (tables.FILE_LIMIT + 1)).status in (400, 413)


def test_a_list_with_more_visitors_than_one_application_takes_is_refused_with_both_figures(applicant: Client) -> None:
    rows = [(f"访客{n}", f"139{n:08}", "", "", "", "") for n in range(201)]
    answer = sent(applicant, as_csv(HEADINGS, *rows))
    (problem,) = answer.json["problems"]
    assert "201" in problem["message"]
    assert "200" in problem["message"]


def test_an_empty_list_says_so(applicant: Client) -> None:
    assert places(sent(applicant, as_csv(HEADINGS))) == [(0, "", "list_is_empty")]
