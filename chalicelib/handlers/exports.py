"""Lists that are made into files in the background: asking, how far they are, fetching the file."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.gateways.files import files
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.areas import every_endpoint
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.fields import Answered, Id, PageQuery, Strict
from chalicelib.handlers.incoming import parse
from chalicelib.handlers.sheets import ListQuery, asked_of
from chalicelib.services.call import Answer, Call
from chalicelib.services.exports import asking
from chalicelib.services.sheets.every import SHEETS

area = Area(__name__)


class ExportForm(Strict):
    """Which list, with the filters of its address, as what kind of file."""

    sheet: Id
    format: Literal["csv", "xlsx"]
    asked: dict[str, str] = Field(default_factory=dict, max_length=20)


class ExportAnswer(Answered):
    """Where the export is to be looked at."""

    id: str
    status: str
    location: str


@area.endpoint("GET", "/exports", action="export:view", query=PageQuery, page="exports.html")
def list_exports(call: Call, query: PageQuery) -> dict[str, Any]:
    """The files that I asked for, the newest first, and how far they are."""
    page = asking.mine(call, query.cursor, query.limit)
    return {"items": [_shown(each) for each in page.items], "next": page.next}


@area.endpoint("POST", "/exports", action="export:create", body=ExportForm, answer=ExportAnswer, status=201)
def ask_for_export(call: Call, form: ExportForm) -> Answer:
    """Have a list made into a file in the background, also one that is longer than 5,000 rows."""
    query = _query_of(form.sheet)
    return asking.ask(call, SHEETS[form.sheet], asked_of(parse(query, form.asked)), form.format)


def _query_of(sheet: str) -> type[ListQuery]:
    """What the list takes; raises Invalid where there is no such list."""
    for spec in every_endpoint():
        if spec.sheet and spec.sheet.key == sheet and spec.query and issubclass(spec.query, ListQuery):
            return spec.query
    raise Invalid(FieldError("sheet", "unknown_list"))


@area.endpoint("GET", "/exports/{id}", action="export:view", page="export.html")
def show_export(call: Call, id: str) -> dict[str, Any]:
    """A file that I asked for: how far it is, and where to fetch it."""
    return {"export": _shown(asking.view(call, id))}


@area.endpoint("GET", "/exports/{id}/file", action="export:view", content="text/html")
def fetch_export(call: Call, id: str) -> Reply:
    """Send me to my file: an address that is good for a minute."""
    return Reply(content=b"", status=303, headers={"Location": asking.fetch(call, id, SHEETS, files())})


def _shown(shown: asking.Shown) -> dict[str, Any]:
    export = shown.export
    return {
        "id": export.id,
        "sheet": export.sheet,
        "name": SHEETS[export.sheet].name,
        "asked": dict(export.asked),
        "format": export.format,
        "status": export.status,
        "reason": export.reason,
        "joining": bool(shown.progress and shown.progress.phase == "joining"),
        "rows": shown.rows,
        "size": export.size,
        "created_at": export.created_at,
        "ended_at": export.ended_at,
        "file": f"/exports/{export.id}/file" if export.status == "done" else None,
    }
