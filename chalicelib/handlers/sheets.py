"""Lists as files: `?format=csv` or `xlsx` gives what the list shows, all of it, by the list's own code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from urllib.parse import quote
from zoneinfo import ZoneInfo

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.fields import PageQuery
from chalicelib.services.call import Call
from chalicelib.services.exports import Cell, Table, as_csv, as_xlsx
from chalicelib.web.i18n import translator
from chalicelib.web.status import look

ROWS_LIMIT = 5000
PAGE = 500
WRITERS: Mapping[str, tuple[Callable[[Table], bytes], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


class ListQuery(PageQuery):
    """What a list takes that can be had as a file."""

    format: Literal["csv", "xlsx"] | None = None


@dataclass(frozen=True)
class Column:
    """A column: its title in the reader's language, and what a row (as the sheet's `rows` give it) has in it."""

    title: str
    value: Callable[[Call, Any], Cell]


@dataclass(frozen=True)
class Sheet:
    """How a list becomes a file. `name` is an English msgid; `rows` gives a page of the list and the cursor of what
    follows; `columns` may depend on what was asked for."""

    name: str
    rows: Callable[[Call, Any], tuple[Sequence[Any], str | None]]
    columns: Callable[[Call, Any], Sequence[Column]]


def reply(sheet: Sheet, call: Call, query: ListQuery) -> Reply:
    """The whole list as a file. Raises Invalid when it has more than ROWS_LIMIT rows."""
    rows = _all_rows(sheet, call, query)
    columns = sheet.columns(call, query)
    name = translator(call.locale).gettext(sheet.name)
    cells = [[column.value(call, row) for column in columns] for row in rows]
    write, content_type = WRITERS[str(query.format)]
    content = write(Table(name, [column.title for column in columns], cells))
    file = quote(f"{name}-{call.now:%Y-%m-%d}.{query.format}")
    # The plain name is for clients that do not know RFC 8187.
    disposition = f"attachment; filename=\"export.{query.format}\"; filename*=UTF-8''{file}"
    return Reply(content=content, content_type=content_type, headers={"Content-Disposition": disposition})


def _all_rows(sheet: Sheet, call: Call, query: ListQuery) -> list[Any]:
    rows: list[Any] = []
    cursor = query.cursor
    while True:
        found, cursor = sheet.rows(call, query.model_copy(update={"limit": PAGE, "cursor": cursor}))
        rows += found
        if len(rows) > ROWS_LIMIT:
            raise Invalid(FieldError("format", "export_too_long", {"limit": str(ROWS_LIMIT)}))
        if cursor is None:
            return rows


def local(call: Call, moment: datetime | None, time_zone: str = "") -> datetime | None:
    """A time as the clock at the place shows it, otherwise the reader's own."""
    zone = ZoneInfo(time_zone or call.me.time_zone)
    return moment.astimezone(zone).replace(tzinfo=None, microsecond=0) if moment else None


def word(call: Call, status: str) -> str:
    """A status in the reader's language."""
    return translator(call.locale).gettext(look(status)[0])


def titled(call: Call, columns: Mapping[str, Callable[[Call, Any], Cell]]) -> list[Column]:
    """Columns whose titles are English msgids."""
    return [Column(translator(call.locale).gettext(title), value) for title, value in columns.items()]
