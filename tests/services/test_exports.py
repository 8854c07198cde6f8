"""Files of lists: what a spreadsheet would run stays text, read back by other programs."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from chalicelib.services.exports import Table, as_csv, as_xlsx, guarded

NINE = datetime(2026, 3, 2, 9, 30, tzinfo=UTC).replace(tzinfo=None)
ROW = ["=1+1", 5, Decimal("-1234.50"), date(2026, 3, 2), NINE, None, '多行\n“引号"', "-5"]
TABLE = Table("采购/申请?", [f"T{n}" for n in range(len(ROW))], [ROW])


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "\tx", "\rx"),
        *("＝1", "＋1", "－1", "＠a", "  =1", "\u3000＝1", "\u00a0=1", "\ufeff=1", "\u200b=1", " \t =1"),
        *("=cmd|' /C calc'!A0", '=HYPERLINK("http://x")'),
    ],
)
def test_a_text_that_could_be_a_formula_is_quoted(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", " ", "Chairs", "a=b", "1+1", "会议-1", "'=1", "#5", "\u3000x"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text


def test_csv_is_read_back_by_a_reader_of_rfc_4180() -> None:
    content = as_csv(TABLE)
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert lines[0] == TABLE.titles
    assert lines[1] == ["'=1+1", "5", "-1234.50", "2026-03-02", "2026-03-02 09:30", "", '多行\n“引号"', "'-5"]
    assert content.endswith(b"\r\n")


def test_titles_that_administrators_write_are_guarded_too() -> None:
    assert as_csv(Table("x", ["=1"], [])).decode("utf-8-sig") == "'=1\r\n"


def test_xlsx_is_read_back_with_its_types_and_without_a_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(TABLE)))
    (sheet,) = book.worksheets
    assert sheet.title == "采购申请"
    cells: list[Any] = list(sheet[2])
    assert [cell.value for cell in cells] == [
        *("=1+1", 5, -1234.5),
        *(NINE.replace(hour=0, minute=0), NINE, None, '多行\n“引号"', "-5"),
    ]
    assert [cell.data_type for cell in cells][:3] == ["s", "n", "n"]
    assert sheet.freeze_panes == "A2"


def test_a_name_that_excel_cannot_take_is_cut() -> None:
    assert openpyxl.load_workbook(io.BytesIO(as_xlsx(Table("[]" * 5, ["a"], [])))).sheetnames == ["1"]
    assert openpyxl.load_workbook(io.BytesIO(as_xlsx(Table("长" * 50, ["a"], [])))).sheetnames == ["长" * 31]
