"""The moves that rules make: when a task's hours are over, and when its person leaves or goes on leave."""

from collections.abc import Iterator

from chalicelib.domain.approvals.actions import Reassign, TimeOut
from chalicelib.domain.approvals.definition import Timeout
from chalicelib.domain.approvals.opening import carry_on
from chalicelib.domain.approvals.progress import Decision, Progress
from chalicelib.domain.approvals.queueing import drop, give, replace_absent, stand_in
from chalicelib.domain.approvals.running import Origin, Task, TaskStatus, What
from chalicelib.domain.errors import IllegalMove

_LET_GO = frozenset({TaskStatus.TRANSFERRED, TaskStatus.MOVED, TaskStatus.REMOVED})


def time_out(progress: Progress, action: TimeOut) -> Decision:
    """What the step's rule does with a task whose hours are over; advice that is overdue comes back unanswered.

    Raises IllegalMove `already_decided` for a task that is not open any more, `not_due` where its hours are not over.
    """
    task = next((each for each in progress.before.open_tasks if each.id == action.task), None)
    if task is None:
        raise IllegalMove("already_decided", state=progress.before.status, move=action.name)
    if task.due_at is None or progress.now < task.due_at:
        raise IllegalMove("not_due", state=task.status, move=action.name)
    rule = progress.step.on_timeout
    if rule is None or rule is Timeout.REMIND:
        return _remind(progress, task)
    if task.origin is Origin.DELEGATED:
        progress.noted(What.TIMED_OUT, task.step, "advice", (task.person,))
        drop(progress, task, TaskStatus.CLOSED)
        return carry_on(progress)
    if rule is Timeout.ESCALATE:
        return _escalate(progress, task)
    return _lapse(progress, task, rule)


def reassign(progress: Progress, action: Reassign) -> Decision:
    """Whatever waits for the person, open or queued, goes to who stands in; nothing changes where they are here."""
    for task in progress.living:
        if task.person == action.person and progress.waits_for((task.id,)):
            successor = stand_in(progress, task)
            if successor is not None and successor != task.person:
                replace_absent(progress, progress.task(task.id), successor)
    return carry_on(progress)


def _remind(progress: Progress, task: Task) -> Decision:
    progress.noted(What.REMINDED, task.step, "timed_out", (task.person,))
    progress.change(task, due_at=progress.due(task))
    return progress.unchanged_status()


def _escalate(progress: Progress, task: Task) -> Decision:
    superior = next(_superiors(progress, task), None)
    if superior is None:
        return _remind(progress, task)
    progress.noted(What.TIMED_OUT, task.step, Timeout.ESCALATE, (task.person, superior))
    give(progress, task, superior, TaskStatus.MOVED, origin=Origin.ESCALATED)
    return carry_on(progress)


def _superiors(progress: Progress, task: Task) -> Iterator[str]:
    """Who could take it over: managers upward, then administrators; nobody who had it in this turn and let it go."""
    let_go = {each.person for each in progress.tasks if each.status in _LET_GO} | {task.person}
    for person in (*progress.presence.superiors(task.person), *progress.presence.administrators):
        if person not in let_go:
            yield person


def _lapse(progress: Progress, task: Task, rule: Timeout) -> Decision:
    progress.noted(What.TIMED_OUT, task.step, rule, (task.person,))
    lapsed = TaskStatus.LAPSED_FOR if rule is Timeout.APPROVE else TaskStatus.LAPSED_AGAINST
    progress.change(task, status=lapsed)
    return carry_on(progress)
