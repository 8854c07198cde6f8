"""Approvals: the one engine that every document passes, as data and a pure function.

`decide` takes a definition, a running approval, an action and the situation (people, time, the document's facts), and
gives the new state, the tasks that were made and changed, and the trail's new lines. Every (state, move):

| move       | draft   | pending   | approved | rejected | returned  | withdrawn | cancelled |
|------------|---------|-----------|----------|----------|-----------|-----------|-----------|
| submit     | goes on | illegal   | illegal  | illegal  | goes on   | goes on   | illegal   |
| amend      | illegal | illegal   | goes on  | goes on  | goes on   | goes on   | illegal   |
| approve    | illegal | goes on   | illegal  | illegal  | illegal   | illegal   | illegal   |
| reject     | illegal | rejected  | illegal  | illegal  | illegal   | illegal   | illegal   |
| return     | illegal | returned  | illegal  | illegal  | illegal   | illegal   | illegal   |
| transfer   | illegal | stays     | illegal  | illegal  | illegal   | illegal   | illegal   |
| delegate   | illegal | stays     | illegal  | illegal  | illegal   | illegal   | illegal   |
| add_before | illegal | stays     | illegal  | illegal  | illegal   | illegal   | illegal   |
| add_after  | illegal | stays     | illegal  | illegal  | illegal   | illegal   | illegal   |
| remove     | illegal | goes on   | illegal  | illegal  | illegal   | illegal   | illegal   |
| withdraw   | illegal | withdrawn | illegal  | illegal  | illegal   | illegal   | illegal   |
| cancel     | illegal | cancelled | illegal  | illegal  | cancelled | cancelled | illegal   |
| copy_to    | illegal | stays     | stays    | stays    | stays     | stays     | stays     |
| urge       | illegal | stays     | illegal  | illegal  | illegal   | illegal   | illegal   |
| comment    | illegal | stays     | stays    | stays    | stays     | stays     | stays     |
| time_out   | illegal | goes on   | illegal  | illegal  | illegal   | illegal   | illegal   |
| reassign   | illegal | goes on   | illegal  | illegal  | illegal   | illegal   | illegal   |

"goes on": pending while the present step or a later one still waits for somebody; else approved, or rejected where
the step's mode says so. "stays": the status stays. "illegal" raises IllegalMove and changes nothing. Two rows say what
happens mostly: a rejection in a share-of step leaves it pending while the share can still be reached, and a return to
an earlier step goes on from there.

`amend` asks anew for a change of what stands by an approval of before: whether something does is the document's rule.

Who may: submit, amend, withdraw and urge are the applicant's; approve to add_after belong to the people with an open
task (IllegalMove for those who had one, NotYours for everybody else); a delegate's approve and reject are advice, after
which the delegator decides, and a delegate has no other move on the task; remove is for whoever added or delegated, and
for administrators; copy_to and comment are for everybody who takes part; cancel follows the document, whose own rules
say who may; time_out and reassign are made by rules. The applicant decides nothing of their own, whatever they hold.

A step's approvers are found when the step opens: its condition and its automatic approval first, then its rules,
then the self rule (an applicant is replaced by their manager, never asked), then who stands in for those who left or
are away, then, if nobody is left, the empty rule, then the repeated rule. A task's turn has the same check when it
comes up in a queue; `Reassign` makes it for whoever leaves or goes on leave meanwhile.

The trail's reasons: `condition_false`, `nobody_matches`, `approved_before`, `rule_holds`; `away` and `left` (moved);
`before` and `after` (added); `for` and `against` (advised); `remind`, `escalate`, `approve`, `reject` and `advice`
(timed out: what followed); `approved` (copied by the definition); a step's key (returned to).
"""

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
    Move,
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
from chalicelib.domain.approvals.deciding import returnable
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
from chalicelib.domain.approvals.engine import decide
from chalicelib.domain.approvals.handing import removable
from chalicelib.domain.approvals.legal import MOVES, legal_moves, takes_part
from chalicelib.domain.approvals.people import Member, People
from chalicelib.domain.approvals.planning import Outcome, Planned, path
from chalicelib.domain.approvals.presence import MAX_HOPS
from chalicelib.domain.approvals.progress import Decision
from chalicelib.domain.approvals.queueing import MAX_TASKS
from chalicelib.domain.approvals.refusals import NotYours
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
from chalicelib.domain.approvals.seats import mode_of
from chalicelib.domain.approvals.situation import Situation, plain_hours
from chalicelib.domain.approvals.talking import MAX_COPIES, URGED_AGAIN_AFTER

__all__ = [
    "BUDGET_DEPARTMENT",
    "DECIDED",
    "LANGUAGES",
    "LIVING",
    "MAX_APPROVERS",
    "MAX_COPIES",
    "MAX_DEPTH",
    "MAX_HOPS",
    "MAX_HOURS",
    "MAX_LEVELS",
    "MAX_PARTS",
    "MAX_STEPS",
    "MAX_TASKS",
    "MOVES",
    "OPERATORS",
    "URGED_AGAIN_AFTER",
    "Action",
    "AddAfter",
    "AddBefore",
    "All",
    "Amend",
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
    "OnDocument",
    "OnTask",
    "Operator",
    "Origin",
    "Outcome",
    "People",
    "PersonRule",
    "Planned",
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
    "legal_moves",
    "mode_of",
    "path",
    "plain_hours",
    "removable",
    "returnable",
    "takes_part",
]
