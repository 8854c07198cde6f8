"""What a person does with their exports: ask for one, look at them, fetch the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from chalicelib.domain import exports as rules
from chalicelib.domain.errors import NotFound
from chalicelib.domain.exports import Export, Format, Progress
from chalicelib.models.exports import ExportItem, ExportsTable, ProgressItem
from chalicelib.models.store import Query, create
from chalicelib.services import directory
from chalicelib.services.call import Answer, Call
from chalicelib.services.exports.sheet import Sheet
from chalicelib.services.exports.tables import WRITERS
from chalicelib.services.permissions import COMPANY, Resource


class Links(Protocol):
    """Where files are kept (gateways/files.py)."""

    def link(self, key: str, version: str, name: str, content_type: str, seconds: int) -> str:
        """An address under which anybody can fetch what is kept under `key` for so long."""


@dataclass(frozen=True)
class Shown:
    """An export and how far it is, which only a running one has."""

    export: Export
    progress: Progress | None

    @property
    def rows(self) -> int:
        """Rows that are read so far, or that the file has."""
        return self.progress.rows if self.progress else self.export.rows


@dataclass(frozen=True)
class ExportsPage:
    """A person's exports, newest first, and the cursor of older ones."""

    items: list[Shown]
    next: str | None


def ask(call: Call, sheet: Sheet, asked: Mapping[str, str], format: Format) -> Answer:
    """Have a list made into a file in the background; what it shows is decided when it runs."""
    call.permit("export:create", COMPANY)
    export = Export(
        id=call.new_id(),
        person=call.me.id,
        sheet=sheet.key,
        asked=dict(sheet.settled(call, asked)),
        format=format,
        locale=call.locale,
        standing=rules.standing_of(call.me, call.heads),
        created_at=call.now,
    )
    answer: Answer = {"id": export.id, "status": export.status, "location": f"/exports/{export.id}"}
    start = create(ProgressItem.from_progress(Progress(export.id, call.now)))
    return call.commit(answer, create(ExportItem.from_export(export)), start)


def mine(call: Call, cursor: str | None, limit: int) -> ExportsPage:
    """The person's exports, newest first."""
    call.permit("export:view", Resource("Export", "mine", {"owner": call.me.id}))
    query = Query(ExportsTable, f"exports#{call.me.id}", index=1, limit=limit, newest_first=True, cursor=cursor)
    page = call.store.query(query)
    exports: list[Export] = [item.to(Export) for item in page.items]
    running = [each.id for each in exports if each.status == "running"]
    found = call.store.get(*(ProgressItem.at(id) for id in running)) if running else []
    progress = {item.export: item.to(Progress) for item in found if item}
    return ExportsPage([Shown(each, progress.get(each.id)) for each in exports], page.cursor)


def view(call: Call, export_id: str) -> Shown:
    """One export; raises NotFound for everybody but who asked for it."""
    export, progress = call.store.get(ExportItem.at(export_id), ProgressItem.at(export_id))
    if export is None:
        raise NotFound
    call.permit("export:view", Resource("Export", export_id, {"owner": export.person}), unseen=True)
    return Shown(export.to(Export), progress.to(Progress) if progress else None)


def fetch(call: Call, export_id: str, sheets: Mapping[str, Sheet], files: Links) -> str:
    """An address that is good for a moment; raises NotReady where there is no file, or the rights are others now."""
    export = view(call, export_id).export
    heads = directory.headed_by(call.store, call.me, call.now, fresh=True)
    rules.check_ready(export, rules.standing_of(call.me, heads), call.now)
    name = f"{sheets[export.sheet].title(export.locale)}-{export.created_at:%Y-%m-%d}.{export.format}"
    media, seconds = WRITERS[export.format][1], int(rules.LINK_LASTS.total_seconds())
    return files.link(rules.file_key(export), "", name, media, seconds)
