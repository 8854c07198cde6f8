"""The engine's one entrance: a move and what it makes of a running approval."""

from chalicelib.domain.approvals import deciding, handing, talking, timing
from chalicelib.domain.approvals.actions import (
    Action,
    AddAfter,
    AddBefore,
    Amend,
    Approve,
    Cancel,
    Comment,
    CopyTo,
    Delegate,
    OnDocument,
    OnTask,
    Reassign,
    Reject,
    Remove,
    Return,
    Submit,
    TaskMove,
    TimeOut,
    Transfer,
    Urge,
    Withdraw,
)
from chalicelib.domain.approvals.definition import Definition
from chalicelib.domain.approvals.legal import must_be_legal, must_be_theirs, own_task
from chalicelib.domain.approvals.progress import Decision, Progress
from chalicelib.domain.approvals.running import Running, Task
from chalicelib.domain.approvals.situation import Situation


def decide(definition: Definition, running: Running, action: Action, situation: Situation) -> Decision:
    """What the action makes of the running approval; the arguments stay as they are.

    Raises IllegalMove where the status has no such move (`state` is the status) or the task is decided or closed
    already (`already_decided`), not due yet (`not_due`) or asks for advice only (`advice_only`); NotYours where the
    move is somebody else's (`own_document` where an applicant would decide); Invalid for people and steps that the
    move cannot name; Conflict `no_approver` or `too_many_approvers` where the next step cannot be asked (`step` names
    it) and as the moves themselves say; ValueError for a definition that is not the approval's.
    """
    if (definition.key, definition.version) != (running.definition_key, running.definition_version):
        raise ValueError(f"approval {running.id} runs by another definition")
    must_be_legal(running, action)
    progress = Progress(definition, running, situation)
    match action:
        case TimeOut():
            return timing.time_out(progress, action)
        case Reassign():
            return timing.reassign(progress, action)
        case TaskMove():
            return _on_task(progress, action, own_task(running, action, situation.people))
        case _:
            must_be_theirs(running, action, situation.people)
            return _on_document(progress, action)


def _on_task(progress: Progress, action: OnTask, task: Task) -> Decision:
    match action:
        case Approve():
            return deciding.approve(progress, action, task)
        case Reject():
            return deciding.reject(progress, action, task)
        case Return():
            return deciding.send_back(progress, action, task)
        case Transfer():
            return handing.transfer(progress, action, task)
        case Delegate():
            return handing.delegate(progress, action, task)
        case AddBefore():
            return handing.add_before(progress, action, task)
        case AddAfter():
            return handing.add_after(progress, action, task)


def _on_document(progress: Progress, action: OnDocument) -> Decision:
    match action:
        case Submit():
            return deciding.submit(progress, action)
        case Amend():
            return deciding.amend(progress, action)
        case Withdraw():
            return deciding.withdraw(progress, action)
        case Cancel():
            return deciding.cancel(progress, action)
        case Remove():
            return handing.remove(progress, action)
        case CopyTo():
            return talking.copy_to(progress, action)
        case Urge():
            return talking.urge(progress, action)
        case Comment():
            return talking.comment(progress, action)
