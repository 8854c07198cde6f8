"""An entry of the audit as rows of words: label, before, after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from chalicelib.web.history.fields import Field, Kind, Sort
from chalicelib.web.history.kinds import ACTORS, EVERYWHERE, KINDS
from chalicelib.web.history.writing import Reader, groups_in, lines_of, texts_in
from chalicelib.web.i18n import N_

SHOWN_LINES = 40
"""Lines of one value that a page shows; a list of 200 visitors is not read in a history."""


@dataclass(frozen=True)
class Row:
    """One attribute that changed: what was there and what is there now, as lines; `aside` as in Field."""

    label: str
    old: list[str]
    new: list[str]
    aside: bool


def rows_of(area: str, kind: str, old: Mapping[str, Any], new: Mapping[str, Any], reader: Reader) -> list[Row]:
    """What an entry says, in the order of the kind's table; lists say only where they differ."""
    fields = fields_of(area, kind)
    named = [name for name in fields if name in old or name in new]
    unknown = sorted({*old, *new} - fields.keys())
    rows = _joined((fields[name], _row(fields[name], old.get(name), new.get(name), reader)) for name in named)
    rows += [_row(Field(name, Sort.VALUES, aside=True), old.get(name), new.get(name), reader) for name in unknown]
    return [row for row in rows if row.old or row.new]


def _joined(rows: Iterable[tuple[Field, Row]]) -> list[Row]:
    """The rows; quarters of an hour that say the same become one span of time (UTC)."""
    joined: list[Row] = []
    for same, group in groupby(rows, lambda each: (each[0].sort is Sort.QUARTER, each[1].old, each[1].new)):
        told = [row for _, row in group]
        joined += [replace(told[0], label=_span(told))] if same[0] else told
    return joined


def _span(quarters: Sequence[Row]) -> str:
    hour, minute = (int(part) for part in quarters[-1].label.split(":"))
    end = hour * 60 + minute + 15
    return f"{quarters[0].label}–{end // 60 % 24:02}:{end % 60:02} UTC"


def fields_of(area: str, kind: str) -> Mapping[str, Field]:
    """The attributes of a kind by name; of a kind that is no more, those that every item has."""
    known = KINDS.get(area, {}).get(kind, Kind("", {}))
    return {**known.fields, **EVERYWHERE}


def kind_word(area: str, kind: str, reader: Reader) -> str:
    """What people call such an item; its own name where no table knows it any more."""
    known = KINDS.get(area, {}).get(kind)
    return reader.say(known.word) if known else kind


def actor_word(by: str, reader: Reader) -> str:
    """Who it was: a name, or what acted in nobody's name."""
    if not by:
        return reader.say(N_("Unknown"))
    return reader.say(ACTORS[by]) if by in ACTORS else reader.names.get(by, by)


def people_in(area: str, kind: str, values: Mapping[str, Any]) -> Iterator[str]:
    """The ids of the people whom the values name, so that their names can be looked up."""
    fields = fields_of(area, kind)
    return _people(fields, values)


def _people(fields: Mapping[str, Field], values: Mapping[str, Any]) -> Iterator[str]:
    for name, field in fields.items():
        value = values.get(name)
        if field.sort is Sort.PERSON:
            yield from texts_in(value)
        elif field.sort is Sort.ROWS:
            for group in groups_in(value):
                yield from _people(field.fields, group)


def _row(field: Field, old: Any, new: Any, reader: Reader) -> Row:
    before, after = lines_of(field, old, reader), lines_of(field, new, reader)
    if before == after:
        hides = before and field.sort is not Sort.WORD  # several words may come in another order
        before, after = ([*before], [*after, reader.say(N_("(changed, but not shown)"))]) if hides else ([], [])
    elif field.sort in _LISTS:
        before, after = _without(before, after), _without(after, before)
    return Row(reader.say(field.label), _shortened(before, reader), _shortened(after, reader), field.aside)


_LISTS = frozenset({Sort.ROWS, Sort.VALUES})


def _without(lines: list[str], others: list[str]) -> list[str]:
    return [line for line in lines if line not in others]


def _shortened(lines: list[str], reader: Reader) -> list[str]:
    if len(lines) <= SHOWN_LINES:
        return lines
    return [*lines[:SHOWN_LINES], reader.say(N_("and %(count)s more"), count=len(lines) - SHOWN_LINES)]
