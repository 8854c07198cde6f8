"""What remains of a change: an entry in the audit chain, and the figures that it moves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from chalicelib.domain.audit import Change as Recorded
from chalicelib.domain.audit import change_of, recorded
from chalicelib.domain.passes import Pass
from chalicelib.domain.visits import Visit
from chalicelib.models.gate import PassItem
from chalicelib.models.store.plain import plain
from chalicelib.models.visits import VisitItem
from chalicelib.services import audit, statistics
from chalicelib.workflows.context import bucket, call_of
from chalicelib.workflows.streams import Change, changes

COUNTED: Mapping[str, tuple[Any, Any]] = {"visit": (VisitItem, Visit), "pass": (PassItem, Pass)}


def run(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
    """Record and count a batch; raises when that is not possible now, and the whole batch is delivered again."""
    call, batch = call_of("record", context), list(changes(event))
    audit.record(call, bucket(), [_recorded(each) for each in batch if recorded(each.area, each.kind)])
    statistics.count(call, [_counted(each) for each in batch if each.area == "reception" and each.kind in COUNTED])
    return {"batchItemFailures": []}


def _recorded(change: Change) -> Recorded:
    at = datetime.fromtimestamp(change.at, UTC).isoformat()
    return change_of(change.event, change.area, plain(change.old), plain(change.new), at)


def _counted(change: Change) -> statistics.Counted:
    model, shape = COUNTED[change.kind]
    before, after = (model.from_raw_data(dict(side)).to(shape) if side else None for side in (change.old, change.new))
    name = "id" if change.kind == "visit" else "visit"
    return statistics.Counted(change.event, change.now(name) or change.was(name) or "", before, after)
