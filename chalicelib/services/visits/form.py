"""From what the applicant filled in to a visit: names looked up, times in UTC, every field checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from chalicelib.domain.bookings import Booking
from chalicelib.domain.directory import Person
from chalicelib.domain.errors import FieldError, Invalid, NotFound
from chalicelib.domain.reception_items import ReceptionItem
from chalicelib.domain.sites import Site, localised
from chalicelib.domain.visits import (
    Application,
    Visit,
    Visitor,
    check_application,
    number_of,
    party_of,
    repeated,
    series_of,
    steps,
)
from chalicelib.services import directory
from chalicelib.services.call import Call
from chalicelib.services.sites import site as read_site
from chalicelib.services.visits import cost


def visit_of(call: Call, asked: Application, visit_id: str, before: Visit | None) -> Visit:
    """The visit that the application describes, new or with the history of `before`."""
    site, host = site_or_none(call, asked.site), person_or_none(call, asked.host)
    asked = on_site_time(asked, site)
    check_application(asked, site, host, call.now)
    if site is None or host is None:
        raise NotFound
    book = cost.known_for(call, asked)
    team = tuple(replace(helper, name=_name(call, helper.person)) for helper in asked.team)
    by = steps(asked.starts, asked.series)
    occurrences = repeated(asked.starts, asked.ends, by)
    visit = Visit(
        id=visit_id,
        number=before.number if before else number_of(visit_id),
        applicant=call.me.id,
        applicant_name=call.me.name,
        department=call.me.department,
        department_path=call.me.department_path,
        site=site.id,
        starts=occurrences[0].starts,
        ends=occurrences[-1].ends,
        occurrences=occurrences,
        host=host.id,
        host_name=host.name,
        host_phone=host.phone,
        purpose=asked.purpose,
        requirements=asked.requirements,
        team=team,
        bookings=tuple(_booked(each, site, call.locale, step) for each in asked.bookings for step in by),
        customer=asked.customer or asked.visitors[0].company,
        level=asked.level,
        walk_in=asked.walk_in,
        items=tuple(_arranged(call, row, item) for row, item in enumerate(asked.items)),
        party=party_of(asked.visitors),
        visitors=len(asked.visitors),
        numbered=len(asked.visitors),
        companions_allowed=asked.companions_allowed,
        budget_reason=asked.budget_reason,
        time_zone=site.time_zone,
        created_at=before.created_at if before else call.now,
        status=before.status if before else "draft",
        round=before.round if before else 0,
        approval=before.approval if before else None,
    )
    return cost.estimated(visit, book, site.currency)


def _arranged(call: Call, row: int, item: ReceptionItem) -> ReceptionItem:
    if not item.owner:
        return item
    owner = person_or_none(call, item.owner)
    if owner is None or not owner.active:
        raise Invalid(FieldError(f"items.{row}.owner", "departed_person" if owner else "unknown_person"))
    return replace(item, owner_name=owner.name)


def _booked(asked: Booking, site: Site, locale: str, step: timedelta) -> Booking:
    """The booking as asked for, for the occurrence that begins `step` after the first."""
    resource = site.resource(asked.resource)
    if resource is None:
        raise NotFound
    return Booking(
        resource=resource.id,
        starts=(asked.starts + step).astimezone(UTC),
        ends=(asked.ends + step).astimezone(UTC),
        kind=resource.kind,
        name=localised(resource.name, locale),
        margin_minutes=resource.margin_minutes,
        keeper=resource.keeper,
    )


def asked_of(visit: Visit, visitors: tuple[Visitor, ...]) -> Application:
    """What the applicant of a visit asked for: the way back from `visit_of`."""
    return Application(
        site=visit.site,
        starts=visit.occurrences[0].starts,
        ends=visit.occurrences[0].ends,
        host=visit.host,
        purpose=visit.purpose,
        visitors=visitors,
        team=visit.team,
        bookings=visit.bookings[:: len(visit.occurrences)],
        requirements=visit.requirements,
        customer=visit.customer,
        series=series_of(visit.occurrences),
        level=visit.level,
        walk_in=visit.walk_in,
        items=visit.items,
        companions_allowed=visit.companions_allowed,
        attachments=tuple(each.id for each in visit.attachments),
        budget_reason=visit.budget_reason,
    )


def site_or_none(call: Call, site_id: str) -> Site | None:
    """The site, None where there is none."""
    try:
        return read_site(call.store, site_id, call.now)
    except NotFound:
        return None


def person_or_none(call: Call, person_id: str) -> Person | None:
    """The person, None where there is none."""
    try:
        return directory.person(call.store, person_id, call.now)
    except NotFound:
        return None


def _name(call: Call, person_id: str) -> str:
    person = person_or_none(call, person_id)
    return person.name if person else ""


def on_site_time(asked: Application, site: Site | None) -> Application:
    """All times on the site's clock; those without a zone already are."""
    zone = ZoneInfo(site.time_zone if site else "UTC")

    def here(moment: datetime) -> datetime:
        return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)

    bookings = tuple(replace(each, starts=here(each.starts), ends=here(each.ends)) for each in asked.bookings)
    return replace(asked, starts=here(asked.starts), ends=here(asked.ends), bookings=bookings)
