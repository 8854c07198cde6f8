"""Tasks that are due and not done: their owners are reminded, once for each time at which a task is due."""

from __future__ import annotations

from itertools import chain

from chalicelib.domain.checklist import Task, reminded
from chalicelib.domain.errors import Contention
from chalicelib.domain.visits import Visit
from chalicelib.models.checklist import DUE_SHARDS, ChecklistItem, due_partition
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import Query, replace
from chalicelib.models.visits import VisitItem, instant
from chalicelib.services.call import Call
from chalicelib.services.notifications import notify

AT_ONCE = 100
"""Due tasks of a shard that one run of the schedule takes; the next run takes the rest."""


def remind_due(call: Call) -> int:
    """Remind of every task that is due; returns how many there were. Those of a visit that is off are only put away."""
    due = chain.from_iterable(_due(call, shard) for shard in range(DUE_SHARDS))
    return sum(_reminded(call, task) for task in due)


def _due(call: Call, shard: int) -> list[Task]:
    query = Query(ReceptionTable, due_partition(shard), index=1, start=" ", end=instant(call.now), limit=AT_ONCE)
    return [item.to(Task) for item in call.store.query(query).items if isinstance(item, ChecklistItem)]


def _reminded(call: Call, listed: Task) -> bool:
    """The index lags behind: the task is looked at once more, with its visit."""
    item, head = call.store.get(ChecklistItem.at(listed.visit, listed.id), VisitItem.at(listed.visit))
    task: Task = item.to(Task)
    if head is None or task.status != "open" or task.reminded_at or task.due > call.now:
        return False
    visit: Visit = head.to(Visit)
    if visit.status == "approved":
        _tell(call, visit, task)
    try:
        call.commit({}, replace(ChecklistItem.from_task(reminded(task, call.now))))
    except Contention:
        return False  # somebody ticks it off at this moment
    return True


def _tell(call: Call, visit: Visit, task: Task) -> None:
    facts = {"word": task.word, "text": task.text, "party": visit.party, "number": visit.number, "task": task.id}
    cause = f"{visit.id}#task#{task.id}#{instant(task.due)}"
    notify(call, cause, [task.owner], "checklist_due", facts, f"/visits/{visit.id}#checklist")
