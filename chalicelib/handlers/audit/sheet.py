"""The audit as a file: one line for each change, its values in one cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from chalicelib.handlers.sheets import Column, ListQuery, local, titled
from chalicelib.services.call import Call
from chalicelib.services.exports import Cell
from chalicelib.web.history import RECORD_WORDS
from chalicelib.web.i18n import N_, translator

DONE: Mapping[str, str] = {"made": N_("made"), "changed": N_("changed"), "removed": N_("removed")}

type Item = Mapping[str, Any]


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


def columns(call: Call, query: ListQuery) -> Sequence[Column]:
    """What a file tells of changes."""
    return titled(call, COLUMNS)
