"""Values of records as lines of words, one way for each sort of value."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.web import times
from chalicelib.web.history.fields import Field, Sort
from chalicelib.web.i18n import N_, translator
from chalicelib.web.status import STATUSES, look


@dataclass(frozen=True)
class Reader:
    """Who reads: language, time zone, the present moment; names of people, departments and sites by id; msgids of
    words that other parts of the product have for values."""

    locale: str
    time_zone: str
    now: datetime
    names: Mapping[str, str]
    words: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def say(self, msgid: str, **values: object) -> str:
        """A text in the reader's language."""
        text = translator(self.locale).gettext(msgid)
        return text % values if values else text


def lines_of(field: Field, value: Any, reader: Reader) -> list[str]:
    """The value as lines; none where there is nothing."""
    if value is None or value == "" or value == [] or value == {}:
        return []
    return list(_WRITERS[field.sort](field, value, reader))


type _Writer = Callable[[Field, Any, Reader], Iterable[str]]


def _text(field: Field, value: Any, reader: Reader) -> list[str]:
    return str(value).splitlines() if not isinstance(value, list) else [_plain(each) for each in value]


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return " · ".join(_plain(each) for each in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _minutes(field: Field, value: Any, reader: Reader) -> list[str]:
    return [reader.say(N_("%(minutes)s min"), minutes=value)]


def _flag(field: Field, value: Any, reader: Reader) -> list[str]:
    return [reader.say(N_("Yes") if value else N_("No"))]


def _named(field: Field, value: Any, reader: Reader) -> list[str]:
    return [reader.names.get(id, id) for id in texts_in(value)]


def _step(field: Field, value: Any, reader: Reader) -> list[str]:
    return [reader.names.get(f"step:{key}", key) for key in texts_in(value)]


def _path(field: Field, value: Any, reader: Reader) -> list[str]:
    return [" / ".join(_named(field, value, reader))]


def _moment(field: Field, value: Any, reader: Reader) -> list[str]:
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return [str(value)]
    return [times.datetime_(moment, reader.locale, reader.time_zone, reader.now)]


def _day(field: Field, value: Any, reader: Reader) -> list[str]:
    day = times.moment(str(value).strip('"'))
    return [times.date(day, reader.locale, reader.time_zone, reader.now)]


def _clock(field: Field, value: Any, reader: Reader) -> list[str]:
    return [str(value).strip('"')[:5]]


def _status(field: Field, value: Any, reader: Reader) -> list[str]:
    return [reader.say(look(value)[0]) if value in STATUSES else str(value)]


def _word(field: Field, value: Any, reader: Reader) -> list[str]:
    return sorted(reader.say(field.words[each]) if each in field.words else each for each in texts_in(value))


def _by_language(field: Field, value: Any, reader: Reader) -> list[str]:
    if not isinstance(value, Mapping):
        return [str(value)]
    return [f"{_LANGUAGES.get(language, language)}: {text}" for language, text in sorted(value.items()) if text]


_LANGUAGES = {"zh-CN": "中文", "zh": "中文", "en": "English"}
"""Languages are called as their own speakers call them."""


def _rows(field: Field, value: Any, reader: Reader) -> list[str]:
    return [_group(field.fields, group, reader) for group in groups_in(value)]


def _group(fields: Mapping[str, Field], group: Mapping[str, Any], reader: Reader) -> str:
    told = []
    for name, inner in fields.items():
        if not inner.aside and (lines := lines_of(inner, group.get(name), reader)):
            text = reader.say(", ").join(lines)
            told.append(text if inner.sort in _SPEAK_FOR_THEMSELVES else f"{reader.say(inner.label)} {text}")
    return " · ".join(told)


_SPEAK_FOR_THEMSELVES = frozenset({Sort.TEXT, Sort.WORD, Sort.STATUS, Sort.BY_LANGUAGE})


def _values(field: Field, value: Any, reader: Reader) -> list[str]:
    """Values of whatever names, each with its path; names and values that there are words for are said so."""
    known = {**reader.words, **field.words}

    def said(text: str) -> str:
        return reader.say(known[text]) if text in known else text

    lines = []
    for path, texts in _flat((), value):
        text = reader.say(", ").join(said(each) for each in texts)
        lines.append(f"{' / '.join(said(name) for name in path)}: {text}" if path else text)
    return lines


def _flat(path: tuple[str, ...], value: Any) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    match value:
        case Mapping():
            for name, part in value.items():
                yield from _flat((*path, str(name)), part)
        case list() if any(isinstance(part, Mapping | list) for part in value):
            for number, part in enumerate(value, start=1):
                yield from _flat((*path, str(number)), part)
        case None | "" | []:
            return
        case list():
            yield path, [_plain(part) for part in value]
        case _:
            yield path, [_plain(value)]


def texts_in(value: Any) -> list[str]:
    """The texts that a value is or holds."""
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str) and each]


def groups_in(value: Any) -> list[Mapping[str, Any]]:
    """The groups of fields that a value is or holds."""
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, Mapping)]


_WRITERS: Mapping[Sort, _Writer] = {
    Sort.TEXT: _text,
    Sort.CODE: _text,
    Sort.NUMBER: _text,
    Sort.MINUTES: _minutes,
    Sort.FLAG: _flag,
    Sort.PERSON: _named,
    Sort.DEPARTMENT: _path,
    Sort.SITE: _named,
    Sort.STEP: _step,
    Sort.MOMENT: _moment,
    Sort.DAY: _day,
    Sort.CLOCK: _clock,
    Sort.QUARTER: _text,
    Sort.STATUS: _status,
    Sort.WORD: _word,
    Sort.BY_LANGUAGE: _by_language,
    Sort.ROWS: _rows,
    Sort.VALUES: _values,
}
