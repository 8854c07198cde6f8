"""Lists as files: `?format=csv` or `xlsx` gives what the list shows, all of it; a longer one is made in the background
(handlers/exports.py)."""

from __future__ import annotations

from typing import Any, Literal

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.fields import PageQuery
from chalicelib.services.call import Call
from chalicelib.services.exports import WRITERS, Asked, Sheet, Table, disposition

ROWS_LIMIT = 5000
PAGE = 500


class TooLong(Invalid):
    """The list has more than ROWS_LIMIT rows; `offer` is what it takes to have it made in the background."""

    def __init__(self, sheet: Sheet, asked: Asked, format: str) -> None:
        super().__init__(FieldError("format", "export_too_long", {"limit": str(ROWS_LIMIT)}))
        self.offer = {"sheet": sheet.key, "name": sheet.name, "asked": dict(asked), "format": format}


class ListQuery(PageQuery):
    """What a list takes that can be had as a file."""

    format: Literal["csv", "xlsx"] | None = None


def asked_of(query: ListQuery) -> Asked:
    """The list's own filters, as they stand in its address."""
    own = query.model_dump(mode="json", by_alias=True, exclude_none=True, exclude=set(ListQuery.model_fields))
    return {name: str(value) for name, value in own.items() if value != ""}


def reply(sheet: Sheet, call: Call, query: ListQuery) -> Reply:
    """The whole list as a file. Raises TooLong when it has more than ROWS_LIMIT rows."""
    asked = sheet.settled(call, asked_of(query))
    rows = _all_rows(sheet, call, asked, query.cursor)
    if rows is None:
        raise TooLong(sheet, asked, str(query.format))
    columns = sheet.columns(call, asked)
    name = sheet.title(call.locale)
    write, content_type = WRITERS[str(query.format)]
    content = write(Table(name, [column.title for column in columns], sheet.cells(call, columns, rows)))
    saved_as = disposition(f"{name}-{call.now:%Y-%m-%d}.{query.format}")
    return Reply(content=content, content_type=content_type, headers={"Content-Disposition": saved_as})


def _all_rows(sheet: Sheet, call: Call, asked: Asked, cursor: str | None) -> list[Any] | None:
    """All rows; None when there are more than ROWS_LIMIT."""
    rows: list[Any] = []
    while True:
        found, cursor = sheet.rows(call, asked, cursor, PAGE)
        rows += found
        if len(rows) > ROWS_LIMIT:
            return None
        if cursor is None:
            return rows
