"""Public holidays by country. The libraries are large and are loaded when a day is asked about for the first time."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

CHINA = "CN"
SATURDAY = 5
LANGUAGES = {"zh-CN": "zh_CN", "en": "en_US"}


@cache
def countries() -> frozenset[str]:
    """Codes (ISO 3166-1 alpha-2) of the countries whose holidays are known."""
    import holidays

    return frozenset(holidays.list_supported_countries(include_aliases=False))


@lru_cache(maxsize=2000)
def is_workday(country: str, day: date) -> bool | None:
    """False for a public holiday, True for a day off that is worked instead (调休), None for a day like any other.

    China's State Council publishes each year's days late in the year before. Until the libraries know them, they are
    the days that the law names, without the exchanged ones.
    """
    if country == CHINA and (off := _china(day)) is not None:
        return _exception(day, off)
    known = _holidays(country, day.year, "en")
    if day in known:
        return False
    return True if day in known.weekend_workdays else None


def title_of(country: str, day: date, locale: str) -> str:
    """What a holiday is called in the reader's language, else in the country's own; "" where it has no name."""
    return str(_holidays(country, day.year, locale).get(day) or "")


def known_until(country: str) -> int | None:
    """The last year whose exchanged days are published; None where days are not exchanged."""
    if country != CHINA:
        return None
    from chinese_calendar.constants import holidays as published

    return int(max(published).year)


def _exception(day: date, off: bool) -> bool | None:
    weekend = day.weekday() >= SATURDAY
    return None if off == weekend else not off


def _china(day: date) -> bool | None:
    """Whether the State Council has the day off; None for years that it has not published, or never did."""
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_holiday(day))
    except NotImplementedError:
        return None


@cache
def _holidays(country: str, year: int, locale: str) -> HolidayBase:
    import holidays

    languages = holidays.list_localized_countries(include_aliases=False).get(country, [])
    wanted = LANGUAGES[locale]
    return holidays.country_holidays(country, years=year, language=wanted if wanted in languages else None)
