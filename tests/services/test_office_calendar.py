"""Public holidays, exchanged workdays, the company's own days, and hours counted by them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from chalicelib.domain.errors import Forbidden, Invalid, Stale
from chalicelib.domain.office_calendar import OfficeCalendar, SpecialDay
from chalicelib.domain.office_hours import Hours, Week
from chalicelib.services import office_calendar
from chalicelib.services.office_calendar import public
from tests.services.conftest import Company

MAY_DAY = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("country", "day", "expected"),
    [
        ("CN", date(2026, 2, 17), False),  # New Year by the moon
        ("CN", date(2026, 2, 20), False),  # exchanged for the Saturday before
        ("CN", date(2026, 2, 14), True),  # that Saturday
        ("CN", date(2026, 2, 21), None),  # a Saturday like any other
        ("CN", date(2026, 3, 3), None),
        ("CN", date(2035, 10, 1), False),  # not published yet, but the law names it
        ("CN", date(1999, 10, 1), False),
        ("DE", date(2026, 4, 3), False),
        ("DE", date(2026, 2, 17), None),
        ("GB", date(2026, 12, 28), False),  # Boxing Day, made up for
    ],
)
def test_public_holidays_are_those_of_the_country(country: str, day: date, expected: bool | None) -> None:
    assert public.is_workday(country, day) is expected


def test_holidays_have_names_in_the_reader_s_language() -> None:
    assert public.title_of("CN", date(2026, 10, 1), "zh-CN") == "国庆节"
    assert public.title_of("CN", date(2026, 10, 1), "en") == "National Day"
    assert public.title_of("CN", date(2026, 3, 3), "en") == ""


def test_without_a_calendar_of_its_own_the_company_works_as_china_does(company: Company) -> None:
    call = company.call(company.admin)
    friday = datetime(2026, 2, 13, 8, 0, tzinfo=UTC)  # 16:00; the Saturday after is worked, then nine days are off
    assert office_calendar.due(call, friday, 2) == friday + timedelta(hours=2)
    assert office_calendar.due(call, friday, 11) == datetime(2026, 2, 14, 10, 0, tzinfo=UTC)
    assert office_calendar.due(call, friday, 12) == datetime(2026, 2, 24, 2, 0, tzinfo=UTC)


def test_the_company_s_own_days_come_before_the_public_ones(company: Company) -> None:
    own = OfficeCalendar(workdays=(SpecialDay(MAY_DAY, "Stocktaking"),), holidays=(SpecialDay(date(2026, 5, 6), "X"),))
    office_calendar.change(company.call(company.admin), own)
    kept = office_calendar.current(company.store, company.now)
    assert office_calendar.is_workday(kept, MAY_DAY) is True
    assert office_calendar.is_workday(kept, date(2026, 5, 6)) is False
    assert office_calendar.is_workday(kept, date(2026, 5, 4)) is False


def test_the_coming_year_is_listed_as_it_is_counted(company: Company) -> None:
    own = OfficeCalendar(holidays=(SpecialDay(date(2026, 3, 5), "Anniversary"),))
    days = office_calendar.coming(company.call(company.admin, locale="en"), own)
    assert (days[0].day, days[0].title, days[0].own, days[0].worked) == (date(2026, 3, 5), "Anniversary", True, False)
    worked = [each.day for each in days if each.worked and each.day.year == 2026]
    assert worked == [date(2026, 5, 9), date(2026, 9, 20), date(2026, 10, 10)]


def test_another_country_and_week_are_counted(company: Company) -> None:
    week = Week((Hours(time(8), time(12)), *(None,) * 6), "Europe/Berlin")
    office_calendar.change(company.call(company.admin), OfficeCalendar("DE", week))
    monday = datetime(2026, 3, 30, 6, 0, tzinfo=UTC)  # 8:00 in Berlin; the Monday after is Easter
    assert office_calendar.due(company.call(company.admin), monday, 5) == datetime(2026, 4, 13, 7, 0, tzinfo=UTC)


def test_a_calendar_is_kept_only_by_administrators_and_in_its_version(company: Company) -> None:
    with pytest.raises(Forbidden):
        office_calendar.change(company.call(company.manager), OfficeCalendar())
    first = office_calendar.change(company.call(company.admin), OfficeCalendar())
    assert first["version"] == 1
    with pytest.raises(Stale):
        office_calendar.change(company.call(company.admin, expected_version=0), OfficeCalendar())
    assert office_calendar.change(company.call(company.admin, expected_version=1), OfficeCalendar())["version"] == 2


def test_a_country_that_is_none_is_refused(company: Company) -> None:
    with pytest.raises(Invalid) as error:
        office_calendar.change(company.call(company.admin), replace(OfficeCalendar(), country="XX"))
    assert [(field.path, field.code) for field in error.value.fields] == [("country", "bad_choice")]
