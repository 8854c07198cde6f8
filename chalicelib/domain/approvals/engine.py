"""The rules by which an approval moves."""

from collections.abc import Mapping

from chalicelib.domain.approvals.actions import (
    Action,
    Approve,
    Cancel,
    Move,
    Reject,
    Return,
    Submit,
    TaskMove,
    Withdraw,
)
from chalicelib.domain.approvals.approvers import Approvers
from chalicelib.domain.approvals.definition import (
    MAX_APPROVERS,
    Definition,
    EmptyRule,
    Mode,
    RepeatedRule,
    Step,
)
from chalicelib.domain.approvals.people import People
from chalicelib.domain.approvals.progress import Decision, Progress
from chalicelib.domain.approvals.running import Origin, Running, Status, Task, TaskStatus, What
from chalicelib.domain.approvals.situation import Situation
from chalicelib.domain.errors import Conflict, Forbidden, IllegalMove

MOVES: Mapping[Status, frozenset[type[Move]]] = {
    Status.DRAFT: frozenset({Submit}),
    Status.PENDING: frozenset({Approve, Reject, Return, Withdraw, Cancel}),
    Status.APPROVED: frozenset(),
    Status.REJECTED: frozenset(),
    Status.RETURNED: frozenset({Submit, Cancel}),
    Status.WITHDRAWN: frozenset({Submit, Cancel}),
    Status.CANCELLED: frozenset(),
}


class NotYours(Forbidden):
    """The move belongs to somebody else: to the task's person, or to the applicant."""

    code = "not_yours"


def decide(definition: Definition, running: Running, action: Action, situation: Situation) -> Decision:
    """What the action makes of the running approval; the arguments stay as they are.

    Raises IllegalMove where the status has no such move (`state` is the status) or the person's task is
    decided or closed already (code `already_decided`); NotYours where the move is somebody
    else's (code `own_document` where an applicant would decide); Conflict `no_approver` or
    `too_many_approvers` where the next step cannot be asked (`params` name it); ValueError for a definition
    that is not the approval's.
    """
    if (definition.key, definition.version) != (running.definition_key, running.definition_version):
        raise ValueError(f"approval {running.id} runs by another definition")
    if type(action) not in MOVES[running.status]:
        raise IllegalMove(state=running.status, move=action.name)
    match action:
        case Submit():
            return _submit(definition, running, action, situation)
        case Approve():
            return _approve(definition, running, action, situation)
        case Reject():
            return _refuse(running, action, situation)
        case Return():
            return _return(running, action, situation)
        case Withdraw():
            return _withdraw(running, action, situation)
        case Cancel():
            return _cancel(running, action, situation)
        case _:
            raise IllegalMove(state=running.status, move=action.name)


def _submit(definition: Definition, running: Running, action: Submit, situation: Situation) -> Decision:
    _must_be_applicant(running, action)
    progress = Progress(running, action, situation.now, running.round + 1)
    progress.acted(What.SUBMITTED)
    return _advance(definition, progress, situation)


def _approve(definition: Definition, running: Running, action: Approve, situation: Situation) -> Decision:
    task = _own_task(running, action, situation.people)
    progress = Progress(running, action, situation.now, running.round)
    progress.acted(What.APPROVED, task)
    progress.settle(task, TaskStatus.APPROVED, action)
    if not _is_done(definition.step(running.step), progress.asked()):
        return progress.result(Status.PENDING, running.step)
    progress.close_open()
    return _advance(definition, progress, situation)


def _refuse(running: Running, action: Reject, situation: Situation) -> Decision:
    task = _own_task(running, action, situation.people)
    progress = Progress(running, action, situation.now, running.round)
    progress.settle(task, TaskStatus.REJECTED, action)
    return _stop(progress, Status.REJECTED, What.REJECTED, task)


def _return(running: Running, action: Return, situation: Situation) -> Decision:
    task = _own_task(running, action, situation.people)
    progress = Progress(running, action, situation.now, running.round)
    progress.settle(task, TaskStatus.RETURNED, action)
    return _stop(progress, Status.RETURNED, What.RETURNED, task)


