"""Making a file of a list, a bounded step at a time: each step's note of how far it came is what starts the next one.

A step that is told again finds that the export went on and does nothing; one that was cut off leaves at most a part
that is written again, the same. So every export gives one file, wherever it is interrupted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from chalicelib.domain import exports as rules
from chalicelib.domain.errors import Contention, Forbidden, Invalid, Malformed, NotFound
from chalicelib.domain.exports import Export, Progress
from chalicelib.models.exports import SHARDS, ExportItem, ExportsTable, ProgressItem, running_partition
from chalicelib.models.store import Delete, Query
from chalicelib.models.store import replace as replace_item
from chalicelib.models.visits import instant
from chalicelib.services import directory
from chalicelib.services.call import Call
from chalicelib.services.exports.parts import decoded, encoded
from chalicelib.services.exports.sheet import Sheet
from chalicelib.services.exports.tables import WRITERS, Cell, Table
from chalicelib.services.notifications import notify

PAGE = 500
PAGES = 4
"""Pages of the list that one step reads."""
BATCH = 20
"""Exports of a shard that one round of the reconciler takes up."""
TEMPLATES = {"done": "export_ready", "refused": "export_refused", "failed": "export_failed"}


class Files(Protocol):
    """Where parts and files are kept (gateways/files.py)."""

    def put(self, key: str, content: bytes, content_type: str) -> None:
        """Keep `content` under `key`."""

    def get(self, key: str) -> bytes | None:
        """What is kept under `key`."""


class _Stopped(Exception):
    """Nothing becomes of the export, for a reason that its person is told."""

    def __init__(self, status: rules.Ending, reason: rules.Reason) -> None:
        self.status, self.reason = status, reason
        super().__init__(reason)


def go_on(call: Call, files: Files, sheets: Mapping[str, Sheet], export_id: str, version: int) -> None:
    """Take the step that the progress of that version asks for; nothing if it went on meanwhile or has ended.

    Raises Contention when somebody takes the same step; then the same call is safe again.
    """
    directory.forget()  # what the process remembers of people may be older than their rights
    held, noted = call.store.get(ExportItem.at(export_id), ProgressItem.at(export_id))
    if held is None or noted is None or noted.version != version:
        return
    export, progress = held.to(Export), noted.to(Progress)
    try:
        own = _as_asked(call, export)
        if progress.phase == "reading":
            _read(call, own, files, sheets[export.sheet], export, progress)
        else:
            _join(call, files, sheets[export.sheet], export, progress)
    except _Stopped as stop:
        _end(call, rules.ended(export, stop.status, stop.reason, call.now), progress)


def _as_asked(call: Call, export: Export) -> Call:
    """A call in the name of who asked, with the rights that they have now, if these are still the same."""
    person = directory.person(call.store, export.person, call.now)
    heads = directory.headed_by(call.store, person, call.now)
    if not person.active or rules.standing_of(person, heads) != export.standing:
        raise _Stopped("refused", "rights_changed")
    return replace(call, person=person, actor=person.id, locale=export.locale, heads=heads, permitted=[])


def _read(call: Call, own: Call, files: Files, sheet: Sheet, export: Export, progress: Progress) -> None:
    """Read some pages and keep them as a part."""
    titles, cells, cursor = _gathered(own, sheet, export, progress.cursor)
    if progress.parts and titles != progress.titles:
        raise _Stopped("failed", "list_changed")
    if progress.rows + len(cells) > rules.ROWS_LIMIT:
        raise _Stopped("failed", "too_long")
    files.put(rules.part_key(export, progress.parts + 1), encoded(cells), "application/json")
    further = rules.read_on(progress, cursor, len(cells), titles, call.now)
    call.commit({}, replace_item(ProgressItem.from_progress(further)))


def _gathered(
    own: Call, sheet: Sheet, export: Export, cursor: str | None
) -> tuple[tuple[str, ...], list[list[Cell]], str | None]:
    try:
        columns = sheet.columns(own, export.asked)
        cells: list[list[Cell]] = []
        for _ in range(PAGES):
            rows, cursor = sheet.rows(own, export.asked, cursor, PAGE)
            cells += sheet.cells(own, columns, rows)
            if cursor is None:
                break
    except (Forbidden, NotFound) as error:
        raise _Stopped("refused", "rights_changed") from error
    except (Invalid, Malformed) as error:
        raise _Stopped("failed", "list_changed") from error
    return tuple(column.title for column in columns), cells, cursor


def _join(call: Call, files: Files, sheet: Sheet, export: Export, progress: Progress) -> None:
    """Make the file of the parts."""
    parts = [files.get(rules.part_key(export, number)) for number in range(1, progress.parts + 1)]
    kept = [decoded(part) for part in parts if part is not None]
    if len(kept) < len(parts):
        raise _Stopped("failed", "gave_up")  # it stood still for so long that the bucket removed them
    rows = [row for part in kept for row in part]
    write, content_type = WRITERS[export.format]
    content = write(Table(sheet.title(export.locale), progress.titles, rows))
    files.put(rules.file_key(export), content, content_type)
    _end(call, rules.done(export, len(rows), len(content), call.now), progress)


def _end(call: Call, export: Export, progress: Progress) -> None:
    over = Delete(ProgressItem.at(export.id), {"version": progress.version})
    call.commit({}, replace_item(ExportItem.from_export(export)), over)


def tell(call: Call, sheets: Mapping[str, Sheet], export_id: str) -> None:
    """Tell who asked what became of it, once."""
    (item,) = call.store.get(ExportItem.at(export_id))
    if item is None or item.status not in TEMPLATES:
        return
    facts = {"subject": sheets[item.sheet].title(item.locale)}
    notify(call, f"export#{item.id}", [item.person], TEMPLATES[item.status], facts, f"/exports/{item.id}")


def take_up(call: Call) -> int:
    """Take up again what stands still, so that the stream brings it anew; returns how many there were."""
    late = instant(call.now - rules.LOST_AFTER)
    shards = [Query(ExportsTable, running_partition(n), index=2, end=late, limit=BATCH) for n in range(SHARDS)]
    still = [item for query in shards for item in call.store.query(query).items]
    return sum(_taken_up(call, item.to(Progress)) for item in still if isinstance(item, ProgressItem))


def _taken_up(call: Call, progress: Progress) -> bool:
    try:
        if progress.attempts >= rules.ATTEMPTS:
            _give_up(call, progress)
        else:
            call.commit({}, replace_item(ProgressItem.from_progress(rules.taken_up(progress, call.now))))
    except Contention:
        return False  # it goes on at this moment
    return True


def _give_up(call: Call, progress: Progress) -> None:
    (item,) = call.store.get(ExportItem.at(progress.export))
    if item is not None:
        _end(call, rules.ended(item.to(Export), "failed", "gave_up", call.now), progress)
