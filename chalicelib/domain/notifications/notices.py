"""Notices: what a colleague is told inside the product."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime


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