def _withdraw(running: Running, action: Withdraw, situation: Situation) -> Decision:
    _must_be_applicant(running, action)
    progress = Progress(running, action, situation.now, running.round)
    return _stop(progress, Status.WITHDRAWN, What.WITHDRAWN)


def _cancel(running: Running, action: Cancel, situation: Situation) -> Decision:
    progress = Progress(running, action, situation.now, running.round)
    return _stop(progress, Status.CANCELLED, What.CANCELLED)


def _stop(progress: Progress, status: Status, what: What, task: Task | None = None) -> Decision:
    progress.acted(what, task)
    progress.close_open()
    return progress.result(status, None)


def _advance(definition: Definition, progress: Progress, situation: Situation) -> Decision:
    """Asks the next step that needs somebody; approves when none is left."""
    approvers = Approvers(situation.people, progress.before.applicant, situation.facts)
    earlier = progress.approved_by()
    # A submission starts at the first step; `before.step` is None exactly then.
    for step in definition.after(progress.before.step):
        if _ask(step, progress, approvers, earlier):
            return progress.result(Status.PENDING, step.key)
    return progress.result(Status.APPROVED, None)


def _ask(step: Step, progress: Progress, approvers: Approvers, earlier: frozenset[str]) -> bool:
    """Opens the step's tasks; False if it needs nobody."""
    people, origin = approvers.of(step), Origin.RULE
    if not people and step.when_empty is EmptyRule.SKIP:
        progress.noted(What.SKIPPED, step.key, "nobody_matches")
        return False
    if not people:
        people, origin = approvers.administrators(), Origin.ESCALATED
        progress.noted(What.ESCALATED, step.key, "nobody_matches", people)
    _must_be_askable(step, people, progress.before)
    needed = _still_needed(step, people, origin, progress, earlier)
    if needed:
        progress.ask(step.key, needed, origin)
    return bool(needed)


def _must_be_askable(step: Step, people: tuple[str, ...], running: Running) -> None:
    if not people:
        raise Conflict("no_approver", state=running.status, step=step.key)
    if len(people) > MAX_APPROVERS:
        raise Conflict("too_many_approvers", state=running.status, step=step.key, max=str(MAX_APPROVERS))


def _still_needed(
    step: Step, people: tuple[str, ...], origin: Origin, progress: Progress, earlier: frozenset[str]
) -> tuple[str, ...]:
    repeated = tuple(id for id in people if id in earlier)
    if not repeated or step.when_repeated is RepeatedRule.AGAIN:
        return people
    progress.noted(What.COUNTED, step.key, "approved_before", repeated)
    if _suffices(_mode(step, origin), len(repeated), len(people)):
        return ()
    return tuple(id for id in people if id not in earlier)


def _is_done(step: Step, asked: tuple[Task, ...]) -> bool:
    approved = sum(task.status is TaskStatus.APPROVED for task in asked)
    return _suffices(_mode(step, asked[0].origin), approved, len(asked))


def _mode(step: Step, origin: Origin) -> Mode:
    # Administrators stand in for approvers whom nobody knows: one of them is enough in an all-of step too.
    return Mode.ONE_OF if origin is Origin.ESCALATED else step.mode


def _suffices(mode: Mode, approved: int, asked: int) -> bool:
    return approved > 0 if mode is Mode.ONE_OF else approved == asked


def _must_be_applicant(running: Running, action: Submit | Withdraw) -> None:
    if action.by != running.applicant:
        raise NotYours(move=action.name)


def _own_task(running: Running, action: TaskMove, people: People) -> Task:
    """The open task that the action decides."""
    person = people.person(action.by)
    if person is None or not person.active:
        raise NotYours(move=action.name)
    if action.by == running.applicant:
        raise NotYours("own_document", move=action.name)
    mine = [task for task in running.tasks if task.person == action.by and _is_meant(task, action)]
    for task in mine:
        if task.status is TaskStatus.OPEN:
            return task
    if mine:
        raise IllegalMove("already_decided", state=mine[-1].status, move=action.name)
    if action.by in running.people:
        raise IllegalMove("already_decided", state=running.status, move=action.name)
    raise NotYours(move=action.name)


def _is_meant(task: Task, action: TaskMove) -> bool:
    return action.task is None or task.id == action.task
