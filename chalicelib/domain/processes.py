"""Processes: those that Atrium brings along, as data, and those that an administrator makes (自定义流程).

Running documents keep the version that they started with, so a version is never changed once it is there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from chalicelib.domain.approvals import (
    LANGUAGES,
    BudgetDepartmentHeadRule,
    Compare,
    Definition,
    EmptyRule,
    FieldRule,
    ManagerRule,
    Operator,
    RoleRule,
    SelfRule,
    Step,
)
from chalicelib.domain.errors import FieldError, IllegalMove, Invalid
from chalicelib.domain.forms import Form

VISIT = Definition(
    key="visit",
    version=1,
    title={"en": "Visit", "zh": "来访申请"},
    steps=(Step(key="manager", title={"en": "Line manager", "zh": "直属上级"}, rules=(ManagerRule(levels=1),)),),
)

WALK_IN = Definition(
    key="walk_in",
    version=1,
    title={"en": "Guest without appointment", "zh": "临时访客"},
    steps=(Step(key="host", title={"en": "Host", "zh": "接待人"}, rules=(FieldRule(field="host"),)),),
)
"""A visit that begins at the gate: whoever is to be visited decides, and nobody else has to be asked."""

APPLICATION = Definition(
    key="application",
    version=1,
    title={"en": "Budget application", "zh": "业务招待预算申请"},
    steps=(
        Step(key="manager", title={"en": "Line manager", "zh": "直属上级"}, rules=(ManagerRule(levels=1),)),
        Step(
            key="budget",
            title={"en": "Head of the budget's department", "zh": "预算部门负责人"},
            rules=(BudgetDepartmentHeadRule(),),
            when_empty=EmptyRule.SKIP,
        ),
    ),
)
"""Who approved as the line manager is not asked again as the head of the department that pays."""

ADVANCE = Definition(
    key="advance",
    version=1,
    title={"en": "Advance", "zh": "借款申请"},
    steps=(
        Step(key="manager", title={"en": "Line manager", "zh": "直属上级"}, rules=(ManagerRule(levels=1),)),
        Step(key="finance", title={"en": "Finance", "zh": "财务"}, rules=(RoleRule(role="finance"),)),
    ),
)

BUDGET_CHANGE = Definition(
    key="budget_change",
    version=1,
    title={"en": "Change of a budget", "zh": "预算调整申请"},
    steps=(
        Step(key="manager", title={"en": "Line manager", "zh": "直属上级"}, rules=(ManagerRule(levels=1),)),
        Step(
            key="finance",
            title={"en": "Finance", "zh": "财务"},
            rules=(RoleRule(role="finance"),),
            when_self=SelfRule.LEAVE_OUT,
        ),
    ),
)
"""Whoever asks and works in finance is decided on by the others there, or else by an administrator."""

_BY_ITSELF = Compare(field="auto", operator=Operator.EQ, value="yes")
"""A small claim without findings that the lot did not fall on."""

CLAIM = Definition(
    key="claim",
    version=1,
    title={"en": "Expense claim", "zh": "费用报销"},
    steps=(
        Step(
            key="manager",
            title={"en": "Line manager", "zh": "直属上级"},
            rules=(ManagerRule(levels=1),),
            auto_approve=_BY_ITSELF,
        ),
        Step(
            key="finance",
            title={"en": "Finance", "zh": "财务审核"},
            rules=(RoleRule(role="finance"),),
            auto_approve=_BY_ITSELF,
        ),
    ),
)

BUILT_IN: Mapping[tuple[str, int], Definition] = {
    (each.key, each.version): each for each in (VISIT, WALK_IN, APPLICATION, ADVANCE, BUDGET_CHANGE, CLAIM)
}
"""Every version that a document may still run by; versions are added, never changed."""

type Status = Literal["draft", "published", "retired"]
type Move = Literal["change", "publish", "retire"]

MOVES: Mapping[tuple[Status, Move], Status] = {
    ("draft", "change"): "draft",
    ("draft", "publish"): "published",
    ("published", "change"): "published",
    ("published", "publish"): "published",
    ("published", "retire"): "retired",
    ("retired", "change"): "retired",
    ("retired", "publish"): "published",
}
"""(status, move) -> status; every other move is illegal and changes nothing. A change touches the draft only."""

PREFIX = re.compile(r"[A-Z][A-Z0-9]{1,11}")
DESCRIPTION_LIMIT = 300


@dataclass(frozen=True)
class Process:
    """A process and how far it is. `id` is the key that its definitions carry.

    `published` is its newest version that people start, 0 before there is one; `edited` says that the draft is not what
    was published last; `prefix` begins the numbers of its requests.
    """

    id: str
    prefix: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    changed: datetime
    status: Status = "draft"
    published: int = 0
    edited: bool = True
    version: int = 1


@dataclass(frozen=True)
class Design:
    """What an administrator lays down: the form, and the steps that a request passes."""

    form: Form
    definition: Definition


def move(process: Process, name: Move, now: datetime) -> Process:
    """The process after a legal move, one version on; raises IllegalMove with the present status."""
    status = MOVES.get((process.status, name))
    if status is None or (name == "publish" and status == process.status and not process.edited):
        raise IllegalMove("process_illegal_move", state=process.status, move=name)
    moved = replace(process, status=status, changed=now, version=process.version + 1)
    match name:
        case "publish":
            return replace(moved, published=process.published + 1, edited=False)
        case "change":
            return replace(moved, edited=True)
        case _:
            return moved


def moves_from(process: Process) -> tuple[Move, ...]:
    """What may happen next, in the table's order."""
    unchanged = process.status == "published" and not process.edited
    return tuple(name for (status, name) in MOVES if status == process.status and not (name == "publish" and unchanged))


def check_heading(prefix: str, description: Mapping[str, str]) -> None:
    """Raise Invalid for a prefix that cannot begin a number, or a description that no list has room for."""
    faults = [] if PREFIX.fullmatch(prefix) else [FieldError("prefix", "bad_prefix")]
    for language in LANGUAGES:
        if len(description.get(language, "")) > DESCRIPTION_LIMIT:
            fault = FieldError(f"description.{language}", "too_long", {"max_length": str(DESCRIPTION_LIMIT)})
            faults.append(fault)
    if faults:
        raise Invalid(*faults)
