"""What remains of a change: an entry in the audit chain, and the figures that it moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from chalicelib.domain.advances import Advance
from chalicelib.domain.audit import Change as Recorded
from chalicelib.domain.audit import change_of, recorded
from chalicelib.domain.claims import Claim
from chalicelib.domain.passes import Pass
from chalicelib.domain.spend import Added, Deciding, of_claim, of_task
from chalicelib.domain.visits import Visit
from chalicelib.models.advances import AdvanceItem
from chalicelib.models.approvals import TaskItem
from chalicelib.models.claims import ClaimItem
from chalicelib.models.gate import PassItem
from chalicelib.models.store.plain import plain
from chalicelib.models.visits import VisitItem
from chalicelib.services import advances, audit, spend, statistics
from chalicelib.workflows.context import bucket, call_of
from chalicelib.workflows.streams import Change, changes

SPENDING: Mapping[tuple[str, str], tuple[Any, Any, Callable[[Any], Added]]] = {
    ("spending", "claim"): (ClaimItem, Claim, of_claim),
    ("approvals", "task"): (TaskItem, Deciding, of_task),
}
"""What the reports of spending count, and what each adds to their figures."""
COUNTED: Mapping[str, tuple[Any, Any]] = {"visit": (VisitItem, Visit), "pass": (PassItem, Pass)}


def run(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
    """Record and count a batch; raises when that is not possible now, and the whole batch is delivered again."""
    call, batch = call_of("record", context), list(changes(event))
    audit.record(call, bucket(), [_recorded(each) for each in batch if recorded(each.area, each.kind)])
    statistics.count(call, [_counted(each) for each in batch if each.area == "reception" and each.kind in COUNTED])
    advances.count(call, [_owed(each) for each in batch if (each.area, each.kind) == ("spending", "advance")])
    spend.count(call, [_spent(each) for each in batch if (each.area, each.kind) in SPENDING])
    return {"batchItemFailures": []}


def _recorded(change: Change) -> Recorded:
    at = datetime.fromtimestamp(change.at, UTC).isoformat()
    return change_of(change.event, change.area, plain(change.old), plain(change.new), at)


def _spent(change: Change) -> spend.Counted:
    model, shape, adds = SPENDING[change.area, change.kind]
    before, after = (model.from_raw_data(dict(side)).to(shape) if side else None for side in (change.old, change.new))
    return spend.Counted(change.event, change.now("id") or change.was("id") or "", adds(before), adds(after))


def _counted(change: Change) -> statistics.Counted:
    model, shape = COUNTED[change.kind]
    before, after = (model.from_raw_data(dict(side)).to(shape) if side else None for side in (change.old, change.new))
    name = "id" if change.kind == "visit" else "visit"
    return statistics.Counted(change.event, change.now(name) or change.was(name) or "", before, after)


def _owed(change: Change) -> advances.Counted:
    sides = (AdvanceItem.from_raw_data(dict(side)).to(Advance) if side else None for side in (change.old, change.new))
    return advances.Counted(change.event, *sides)
