"""What the stream of the exports brings: a list is made into a file step by step, finance's export is made, and who
asked is told."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from chalicelib.gateways.files import files, finance_files
from chalicelib.services import finance_exports, reports
from chalicelib.services.call import Call
from chalicelib.services.exports import running
from chalicelib.services.sheets.every import SHEETS
from chalicelib.workflows.context import call_of
from chalicelib.workflows.streams import Change, each


def run(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
    """Take the step that each record asks for; answers which ones are to be delivered again.

    The schedule of the night has no records: it begins finance's export, and after a month tells heads of its report.
    """
    if "Records" not in event:
        call = call_of("export", context)
        told = reports.tell_heads(call, finance_exports.today(call))
        return {"run": finance_exports.nightly(call), "told": told}
    return each(event, partial(_consume, call_of("export", context)))


def _consume(call: Call, change: Change) -> None:
    if change.kind == "export_progress" and change.new:
        running.go_on(call, files(), SHEETS, change.now("export") or "", int(change.now("version") or 0))
    elif change.kind == "export" and change.became("status") in running.TEMPLATES:
        running.tell(call, SHEETS, change.now("id") or "")
    elif change.kind == "finance_step" and change.new:
        finance_exports.go_on(call, finance_files(), change.now("run") or "", int(change.now("version") or 0))
    elif change.kind == "finance_run" and change.became("status") in ("done", "failed"):
        finance_exports.tell(call, change.now("id") or "")
