"""Notices to colleagues: each cause gives each person one, however often the cause is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from chalicelib.domain.notifications import KINDS, LOST_AFTER, Event, Notice, widened
from chalicelib.models.notifications import EventItem, NoticeItem
from chalicelib.models.store import create, save
from chalicelib.services.call import Call


def notify(call: Call, cause: str, people: Iterable[str], template: str, facts: Mapping[str, str], path: str) -> None:
    """Tell `people` (at most 99) once about `cause`: a notice for each, and an event that the other channels follow.

    `template` is one of KINDS. Facts of approvals: `subject`; `person`, the name of who did it (applicant, approver,
    who left; none when a rule did it); `comment`; `document`, the kind of document. What a text wants and the facts
    lack is left out. Raises ValueError for a template that is no kind of event.
    """
    if template not in KINDS:
        raise ValueError(f"{template} is no kind of event")
    everyone = list(dict.fromkeys(people))
    if not everyone:
        return
    notices = [Notice(f"{cause}#{person}", person, template, facts, path, call.now) for person in everyone]
    held_event, *held = call.store.get(EventItem.at(cause), *(NoticeItem.at(notice.id) for notice in notices))
    new = [notice for notice, item in zip(notices, held, strict=True) if item is None]
    if not new:
        return
    told_now = [notice.person for notice in new]
    if held_event:
        event = widened(held_event.to(Event), told_now, call.now)
    else:
        event = Event(cause, template, facts, path, tuple(told_now), call.now, call.now + LOST_AFTER)
    call.commit({}, save(EventItem.from_event(event)), *(create(NoticeItem.from_notice(notice)) for notice in new))
