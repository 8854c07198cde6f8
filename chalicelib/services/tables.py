"""Tables that people send, as CSV or XLSX: read as text, within limits, hostile until then.

Formulas are never worked out: a cell with one reads as the text of the formula.
"""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError

from chalicelib.domain.errors import FieldError, Invalid

FILE_LIMIT = 4 * 1024 * 1024
"""Bytes of a file: what API Gateway and Lambda carry in one request is little more."""
UNPACKED_LIMIT = 48 * 1024 * 1024
PARTS_LIMIT = 200
ROWS_LIMIT = 10_001
"""Rows of a file, the headings included."""
COLUMNS_LIMIT = 40
CELL_LIMIT = 500
TEXT_LIMIT = 8 * 1024 * 1024
"""Characters of all cells together."""

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
)
"""What openpyxl raises for files that only look like workbooks; that entities are forbidden is a ValueError."""


def read(content: bytes) -> list[list[str]]:
    """The rows of a table as text; raises Invalid for field `file` when it is none, or longer than it may be."""
    if not content:
        raise _refused("required")
    rows = _workbook(content) if content.startswith(b"PK") else _text(content)
    found: list[list[str]] = []
    length = 0
    for row in rows:
        found.append([_cell(cell) for cell in islice(row, COLUMNS_LIMIT)])
        length += sum(map(len, found[-1]))
        if len(found) > ROWS_LIMIT or length > TEXT_LIMIT:
            raise _refused("file_too_many_rows", limit=ROWS_LIMIT - 1)
    return found


def _refused(code: str, **params: int) -> Invalid:
    return Invalid(FieldError("file", code, {name: str(value) for name, value in params.items()}))


def _cell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # phone numbers that the spreadsheet took for numbers
    return "" if value is None else str(value)[:CELL_LIMIT]


def _text(content: bytes) -> Iterator[list[str]]:
    try:
        text = _decoded(content)
        delimiter = max(",;\t", key=text.partition("\n")[0].count)
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except (UnicodeDecodeError, csv.Error) as error:
        raise _refused("file_unreadable") from error


def _decoded(content: bytes) -> str:
    """The text of a CSV file; Excel writes UTF-8 with a mark, or GB18030 on a Chinese computer."""
    if b"\0" in content:
        raise _refused("file_unreadable")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _workbook(content: bytes) -> Iterator[tuple[Any, ...]]:
    from openpyxl import load_workbook

    try:
        _check_size(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its own size need not be true
        yield from sheet.iter_rows(values_only=True, max_col=COLUMNS_LIMIT)
    except _BROKEN as error:
        raise _refused("file_unreadable") from error


def _check_size(content: bytes) -> None:
    """Refuse what would unpack to more than is good; no part unpacks to more than it says here."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
    if len(parts) > PARTS_LIMIT or sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        raise _refused("file_unpacks_too_large", limit=UNPACKED_LIMIT // 1024**2)
