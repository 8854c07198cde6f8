"""Calendar entries of a visit by e-mail: to its host and team, and to invited visitors who have an address.

What somebody was sent last says what they have in their calendar. It is compared with what they should have: who has
nothing, or something else, is sent an invitation; who should have nothing any more, a cancellation. So each round of a
visit sends what it changes and no more, however often it is looked at.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import batched

from chalicelib.domain.errors import Contention, NotFound
from chalicelib.domain.invitations import Guest
from chalicelib.domain.notifications import Intent
from chalicelib.domain.sites import Site, localised
from chalicelib.domain.visits import Visit
from chalicelib.models.notifications import IntentItem, NotificationsTable
from chalicelib.models.store import Check, Query
from chalicelib.models.visits import VisitItem
from chalicelib.services import directory, sites
from chalicelib.services.calendar_files import Mailbox, Meeting, calendar_file, cancelled, is_cancelled, same
from chalicelib.services.call import Call
from chalicelib.services.directory.reading import every
from chalicelib.services.notifications import intend, not_intended
from chalicelib.services.notifications.texts import mailed, when

BATCH = 90


@dataclass(frozen=True)
class Sender:
    """The address that e-mails come from, and what their links start with."""

    address: str
    public_url: str


@dataclass(frozen=True)
class Entry:
    """A calendar entry that somebody should have; `person` is a colleague's id, "" for a visitor."""

    to: Mailbox
    language: str
    calendar: str
    facts: Mapping[str, str]
    template: str
    person: str = ""


def invite(call: Call, sender: Sender, visit: Visit, guests: Iterable[Guest]) -> None:
    """Bring the calendars of everybody concerned to where an approved visit is. Raises Contention."""
    site = sites.site(call.store, visit.site, call.now)
    staff = _staff(call, sender, visit, site)
    visitors = (_of_guest(call, sender, visit, site, guest) for guest in guests)
    wanted = {entry.to.address: entry for entry in (*visitors, *staff) if entry.to.address}
    last = _last(call, visit)
    changed = [entry for address, entry in wanted.items() if not _has(last.get(address), entry)]
    gone = [intent for address, intent in last.items() if address not in wanted]
    _intend(call, visit, [*(_mail(call, visit, entry) for entry in changed), *_cancellations(call, visit, gone)])


def cancel(call: Call, visit: Visit) -> None:
    """Take the visit out of every calendar that it was sent to. Raises Contention."""
    _intend(call, visit, list(_cancellations(call, visit, _last(call, visit).values())))


def meeting_for_guest(visit: Visit, site: Site, guest: Guest, language: str, url: str) -> Meeting:
    """The visit in a visitor's calendar; without anybody's address, as it is downloaded."""
    facts = _facts(visit, site, language) | {"number": guest.reservation, "link": url}
    title, text = mailed("calendar_guest_entry", facts, language)
    return _meeting(visit, site, language, title, text, url)


def meeting_for_staff(visit: Visit, site: Site, language: str, url: str) -> Meeting:
    """The visit in a colleague's calendar; without anybody's address, as it is downloaded."""
    facts = _facts(visit, site, language) | {"link": url}
    title, text = mailed("calendar_staff_entry", facts, language)
    return _meeting(visit, site, language, title, text, url)


def _meeting(visit: Visit, site: Site, language: str, title: str, text: str, url: str) -> Meeting:
    return Meeting(
        uid=f"{visit.id}@atrium",
        sequence=visit.round,
        title=title,
        where=_where(site, language),
        text=text,
        times=[(each.starts, each.ends) for each in visit.occurrences],
        changed_at=_changed_at(visit),
        url=url,
    )


def _changed_at(visit: Visit) -> datetime:
    """When the visit became what calendars are told now; whoever tells it again says the same."""
    return visit.ended_at or visit.amended_at or visit.approved_at or visit.created_at


def _where(site: Site, language: str) -> str:
    return f"{localised(site.name, language)} {localised(site.address, language)}".strip()


