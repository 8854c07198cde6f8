"""The moves that decide: submit, approve, reject, return, withdraw, cancel."""

from chalicelib.domain.approvals.actions import (
    Amend,
    Approve,
    Cancel,
    Move,
    Reject,
    Return,
    Submit,
    TaskMove,
    Withdraw,
)
from chalicelib.domain.approvals.definition import Definition
from chalicelib.domain.approvals.opening import advance, carry_on
from chalicelib.domain.approvals.progress import Decision, Progress
from chalicelib.domain.approvals.running import Origin, Running, Status, Task, TaskStatus, What
from chalicelib.domain.errors import FieldError, Invalid


def submit(progress: Progress, action: Submit) -> Decision:
    """A new submission starts at the first step; nothing of an earlier one counts in it."""
    return _begin(progress, action, What.SUBMITTED)


def amend(progress: Progress, action: Amend) -> Decision:
    """A change is put to everybody who would have been asked about the whole."""
    return _begin(progress, action, What.AMENDED)


def _begin(progress: Progress, action: Submit | Amend, what: What) -> Decision:
    progress.new_round()
    progress.acted(action, what)
    return advance(progress, progress.definition.steps)


def approve(progress: Progress, action: Approve, task: Task) -> Decision:
    """The task's person agrees."""
    if task.origin is Origin.DELEGATED:
        return _advise(progress, action, task, TaskStatus.ADVISED_FOR, "for")
    progress.acted(action, What.APPROVED, task)
    _settle(progress, action, task, TaskStatus.APPROVED)
    progress.approvals = (*progress.approvals, (task.step, task.person))
    return carry_on(progress)


def reject(progress: Progress, action: Reject, task: Task) -> Decision:
    """The task's person refuses; the approval ends unless the step's share can do without them."""
    if task.origin is Origin.DELEGATED:
        return _advise(progress, action, task, TaskStatus.ADVISED_AGAINST, "against")
    progress.acted(action, What.REJECTED, task)
    _settle(progress, action, task, TaskStatus.REJECTED)
    return carry_on(progress)


def send_back(progress: Progress, action: Return, task: Task) -> Decision:
    """The document goes back: to the applicant, or to an earlier step, whose approval and all later ones are void.

    Raises Invalid `not_returnable` for a step that asked nobody in this submission, or does not come before.
    """
    if action.to is None:
        _settle(progress, action, task, TaskStatus.RETURNED)
        return _stop(progress, action, Status.RETURNED, What.RETURNED, task)
    if action.to not in returnable(progress.definition, progress.before):
        raise Invalid(FieldError("step", "not_returnable"))
    progress.acted(action, What.RETURNED_TO, task, reason=action.to)
    _settle(progress, action, task, TaskStatus.RETURNED)
    progress.close_living()
    earlier = {step.key for step in progress.definition.steps[: progress.definition.index(action.to)]}
    progress.passed = tuple(key for key in progress.passed if key in earlier)
    progress.approvals = tuple(given for given in progress.approvals if given[0] in earlier)
    return advance(progress, (progress.definition.step(action.to), *progress.definition.after(action.to)))


def withdraw(progress: Progress, action: Withdraw) -> Decision:
    """The applicant takes the document back."""
    return _stop(progress, action, Status.WITHDRAWN, What.WITHDRAWN)


def cancel(progress: Progress, action: Cancel) -> Decision:
    """The document was cancelled."""
    return _stop(progress, action, Status.CANCELLED, What.CANCELLED)


def returnable(definition: Definition, running: Running) -> tuple[str, ...]:
    """The keys of the steps to which the document may be returned now, in their order: those that asked somebody."""
    return tuple(step.key for step in definition.steps if step.key in running.passed)


def _advise(progress: Progress, action: TaskMove, task: Task, status: TaskStatus, advice: str) -> Decision:
    progress.acted(action, What.ADVISED, task, reason=advice)
    _settle(progress, action, task, status)
    return carry_on(progress)


def _stop(progress: Progress, action: Move, status: Status, what: What, task: Task | None = None) -> Decision:
    progress.acted(action, what, task)
    progress.close_living()
    return progress.result(status, None)


def _settle(progress: Progress, action: TaskMove, task: Task, status: TaskStatus) -> None:
    progress.change(task, status=status, decided_at=progress.now, comment=action.comment, seen=action.seen)
