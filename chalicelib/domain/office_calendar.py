"""The office calendar (办公日历): when people work, as far as waiting for them is counted."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.office_hours import Hours, Week

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SPECIAL_LIMIT = 200
_USUAL = Hours(time(9), time(18))
USUAL_WEEK = Week((*(_USUAL,) * 5, None, None), "Asia/Shanghai")


@dataclass(frozen=True)
class SpecialDay:
    """A day of the company's own that is not as the public calendar has it, and why."""

    day: date
    title: str


@dataclass(frozen=True)
class OfficeCalendar:
    """Public holidays of `country` (ISO 3166-1 alpha-2), the usual week, and the company's own exceptions."""

    country: str = "CN"
    week: Week = USUAL_WEEK
    holidays: tuple[SpecialDay, ...] = ()
    workdays: tuple[SpecialDay, ...] = ()
    version: int = 0

    def own(self, day: date) -> bool | None:
        """What the company itself says of a day: worked, off, or nothing."""
        if any(each.day == day for each in self.workdays):
            return True
        return False if any(each.day == day for each in self.holidays) else None

    def sorted(self) -> "OfficeCalendar":
        """The same with the company's own days in their order."""
        holidays, workdays = (tuple(sorted(days, key=lambda each: each.day)) for days in (self.holidays, self.workdays))
        return replace(self, holidays=holidays, workdays=workdays)

    def check(self) -> None:
        """Raise Invalid for hours that end before they begin, a week without any, and days that are named twice."""
        wrong = [*_wrong_hours(self.week), *_wrong_days(self)]
        if wrong:
            raise Invalid(*wrong)


def _wrong_hours(week: Week) -> Iterator[FieldError]:
    for name, hours in zip(DAYS, week.days, strict=True):
        if hours and hours.closes <= hours.opens:
            yield FieldError(f"week.{name}.closes", "end_before_start")
    if not any(week.days):
        yield FieldError("week.mon.opens", "no_office_hours")


def _wrong_days(calendar: OfficeCalendar) -> Iterator[FieldError]:
    seen: set[date] = set()
    for group, days in (("holidays", calendar.holidays), ("workdays", calendar.workdays)):
        for number, each in enumerate(days):
            if each.day in seen:
                yield FieldError(f"{group}.{number}.day", "duplicate")
            seen.add(each.day)
