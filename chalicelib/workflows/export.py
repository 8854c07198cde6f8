"""What the stream of the exports brings: a list is made into a file step by step, and who asked is told."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from chalicelib.gateways.files import files
from chalicelib.services.call import Call
from chalicelib.services.exports import running
from chalicelib.services.sheets.every import SHEETS
from chalicelib.workflows.context import call_of
from chalicelib.workflows.streams import Change, each


def run(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
    """Take the step that each record asks for; answers which ones are to be delivered again."""
    return each(event, partial(_consume, call_of("export", context)))


def _consume(call: Call, change: Change) -> None:
    if change.kind == "export_progress" and change.new:
        running.go_on(call, files(), SHEETS, change.now("export") or "", int(change.now("version") or 0))
    elif change.kind == "export" and change.became("status") in running.TEMPLATES:
        running.tell(call, SHEETS, change.now("id") or "")
