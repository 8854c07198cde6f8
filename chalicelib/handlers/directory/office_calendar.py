"""The office calendar: its page for administrators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, time
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from chalicelib.domain.office_calendar import DAYS, SPECIAL_LIMIT, OfficeCalendar, SpecialDay
from chalicelib.domain.office_hours import Hours, Week
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.directory.area import area
from chalicelib.handlers.fields import Answered, Name, Strict
from chalicelib.handlers.zones import TimeZone
from chalicelib.services import office_calendar
from chalicelib.services.call import Call
from chalicelib.services.office_calendar import public


def _local(given: time) -> time:
    if given.tzinfo:
        raise PydanticCustomError("bad_format", "a time of day has no zone")
    return given.replace(second=0, microsecond=0)


TimeOfDay = Annotated[time, AfterValidator(_local)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class HoursForm(Strict):
    """Office hours of a day, in local time."""

    opens: TimeOfDay
    closes: TimeOfDay


class WeekForm(Strict):
    """The usual week; a day without hours is off."""

    mon: HoursForm | None = None
    tue: HoursForm | None = None
    wed: HoursForm | None = None
    thu: HoursForm | None = None
    fri: HoursForm | None = None
    sat: HoursForm | None = None
    sun: HoursForm | None = None


class DayForm(Strict):
    """A day of the company's own, and why."""

    day: date
    title: Name


class CalendarForm(Strict):
    """The office calendar: public holidays of `country` (ISO 3166-1 alpha-2), and the company's own exceptions."""

    country: Country
    time_zone: TimeZone
    week: WeekForm
    holidays: list[DayForm] = Field(default_factory=list, max_length=SPECIAL_LIMIT)
    workdays: list[DayForm] = Field(default_factory=list, max_length=SPECIAL_LIMIT)

    def calendar(self) -> OfficeCalendar:
        """The calendar as the domain knows it."""
        days = [getattr(self.week, name) for name in DAYS]
        week = Week(tuple(Hours(each.opens, each.closes) if each else None for each in days), self.time_zone)
        return OfficeCalendar(self.country, week, _special(self.holidays), _special(self.workdays))


class CalendarChanged(Answered):
    """The version that the calendar has now."""

    version: int
    location: str


def _special(days: list[DayForm]) -> tuple[SpecialDay, ...]:
    return tuple(SpecialDay(each.day, each.title) for each in days)


@area.endpoint("GET", "/calendar", action="calendar:manage", page="office_calendar.html")
def show_calendar(call: Call) -> Reply:
    """The office calendar, and the exceptions of the coming year as the system counts them."""
    calendar = office_calendar.view(call)
    return Reply(_data(call, calendar), version=calendar.version)


def _data(call: Call, calendar: OfficeCalendar) -> dict[str, Any]:
    week = {name: asdict(hours) if hours else None for name, hours in zip(DAYS, calendar.week.days, strict=True)}
    return {
        "calendar": {
            "country": calendar.country,
            "time_zone": calendar.week.time_zone,
            "week": week,
            "holidays": [asdict(each) for each in calendar.holidays],
            "workdays": [asdict(each) for each in calendar.workdays],
            "version": calendar.version,
        },
        "coming": [asdict(each) for each in office_calendar.coming(call, calendar)],
        "countries": sorted(public.countries()),
        "known_until": public.known_until(calendar.country),
    }


def _again(call: Call) -> Mapping[str, Any]:
    return _data(call, office_calendar.view(call))


@area.endpoint(
    "POST",
    "/calendar",
    action="calendar:manage",
    body=CalendarForm,
    answer=CalendarChanged,
    page="office_calendar.html",
    refill=_again,
)
def change_calendar(call: Call, form: CalendarForm) -> dict[str, Any]:
    """State the office calendar anew."""
    return office_calendar.change(call, form.calendar())
