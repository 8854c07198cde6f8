"""Approvals: the one engine that every document passes, as data and a pure function.

`decide` takes a definition, a running approval, an action, the people and the time, and gives the new state
with the tasks that were opened and closed. What each status answers to each move:

| status    | submit  | approve | reject   | return   | withdraw  | cancel    |
|-----------|---------|---------|----------|----------|-----------|-----------|
| draft     | goes on | illegal | illegal  | illegal  | illegal   | illegal   |
| pending   | illegal | goes on | rejected | returned | withdrawn | cancelled |
| approved  | illegal | illegal | illegal  | illegal  | illegal   | illegal   |
| rejected  | illegal | illegal | illegal  | illegal  | illegal   | illegal   |
| returned  | goes on | illegal | illegal  | illegal  | illegal   | cancelled |
| withdrawn | goes on | illegal | illegal  | illegal  | illegal   | cancelled |
| cancelled | illegal | illegal | illegal  | illegal  | illegal   | illegal   |

"goes on": pending while the current step or a later one still waits for somebody, else approved. "illegal"
raises IllegalMove and changes nothing. Submit and withdraw are the applicant's moves; approve, reject and
return belong to the people with an open task (IllegalMove for those who decided theirs already, NotYours for
everybody else); cancel follows the document, whose own rules say who may.

A step's approvers are found when the step opens: its rules, then the self rule (an applicant is replaced by
their manager, never asked), then, if nobody is left, the empty rule, then the repeated rule.
"""

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
from chalicelib.domain.approvals.check import check_definition
from chalicelib.domain.approvals.codec import definition_from_data, definition_to_data
from chalicelib.domain.approvals.definition import (
    LANGUAGES,
    MAX_APPROVERS,
    MAX_LEVELS,
    MAX_STEPS,
    Definition,
    DepartmentHeadRule,
    EmptyRule,
    ManagerRule,
    Mode,
    PersonRule,
    RepeatedRule,
    RoleRule,
    Rule,
    SelfRule,
    Step,
)
from chalicelib.domain.approvals.engine import NotYours, decide
from chalicelib.domain.approvals.events import (
    Approved,
    Cancelled,
    Event,
    Rejected,
    Returned,
    Submitted,
    TaskClosed,
    TaskOpened,
    Withdrawn,
)
from chalicelib.domain.approvals.people import Member, People
from chalicelib.domain.approvals.progress import Decision
from chalicelib.domain.approvals.running import (
    Entry,
    Origin,
    Running,
    Status,
    Task,
    TaskStatus,
    What,
    begin,
)

__all__ = [
    "LANGUAGES",
    "MAX_APPROVERS",
    "MAX_LEVELS",
    "MAX_STEPS",
    "Action",
    "Approve",
    "Approved",
    "Cancel",
    "Cancelled",
    "Decision",
    "Definition",
    "DepartmentHeadRule",
    "EmptyRule",
    "Entry",
    "Event",
    "ManagerRule",
    "Member",
    "Mode",
    "Move",
    "NotYours",
    "Origin",
    "People",
    "PersonRule",
    "Reject",
    "Rejected",
    "RepeatedRule",
    "Return",
    "Returned",
    "RoleRule",
    "Rule",
    "Running",
    "SelfRule",
    "Status",
    "Step",
    "Submit",
    "Submitted",
    "Task",
    "TaskClosed",
    "TaskMove",
    "TaskOpened",
    "TaskStatus",
    "What",
    "Withdraw",
    "Withdrawn",
    "begin",
    "check_definition",
    "decide",
    "definition_from_data",
    "definition_to_data",
]
