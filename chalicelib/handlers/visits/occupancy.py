"""The calendar of free and busy: rooms, equipment and vehicles of a site on a day or in a week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from chalicelib.domain.bookings import Busy
from chalicelib.domain.errors import FieldError, Invalid, NotFound
from chalicelib.domain.sites import Resource, ResourceKind, localised
from chalicelib.handlers.fields import Id, Strict
from chalicelib.handlers.visits.routes import area
from chalicelib.services import occupancy, sites
from chalicelib.services.call import Call

MINUTES = 24 * 60
DAYS = {"day": 1, "week": 7}


class CalendarQuery(Strict):
    """What the calendar takes: the site (otherwise the reader's own), the first day, how much, of which kind."""

    site: Id | None = None
    day: date | None = None
    view: Literal["day", "week"] = "day"
    kind: ResourceKind | None = None
    after: Id | None = None
    lang: str | None = None


@area.endpoint("GET", "/resources", action="company:view", query=CalendarQuery, page="resources.html")
def free_and_busy(call: Call, query: CalendarQuery) -> dict[str, Any]:
    """What can be booked at a site, and when it is taken."""
    known = sites.sites(call.store, call.now)
    site = query.site or call.me.site or min((each.id for each in known), default="")
    try:
        found = occupancy.occupancy(call, site, query.day, DAYS[query.view], query.kind, query.after)
    except NotFound as error:
        raise Invalid(FieldError("site", "unknown_site")) from error
    zone = ZoneInfo(found.site.time_zone)
    first, length = found.days[0], timedelta(days=DAYS[query.view])
    return {
        "site": {"id": found.site.id, "name": localised(found.site.name, call.locale), "time_zone": zone.key},
        "sites": [{"id": each.id, "name": localised(each.name, call.locale)} for each in known],
        "view": query.view,
        "kind": query.kind,
        "days": found.days,
        "earlier": first - length,
        "later": first + length,
        "items": [_row(each, busy, found.days, zone, call.locale) for each, busy in found.rows],
        "next": found.after,
        "time_zone": zone.key,
    }


def _row(each: Resource, busy: Sequence[Busy], days: Sequence[date], zone: ZoneInfo, locale: str) -> dict[str, Any]:
    facts = {"id": each.id, "kind": each.kind, "name": localised(each.name, locale), "seats": each.seats}
    shown = [_day(day, busy, zone, timedelta(minutes=each.margin_minutes)) for day in days]
    return facts | {"margin_minutes": each.margin_minutes, "days": shown}


def _day(day: date, busy: Sequence[Busy], zone: ZoneInfo, margin: timedelta) -> dict[str, Any]:
    """The bookings of a day of the site; each bar is what of them falls into it, in minutes from its beginning."""
    starts, ends = (datetime.combine(day + timedelta(days=n), time(), zone) for n in (0, 1))
    own = [each for each in busy if each.starts < ends and each.ends > starts]
    return {
        "day": day,
        "bookings": [{"number": _number(each), "starts": each.starts, "ends": each.ends} for each in own],
        "bars": [bar for each in own for bar in _bars(each, starts, ends, margin)],
    }


def _number(busy: Busy) -> str:
    return busy.owner.partition(" ")[0]


def _bars(busy: Busy, starts: datetime, ends: datetime, margin: timedelta) -> list[dict[str, Any]]:
    """A bar for the whole and one for what is not set-up and clean-up."""
    whole = _bar(busy.starts, busy.ends, starts, ends, "margin")
    inner = _bar(busy.starts + margin, busy.ends - margin, starts, ends, "booked")
    return [bar for bar in (whole, inner) if bar["width"] > 0]


def _bar(first: datetime, last: datetime, starts: datetime, ends: datetime, kind: str) -> dict[str, Any]:
    # A day on which the clocks change has another length, but is as wide as any other.
    left, right = ((min(max(each, starts), ends) - starts) / (ends - starts) for each in (first, last))
    return {"kind": kind, "x": round(left * MINUTES), "width": round((right - left) * MINUTES)}
