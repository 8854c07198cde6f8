"""Digests: what waits for a person is sent in one e-mail, once a day or a week.

| status | means                                            | next |
|--------|--------------------------------------------------|------|
| open   | texts are added; it is closed at `next_at`       | due  |
| due    | its time has come, the e-mail is to be written   | sent |
| sent   | the e-mail is an intent like any other           | -    |
"""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.errors import IllegalMove
from chalicelib.domain.notifications.notices import LOST_AFTER

LINES_LIMIT = 200
"""Texts that a digest repeats; of more it says only how many there are."""


@dataclass(frozen=True)
class Line:
    """One text of a digest and the page that it leads to."""

    text: str
    path: str


@dataclass(frozen=True)
class Digest:
    """What was collected for a person until `slot` (UTC); `total` counts also the texts beyond LINES_LIMIT."""

    id: str
    person: str
    slot: datetime
    next_at: datetime
    lines: tuple[Line, ...] = ()
    total: int = 0
    status: str = "open"
    version: int = 0


def digest_id(person: str, slot: datetime) -> str:
    """The id of a person's digest of that moment."""
    return f"digest#{person}#{slot:%Y-%m-%dT%H:%M}"


def begun(person: str, slot: datetime) -> Digest:
    """An empty digest."""
    return Digest(digest_id(person, slot), person, slot, slot)


def add(digest: Digest, line: Line) -> Digest:
    """The digest with one more text; raises IllegalMove once its time has come."""
    if digest.status != "open":
        raise IllegalMove(state=digest.status)
    lines = (*digest.lines, line)[:LINES_LIMIT]
    return replace(digest, lines=lines, total=digest.total + 1, version=digest.version + 1)


def close(digest: Digest, now: datetime) -> Digest:
    """The digest whose time has come (again, if the e-mail was not written in time); raises IllegalMove before."""
    if digest.status == "sent" or now < digest.next_at:
        raise IllegalMove(state=digest.status)
    return replace(digest, status="due", next_at=now + LOST_AFTER, version=digest.version + 1)


def written(digest: Digest) -> Digest:
    """The digest whose e-mail is intended; raises IllegalMove unless it is due."""
    if digest.status != "due":
        raise IllegalMove(state=digest.status)
    return replace(digest, status="sent", version=digest.version + 1)