def _facts(visit: Visit, site: Site, language: str) -> dict[str, str]:
    return {
        "where": localised(site.name, language),
        "when": when(visit.starts, visit.ends, language, site.time_zone),
        "host": visit.host_name,
        "phone": visit.host_phone,
        "party": visit.party,
        "number": visit.number,
    }


def _staff(call: Call, sender: Sender, visit: Visit, site: Site) -> Iterator[Entry]:
    for id in sorted(visit.people):
        try:
            person = directory.person(call.store, id, call.now)
        except NotFound:
            continue
        if not person.active or not person.email:
            continue
        url = f"{sender.public_url}/visits/{visit.id}"
        meeting = meeting_for_staff(visit, site, person.locale, url)
        facts = _facts(visit, site, person.locale) | {"link": url}
        to = Mailbox(person.name, person.email)
        yield Entry(to, person.locale, _addressed(meeting, sender, to), facts, "calendar_staff", id)


def _of_guest(call: Call, sender: Sender, visit: Visit, site: Site, guest: Guest) -> Entry:
    url = f"{sender.public_url}/i/{guest.link}"
    meeting = meeting_for_guest(visit, site, guest, guest.language, url)
    facts = _facts(visit, site, guest.language) | {"number": guest.reservation, "link": url}
    to = Mailbox(guest.name, guest.email)
    return Entry(to, guest.language, _addressed(meeting, sender, to), facts, "calendar_guest")


def _addressed(meeting: Meeting, sender: Sender, to: Mailbox) -> str:
    """The invitation to one person: nobody learns whom else it goes to, and answers go nowhere."""
    personal = replace(meeting, organizer=Mailbox("Atrium", sender.address), attendees=(to,))
    return calendar_file(personal, "REQUEST")


def _last(call: Call, visit: Visit) -> dict[str, Intent]:
    """What everybody was sent last about the visit, by their address."""
    items = every(call.store, Query(NotificationsTable, f"about#{_about(visit)}", index=1, limit=200))
    sent = (item.to(Intent) for item in items if isinstance(item, IntentItem))
    return {intent.address: intent for intent in sent}


def _about(visit: Visit) -> str:
    return f"{visit.id}#calendar"


def _has(last: Intent | None, entry: Entry) -> bool:
    return last is not None and same(last.calendar, entry.calendar)


def _mail(call: Call, visit: Visit, entry: Entry) -> Intent:
    title, text = mailed(entry.template, entry.facts, entry.language)
    return Intent(
        id=_id(visit, entry.to.address, "calendar"),
        channel="email",
        template="calendar",
        address=entry.to.address,
        language=entry.language,
        title=title,
        text=text,
        calendar=entry.calendar,
        person=entry.person,
        about=_about(visit),
        created_at=call.now,
    )


def _cancellations(call: Call, visit: Visit, had: Iterable[Intent]) -> Iterator[Intent]:
    site = sites.site(call.store, visit.site, call.now)
    for last in had:
        if is_cancelled(last.calendar):
            continue
        title, text = mailed("calendar_cancelled", _facts(visit, site, last.language), last.language)
        yield Intent(
            id=_id(visit, last.address, "calendar_cancelled"),
            channel="email",
            template="calendar_cancelled",
            address=last.address,
            language=last.language,
            title=title,
            text=text,
            calendar=cancelled(last.calendar, _changed_at(visit)),
            person=last.person,
            about=_about(visit),
            created_at=call.now,
        )


def _id(visit: Visit, address: str, template: str) -> str:
    """The message's id: one to each address for each round of the visit."""
    return f"{visit.id}#{hashlib.sha256(address.encode()).hexdigest()[:16]}#{template}#{visit.round}"


def _intend(call: Call, visit: Visit, intents: Iterable[Intent]) -> None:
    still = Check(VisitItem.at(visit.id), {"round": visit.round, "status": visit.status}, Contention())
    for batch in batched(intents, BATCH, strict=False):
        if new := not_intended(call, batch):
            call.commit({}, still, *(intend(intent) for intent in new))
