"""Asking the next step, and closing the last: the approval goes on by itself until somebody has to decide."""

from collections.abc import Iterable

from chalicelib.domain.approvals.definition import MAX_APPROVERS, Mode, Step
from chalicelib.domain.approvals.planning import Outcome, Plan, plan
from chalicelib.domain.approvals.progress import Decision, Progress
from chalicelib.domain.approvals.queueing import open_due, why_absent
from chalicelib.domain.approvals.running import Origin, Status, What
from chalicelib.domain.approvals.seats import Verdict, verdict
from chalicelib.domain.errors import Conflict

_NOTES = {Outcome.SKIPPED: What.SKIPPED, Outcome.AUTO_APPROVED: What.AUTO_APPROVED, Outcome.ESCALATED: What.ESCALATED}


def advance(progress: Progress, steps: Iterable[Step]) -> Decision:
    """Asks the first of these steps that needs somebody; approves when none does.

    Raises Conflict `no_approver` or `too_many_approvers`, with the step, where a step cannot be asked.
    """
    for step in steps:
        if _ask(step, progress):
            return progress.result(Status.PENDING, step.key)
    _copy(progress)
    return progress.result(Status.APPROVED, None)


def carry_on(progress: Progress) -> Decision:
    """What follows when tasks of the present step changed: it goes on waiting, is done, or ends the approval."""
    step = progress.step
    said = verdict(step, progress.tasks, len(progress.counted))
    if said is Verdict.WAITING:
        open_due(progress)
        # Whoever came up may be away, and their substitute may have said yes already.
        said = verdict(step, progress.tasks, len(progress.counted))
    if said is Verdict.WAITING:
        return progress.result(Status.PENDING, step.key)
    progress.close_living()
    if said is Verdict.REJECTED:
        return progress.result(Status.REJECTED, None)
    progress.passed = (*progress.passed, step.key)
    return advance(progress, progress.definition.after(step.key))


def _ask(step: Step, progress: Progress) -> bool:
    """Opens the step's first tasks; False if it needs nobody."""
    approved = {person for _, person in progress.approvals}
    planned = plan(step, progress.approvers, progress.situation.facts, approved)
    if planned.outcome is Outcome.NOBODY:
        raise Conflict(planned.reason, state=progress.before.status, step=step.key, max=str(MAX_APPROVERS))
    _note(step, planned, progress)
    if not planned.asked:
        return False
    progress.new_turn(planned.counted)
    _seat(step, planned, progress)
    open_due(progress)
    return True


def _note(step: Step, planned: Plan, progress: Progress) -> None:
    if planned.outcome in _NOTES and not planned.counted:
        people = tuple(approver.person for approver in planned.asked)
        progress.noted(_NOTES[planned.outcome], step.key, planned.reason, people)
    if planned.counted:
        progress.noted(What.COUNTED, step.key, "approved_before", planned.counted)
    for approver in planned.asked:
        if approver.on_behalf_of is not None:
            why = why_absent(progress, approver.on_behalf_of)
            progress.noted(What.MOVED, step.key, why, (approver.on_behalf_of, approver.person))


def _seat(step: Step, planned: Plan, progress: Progress) -> None:
    one_by_one = step.mode is Mode.IN_ORDER and planned.origin is not Origin.ESCALATED
    before: tuple[str, ...] = ()
    for approver in planned.asked:
        origin = planned.origin if approver.on_behalf_of is None else Origin.SUBSTITUTE
        made = progress.make(step.key, approver.person, origin, after=before, on_behalf_of=approver.on_behalf_of)
        before = (made.id,) if one_by_one else ()


def _copy(progress: Progress) -> None:
    named = progress.approvers.named(progress.definition.copies)
    people = tuple(id for id in named if id not in progress.copied)
    if people:
        progress.copied = (*progress.copied, *people)
        progress.noted(What.COPIED, None, "approved", people)
