"""Notices: what a colleague is told inside the product, and the event behind them, which other channels tell on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

LOST_AFTER = timedelta(minutes=2)
"""How long the stream may take to bring an event or a digest before it is taken for lost."""


@dataclass(frozen=True)
class Notice:
    """Something that a person should know; `id` follows from its cause, `path` is the page that it leads to.

    The text is made of `template` and `facts` in the reader's language when it is shown.
    """

    id: str
    person: str
    template: str
    facts: Mapping[str, str]
    path: str
    created_at: datetime
    read_at: datetime | None = None
    version: int = 1


def read(notice: Notice, now: datetime) -> Notice:
    """The notice, read; the first reading counts."""
    return notice if notice.read_at else replace(notice, read_at=now, version=notice.version + 1)


@dataclass(frozen=True)
class Event:
    """What happened, by its cause `id`, and whom it concerns; `open` until messages for all of them are intended.

    `template` is one of KINDS; `next_at` is from when on it counts as lost.
    """

    id: str
    template: str
    facts: Mapping[str, str]
    path: str
    people: tuple[str, ...]
    created_at: datetime
    next_at: datetime
    status: str = "open"
    version: int = 1


def widened(event: Event, people: Sequence[str], now: datetime) -> Event:
    """The event with more people to tell, open again."""
    everyone = tuple(dict.fromkeys((*event.people, *people)))
    return replace(event, people=everyone, status="open", next_at=now + LOST_AFTER, version=event.version + 1)


def told(event: Event) -> Event:
    """The event of which all messages are intended."""
    return replace(event, status="told", version=event.version + 1)
