"""How a list becomes a file: by the list's own code, so that the file shows what the list shows and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.services.call import Call
from chalicelib.services.exports.tables import Cell
from chalicelib.web.i18n import translator
from chalicelib.web.status import look

type Asked = Mapping[str, str]
"""A list's filters as they stand in its address, without page, language and format."""


@dataclass(frozen=True)
class Column:
    """A column: its title in the reader's language, and what a row (as the sheet's `rows` give it) has in it."""

    title: str
    value: Callable[[Call, Any], Cell]


def _as_asked(call: Call, asked: Asked) -> Asked:
    return asked


@dataclass(frozen=True)
class Sheet:
    """A list that can be had as a file. `key` names it for good, `name` is an English msgid.

    `rows` gives a page from a cursor on, of at most so many rows, and the cursor of what follows; `columns` may depend
    on what was asked for; `settled` fills in what the list would take for granted today (its usual period).
    """

    key: str
    name: str
    rows: Callable[[Call, Asked, str | None, int], tuple[Sequence[Any], str | None]]
    columns: Callable[[Call, Asked], Sequence[Column]]
    settled: Callable[[Call, Asked], Asked] = _as_asked

    def cells(self, call: Call, columns: Sequence[Column], rows: Sequence[Any]) -> list[list[Cell]]:
        """What the rows have in the columns."""
        return [[column.value(call, row) for column in columns] for row in rows]

    def title(self, locale: str) -> str:
        """What people call the list."""
        return translator(locale).gettext(self.name)


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
