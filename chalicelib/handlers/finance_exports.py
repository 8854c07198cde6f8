"""Finance's export: its runs and how far they are, having one made, fetching a file."""

from __future__ import annotations

from typing import Any

from chalicelib.domain.finance_exports import day_prefix, manifest_key
from chalicelib.gateways.files import finance_files
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.fields import Answered, PageQuery, Strict
from chalicelib.services import finance_exports
from chalicelib.services.call import Answer, Call
from chalicelib.services.finance_exports import Shown
from chalicelib.services.finance_exports.asking import EXPORT, VIEW
from chalicelib.services.permissions import COMPANY

area = Area(__name__)
TITLES = {kind.key: kind.title for kind in finance_exports.KINDS}


class RunForm(Strict):
    """Nothing is asked: the export of today has everything."""


class RunAnswer(Answered):
    """Where the run is to be looked at."""

    id: str
    status: str
    location: str


@area.endpoint("GET", "/finance-exports", action=VIEW, query=PageQuery, page="finance_exports.html")
def list_runs(call: Call, query: PageQuery) -> dict[str, Any]:
    """The runs of finance's export, the newest first, and how far they are."""
    page = finance_exports.runs(call, query.cursor, query.limit)
    return {
        "items": [_shown(each) for each in page.items],
        "next": page.next,
        "may_export": call.may(EXPORT, COMPANY),
    }


@area.endpoint("POST", "/finance-exports", action=EXPORT, body=RunForm, answer=RunAnswer, status=201)
def ask_for_run(call: Call, form: RunForm) -> Answer:
    """Have today's export made now; what there is of today stays until the new one is whole."""
    return finance_exports.ask(call)


@area.endpoint("GET", "/finance-exports/{id}", action=VIEW, page="finance_export.html")
def show_run(call: Call, id: str) -> dict[str, Any]:
    """A run with its files: rows, sums by currency, digests, and where to fetch them."""
    shown = finance_exports.view(call, id)
    run, current = shown.run, shown.current
    files = [vars(each) | _told(run.id, each.kind, current) for each in run.files]
    place = finance_files()
    kept = {"folder": place.address(day_prefix(run.day)), "manifest": place.address(manifest_key(run.day))}
    return {"run": _shown(shown) | kept | {"content_sha256": run.content_sha256}, "files": files}


@area.endpoint("GET", "/finance-exports/{id}/{kind}", action=VIEW, content="text/html")
def fetch_file(call: Call, id: str, kind: str) -> Reply:
    """Send me to a file of the run: an address that is good for a minute."""
    address = finance_exports.fetch(call, id, kind, finance_files())
    return Reply(content=b"", status=303, headers={"Location": address})


def _told(run: str, kind: str, current: bool) -> dict[str, str | None]:
    return {"title": TITLES.get(kind, kind), "file": f"/finance-exports/{run}/{kind}" if current else None}


def _shown(shown: Shown) -> dict[str, Any]:
    run = shown.run
    return {
        "id": run.id,
        "day": run.day,
        "by": shown.name,
        "started_at": run.started_at,
        "ended_at": run.ended_at,
        "status": run.status,
        "phase": shown.step.status if shown.step and run.status == "running" else None,
        "rows": shown.rows,
        "size": sum(each.size for each in run.files),
        "kinds": len(run.files),
        "current": shown.current,
    }
