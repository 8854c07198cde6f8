"""What moves without a person: tasks of those who left or are away, and tasks that nobody decided in time."""

from __future__ import annotations

from chalicelib.domain.approvals import Action, Reassign, TimeOut
from chalicelib.domain.errors import Conflict, Contention, NotFound
from chalicelib.models.approvals import DUE_SHARDS, ApprovalsTable, TaskItem, due_partition
from chalicelib.models.store import Query
from chalicelib.models.visits import instant
from chalicelib.services.approvals.moving import changed_document, load, move
from chalicelib.services.call import Call
from chalicelib.services.directory.reading import every

ATTEMPTS = 4
AT_ONCE = 100
"""Due tasks of a shard that one run of the schedule takes; the next run takes the rest."""


def reassign(call: Call, person_id: str) -> int:
    """Move the open tasks of somebody who left or is away to whom the rules name; returns how many approvals moved.

    Safe to repeat: what has moved is no longer theirs. Raises Contention when others write all the time.
    """
    held = every(call.store, Query(ApprovalsTable, f"inbox#{person_id}", index=1, limit=AT_ONCE))
    approvals = dict.fromkeys(item.approval for item in held)
    return sum(_moved(call, id, Reassign(person=person_id)) for id in approvals)


def time_out_due(call: Call) -> int:
    """Do with every task that is due what its step says; returns how many there were."""
    return sum(time_out(call, task) for shard in range(DUE_SHARDS) for task in _due(call, shard))


def _due(call: Call, shard: int) -> list[TaskItem]:
    query = Query(ApprovalsTable, due_partition(shard), index=3, start=" ", end=instant(call.now), limit=AT_ONCE)
    return [item for item in call.store.query(query).items if isinstance(item, TaskItem)]


def time_out(call: Call, task: TaskItem) -> bool:
    """Let the step's rule act on a task whose time is over; False where somebody was faster."""
    return _moved(call, task.approval, TimeOut(task=task.id))


def _moved(call: Call, approval: str, action: Action) -> bool:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _move(call, approval, action)
        except Contention:
            if attempt == ATTEMPTS:
                raise
    return False


def _move(call: Call, approval: str, action: Action) -> bool:
    try:
        held = load(call, approval)
        decision, operations = move(call, held.running, held.item, action, held.summary)
    except (Conflict, NotFound):
        return False  # decided, withdrawn or moved in the meantime
    if decision.running == held.running:
        return False  # nobody stands in: whoever is away keeps the task
    call.commit({}, *operations, *changed_document(call, held, decision))
    return True
