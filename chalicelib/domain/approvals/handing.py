"""The moves that change who decides: transfer, delegate, add before and after, remove."""

from collections.abc import Iterator

from chalicelib.domain.approvals.actions import AddAfter, AddBefore, Delegate, Remove, Transfer
from chalicelib.domain.approvals.approvers import Approver
from chalicelib.domain.approvals.opening import carry_on
from chalicelib.domain.approvals.people import People
from chalicelib.domain.approvals.progress import Decision, Progress
from chalicelib.domain.approvals.queueing import decides_here, drop, follow, give, must_have_room
from chalicelib.domain.approvals.refusals import NotYours
from chalicelib.domain.approvals.running import LIVING, Origin, Running, Task, TaskStatus, What
from chalicelib.domain.approvals.seats import LASTING, counts
from chalicelib.domain.errors import Conflict, FieldError, Invalid


def transfer(progress: Progress, action: Transfer, task: Task) -> Decision:
    """The task goes to somebody else for good."""
    (to,) = _newcomers(progress, (action.to,))
    progress.acted(action, What.TRANSFERRED, task, about=(to.person,))
    give(
        progress,
        task,
        to.person,
        TaskStatus.TRANSFERRED,
        origin=Origin.TRANSFERRED,
        on_behalf_of=to.on_behalf_of,
        asked_by=task.person,
    )
    return carry_on(progress)


def delegate(progress: Progress, action: Delegate, task: Task) -> Decision:
    """The task waits for somebody's advice, then comes back."""
    (to,) = _newcomers(progress, (action.to,))
    progress.acted(action, What.DELEGATED, task, about=(to.person,))
    made = _add(progress, task, to, Origin.DELEGATED)
    _put_behind(progress, task, (made.id,))
    return carry_on(progress)


def add_before(progress: Progress, action: AddBefore, task: Task) -> Decision:
    """The task waits until all these people have approved."""
    added = _newcomers(progress, action.people)
    progress.acted(action, What.ADDED, task, reason="before", about=tuple(each.person for each in added))
    made = tuple(_add(progress, task, each, Origin.ADDED).id for each in added)
    _put_behind(progress, task, made)
    return carry_on(progress)


def add_after(progress: Progress, action: AddAfter, task: Task) -> Decision:
    """When the task is approved, all these people have to approve, too."""
    added = _newcomers(progress, action.people)
    progress.acted(action, What.ADDED, task, reason="after", about=tuple(each.person for each in added))
    made = tuple(_add(progress, task, each, Origin.ADDED).id for each in added)
    follow(progress, task, (task.id, *made))
    for id in made:
        progress.change(progress.task(id), after=(task.id,))
    return carry_on(progress)


def remove(progress: Progress, action: Remove) -> Decision:
    """That person need not decide after all.

    Raises Invalid `not_asked` for somebody who is not being asked, NotYours for those whom one may not remove,
    and Conflict `last_approver` where nobody would be left to have approved the step.
    """
    people = progress.situation.people
    task = next((each for each in progress.living if each.person == action.person), None)
    if task is None and any(_is_in_hand(each, action.by, people) for each in progress.living):
        raise Invalid(FieldError("people.0", "not_asked"))
    if task is None or not _is_in_hand(task, action.by, people):
        raise NotYours(move=action.name)
    if _is_last(task, progress.before):
        raise Conflict("last_approver", state=progress.before.status)
    progress.acted(action, What.REMOVED, about=(task.person,))
    drop(progress, task, TaskStatus.REMOVED)
    return carry_on(progress)


def removable(running: Running, by: str, people: People) -> tuple[str, ...]:
    """The ids of those whom this person may remove now."""
    member = people.person(by)
    if member is None or not member.active or by == running.applicant:
        return ()
    living = (task for task in running.tasks if task.status in LIVING)
    return tuple(task.person for task in living if _is_in_hand(task, by, people) and not _is_last(task, running))


def _is_in_hand(task: Task, by: str, people: People) -> bool:
    """Whoever asked may take it back, but for a transfer, which is for good; administrators may remove anybody."""
    return (task.asked_by == by and task.origin is not Origin.TRANSFERRED) or by in people.administrators()


def _is_last(task: Task, running: Running) -> bool:
    if not counts(task) or running.counted:
        return False
    return not any(each.status in LASTING and counts(each) for each in running.tasks if each.id != task.id)


def _newcomers(progress: Progress, ids: tuple[str, ...]) -> tuple[Approver, ...]:
    """Those people, or who stands in for them; raises Invalid for each who may not be asked, and Conflict for many."""
    wrong = tuple(_faults(progress, ids))
    if wrong:
        raise Invalid(*wrong)
    must_have_room(progress, len(ids))
    found = {id: progress.presence.stand_in(id) or id for id in ids}
    return tuple(Approver(person, None if person == id else id) for id, person in found.items())


def _faults(progress: Progress, ids: tuple[str, ...]) -> Iterator[FieldError]:
    if not ids:
        yield FieldError("people", "required")
    met: set[str] = set()
    for index, id in enumerate(ids):
        code = _refusal(progress, id, met)
        if code:
            yield FieldError(f"people.{index}", code)
        met.add(progress.presence.stand_in(id) or id)


def _refusal(progress: Progress, id: str, met: set[str]) -> str:
    if progress.presence.member(id) is None:
        return "unknown_person"
    if not progress.presence.works_here(id):
        return "departed_person"
    if id == progress.presence.applicant:
        return "own_document"
    person = progress.presence.stand_in(id) or id
    waits = any(task.person == person for task in progress.living)
    return "already_asked" if waits or person in met or decides_here(progress, person) else ""


def _add(progress: Progress, task: Task, newcomer: Approver, origin: Origin) -> Task:
    person, behalf = newcomer.person, newcomer.on_behalf_of
    return progress.make(task.step, person, origin, seat=task.seat, on_behalf_of=behalf, asked_by=task.person)


def _put_behind(progress: Progress, task: Task, others: tuple[str, ...]) -> None:
    progress.change(task, status=TaskStatus.QUEUED, opened_at=None, due_at=None, after=others)
