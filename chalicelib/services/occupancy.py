"""The calendar of free and busy (占用日历): what of a site is booked when, for everybody who works here.

Whose a booking is, it tells by the reservation number only: who may see the visit finds it by that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from chalicelib.domain.bookings import Busy, ResourceDay, busy
from chalicelib.domain.sites import Resource, ResourceKind, Site
from chalicelib.models.store import BATCH_GET_LIMIT
from chalicelib.models.visits import ResourceDayItem
from chalicelib.services import sites
from chalicelib.services.call import Call
from chalicelib.services.permissions import COMPANY

READ_AT_ONCE = BATCH_GET_LIMIT - 1
"""Resource days that one batch reads beside the person who asks."""


@dataclass(frozen=True)
class Occupancy:
    """What is booked of some resources on `days` (the site's own dates); `after` is the resource that comes next."""

    site: Site
    days: Sequence[date]
    rows: Sequence[tuple[Resource, Sequence[Busy]]]
    after: str | None


def occupancy(
    call: Call, site_id: str, first: date | None, days: int, kind: ResourceKind | None = None, after: str | None = None
) -> Occupancy:
    """What is booked at a site for `days` days from `first` (its own date, today if left out) on.

    As many resources as one batch reads, from `after` on. Raises NotFound for a site that is not there.
    """
    call.permit("company:view", COMPANY)
    site = sites.site(call.store, site_id, call.now)
    zone = ZoneInfo(site.time_zone)
    first = first or call.now.astimezone(zone).date()
    window = tuple(_midnight(first + timedelta(days=n), zone) for n in (0, days))
    stored = _utc_days(*window)
    shown, following = _page(site, kind, after, READ_AT_ONCE // len(stored))
    rows = _rows(call, site, shown, stored, window)
    return Occupancy(site, [first + timedelta(days=n) for n in range(days)], rows, following)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _utc_days(starts: datetime, ends: datetime) -> list[date]:
    last = (ends - timedelta(microseconds=1)).date()
    return [starts.date() + timedelta(days=n) for n in range((last - starts.date()).days + 1)]


def _page(site: Site, kind: ResourceKind | None, after: str | None, most: int) -> tuple[Sequence[Resource], str | None]:
    """The resources to show, from the one called `after` on, and the id of the one that comes next."""
    known = [each for each in site.resources if kind is None or each.kind == kind]
    start = next((number for number, each in enumerate(known) if each.id == after), 0)
    rest = known[start:]
    return rest[:most], rest[most].id if len(rest) > most else None


def _rows(
    call: Call, site: Site, shown: Sequence[Resource], stored: Sequence[date], window: tuple[datetime, ...]
) -> list[tuple[Resource, Sequence[Busy]]]:
    keys = [ResourceDayItem.at(ResourceDay(site.id, each.id, day)) for each in shown for day in stored]
    items = iter(call.store.get(*keys) if keys else [])
    found: list[tuple[Resource, Sequence[Busy]]] = []
    for each in shown:
        held = {day: item.held() for day, item in zip(stored, items, strict=False) if item}
        found.append((each, busy(held, window[0], window[-1])))
    return found
