"""Who comes up when, within a step: queued tasks open in their turn, and tasks pass to whoever stands in."""

from chalicelib.domain.approvals.definition import MAX_APPROVERS
from chalicelib.domain.approvals.progress import Progress
from chalicelib.domain.approvals.running import Origin, Task, TaskStatus, What
from chalicelib.domain.approvals.seats import counts
from chalicelib.domain.errors import Conflict

MAX_TASKS = 5 * MAX_APPROVERS
"""Tasks of a turn that people may make by handing them on; an approval is kept in one item."""


def open_due(progress: Progress) -> None:
    """Opens every queued task whose turn has come; where its person is gone by now, whoever stands in gets it.

    Raises Conflict `no_approver` where nobody does.
    """
    _drop_idle_advice(progress)
    while due := [task.id for task in progress.living if _has_come_up(task, progress)]:
        for id in due:
            # One that came up before may have taken this one's place.
            if progress.task(id).status is TaskStatus.QUEUED:
                _open(progress, progress.task(id))


def _open(progress: Progress, task: Task) -> None:
    successor = stand_in(progress, task)
    if successor is None:
        raise Conflict("no_approver", state=progress.before.status, step=task.step)
    if successor == task.person:
        progress.open(task)
    else:
        replace_absent(progress, task, successor)


def stand_in(progress: Progress, task: Task) -> str | None:
    """Who answers for the task's person now: they themselves if they are here; None if nobody is left at all."""
    found = progress.presence.stand_in(task.person)
    return found or next((id for id in progress.presence.administrators if id != task.person), None)


def replace_absent(progress: Progress, task: Task, successor: str) -> None:
    """Gives the task of somebody who left or is away to who stands in; advice goes back to whom it was for."""
    reason = why_absent(progress, task.person)
    if task.origin is Origin.DELEGATED:
        progress.noted(What.MOVED, task.step, reason, (task.person,))
        return drop(progress, task, TaskStatus.MOVED)
    progress.noted(What.MOVED, task.step, reason, (task.person, successor))
    behalf = task.on_behalf_of or task.person
    # Whoever added somebody may still remove them; what was transferred has left the hands of who gave it.
    asked_by = None if task.origin is Origin.TRANSFERRED else task.asked_by
    return give(
        progress,
        task,
        successor,
        TaskStatus.MOVED,
        origin=Origin.SUBSTITUTE,
        on_behalf_of=None if behalf == successor else behalf,
        asked_by=asked_by,
    )


def give(progress: Progress, task: Task, person: str, ended: TaskStatus, **facts: object) -> None:
    """Ends the task as `ended` and asks the person in its place, unless they decide in this step anyway."""
    if decides_here(progress, person):
        return drop(progress, task, ended)
    for advice in _advice_of(progress, person):
        drop(progress, advice, TaskStatus.CLOSED)
    task = progress.change(progress.task(task.id), status=ended)
    origin = facts.pop("origin")
    made = progress.make(task.step, person, Origin(str(origin)), seat=task.seat, after=task.after, **facts)
    return follow(progress, task, (made.id,))


def drop(progress: Progress, task: Task, ended: TaskStatus) -> None:
    """Ends the task with nobody in its place; who waited for it waits for what it waited for."""
    task = progress.change(progress.task(task.id), status=ended)
    follow(progress, task, tuple(id for id in task.after if progress.waits_for((id,))))


def follow(progress: Progress, task: Task, successors: tuple[str, ...]) -> None:
    """Whatever waits for the task waits for these in its place."""
    for waiting in progress.living:
        if task.id in waiting.after and waiting.id not in successors:
            others = (id for each in waiting.after for id in (successors if each == task.id else (each,)))
            progress.change(waiting, after=tuple(dict.fromkeys(others)))


def decides_here(progress: Progress, person: str) -> bool:
    """Whether the person decides in this turn, or has decided: nobody is asked twice."""
    return person in progress.counted or any(task.person == person and counts(task) for task in progress.tasks)


def must_have_room(progress: Progress, more: int) -> None:
    """Raises Conflict `too_many_approvers` where so many more would be too many to ask at a time."""
    if len(progress.living) + more > MAX_APPROVERS or len(progress.tasks) + more > MAX_TASKS:
        raise Conflict("too_many_approvers", state=progress.before.status, max=str(MAX_APPROVERS))


def why_absent(progress: Progress, person: str) -> str:
    """The reason that the trail gives: `away` or `left`."""
    return "away" if progress.presence.works_here(person) else "left"


def _has_come_up(task: Task, progress: Progress) -> bool:
    return task.status is TaskStatus.QUEUED and not progress.waits_for(task.after)


def _advice_of(progress: Progress, person: str) -> list[Task]:
    return [task for task in progress.living if task.person == person and task.origin is Origin.DELEGATED]


def _drop_idle_advice(progress: Progress) -> None:
    """Closes advice that nobody waits for any more."""
    awaited = {id for task in progress.living for id in task.after}
    for task in progress.living:
        if task.origin is Origin.DELEGATED and task.id not in awaited:
            progress.change(task, status=TaskStatus.CLOSED)
