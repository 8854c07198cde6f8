"""Process definitions: the steps that a document passes and who decides in each of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

LANGUAGES = ("en", "zh")
MAX_STEPS = 50
MAX_APPROVERS = 40
MAX_LEVELS = 20


class Mode(StrEnum):
    """How many of a step's approvers must approve."""

    ONE_OF = "one_of"  # 或签
    ALL_OF = "all_of"  # 会签


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


type Rule = PersonRule | RoleRule | ManagerRule | DepartmentHeadRule


@dataclass(frozen=True, slots=True)
class Step:
    """One tier of decisions. `key` is unique in the definition; `title` is per language (`LANGUAGES`)."""

    key: str
    title: Mapping[str, str]
    rules: tuple[Rule, ...]
    mode: Mode = Mode.ONE_OF
    when_empty: EmptyRule = EmptyRule.ESCALATE
    when_self: SelfRule = SelfRule.MANAGER
    when_repeated: RepeatedRule = RepeatedRule.ONCE


@dataclass(frozen=True, slots=True)
class Definition:
    """A process as data. A running approval keeps the `version` that it started with."""

    key: str
    version: int
    title: Mapping[str, str]
    steps: tuple[Step, ...]

    def step(self, key: str | None) -> Step:
        """The step of that key; KeyError if the definition has none."""
        return self.steps[self._index(key)]

    def after(self, key: str | None) -> tuple[Step, ...]:
        """The steps that follow the one named, all of them for None; KeyError for an unknown key."""
        return self.steps if key is None else self.steps[self._index(key) + 1 :]

    def _index(self, key: str | None) -> int:
        for index, step in enumerate(self.steps):
            if step.key == key:
                return index
        raise KeyError(key)
