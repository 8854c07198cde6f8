"""Exports in the background: a list that is too long to be a file at once, made into one piece by piece.

A person asks; rows are read in bounded steps, each kept as a part; at last the parts become one file. The rights are
those of the person at every step and again when they fetch the file: whoever's rights changed since gets nothing.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from chalicelib.domain.directory import Person
from chalicelib.domain.errors import Conflict

type Format = Literal["csv", "xlsx"]
type Status = Literal["running", "done", "refused", "failed"]
type Ending = Literal["refused", "failed"]
type Phase = Literal["reading", "joining"]
type Reason = Literal["", "rights_changed", "list_changed", "too_long", "gave_up"]

ROWS_LIMIT = 100_000
"""Rows of the longest file; who needs more asks for shorter periods."""
KEPT_FOR = timedelta(days=7)
"""How long a file can be fetched; the bucket removes it then (infra/resources.yaml)."""
LINK_LASTS = timedelta(minutes=1)
"""How long the address to which a person is sent for their file is good."""
LOST_AFTER = timedelta(minutes=10)
"""How long nothing may be heard of an export before it is taken up again."""
ATTEMPTS = 5
"""How often an export that stands still is taken up again before it is given up."""


@dataclass(frozen=True)
class Export:
    """What a person asked for. `sheet` is the list, `asked` its filters as they stood in its address.

    `standing` says under which rights; `rows` and `size` (bytes) are those of the file once it is `done`.
    """

    id: str
    person: str
    sheet: str
    asked: Mapping[str, str]
    format: Format
    locale: str
    standing: str
    created_at: datetime
    status: Status = "running"
    reason: Reason = ""
    rows: int = 0
    size: int = 0
    ended_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True)
class Progress:
    """How far a running export is: `parts` are kept, `cursor` says where the list goes on, `titles` are its columns.

    `at_time` is when it last went on (UTC), `attempts` counts how often it was taken up again since.
    """

    export: str
    at_time: datetime
    phase: Phase = "reading"
    cursor: str | None = None
    rows: int = 0
    parts: int = 0
    titles: tuple[str, ...] = ()
    attempts: int = 0
    version: int = 1


class NotReady(Conflict):
    """There is no file: it is still being made, could not be made, or is gone."""

    code = "export_not_ready"


def standing_of(person: Person, heads: frozenset[str]) -> str:
    """A digest of all on which a person's rights rest; another digest means other rights."""
    facts = [person.id, str(person.active), *sorted(person.roles), "|", *person.department_path, "|"]
    facts += [*sorted(heads), "|", person.site or ""]
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()[:32]


def read_on(progress: Progress, cursor: str | None, rows: int, titles: tuple[str, ...], now: datetime) -> Progress:
    """The progress after one more part of so many rows; without a cursor everything is read."""
    return replace(
        progress,
        at_time=now,
        phase="reading" if cursor else "joining",
        cursor=cursor,
        rows=progress.rows + rows,
        parts=progress.parts + 1,
        titles=titles,
        attempts=0,
        version=progress.version + 1,
    )


def taken_up(progress: Progress, now: datetime) -> Progress:
    """The same step once more, because nothing was heard of it."""
    return replace(progress, at_time=now, attempts=progress.attempts + 1, version=progress.version + 1)


def done(export: Export, rows: int, size: int, now: datetime) -> Export:
    """The export whose file is there."""
    return replace(export, status="done", rows=rows, size=size, ended_at=now, version=export.version + 1)


def ended(export: Export, status: Ending, reason: Reason, now: datetime) -> Export:
    """The export of which nothing becomes."""
    return replace(export, status=status, reason=reason, ended_at=now, version=export.version + 1)


def check_ready(export: Export, standing: str, now: datetime) -> None:
    """Raise NotReady unless the file can be fetched by somebody of that standing."""
    if export.status != "done":
        raise NotReady(state=export.status)
    if now >= export.created_at + KEPT_FOR:
        raise NotReady("export_gone", state="gone")
    if export.standing != standing:
        raise NotReady("export_rights_changed", state="refused")


def part_key(export: Export, part: int) -> str:
    """Where part `part` (from 1) is kept while the file is being made; the bucket removes it after a day."""
    return f"export-parts/{export.id}/{part:05}.json"


def file_key(export: Export) -> str:
    """Where the file is kept."""
    return f"exports/{export.id}.{export.format}"
