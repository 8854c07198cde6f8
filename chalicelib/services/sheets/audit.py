"""The audit as a file: one line for each change, its values in one cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.services import audit
from chalicelib.services.audit.shown import shown
from chalicelib.services.call import Call
from chalicelib.services.exports import Asked, Cell, Column, Sheet, local, titled
from chalicelib.web.history import RECORD_WORDS
from chalicelib.web.i18n import N_, translator

DONE: Mapping[str, str] = {"made": N_("made"), "changed": N_("changed"), "removed": N_("removed")}

type Item = Mapping[str, Any]

DAYS = 7
"""How far back the audit looks unless the reader says from when."""


def _say(call: Call, msgid: str) -> str:
    return translator(call.locale).gettext(msgid)


def _record(call: Call, item: Item) -> Cell:
    word = RECORD_WORDS.get(item["record"]["kind"])
    return f"{_say(call, word)} {item['record']['title']}".strip() if word else ""


def _values(call: Call, item: Item) -> Cell:
    return "\n".join(
        f"{row['label']}: {', '.join(row['old'])} → {', '.join(row['new'])}"
        for row in item["changes"]
        if not row["aside"]
    )


COLUMNS: Mapping[str, Callable[[Call, Item], Cell]] = {
    N_("When"): lambda call, item: local(call, datetime.fromisoformat(item["at"])),
    N_("Who"): lambda call, item: item["who"],
    N_("As the substitute of"): lambda call, item: item["for_whom"],
    N_("What"): lambda call, item: f"{_say(call, DONE[item['done']])}{_say(call, N_(': '))}{item['what']}",
    N_("Record"): _record,
    N_("Id"): lambda call, item: item["record"]["id"],
    N_("Values"): _values,
    N_("From where"): lambda call, item: item["source"],
    N_("Request id"): lambda call, item: item["request"],
    N_("Entry"): lambda call, item: item["seq"],
}


def _columns(call: Call, asked: Asked) -> Sequence[Column]:
    return titled(call, COLUMNS)


def settled(call: Call, asked: Asked) -> Asked:
    """The same with the days, which are the last DAYS until today unless others are asked for."""
    today = call.now.astimezone(ZoneInfo(call.me.time_zone)).date()
    first = date.fromisoformat(asked["from"]) if "from" in asked else None
    until = date.fromisoformat(asked["until"]) if "until" in asked else max(today, first or today)
    first = first or until - timedelta(days=DAYS - 1)
    return {**asked, "from": first.isoformat(), "until": until.isoformat()}


def found(call: Call, asked: Asked, cursor: str | None, limit: int) -> audit.Found:
    """The page of the audit that the filters mean; days are the reader's, both included."""
    wanted = settled(call, asked)
    first, until = (date.fromisoformat(wanted[name]) for name in ("from", "until"))
    last = _midnight(call, until + timedelta(days=1))
    span = audit.Asked(_midnight(call, first), last, wanted.get("by", ""), wanted.get("area", ""))
    return audit.search(call, span, cursor, limit)


def _midnight(call: Call, day: date) -> datetime:
    """When the day begins where the reader is."""
    return datetime.combine(day, datetime.min.time(), ZoneInfo(call.me.time_zone)).astimezone(call.now.tzinfo)


def _rows(call: Call, asked: Asked, cursor: str | None, limit: int) -> tuple[Sequence[Item], str | None]:
    page = found(call, asked, cursor, limit)
    return shown(call, page.entries), page.next


SHEET = Sheet("audit", N_("Audit"), _rows, _columns, settled)
