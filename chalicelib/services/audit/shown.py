"""Entries of the audit as pages and programs get them: as they are, and in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from chalicelib.domain.audit import Entry
from chalicelib.domain.forms import Form
from chalicelib.services import audit
from chalicelib.services.call import Call

if TYPE_CHECKING:
    from chalicelib.web.history import Reader

FACTS = ("seq", "at", "by", "behalf", "source", "request", "area", "item", "kind", "old", "new")
TITLES = {"visit": "party", "hook": "name", "custom_request": "subject"} | dict.fromkeys(
    ("running", "trail", "task", "copy"), "subject"
)
"""By kind of item: the value that says what people call its record."""


def words() -> dict[str, Any]:
    """What records and areas are called (English msgids)."""
    from chalicelib.web.history import AREA_WORDS, RECORD_WORDS

    return {"record_words": dict(RECORD_WORDS), "area_words": dict(AREA_WORDS)}


def shown(call: Call, entries: Sequence[Entry], more: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """The entries with what they say in words; `more` are further names by id."""
    from chalicelib.services.notifications.words import CHANNELS, LABELS
    from chalicelib.web.history import Reader

    names = {**audit.names(call, entries), **(more or {})}
    reader = Reader(call.locale, call.me.time_zone, call.now, names, {**CHANNELS, **LABELS})
    titles, forms = _titles(entries), audit.forms_of(call, entries)
    return [_entry(each, reader, titles) | _changes(call, each, reader, forms.get(each.record)) for each in entries]


def _titles(entries: Sequence[Entry]) -> dict[tuple[str, str], str]:
    """What records are called, as far as these entries say; the first that says it counts."""
    titles: dict[tuple[str, str], str] = {}
    for entry in entries:
        name = TITLES.get(entry.kind, "")
        title = entry.new.get(name) or entry.old.get(name)
        if isinstance(title, str):
            titles.setdefault((entry.area, entry.record), title)
    return titles


def _entry(entry: Entry, reader: Reader, titles: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    from chalicelib.web.history import actor_word, kind_word

    kind, id = audit.kind_of(entry.area, entry.record)
    title = reader.names.get(id) or titles.get((entry.area, entry.record), "")
    return {name: getattr(entry, name) for name in FACTS} | {
        "record": {"kind": kind, "id": id, "title": title},
        "done": "made" if not entry.old else "removed" if not entry.new else "changed",
        "who": actor_word(entry.by, reader),
        "a_person": bool(entry.by) and ":" not in entry.by,
        "for_whom": reader.names.get(entry.behalf, entry.behalf),
        "what": kind_word(entry.area, entry.kind, reader),
    }


def _changes(call: Call, entry: Entry, reader: Reader, form: Form | None) -> dict[str, Any]:
    """What changed, row by row; of a request by the titles of its own form."""
    from chalicelib.web.history import rows_of

    old, new = entry.old, entry.new
    own: list[dict[str, Any]] = []
    if form and ("values" in old or "values" in new):
        old, new = ({name: value for name, value in side.items() if name != "values"} for side in (old, new))
        found = audit.told(call, form, entry)
        own = [{"label": each.title, "old": each.old, "new": each.new, "aside": False} for each in found]
    return {"changes": own + [asdict(row) for row in rows_of(entry.area, entry.kind, old, new, reader)]}
