"""The reference file as rows of text: a CSV file, the same in a ZIP file, or the XML of a day. Hostile until then."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence

from chalicelib.domain.errors import FieldError, Invalid

FILE_LIMIT = 4 * 1024 * 1024
"""Bytes of a file: what a gateway carries in one request is little more."""
UNPACKED_LIMIT = 16 * 1024 * 1024
ROWS_LIMIT = 20_000
COLUMNS_LIMIT = 100
_ECB = "{http://www.ecb.int/vocabulary/2002-08-01/eurofxref}Cube"

type Rows = Iterator[Sequence[str]]


def read(content: bytes) -> Rows:
    """The rows of a file, the currencies first; raises Invalid for field `file` when it is none, or too long."""
    if not content:
        raise _refused("required")
    if content.startswith(b"PK"):
        content = _unpacked(content)
    text = _decoded(content)
    return _of_xml(content) if text.lstrip().startswith("<") else _of_csv(text)


def _refused(code: str, limit: int = 0) -> Invalid:
    return Invalid(FieldError("file", code, {"limit": str(limit)} if limit else {}))


def _unpacked(content: bytes) -> bytes:
    """The only file in a ZIP file; no more is unpacked than is good, whatever it says of its size."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            (name,) = archive.namelist()
            with archive.open(name) as packed:
                found = packed.read(UNPACKED_LIMIT + 1)
    except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        raise _refused("file_unreadable") from error
    if len(found) > UNPACKED_LIMIT:
        raise _refused("file_unpacks_too_large", UNPACKED_LIMIT // 1024**2)
    return found


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused("file_unreadable") from error
    if "\0" in text:
        raise _refused("file_unreadable")
    return text


def _of_csv(text: str) -> Rows:
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True)):
            if number > ROWS_LIMIT or len(row) > COLUMNS_LIMIT:
                raise _refused("file_too_many_rows", ROWS_LIMIT)
            yield row
    except csv.Error as error:
        raise _refused("file_unreadable") from error


def _of_xml(content: bytes) -> Rows:
    """The days of the XML, as rows of one table; entities and document types are refused."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise _refused("file_unreadable") from error
    days = [day for day in root.iter(_ECB) if day.get("time")][: ROWS_LIMIT + 1]
    found = {each.get("currency", "") for day in days for each in day}
    if not days or len(days) > ROWS_LIMIT or len(found) > COLUMNS_LIMIT:
        raise _refused("file_unreadable")
    named = sorted(found)
    yield ("Date", *named)
    for day in days:
        worth = {each.get("currency", ""): each.get("rate", "") for each in day}
        yield (day.get("time", ""), *(worth.get(currency, "") for currency in named))
