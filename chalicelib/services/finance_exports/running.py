"""Making finance's export, a bounded step at a time: each step's note of how far it came is what starts the next one.

A step that is told again finds that the run went on and does nothing; one that was cut off is taken again, and writes
under the same names only what is the same. Until the manifest is written, the day shows the run before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from chalicelib.domain import finance_exports as rules
from chalicelib.domain.errors import Contention
from chalicelib.domain.finance_exports import Phase, Run, Step
from chalicelib.models.exports import ExportsTable
from chalicelib.models.finance_exports import RUNNING, DayItem, RunItem, StepItem
from chalicelib.models.item import Item
from chalicelib.models.store import Delete, Query, save
from chalicelib.models.store import replace as replace_item
from chalicelib.models.visits import instant
from chalicelib.services import directory
from chalicelib.services.call import Call
from chalicelib.services.finance_exports.asking import GZIP, day_of
from chalicelib.services.finance_exports.columns import Kind
from chalicelib.services.finance_exports.joining import joined, packed
from chalicelib.services.finance_exports.kinds import KINDS, SOURCES, columns
from chalicelib.services.finance_exports.sources import read
from chalicelib.services.notifications import notify

TEMPLATES = {"done": "finance_export_ready", "failed": "finance_export_failed"}
BATCH = 20
"""Runs that one round of the reconciler takes up."""


class Bucket(Protocol):
    """The bucket that finance reads (gateways/files.py)."""

    def put(self, key: str, content: bytes, content_type: str) -> None:
        """Keep `content` under `key`."""

    def get(self, key: str) -> bytes | None:
        """What is kept under `key`."""

    def keys(self, prefix: str) -> Iterable[str]:
        """The names that begin so."""

    def copy(self, source: str, version: str, target: str) -> None:
        """Keep what is under `source` under `target`, too."""

    def let_go(self, key: str) -> None:
        """Mark what is kept under `key` as replaced: the bucket removes it a day later."""


class _Lost(Exception):
    """A part is gone: the run stood still for so long that the bucket removed it."""


def go_on(call: Call, files: Bucket, id: str, version: int) -> None:
    """Take the step of that version; nothing if the run went on meanwhile or has ended.

    Raises Contention when somebody takes the same step; then the same call is safe again.
    """
    held, noted = call.store.get(RunItem.at(id), StepItem.at(id))
    if held is None or noted is None or noted.version != version:
        return
    run, step = held.to(Run), noted.to(Step)
    try:
        _PHASES[step.status](call, files, run, step)
    except _Lost:
        _give_up(call, run, step)


def _read(call: Call, files: Bucket, run: Run, step: Step) -> None:
    """Read some records and keep them as a part."""
    items, place = read(call.store, SOURCES, step.place, run.day)
    mark = _keep(files, step, items)
    further: Phase = "reading" if place else "joining"
    parts, rows = (*step.parts, (step.place.source, mark)), step.rows + len(items)
    _note(call, rules.moved(step, call.now, status=further, place=place or step.place, parts=parts, rows=rows))


def _keep(files: Bucket, step: Step, items: Sequence[Item]) -> str:
    """Keep the part under a name that follows from its content, so that two who read at different times do not meet."""
    texts = {kind.key: kind.rows(items) for kind in _kinds_of(step.place.source)}
    mark = hashlib.sha256("\0".join(texts.values()).encode()).hexdigest()[:8]
    for kind, text in texts.items():
        files.put(rules.part_key(step.run, len(step.parts), mark, kind), packed(text), GZIP)
    return mark


def _kinds_of(source: int) -> list[Kind]:
    return [kind for kind in KINDS if kind.source is SOURCES[source]]


def _join(call: Call, files: Bucket, run: Run, step: Step) -> None:
    """Make the next kind's file of its parts."""
    kind = KINDS[len(step.files)]
    made = joined(kind, lambda: _parts(files, step, kind))
    files.put(rules.file_key(run, kind.key), made.content, GZIP)
    further: Phase = "joining" if len(step.files) + 1 < len(KINDS) else "copying"
    _note(call, rules.moved(step, call.now, status=further, files=(*step.files, made.file)))


