"""Finance's export (财务数据导出): how the books stand on a day, as files that other programs fetch from the bucket.

A run reads everything in bounded steps into parts, joins the parts into one file for each kind of record, puts copies
where the tables of Athena look, and writes the manifest at last. The manifest is the switch: until then, a
reader sees the run before; from then on, this one. Every run has a prefix of its own, so that nothing that somebody
reads is ever written over.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

from chalicelib.domain.errors import Conflict

type Status = Literal["running", "done", "failed"]
type Phase = Literal["reading", "joining", "copying", "publishing", "retiring"]
type Totals = Mapping[str, Mapping[str, int]]
"""By currency and by column: the sums of a file, in minor units."""

SCHEMA = 1
"""Counts up when a column goes or means something else; a further column or kind leaves it as it is."""
LOST_AFTER = timedelta(minutes=10)
"""How long nothing may be heard of a run before it is taken up again."""
ATTEMPTS = 5
"""How often a run that stands still is taken up again before it is given up."""
LINK_LASTS = timedelta(minutes=1)
"""How long the address to which a person is sent for a file is good."""
FOLDER = "exports"
BY_SCHEDULE = ""
"""Who asked for the run of the night."""


class Running(Conflict):
    """A run for this day is under way; one more would show the same."""

    code = "finance_export_running"


class NoFile(Conflict):
    """The run has no such file: it is under way, failed, or a later run of the day took its place."""

    code = "finance_export_no_file"


@dataclass(frozen=True)
class File:
    """A file of a run: all records of a kind. `size` is in bytes; `content_sha256` is that of the unpacked content."""

    kind: str
    rows: int
    size: int
    sha256: str
    content_sha256: str
    totals: Totals = field(default_factory=dict)


@dataclass(frozen=True)
class Run:
    """A run for a `day` (that of the office when it began); `by` is the person who asked for it.

    `content_sha256` says in one text whether two runs have the same content.
    """

    id: str
    day: date
    by: str
    started_at: datetime
    status: Status = "running"
    files: tuple[File, ...] = ()
    content_sha256: str = ""
    ended_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True)
class Place:
    """How far the reading came: in a shard of a source, behind the head `after`, `inside` the partition `head`."""

    source: int = 0
    shard: int = 0
    after: str = ""
    head: str = ""
    inside: str = ""


@dataclass(frozen=True)
class Step:
    """What a running run does next (`status`), and what it has so far.

    `parts` are what was read, in its order: the source's number and the part's mark; `rows` counts it. `files` are
    those that are joined.
    `at_time` is when it last went on (UTC), `attempts` counts how often it was taken up again since.
    """

    run: str
    at_time: datetime
    status: Phase = "reading"
    place: Place = Place()
    rows: int = 0
    parts: tuple[tuple[int, str], ...] = ()
    files: tuple[File, ...] = ()
    attempts: int = 0
    version: int = 1


@dataclass(frozen=True)
class Day:
    """A day's `current` run, whose files the manifest names, and the one that is `running`; "" where there is none."""

    day: date
    current: str = ""
    running: str = ""
    version: int = 0


def begun(day: Day, run: str) -> Day:
    """The day with a run under way; raises Running."""
    if day.running:
        raise Running(state="running", run=day.running)
    return replace(day, running=run, version=day.version + 1)


def over(day: Day, run: Run) -> Day:
    """The day after the run, which is its current one if it came to its end."""
    current = run.id if run.status == "done" else day.current
    running = "" if day.running == run.id else day.running
    return replace(day, current=current, running=running, version=day.version + 1)


def moved(step: Step, now: datetime, **facts: Any) -> Step:
    """The step after this one."""
    return replace(step, at_time=now, attempts=0, version=step.version + 1, **facts)


def taken_up(step: Step, now: datetime) -> Step:
    """The same step once more, because nothing was heard of it."""
    return replace(step, at_time=now, attempts=step.attempts + 1, version=step.version + 1)


def done(run: Run, files: Sequence[File], now: datetime) -> Run:
    """The run whose files the manifest names."""
    digest = content_digest(files)
    made: dict[str, Any] = {"files": tuple(files), "content_sha256": digest}
    return replace(run, status="done", ended_at=now, version=run.version + 1, **made)


def failed(run: Run, now: datetime) -> Run:
    """The run of which nothing becomes; the day's manifest stays as it is."""
    return replace(run, status="failed", ended_at=now, version=run.version + 1)


def content_digest(files: Sequence[File]) -> str:
    """One digest over what all files contain, as `sha256sum` would list the unpacked ones."""
    lines = "".join(f"{each.content_sha256}  {each.kind}.csv\n" for each in files)
    return hashlib.sha256(lines.encode()).hexdigest()


def day_prefix(day: date) -> str:
    """Where all that belongs to a day is kept."""
    return f"{FOLDER}/{day.isoformat()}/"


def manifest_key(day: date) -> str:
    """Where the day's manifest is kept: the switch."""
    return f"{day_prefix(day)}manifest.json"


def file_path(run: Run, kind: str) -> str:
    """A file's place beside the manifest."""
    return f"{run.id}/{kind}.csv.gz"


def file_key(run: Run, kind: str) -> str:
    """Where a run's file of a kind is kept."""
    return day_prefix(run.day) + file_path(run, kind)


def table_key(day: date, kind: str) -> str:
    """Where the table of Athena finds the day's rows of a kind: a copy, because its place may not follow the run."""
    return f"{day_prefix(day)}tables/{kind}/{kind}.csv.gz"


def part_key(run: str, number: int, mark: str, kind: str) -> str:
    """Where a part is kept while the run is under way: no two writers write different things under one name."""
    return f"parts/{run}/{number:05}-{mark}/{kind}.csv.gz"


def is_older(key: str, run: Run) -> bool:
    """Whether what is kept under a key of the day belongs to another run."""
    kept = (manifest_key(run.day), day_prefix(run.day) + "tables/", day_prefix(run.day) + run.id + "/")
    return not key.startswith(kept)


def manifest(run: Run, columns: Mapping[str, Sequence[Mapping[str, str]]], now: datetime) -> bytes:
    """The manifest of a run that has its files, as JSON."""
    files = [
        {
            "kind": each.kind,
            "path": file_path(run, each.kind),
            "rows": each.rows,
            "bytes": each.size,
            "sha256": each.sha256,
            "content_sha256": each.content_sha256,
            "totals": {currency: dict(sums) for currency, sums in each.totals.items()},
            "columns": [dict(column) for column in columns[each.kind]],
        }
        for each in run.files
    ]
    whole = {
        "schema": SCHEMA,
        "date": run.day.isoformat(),
        "run": run.id,
        "started_at": _utc(run.started_at),
        "made_at": _utc(now),
        "content_sha256": run.content_sha256,
        "files": files,
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _utc(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
