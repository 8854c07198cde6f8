"""How a step stands: the seats of its approvers, what each of them says, and what the step's mode makes of it.

A seat is one approver's place. Whoever it was given to and whoever was added to it fill it together: it approves when
everybody in it has approved, and refuses as soon as one of them has. Advice fills no seat.
"""

from collections.abc import Collection, Iterable
from enum import StrEnum

from chalicelib.domain.approvals.definition import Mode, Step
from chalicelib.domain.approvals.running import LIVING, Origin, Task, TaskStatus


class Verdict(StrEnum):
    """What a seat or a step says."""

    APPROVED = "approved"
    REJECTED = "rejected"
    WAITING = "waiting"


_FOR = frozenset({TaskStatus.APPROVED, TaskStatus.LAPSED_FOR})
_AGAINST = frozenset({TaskStatus.REJECTED, TaskStatus.LAPSED_AGAINST})
_COUNTING = LIVING | _FOR | _AGAINST
LASTING = LIVING | _FOR
"""A task that may still approve, or has."""


def counts(task: Task) -> bool:
    """Whether the task says something in its seat, now or later."""
    return task.status in _COUNTING and task.origin is not Origin.DELEGATED


def mode_of(step: Step, tasks: Collection[Task]) -> Mode:
    """How many of those asked must approve.

    Administrators stand in for approvers whom nobody knows: one of them is enough in an all-of step too. That is so
    when the turn began with them; who comes in later by a time-out takes one seat of the step's own mode.
    """
    first = next(iter(tasks), None)
    return Mode.ONE_OF if first is not None and first.origin is Origin.ESCALATED else step.mode


def verdict(step: Step, tasks: Collection[Task], counted: int) -> Verdict:
    """What the turn's tasks amount to, together with `counted` earlier approvals that count as seats of their own."""
    seats = _seats(tasks)
    approved = seats.count(Verdict.APPROVED) + counted
    return weigh(mode_of(step, tasks), step.share, approved, seats.count(Verdict.REJECTED), len(seats) + counted)


def weigh(mode: Mode, share: int, approved: int, rejected: int, seats: int) -> Verdict:
    """What so many approvals and refusals of so many seats amount to."""
    if mode is Mode.ONE_OF:
        needed, bearable = 1, 0
    elif mode is Mode.SHARE_OF:
        needed = -(-share * seats // 100)
        bearable = seats - needed
    else:
        needed, bearable = seats, 0
    if rejected > bearable:
        return Verdict.REJECTED
    return Verdict.APPROVED if approved >= needed else Verdict.WAITING


def _seats(tasks: Iterable[Task]) -> list[Verdict]:
    seats: dict[str, list[TaskStatus]] = {}
    for task in tasks:
        if counts(task):
            seats.setdefault(task.seat, []).append(task.status)
    return [_said(statuses) for statuses in seats.values()]


def _said(statuses: Collection[TaskStatus]) -> Verdict:
    if not _AGAINST.isdisjoint(statuses):
        return Verdict.REJECTED
    return Verdict.WAITING if not LIVING.isdisjoint(statuses) else Verdict.APPROVED