def _parts(files: Bucket, step: Step, kind: Kind) -> Iterable[bytes]:
    for number, (source, mark) in enumerate(step.parts):
        if SOURCES[source] is kind.source:
            part = files.get(rules.part_key(step.run, number, mark, kind.key))
            if part is None:
                raise _Lost
            yield part


def _copy(call: Call, files: Bucket, run: Run, step: Step) -> None:
    """Put the new files where the tables of Athena look, each at once."""
    for each in step.files:
        files.copy(rules.file_key(run, each.kind), "", rules.table_key(run.day, each.kind))
    _note(call, rules.moved(step, call.now, status="publishing"))


def _publish(call: Call, files: Bucket, run: Run, step: Step) -> None:
    """Write the manifest: from now on, the day shows this run."""
    finished = rules.done(run, step.files, call.now)
    files.put(rules.manifest_key(run.day), rules.manifest(finished, columns(), call.now), "application/json")
    day = rules.over(day_of(call.store, run.day), finished)
    further = rules.moved(step, call.now, status="retiring")
    writes = replace_item(RunItem.from_run(finished)), save(DayItem.from_day(day))
    call.commit({}, *writes, replace_item(StepItem.from_step(further)))


def _retire(call: Call, files: Bucket, run: Run, step: Step) -> None:
    """Let go of what earlier runs of the day left."""
    for key in files.keys(rules.day_prefix(run.day)):
        if rules.is_older(key, run):
            files.let_go(key)
    call.commit({}, Delete(StepItem.at(run.id), {"version": step.version}))


_PHASES: Mapping[Phase, Callable[[Call, Bucket, Run, Step], None]] = {
    "reading": _read,
    "joining": _join,
    "copying": _copy,
    "publishing": _publish,
    "retiring": _retire,
}


def _note(call: Call, step: Step) -> None:
    call.commit({}, replace_item(StepItem.from_step(step)))


def _give_up(call: Call, run: Run, step: Step) -> None:
    """End a run that does not go on; one whose manifest stands already is whole."""
    over = Delete(StepItem.at(run.id), {"version": step.version})
    if run.status != "running":
        call.commit({}, over)
        return
    ended = rules.failed(run, call.now)
    day = rules.over(day_of(call.store, run.day), ended)
    call.commit({}, replace_item(RunItem.from_run(ended)), save(DayItem.from_day(day)), over)


def tell(call: Call, id: str) -> None:
    """Tell who asked what became of a run, once; of the night's, finance, and only where it failed."""
    (item,) = call.store.get(RunItem.at(id))
    if item is None or item.status not in TEMPLATES:
        return
    people: Sequence[str] = [item.by]
    if item.by == rules.BY_SCHEDULE:
        people = directory.holders(call.store, "finance", call.now)[:99] if item.status == "failed" else ()
    facts = {"day": item.day.isoformat()}
    notify(call, f"finance-export#{id}", people, TEMPLATES[item.status], facts, f"/finance-exports/{id}")


def take_up(call: Call) -> int:
    """Take up again what stands still, so that the stream brings it anew; returns how many there were."""
    late = instant(call.now - rules.LOST_AFTER)
    still = call.store.query(Query(ExportsTable, RUNNING, index=2, end=late, limit=BATCH)).items
    return sum(_taken_up(call, item.to(Step)) for item in still if isinstance(item, StepItem))


def _taken_up(call: Call, step: Step) -> bool:
    try:
        if step.attempts < rules.ATTEMPTS:
            _note(call, rules.taken_up(step, call.now))
        else:
            (held,) = call.store.get(RunItem.at(step.run))
            _give_up(call, held.to(Run), step)
    except Contention:
        return False  # it goes on at this moment
    return True
