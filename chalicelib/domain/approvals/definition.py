"""Process definitions: the steps that a document passes and who decides in each of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from chalicelib.domain.approvals.conditions import Condition

LANGUAGES = ("en", "zh")
MAX_STEPS = 50
MAX_APPROVERS = 40
MAX_LEVELS = 20
MAX_HOURS = 2000
BUDGET_DEPARTMENT = "budget_department"
"""The fact that names the department whose budget pays."""


class Mode(StrEnum):
    """How many of a step's approvers must approve."""

    ONE_OF = "one_of"  # 或签: the first to decide decides
    ALL_OF = "all_of"  # 会签
    SHARE_OF = "share_of"  # 会签比例: the step's `share` of them, in percent
    IN_ORDER = "in_order"  # 依次: all of them, each after the one before


class EmptyRule(StrEnum):
    """What happens when a step's rules match nobody who may decide."""

    ESCALATE = "escalate"  # any one administrator decides, whatever the step's mode
    SKIP = "skip"


class SelfRule(StrEnum):
    """What happens when an approver is the applicant. It comes before the empty rule."""

    MANAGER = "manager"  # the nearest manager who has not left decides instead
    LEAVE_OUT = "leave_out"  # the others decide


class RepeatedRule(StrEnum):
    """What happens when an approver approved an earlier step of the same submission."""

    ONCE = "once"  # that approval counts here too
    AGAIN = "again"


class Timeout(StrEnum):
    """What happens to a task that nobody decided within the step's hours."""

    REMIND = "remind"  # its person is reminded, and again after as many hours
    ESCALATE = "escalate"  # it goes to its person's manager
    APPROVE = "approve"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class PersonRule:
    """This person decides."""

    kind: ClassVar[str] = "person"
    person: str


@dataclass(frozen=True, slots=True)
class RoleRule:
    """Everybody who holds the role."""

    kind: ClassVar[str] = "role"
    role: str


@dataclass(frozen=True, slots=True)
class ManagerRule:
    """The applicant's manager `levels` up (1: the direct one), or the next above who did not leave."""

    kind: ClassVar[str] = "manager"
    levels: int = 1


@dataclass(frozen=True, slots=True)
class DepartmentHeadRule:
    """The head of the applicant's department."""

    kind: ClassVar[str] = "department_head"


@dataclass(frozen=True, slots=True)
class BudgetDepartmentHeadRule:
    """The head of the department whose budget pays (fact `budget_department`)."""

    kind: ClassVar[str] = "budget_department_head"


@dataclass(frozen=True, slots=True)
class FieldRule:
    """The person whom the document names in this field."""

    kind: ClassVar[str] = "field"
    field: str


type Rule = PersonRule | RoleRule | ManagerRule | DepartmentHeadRule | BudgetDepartmentHeadRule | FieldRule


@dataclass(frozen=True, slots=True)
class Step:
    """One tier of decisions. `key` is unique in the definition; `title` is per language (`LANGUAGES`).

    The step is skipped unless its `condition` holds, and approved without asking when `auto_approve` holds; without
    such a tree, neither. `hours` of office time to decide and `on_timeout` come together or not at all. `share` is
    the percentage of Mode.SHARE_OF.
    """

    key: str
    title: Mapping[str, str]
    rules: tuple[Rule, ...]
    mode: Mode = Mode.ONE_OF
    share: int = 100
    condition: Condition | None = None
    auto_approve: Condition | None = None
    hours: int | None = None
    on_timeout: Timeout | None = None
    when_empty: EmptyRule = EmptyRule.ESCALATE
    when_self: SelfRule = SelfRule.MANAGER
    when_repeated: RepeatedRule = RepeatedRule.ONCE


@dataclass(frozen=True, slots=True)
class Definition:
    """A process as data. A running approval keeps the `version` that it started with.

    Whom the rules of `copies` name gets a copy (抄送) when the document is approved.
    """

    key: str
    version: int
    title: Mapping[str, str]
    steps: tuple[Step, ...]
    copies: tuple[Rule, ...] = ()

    def step(self, key: str | None) -> Step:
        """The step of that key; KeyError if the definition has none."""
        return self.steps[self.index(key)]

    def after(self, key: str | None) -> tuple[Step, ...]:
        """The steps that follow the one named, all of them for None; KeyError for an unknown key."""
        return self.steps if key is None else self.steps[self.index(key) + 1 :]

    def index(self, key: str | None) -> int:
        """Where the step stands, from 0; KeyError if the definition has none of that key."""
        for index, step in enumerate(self.steps):
            if step.key == key:
                return index
        raise KeyError(key)
