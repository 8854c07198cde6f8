"""The bookkeeping of one move: what it opens, closes, records and reports while the engine works it out."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.approvals.actions import Action, TaskMove
from chalicelib.domain.approvals.events import Event, TaskClosed, TaskOpened
from chalicelib.domain.approvals.running import (
    Entry,
    Origin,
    Running,
    Status,
    Task,
    TaskStatus,
    What,
)


@dataclass(frozen=True, slots=True)
class Decision:
    """A move's result: the new state, the tasks that it opened, those that it ended, and what happened.

    No task is in both: a task that a move opens outlives it.
    """

    running: Running
    opened: tuple[Task, ...]
    closed: tuple[Task, ...]
    events: tuple[Event, ...]


class Progress:
    """Collects one move's changes; the running approval that it started from stays as it was."""

    def __init__(self, before: Running, action: Action, now: datetime, round: int) -> None:
        self.before = before
        self.round = round
        self._action = action
        self._now = now
        self._tasks = {task.id: task for task in before.tasks}
        self._count = before.task_count
        self._opened: list[Task] = []
        self._closed: list[Task] = []
        self._entries: list[Entry] = []
        self._events: list[Event] = []

    def asked(self, step: str) -> tuple[Task, ...]:
        """The step's tasks in this submission."""
        return tuple(task for task in self._tasks.values() if task.step == step and task.round == self.round)

    def approved_by(self) -> frozenset[str]:
        """Those who approved something in this submission."""
        tasks = (task for task in self._tasks.values() if task.status is TaskStatus.APPROVED)
        return frozenset(task.person for task in tasks if task.round == self.round)

    def acted(self, what: What, task: Task | None = None) -> None:
        """Adds the actor's own line to the trail."""
        self._entries.append(
            Entry(
                at=self._now,
                round=self.round,
                what=what,
                who=self._action.by,
                on_behalf_of=task.on_behalf_of if task else None,
                step=task.step if task else self.before.step,
                comment=self._action.comment,
                seen=self._action.seen,
            )
        )

    def noted(self, what: What, step: str, reason: str, about: tuple[str, ...] = ()) -> None:
        """Adds a line that no person wrote: what a rule did with a step, and why."""
        self._entries.append(Entry(self._now, self.round, what, step=step, reason=reason, about=about))

    def happened(self, kind: type[Event]) -> None:
        """Reports an event of the whole approval."""
        self._events.append(self._event(kind))

    def ask(self, step: str, people: tuple[str, ...], origin: Origin) -> None:
        """Opens a task for each of the people."""
        for person in people:
            self._count += 1
            id = f"{self.before.id}.{self._count}"
            task = Task(id, self.round, step, person, self._now, origin=origin)
            self._tasks[id] = task
            self._opened.append(task)
            self._events.append(self._event(TaskOpened, task=task))

    def settle(self, task: Task, status: TaskStatus, action: TaskMove) -> None:
        """Ends the task by its person's decision."""
        self._end(replace(task, status=status, decided_at=self._now, comment=action.comment, seen=action.seen))

    def close_open(self) -> None:
        """Ends every task that still waits, undecided."""
        for task in tuple(self._tasks.values()):
            if task.status is TaskStatus.OPEN:
                self._end(replace(task, status=TaskStatus.CLOSED))

    def result(self, status: Status, step: str | None) -> Decision:
        """The decision, with the approval in that status and at that step."""
        running = replace(
            self.before,
            round=self.round,
            status=status,
            step=step,
            tasks=tuple(self._tasks.values()),
            task_count=self._count,
            trail=(*self.before.trail, *self._entries),
        )
        return Decision(running, tuple(self._opened), tuple(self._closed), tuple(self._events))

    def _end(self, task: Task) -> None:
        self._tasks[task.id] = task
        self._closed.append(task)
        self._events.append(self._event(TaskClosed, task=task))

    def _event(self, kind: type[Event], **more: Task) -> Event:
        before, action = self.before, self._action
        return kind(
            approval=before.id,
            document_kind=before.document_kind,
            document_id=before.document_id,
            applicant=before.applicant,
            round=self.round,
            by=action.by,
            at=self._now,
            comment=action.comment,
            **more,
        )
