"""The bookkeeping of one move: what it opens, changes and records while the engine works it out."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.approvals.actions import Move, TaskMove
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
    """A move's result: the new state, the tasks that it made, the earlier ones that it changed, the trail's new lines.

    No task is in both: one that the move made and changed again is in `opened` as it came out.
    """

    running: Running
    opened: tuple[Task, ...]
    changed: tuple[Task, ...]
    entries: tuple[Entry, ...]


class Progress:
    """Collects one move's changes; the running approval that it started from stays as it was."""

    def __init__(self, before: Running, action: Move, now: datetime, round: int) -> None:
        self.before = before
        self.round = round
        self._action = action
        self._now = now
        self._turn = before.turn
        self._tasks = {task.id: task for task in before.tasks}
        self._count = before.task_count
        self._opened: list[Task] = []
        self._changed: list[Task] = []
        self._entries: list[Entry] = []
        self._approvals = before.approvals if round == before.round else ()

    def asked(self) -> tuple[Task, ...]:
        """The tasks of the present turn."""
        return tuple(self._tasks.values())

    def approved_by(self) -> frozenset[str]:
        """Those who approved something in this submission."""
        return frozenset(person for _, person in self._approvals)

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

    def ask(self, step: str, people: tuple[str, ...], origin: Origin) -> None:
        """Opens a task for each of the people, in a new turn."""
        self._tasks = {}
        self._turn += 1
        for person in people:
            self._count += 1
            id = f"{self.before.id}.{self._count}"
            task = Task(id, self.round, self._turn, step, id, person, origin=origin, opened_at=self._now)
            self._tasks[id] = task
            self._opened.append(task)

    def settle(self, task: Task, status: TaskStatus, action: TaskMove) -> None:
        """Ends the task by its person's decision."""
        if status is TaskStatus.APPROVED:
            self._approvals = (*self._approvals, (task.step, task.person))
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
            turn=self._turn,
            status=status,
            step=step,
            tasks=tuple(self._tasks.values()) if step else (),
            task_count=self._count,
            approvals=self._approvals,
            people=tuple(dict.fromkeys((*self.before.people, *(task.person for task in self._opened)))),
            entry_count=self.before.entry_count + len(self._entries),
        )
        return Decision(running, tuple(self._opened), tuple(self._changed), tuple(self._entries))

    def _end(self, task: Task) -> None:
        self._tasks[task.id] = task
        self._changed.append(task)
