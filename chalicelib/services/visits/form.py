"""From what the applicant filled in to a visit: names looked up, times in UTC, every field checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from chalicelib.domain.directory import Person
from chalicelib.domain.errors import NotFound
from chalicelib.domain.sites import Site
from chalicelib.domain.visits import Application, RoomUse, Visit, check_application, number_of, party_of
from chalicelib.services import directory, rooms
from chalicelib.services.call import Call
from chalicelib.services.sites import site as read_site


def visit_of(call: Call, asked: Application, visit_id: str, before: Visit | None) -> Visit:
    """The visit that the application describes, new or with the history of `before`."""
    site, host = site_or_none(call, asked.site), person_or_none(call, asked.host)
    asked = _on_site_time(asked, site)
    check_application(asked, site, host, call.now)
    if site is None or host is None:
        raise NotFound
    team = tuple(replace(helper, name=_name(call, helper.person)) for helper in asked.team)
    applicant = call.me
    return Visit(
        id=visit_id,
        number=before.number if before else number_of(visit_id),
        applicant=applicant.id,
        applicant_name=applicant.name,
        department=applicant.department,
        department_path=applicant.department_path,
        site=site.id,
        starts=asked.starts,
        ends=asked.ends,
        host=host.id,
        host_name=host.name,
        host_phone=host.phone,
        purpose=asked.purpose,
        requirements=asked.requirements,
        team=team,
        rooms=tuple(_named(use, site, call.locale) for use in asked.rooms),
        party=party_of(asked.visitors),
        visitors=len(asked.visitors),
        time_zone=site.time_zone,
        created_at=before.created_at if before else call.now,
        status=before.status if before else "draft",
        round=before.round if before else 0,
        approval=before.approval if before else None,
    )


def _named(use: RoomUse, site: Site, locale: str) -> RoomUse:
    room = site.room(use.room)
    margin = room.margin_minutes if room else 0
    return replace(use, name=rooms.room_name(site, use.room, locale), margin_minutes=margin)


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


def _on_site_time(asked: Application, site: Site | None) -> Application:
    """Times without a zone are the site's own; all become UTC."""
    zone = ZoneInfo(site.time_zone if site else "UTC")

    def utc(moment: datetime) -> datetime:
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)

    uses = tuple(replace(use, starts=utc(use.starts), ends=utc(use.ends)) for use in asked.rooms)
    return replace(asked, starts=utc(asked.starts), ends=utc(asked.ends), rooms=uses)
