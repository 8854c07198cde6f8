"""Lists as files: CSV by RFC 4180 and XLSX, both safe to open in a spreadsheet.

Formula injection (OWASP ASVS 5.0, 1.2.10): a text that a spreadsheet would take for a formula gets a single quote
before it in CSV; in XLSX every text is written as text. Numbers are numbers, so a negative one needs no guard.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

type Cell = str | int | Decimal | date | datetime | None
"""One field of a row; a time is without zone, as the reader's clock shows it."""

STARTS_FORMULA = frozenset("=+-@＝＋－＠")
"""Also in full width, which spreadsheets of East Asia take alike."""
STARTS_TEXT = frozenset("\t\r\n\0")
SKIPPED = " \u00a0\u3000\u200b\ufeff\t\r\n\0"
"""Blanks that a spreadsheet drops before it looks at what follows."""
WIDEST = 60


@dataclass(frozen=True)
class Table:
    """Rows under their titles; `name` is what the file and its sheet are called."""

    name: str
    titles: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def as_csv(table: Table) -> bytes:
    """The table as CSV in UTF-8, marked as such, because Excel reads it in the system's encoding otherwise."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([guarded(title) for title in table.titles])
    writer.writerows([_plain(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    """The text, with a single quote before it if a spreadsheet would take it for a formula."""
    dangerous = text[:1] in STARTS_TEXT or text.lstrip(SKIPPED)[:1] in STARTS_FORMULA
    return f"'{text}" if text and dangerous else text


def _plain(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return guarded(cell)
        case datetime():
            return cell.strftime("%Y-%m-%d %H:%M")
        case Decimal():
            return format(cell, "f")
        case _:
            return str(cell)


def as_xlsx(table: Table) -> bytes:
    """The table as a workbook of one sheet: titles stay in sight, days and times are days and times."""
    import xlsxwriter

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        sheet = book.add_worksheet(_sheet_name(table.name))
        formats: dict[type, Any] = {
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        sheet.freeze_panes(1, 0)
        for column, title in enumerate(table.titles):
            sheet.write_string(0, column, title, book.add_format({"bold": True}))
            sheet.set_column(column, column, _width(table, column))
        for line, row in enumerate(table.rows, 1):
            for column, cell in enumerate(row):
                _write(sheet, line, column, cell, formats)
    return content.getvalue()


def _write(sheet: Any, line: int, column: int, cell: Cell, formats: Mapping[type, Any]) -> None:
    match cell:
        case None:
            return
        case str():
            sheet.write_string(line, column, cell)
        case datetime() | date():
            sheet.write_datetime(line, column, cell, formats[type(cell)])
        case _:
            sheet.write_number(line, column, cell)


def disposition(name: str) -> str:
    """How a browser is told to save a file under `name` (RFC 8187); older clients get a plain one."""
    plain = "export." + name.rpartition(".")[2]
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"


def _sheet_name(name: str) -> str:
    """Excel takes 31 characters, and not these."""
    return "".join(char for char in name if char not in "[]:*?/\\'")[:31] or "1"


def _width(table: Table, column: int) -> int:
    """Wide characters count twice."""
    texts = [table.titles[column], *(_plain(row[column]) for row in table.rows[:200])]
    return min(WIDEST, max(sum(2 if ord(char) > 0x2E7F else 1 for char in text) for text in texts) + 2)


WRITERS: Mapping[str, tuple[Callable[[Table], bytes], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
"""How a table is written, and the type of what comes out."""
