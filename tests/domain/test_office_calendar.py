"""What an office calendar may say."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from chalicelib.domain.errors import Invalid
from chalicelib.domain.office_calendar import OfficeCalendar, SpecialDay
from chalicelib.domain.office_hours import Hours, Week

DAY, OTHER = date(2026, 5, 6), date(2026, 5, 9)
NINE_TO_FIVE = Hours(time(9), time(17))


def week(*days: Hours | None) -> Week:
    return Week((*days, *(None,) * (7 - len(days))), "Asia/Shanghai")


def test_the_usual_calendar_is_right() -> None:
    OfficeCalendar().check()


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        ({"week": week()}, {"week.mon.opens": "no_office_hours"}),
        ({"week": week(NINE_TO_FIVE, Hours(time(9), time(9)))}, {"week.tue.closes": "end_before_start"}),
        ({"holidays": (SpecialDay(DAY, "A"), SpecialDay(DAY, "B"))}, {"holidays.1.day": "duplicate"}),
        (
            {"holidays": (SpecialDay(DAY, "A"),), "workdays": (SpecialDay(OTHER, "B"), SpecialDay(DAY, "C"))},
            {"workdays.1.day": "duplicate"},
        ),
    ],
)
def test_what_cannot_be_is_named_with_its_place(facts: dict[str, Any], refused: dict[str, str]) -> None:
    with pytest.raises(Invalid) as error:
        OfficeCalendar(**facts).check()
    assert {field.path: field.code for field in error.value.fields} == refused


def test_the_company_s_own_days_are_kept_in_their_order() -> None:
    calendar = OfficeCalendar(holidays=(SpecialDay(OTHER, "B"), SpecialDay(DAY, "A"))).sorted()
    assert [each.day for each in calendar.holidays] == [DAY, OTHER]
    assert (calendar.own(DAY), calendar.own(date(2026, 1, 1))) == (False, None)
