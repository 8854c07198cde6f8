"""The moves that change nothing of the course: copies, urging, comments."""

from collections.abc import Iterator
from datetime import timedelta

from chalicelib.domain.approvals.actions import Comment, CopyTo, Urge
from chalicelib.domain.approvals.progress import Decision, Progress
from chalicelib.domain.approvals.running import What
from chalicelib.domain.errors import Conflict, FieldError, Invalid

URGED_AGAIN_AFTER = timedelta(hours=1)
MAX_COPIES = 200


def copy_to(progress: Progress, action: CopyTo) -> Decision:
    """These people get a copy.

    Raises Invalid for the unknown, those who left, the applicant and those who have one; Conflict for too many.
    """
    wrong = tuple(_faults(progress, action.people))
    if wrong:
        raise Invalid(*wrong)
    if len(progress.copied) + len(action.people) > MAX_COPIES:
        raise Conflict("too_many_copies", state=progress.before.status, max=str(MAX_COPIES))
    progress.copied = (*progress.copied, *action.people)
    progress.acted(action, What.COPIED, about=action.people)
    return progress.unchanged_status()


def urge(progress: Progress, action: Urge) -> Decision:
    """Those who are next are asked to hurry; raises Conflict `urged_recently` (until: ISO, UTC) within the hour."""
    until = progress.urged_at and progress.urged_at + URGED_AGAIN_AFTER
    if until and progress.now < until:
        raise Conflict("urged_recently", state=progress.before.status, until=until.isoformat())
    progress.urged_at = progress.now
    progress.acted(action, What.URGED, about=tuple(task.person for task in progress.before.open_tasks))
    return progress.unchanged_status()


def comment(progress: Progress, action: Comment) -> Decision:
    """Somebody says something; raises Invalid where nothing is said."""
    if not action.comment.strip():
        raise Invalid(FieldError("comment", "required"))
    progress.acted(action, What.COMMENTED)
    return progress.unchanged_status()


def _faults(progress: Progress, people: tuple[str, ...]) -> Iterator[FieldError]:
    if not people:
        yield FieldError("people", "required")
    for index, id in enumerate(people):
        code = _refusal(progress, id)
        if code or id in people[:index]:
            yield FieldError(f"people.{index}", code or "duplicate")


def _refusal(progress: Progress, id: str) -> str:
    if progress.presence.member(id) is None:
        return "unknown_person"
    if not progress.presence.works_here(id):
        return "departed_person"
    return "duplicate" if id in progress.copied or id == progress.before.applicant else ""
