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
    AddAfter,
    AddBefore,
    Approve,
    Cancel,
    Comment,
    CopyTo,
    Delegate,
    Move,
    Personal,
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
from chalicelib.domain.approvals.check import check_definition
from chalicelib.domain.approvals.codec import definition_from_data, definition_to_data
from chalicelib.domain.approvals.condition_check import condition_faults
from chalicelib.domain.approvals.condition_codec import condition_from_data, condition_to_data
from chalicelib.domain.approvals.conditions import (
    MAX_DEPTH,
    MAX_PARTS,
    OPERATORS,
    All,
    Any,
    Compare,
    Condition,
    Fact,
    Facts,
    FactSpec,
    FactType,
    FactTypes,
    Not,
    Operator,
    Value,
    holds,
)
from chalicelib.domain.approvals.definition import (
    BUDGET_DEPARTMENT,
    LANGUAGES,
    MAX_APPROVERS,
    MAX_HOURS,
    MAX_LEVELS,
    MAX_STEPS,
    BudgetDepartmentHeadRule,
    Definition,
    DepartmentHeadRule,
    EmptyRule,
    FieldRule,
    ManagerRule,
    Mode,
    PersonRule,
    RepeatedRule,
    RoleRule,
    Rule,
    SelfRule,
    Step,
    Timeout,
)
from chalicelib.domain.approvals.engine import NotYours, decide
from chalicelib.domain.approvals.people import Member, People
from chalicelib.domain.approvals.progress import Decision
from chalicelib.domain.approvals.running import (
    DECIDED,
    LIVING,
    Entry,
    Origin,
    Running,
    Status,
    Task,
    TaskStatus,
    What,
    begin,
)
from chalicelib.domain.approvals.situation import Situation, plain_hours

__all__ = [
    "BUDGET_DEPARTMENT",
    "DECIDED",
    "LANGUAGES",
    "LIVING",
    "MAX_APPROVERS",
    "MAX_DEPTH",
    "MAX_HOURS",
    "MAX_LEVELS",
    "MAX_PARTS",
    "MAX_STEPS",
    "OPERATORS",
    "Action",
    "AddAfter",
    "AddBefore",
    "All",
    "Any",
    "Approve",
    "BudgetDepartmentHeadRule",
    "Cancel",
    "Comment",
    "Compare",
    "Condition",
    "CopyTo",
    "Decision",
    "Definition",
    "Delegate",
    "DepartmentHeadRule",
    "EmptyRule",
    "Entry",
    "Fact",
    "FactSpec",
    "FactType",
    "FactTypes",
    "Facts",
    "FieldRule",
    "ManagerRule",
    "Member",
    "Mode",
    "Move",
    "Not",
    "NotYours",
    "Operator",
    "Origin",
    "People",
    "PersonRule",
    "Personal",
    "Reassign",
    "Reject",
    "Remove",
    "RepeatedRule",
    "Return",
    "RoleRule",
    "Rule",
    "Running",
    "SelfRule",
    "Situation",
    "Status",
    "Step",
    "Submit",
    "Task",
    "TaskMove",
    "TaskStatus",
    "TimeOut",
    "Timeout",
    "Transfer",
    "Urge",
    "Value",
    "What",
    "Withdraw",
    "begin",
    "check_definition",
    "condition_faults",
    "condition_from_data",
    "condition_to_data",
    "decide",
    "definition_from_data",
    "definition_to_data",
    "holds",
    "plain_hours",
]
