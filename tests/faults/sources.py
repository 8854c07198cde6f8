"""Which function is told of what, and what its units of work are called."""

from __future__ import annotations

from chalicelib.models.item import physical_name
from tests.faults.dynamodb import Record
from tests.faults.executions import Execution, Machine

NOBODY_REMOVED = ("INSERT", "MODIFY")

type Source = tuple[str, str]
SOURCES: tuple[Source, ...] = (
    *(("drive", area) for area in ("reception", "approvals", "directory", "spending")),
    *(("record", area) for area in ("reception", "approvals", "directory", "exports", "spending")),
    ("deliver", "notifications"),
    ("export", "exports"),
)
"""Which function consumes which table's stream (infra/resources.yaml)."""


def wanted(source: Source, record: Record) -> bool:
    """Whether the stream tells the function of the record."""
    function, area = source
    if record.table != physical_name(area):
        return False
    return record.name in NOBODY_REMOVED or (function == "record" and not record.by_ttl)


def unit_of(function: str, record: Record) -> str:
    """What a delivery is called: its function, and what became of what; messages go different ways."""
    raw = record.new or record.old or {}
    status = raw.get("status", {}).get("S") or record.name.lower()
    kind = raw.get("channel", raw["kind"])["S"]
    if kind == "visit" and raw.get("amended_at") != (record.old or {}).get("amended_at"):
        status = "amended"
    return f"{function} {kind} {status}"


def task_of(machine: Machine, execution: Execution) -> str:
    """The task that an execution's next step runs, told apart for a visit that was changed; "" if it runs none."""
    task = machine.task_of(execution)
    return f"visit_tasks {task}{', again' if execution.data['round'] > 1 else ''}" if task else ""
