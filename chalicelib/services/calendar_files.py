"""Calendar files (RFC 5545) and what Outlook and Google make of them (RFC 5546, iTIP).

Times are in UTC, which every program reads without a definition of zones. A series that repeats every week is one
event with a rule; one that does not is several events, because Outlook passes by single further dates. A later file of
the same event takes the earlier one's place: it has the same UID and a higher SEQUENCE.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from icalendar import Component, Event

type Method = Literal["PUBLISH", "REQUEST", "CANCEL"]
"""A file to be downloaded, an invitation (again, with what changed), an event that does not take place."""

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Atrium//Visits//EN"
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Mailbox:
    """Somebody with an e-mail address."""

    name: str
    address: str


@dataclass(frozen=True)
class Meeting:
    """What a calendar is to hold. `times` are from when until when (UTC), in order and never empty.

    `sequence` grows with every change; `changed_at` is when the meeting became what the file says: a file that is made
    again is the same file. Answers to an invitation are not asked for.
    """

    uid: str
    sequence: int
    title: str
    where: str
    text: str
    times: Sequence[tuple[datetime, datetime]]
    changed_at: datetime
    url: str = ""
    organizer: Mailbox | None = None
    attendees: Sequence[Mailbox] = ()


def calendar_file(meeting: Meeting, method: Method) -> str:
    """The text of the file."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for event in _events(meeting, method):
        calendar.add_component(event)
    return str(calendar.to_ical().decode())


def weeks_between(times: Sequence[tuple[datetime, datetime]]) -> int:
    """After how many weeks each of several times repeats the one before it exactly; 0 where they do not."""
    steps = {(then[0] - now[0], then[1] - now[1]) for now, then in pairwise(times)}
    starts, ends = next(iter(steps), (timedelta(0), timedelta(0)))
    return starts // WEEK if len(steps) == 1 and starts == ends and not starts % WEEK else 0


def _events(meeting: Meeting, method: Method) -> Iterator[Event]:
    first, *others = meeting.times
    event = _event(meeting, method, meeting.uid, first)
    if weeks := weeks_between(meeting.times):
        event.add("rrule", {"freq": "weekly", "interval": weeks, "count": len(meeting.times)})
        others = []
    yield event
    for number, time in enumerate(others, start=2):
        yield _event(meeting, method, f"{number}-{meeting.uid}", time)


def _event(meeting: Meeting, method: Method, uid: str, time: tuple[datetime, datetime]) -> Event:
    from icalendar import Event

    event = Event()
    facts: dict[str, Any] = {
        "uid": uid,
        "sequence": meeting.sequence,
        "dtstamp": meeting.changed_at.replace(microsecond=0),
        "dtstart": time[0],
        "dtend": time[1],
        "summary": meeting.title,
        "location": meeting.where,
        "description": meeting.text,
        "status": "CANCELLED" if method == "CANCEL" else "CONFIRMED",
        "transp": "TRANSPARENT" if method == "CANCEL" else "OPAQUE",
    }
    if meeting.url:
        facts["url"] = meeting.url
    for name, value in facts.items():
        event.add(name, value)
    _add_people(event, meeting)
    return event


def _add_people(event: Event, meeting: Meeting) -> None:
    """A file for download names nobody: whoever takes it from a page invites themselves."""
    if meeting.organizer:
        event.add("organizer", f"mailto:{meeting.organizer.address}", {"CN": meeting.organizer.name})
    for attendee in meeting.attendees:
        facts = {"CN": attendee.name, "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
        event.add("attendee", f"mailto:{attendee.address}", facts)


def cancelled(text: str, changed_at: datetime) -> str:
    """The file that takes back an invitation: the same events to the same people, one SEQUENCE on."""
    from icalendar import Calendar

    calendar = Calendar.from_ical(text)
    _state(calendar, method="CANCEL")
    for event in calendar.walk("VEVENT"):
        _state(event, status="CANCELLED", transp="TRANSPARENT")
        _state(event, sequence=int(str(event["sequence"])) + 1, dtstamp=changed_at.replace(microsecond=0))
    return str(calendar.to_ical().decode())


def _state(component: Component, **facts: Any) -> None:
    for name, value in facts.items():
        component.pop(name.upper(), None)
        component.add(name, value)


def is_cancelled(text: str) -> bool:
    """Whether the file takes an invitation back."""
    return "\r\nMETHOD:CANCEL\r\n" in text


def same(one: str, other: str) -> bool:
    """Whether two files say the same, whatever changes they follow."""
    return _said(one) == _said(other)


def _said(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith(("DTSTAMP", "SEQUENCE"))]
