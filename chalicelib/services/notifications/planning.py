"""From an event to its messages: for each person by their preferences, for each hook that takes such events.

Every message's id follows from the cause and from whom it is for, so that planning again after a crash adds only
what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import batched

from chalicelib.domain.notifications import (
    KINDS,
    Channel,
    Event,
    Intent,
    Line,
    hold,
    next_digest,
    quiet_until,
    told,
)
from chalicelib.models.notifications import EventItem
from chalicelib.models.store import replace as replace_item
from chalicelib.services.call import Call
from chalicelib.services.notifications import digests, texts
from chalicelib.services.notifications.hook_messages import known, to_hook
from chalicelib.services.notifications.preferences import Reader, readers
from chalicelib.services.notifications.sending import intend, not_intended

AT_ONCE = 90
"""Messages intended by one transaction."""


@dataclass(frozen=True)
class Reach:
    """What telling needs besides the tables: what links start with, and whether e-mails have a sender at all."""

    public_url: str
    mail: bool


def plan(call: Call, reach: Reach, cause: str) -> None:
    """Intend all messages of an open event, each once; raises Contention when it is planned elsewhere meanwhile."""
    (item,) = call.store.get(EventItem.at(cause))
    if item is None or item.status != "open":
        return
    event = item.to(Event)
    everyone = readers(call, event.people)
    for reader in everyone:
        _collect(call, reach, event, reader)
    wanted = [*_to_people(call, reach, event, everyone), *_to_hooks(call, reach, event, everyone)]
    new = [intend(intent) for intent in not_intended(call, wanted)]
    *first, last = list(batched(new, AT_ONCE, strict=False)) or [()]
    for some in first:
        call.commit({}, *some)
    call.commit({}, *last, replace_item(EventItem.from_event(told(event))))


def _slot(call: Call, event: Event, reader: Reader) -> datetime | None:
    """When the digest goes out that the person's e-mail about this goes into; None for an e-mail of its own."""
    if KINDS[event.template].at_once:
        return None
    return next_digest(reader.preferences, reader.person.time_zone, call.now)


def _collect(call: Call, reach: Reach, event: Event, reader: Reader) -> None:
    slot = _slot(call, event, reader)
    if slot and reach.mail and reader.person.email and reader.preferences.wants("email", event.template):
        line = Line(texts.notice_text(event.template, event.facts, reader.person.locale), event.path)
        digests.collect(call, _mail(call, reach, event, reader), line, slot)


def _to_people(call: Call, reach: Reach, event: Event, everyone: Sequence[Reader]) -> Iterator[Intent]:
    at_once = KINDS[event.template].at_once
    for reader in everyone:
        quiet = None if at_once else quiet_until(reader.preferences, reader.person.time_zone, call.now)
        if reader.preferences.wants("sms", event.template):
            yield hold(_sms(call, reach, event, reader), quiet)
        mailed = reach.mail and reader.person.email and not _slot(call, event, reader)
        if mailed and reader.preferences.wants("email", event.template):
            yield hold(_mail(call, reach, event, reader), quiet)


def _sms(call: Call, reach: Reach, event: Event, reader: Reader) -> Intent:
    person = reader.person
    text = texts.short_text(event.template, event.facts, person.locale, reach.public_url + event.path)
    return _to_person(call, event, reader, "sms", person.phone, text)


def _mail(call: Call, reach: Reach, event: Event, reader: Reader) -> Intent:
    person = reader.person
    text = texts.notice_text(event.template, event.facts, person.locale)
    body = texts.mail_text([Line(text, event.path)], 1, person.locale, reach.public_url)
    return replace(_to_person(call, event, reader, "email", person.email, body), title=texts.subject(text))


def _to_person(call: Call, event: Event, reader: Reader, channel: Channel, address: str, text: str) -> Intent:
    person = reader.person
    return Intent(
        id=f"{event.id}#{person.id}#{channel}",
        channel=channel,
        template=event.template,
        address=address,
        language=person.locale,
        text=text,
        person=person.id,
        created_at=call.now,
    )


def _to_hooks(call: Call, reach: Reach, event: Event, everyone: Sequence[Reader]) -> Iterator[Intent]:
    named = [reader.person.name for reader in everyone if reader.preferences.wants("robot", event.template)]
    for hook in known(call):
        if not hook.takes(event.template):
            continue
        if hook.channel == "webhook":
            yield to_hook(call, event.id, event.template, hook, _payload(reach, event))
        elif named:
            text = texts.robot_text(event.template, event.facts, hook.language, named, reach.public_url + event.path)
            yield to_hook(call, event.id, event.template, hook, text)


def _payload(reach: Reach, event: Event) -> str:
    """What a webhook gets: the kind of event, when it happened, what and whom it concerns."""
    data = {"facts": event.facts, "people": event.people, "url": reach.public_url + event.path}
    return texts.webhook_body(event.template, event.created_at, data)
