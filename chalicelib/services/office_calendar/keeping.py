"""Keeping the office calendar, and counting by it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import cast
from zoneinfo import ZoneInfo

from chalicelib.domain import office_hours
from chalicelib.domain.errors import FieldError, Invalid, Stale
from chalicelib.domain.office_calendar import OfficeCalendar
from chalicelib.models.office_calendar import OfficeCalendarItem
from chalicelib.models.store import Store, save
from chalicelib.services.call import Answer, Call
from chalicelib.services.directory.reading import forget, remembered
from chalicelib.services.office_calendar import public
from chalicelib.services.permissions import COMPANY

MANAGE = "calendar:manage"
AHEAD = timedelta(days=366)


@dataclass(frozen=True)
class Coming:
    """A day on which work is not as usual; `own`: because the company says so."""

    day: date
    worked: bool
    title: str
    own: bool


def current(store: Store, now: datetime) -> OfficeCalendar:
    """The calendar as it was at most half a minute ago; the usual one where nobody set any."""
    return remembered("office_calendar", "", now, lambda: _read(store))


def due(call: Call, start: datetime, hours: int) -> datetime:
    """When so many office hours from `start` are over (UTC)."""
    calendar = current(call.store, call.now)
    return office_hours.due(start, hours, calendar.week, partial(is_workday, calendar))


def is_workday(calendar: OfficeCalendar, day: date) -> bool | None:
    """True for a day off that is worked, False for a workday that is off, None for a day as the week has it."""
    own = calendar.own(day)
    return public.is_workday(calendar.country, day) if own is None else own


def view(call: Call) -> OfficeCalendar:
    """The calendar as it is now, for administrators."""
    call.permit(MANAGE, COMPANY)
    return _read(call.store)


def coming(call: Call, calendar: OfficeCalendar) -> list[Coming]:
    """The exceptions of the coming year in their order, as the system counts them."""
    today = call.now.astimezone(ZoneInfo(calendar.week.time_zone)).date()
    days = (today + timedelta(days=number) for number in range(AHEAD.days))
    return [found for day in days if (found := _coming(calendar, day, call.locale))]


def change(call: Call, calendar: OfficeCalendar) -> Answer:
    """State the calendar anew. Raises Stale, Invalid for an unknown country and what check raises."""
    call.permit(MANAGE, COMPANY)
    if calendar.country not in public.countries():
        raise Invalid(FieldError("country", "bad_choice"))
    calendar.check()
    before = _read(call.store)
    if call.expected_version not in (None, before.version):
        raise Stale
    after = replace(calendar.sorted(), version=before.version + 1)
    answer = {"version": after.version, "location": "/calendar"}
    done = call.commit(answer, save(OfficeCalendarItem.from_calendar(after)))
    forget()
    return done


def _read(store: Store) -> OfficeCalendar:
    (item,) = store.get(OfficeCalendarItem.at())
    return cast(OfficeCalendar, item.to(OfficeCalendar)) if item else OfficeCalendar()


def _coming(calendar: OfficeCalendar, day: date, locale: str) -> Coming | None:
    own = next((each for each in (*calendar.workdays, *calendar.holidays) if each.day == day), None)
    worked = is_workday(calendar, day)
    if worked is None:
        return None
    title = own.title if own else public.title_of(calendar.country, day, locale)
    return Coming(day, worked, title, own is not None)
