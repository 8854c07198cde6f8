"""Dates and times as people write them, in the language and time zone of a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from datetime import date as Date  # noqa: N812 - `date` is the filter here
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from babel import Locale

_NEAR_DAYS = 7
_BABEL = {"zh-CN": "zh_CN", "en": "en_GB"}
_PATTERNS = {
    "zh-CN": {
        "near": "M月d日 EEE",
        "year": "M月d日",
        "far": "y年M月d日",
        "join": "{date} {time}",
        "zone": "{text}（{zone}）",
    },
    "en": {"near": "EEE d MMM", "year": "d MMM", "far": "d MMM y", "join": "{date}, {time}", "zone": "{text} ({zone})"},
}
_MONTHS = {"zh-CN": ("y年M月", "M月"), "en": ("LLLL y", "LLL")}
"""Whole and short."""


type Moment = datetime | Date | str
"""A time (UTC), a day, or either as ISO 8601 text, as JSON carries it."""


def moment(value: Moment) -> datetime | Date:
    """The value with its type; a text of ten characters is a day."""
    if not isinstance(value, str):
        return value
    return Date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)


def date(value: datetime | Date, locale: str, time_zone: str, now: datetime | None = None) -> str:
    """A day: with the weekday within a week of `now`, with the year when it is another one."""
    from babel.dates import format_date

    day = _local(value, time_zone)
    today = (now or datetime.now(UTC)).astimezone(ZoneInfo(time_zone)).date()
    return format_date(day, _PATTERNS[locale][_distance(day, today)], locale=_babel(locale))


def whole_date(day: Date, locale: str) -> str:
    """A day with its year, for what is kept."""
    from babel.dates import format_date

    return format_date(day, _PATTERNS[locale]["far"], locale=_babel(locale))


def month(value: str, locale: str, short: bool = False) -> str:
    """A month (YYYY-MM) with its year; `short`: only which of the year's it is."""
    from babel.dates import format_date

    return format_date(Date.fromisoformat(f"{value}-01"), _MONTHS[locale][short], locale=_babel(locale))


def country_names(codes: Iterable[str], locale: str) -> list[tuple[str, str]]:
    """Codes of countries (ISO 3166-1 alpha-2) with their names, in the order of the names."""
    names = _babel(locale).territories
    return sorted(((code, str(names.get(code, code))) for code in codes), key=lambda each: each[1])


@cache
def _babel(locale: str) -> Locale:
    """Babel's own object: given a name, it looks through all of its thousand locales at every date."""
    from babel import Locale

    return Locale.parse(_BABEL[locale])


def _local(value: datetime | Date, time_zone: str) -> Date:
    return value.astimezone(ZoneInfo(time_zone)).date() if isinstance(value, datetime) else value


def _distance(day: Date, today: Date) -> str:
    if abs((day - today).days) <= _NEAR_DAYS:
        return "near"
    return "year" if day.year == today.year else "far"


def time(value: datetime, locale: str, time_zone: str, now: datetime | None = None) -> str:
    """Hour and minute on a 24-hour clock, which both languages use at a gate."""
    return value.astimezone(ZoneInfo(time_zone)).strftime("%H:%M")


def datetime_(value: datetime, locale: str, time_zone: str, now: datetime | None = None) -> str:
    """Day and time together."""
    day = date(value, locale, time_zone, now)
    return _PATTERNS[locale]["join"].format(date=day, time=time(value, locale, time_zone))


def span(starts: datetime, ends: datetime, locale: str, time_zone: str, now: datetime | None = None) -> str:
    """From when until when; a day that both share is said once."""
    first, last = (datetime_(value, locale, time_zone, now) for value in (starts, ends))
    same_day = _local(starts, time_zone) == _local(ends, time_zone)
    return f"{first}–{time(ends, locale, time_zone)}" if same_day else f"{first} – {last}"


def named_zone(text: str, moment: datetime, locale: str, time_zone: str, reader_zone: str) -> str:
    """The text with the name of its zone behind it where the reader's clocks (empty: nobody knows) show other times."""
    here = moment.astimezone(ZoneInfo(time_zone))
    if not reader_zone or here.utcoffset() == moment.astimezone(ZoneInfo(reader_zone)).utcoffset():
        return text
    from babel.dates import get_timezone_name

    return _PATTERNS[locale]["zone"].format(text=text, zone=get_timezone_name(here, locale=_babel(locale)))


def elapsed(since: datetime, locale: str, now: datetime | None = None) -> str:
    """How long ago, in the largest unit that says enough: 3 hours."""
    from babel.dates import format_timedelta

    gone = max((now or datetime.now(UTC)) - since, timedelta(minutes=1))
    return format_timedelta(gone, granularity="minute", threshold=1.5, locale=_babel(locale))


def for_input(value: datetime, time_zone: str) -> str:
    """The value of a datetime-local field: no zone, minutes."""
    return value.astimezone(ZoneInfo(time_zone)).strftime("%Y-%m-%dT%H:%M")
