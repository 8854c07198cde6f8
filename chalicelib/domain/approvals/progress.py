"""The bookkeeping of one move: what it makes, changes and records while the engine works it out."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from chalicelib.domain.approvals.actions import Move
from chalicelib.domain.approvals.approvers import Approvers
from chalicelib.domain.approvals.definition import Definition, Step
from chalicelib.domain.approvals.presence import Presence
from chalicelib.domain.approvals.running import (
    LIVING,
    Entry,
    Origin,
    Running,
    Status,
    Task,
    TaskStatus,
    What,
)
from chalicelib.domain.approvals.situation import Situation


@dataclass(frozen=True, slots=True)
class Decision:
    """A move's result: the new state, the tasks that it made, the earlier ones that it changed, the trail's new lines.

    No task is in both: one that the move made is in `opened` as it came out (open, or queued behind another). A rule's
    move that found nothing to do has no entries and leaves `running` as it was.
    """

    running: Running
    opened: tuple[Task, ...]
    changed: tuple[Task, ...]
    entries: tuple[Entry, ...]


class Progress:
    """Collects one move's changes; the running approval that it started from stays as it was."""

    def __init__(self, definition: Definition, before: Running, situation: Situation) -> None:
        self.definition = definition
        self.before = before
        self.situation = situation
        self.presence = Presence(situation, before.applicant)
        self.round, self.turn = before.round, before.turn
        self.approvals, self.passed = before.approvals, before.passed
        self.counted, self.copied = before.counted, before.copied
        self.urged_at = before.urged_at
        self._tasks = {task.id: task for task in before.tasks}
        self._count = before.task_count
        self._touched: dict[str, Task] = {}
        self._made: list[str] = []
        self._entries: list[Entry] = []

    @cached_property
    def approvers(self) -> Approvers:
        """The rules' answers for this approval's applicant."""
        return Approvers(self.situation, self.presence)

    @property
    def now(self) -> datetime:
        """The move's time (UTC)."""
        return self.situation.now

    @property
    def step(self) -> Step:
        """The step that is being asked."""
        return self.definition.step(self.before.step)

    @property
    def tasks(self) -> Collection[Task]:
        """The tasks of the present turn as they stand now."""
        return self._tasks.values()

    @property
    def living(self) -> tuple[Task, ...]:
        """The tasks of the turn that still wait."""
        return tuple(task for task in self._tasks.values() if task.status in LIVING)

    def task(self, id: str) -> Task:
        """The task of the present turn as it stands now."""
        return self._tasks[id]

    def waits_for(self, ids: Iterable[str]) -> bool:
        """Whether any of these tasks still waits."""
        return any(self._tasks[id].status in LIVING for id in ids)

    def new_round(self) -> None:
        """The document is submitted: nothing that an earlier submission brought counts any more."""
        self.round += 1
        self.urged_at = None
        self.approvals, self.passed = (), ()

    def new_turn(self, counted: tuple[str, ...]) -> None:
        """A step is asked: its tasks are to be made; `counted` are those whose earlier approval counts in it."""
        self.turn += 1
        self.counted = counted
        self._tasks = {}

    def make(self, step: str, person: str, origin: Origin, **facts: object) -> Task:
        """A new task of the present turn, queued for now; `facts` as Task has them (`seat`: its own if not given)."""
        self._count += 1
        id = f"{self.before.id}.{self._count}"
        seat = str(facts.pop("seat", id))
        queued = Task(id, self.round, self.turn, step, seat, person, TaskStatus.QUEUED, origin)
        self._made.append(id)
        return self.change(queued, **facts)

    def change(self, task: Task, **changes: object) -> Task:
        """The task with these changes, kept."""
        self._tasks[task.id] = self._touched[task.id] = changed = replace(task, **changes)  # type: ignore[arg-type]
        return changed

    def open(self, task: Task) -> None:
        """The task's turn has come, and its hours run."""
        self.change(task, status=TaskStatus.OPEN, opened_at=self.now, due_at=self.due(task))

    def due(self, task: Task) -> datetime | None:
        """When the task's hours are over if they begin now."""
        hours = self.definition.step(task.step).hours
        return None if hours is None else self.situation.due(self.now, hours)

    def close_living(self) -> None:
        """Ends every task that still waits, undecided."""
        for task in self.living:
            self.change(task, status=TaskStatus.CLOSED)

    def acted(self, action: Move, what: What, task: Task | None = None, **facts: object) -> None:
        """Adds the actor's own line to the trail; `facts` as Entry has them."""
        line = Entry(
            at=self.now,
            round=self.round,
            what=what,
            who=action.by,
            on_behalf_of=task.on_behalf_of if task else None,
            step=task.step if task else self.before.step,
            comment=action.comment,
            seen=action.seen,
        )
        self._entries.append(replace(line, **facts))  # type: ignore[arg-type]

    def noted(self, what: What, step: str | None, reason: str, about: tuple[str, ...] = ()) -> None:
        """Adds a line that no person wrote: what a rule did, and why."""
        self._entries.append(Entry(self.now, self.round, what, step=step, reason=reason, about=about))

    def result(self, status: Status, step: str | None) -> Decision:
        """The decision, with the approval in that status and at that step."""
        made = tuple(self._touched[id] for id in self._made)
        running = replace(
            self.before,
            round=self.round,
            turn=self.turn,
            status=status,
            step=step,
            tasks=tuple(self._tasks.values()) if step else (),
            task_count=self._count,
            passed=self.passed if step else (),
            approvals=self.approvals if status in (Status.PENDING, Status.APPROVED) else (),
            counted=self.counted if step else (),
            people=tuple(dict.fromkeys((*self.before.people, *(task.person for task in made)))),
            entry_count=self.before.entry_count + len(self._entries),
            copied=self.copied,
            urged_at=self.urged_at,
        )
        changed = tuple(task for id, task in self._touched.items() if id not in set(self._made))
        return Decision(running, made, changed, tuple(self._entries))

    def unchanged_status(self) -> Decision:
        """The decision of a move after which the approval stands where it stood."""
        return self.result(self.before.status, self.before.step)
