"""What an application (来访申请) must say, and what it must not."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from chalicelib.domain.directory import Person
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.reception_items import check_items
from chalicelib.domain.sites import Site
from chalicelib.domain.visits.model import Application
from chalicelib.domain.visits.series import check_series, steps

VISITORS_LIMIT = 200
TEAM_LIMIT = 30
COMPANIONS_LIMIT = 5
BOOKINGS_LIMIT = 10
"""Rooms, equipment and vehicles of one application, each counted once in a series."""
LONGEST = timedelta(days=31)
FURTHEST_AHEAD = timedelta(days=366)


def check_application(asked: Application, site: Site | None, host: Person | None, now: datetime) -> None:
    """Raise Invalid naming every field that cannot stand; None for `site` or `host` means that there is none."""
    problems = [*_times(asked, now), *_visitors(asked), *_bookings(asked, site)]
    last = asked.ends + steps(asked.starts, asked.series)[-1]
    problems += check_items(asked.items, asked.starts.date(), last.date())
    problems += check_series(asked.starts, asked.ends, asked.series, now + FURTHEST_AHEAD)
    if site is None:
        problems.append(FieldError("site", "unknown_site"))
    if host is None:
        problems.append(FieldError("host", "unknown_person"))
    elif not host.active:
        problems.append(FieldError("host", "host_departed", {"name": host.name}))
    if problems:
        raise Invalid(*problems)


def _times(asked: Application, now: datetime) -> Iterator[FieldError]:
    if asked.ends <= now:
        yield FieldError("ends", "in_the_past")
    elif asked.starts < now - timedelta(minutes=15):
        yield FieldError("starts", "in_the_past")  # a visitor who already stands at the door is no visit in the past
    if asked.ends <= asked.starts:
        yield FieldError("ends", "end_before_start")
    if asked.ends - asked.starts > LONGEST:
        yield FieldError("ends", "visit_too_long", {"days": str(LONGEST.days)})
    if asked.starts > now + FURTHEST_AHEAD:
        yield FieldError("starts", "too_far_ahead", {"days": str(FURTHEST_AHEAD.days)})


def _visitors(asked: Application) -> Iterator[FieldError]:
    if not asked.visitors:
        yield FieldError("visitors", "required")
    if len(asked.visitors) > VISITORS_LIMIT:
        yield FieldError("visitors", "too_many_rows", {"max_length": str(VISITORS_LIMIT)})
    seen: dict[tuple[str, str], int] = {}
    for row, visitor in enumerate(asked.visitors):
        first = seen.setdefault((visitor.name, visitor.phone), row)
        if first != row:
            yield FieldError(f"visitors.{row}.phone", "visitor_twice", {"row": str(first + 1)})


def _bookings(asked: Application, site: Site | None) -> Iterator[FieldError]:
    for row, booking in enumerate(asked.bookings):
        if site and site.resource(booking.resource) is None:
            yield FieldError(f"resources.{row}.resource", "unknown_resource")
        if booking.ends <= booking.starts:
            yield FieldError(f"resources.{row}.ends", "end_before_start")
        elif booking.starts < asked.starts - timedelta(days=1) or booking.ends > asked.ends + timedelta(days=1):
            yield FieldError(f"resources.{row}.starts", "outside_visit")


def check_bookings_fit(resource_days: int, limit: int) -> None:
    """Raise Invalid when what one visit books touches more resource days than one transaction takes."""
    if resource_days > limit:
        raise Invalid(FieldError("resources", "too_many_resource_days", {"limit": str(limit)}))
