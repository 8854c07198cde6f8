"""How long approvers take: what a decided task adds to the figures of its step and of its person."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.spend.cells import COMPANY, Added, Cell, Figures

ANSWERS = frozenset({"approved", "rejected", "returned"})
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Deciding:
    """A task as far as its time matters: opened and decided (UTC), by whom, in which step of which process."""

    id: str
    definition_key: str
    step: str
    person: str
    status: str
    opened_at: datetime | None
    decided_at: datetime | None


def of_task(task: Deciding | None) -> Added:
    """All that a task adds; nothing while nobody has decided it."""
    if task is None or task.status not in ANSWERS or task.opened_at is None or task.decided_at is None:
        return ()
    month = task.decided_at.strftime("%Y-%m")
    figures = _figures(task.status, task.decided_at - task.opened_at)
    return (
        (Cell("step", COMPANY, month, "", f"{task.definition_key}/{task.step}"), figures),
        (Cell("approver", COMPANY, month, "", task.person), figures),
    )


def _figures(status: str, took: timedelta) -> Figures:
    return {
        "decided": 1,
        "minutes": max(0, took // timedelta(minutes=1)),
        "within_day": int(took <= DAY),
        "within_three": int(took <= 3 * DAY),
        "approved": int(status == "approved"),
        "rejected": int(status == "rejected"),
        "returned": int(status == "returned"),
    }
