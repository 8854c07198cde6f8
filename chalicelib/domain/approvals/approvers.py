"""Who decides a step: the rules answered by the directory, before anybody is asked."""

from collections.abc import Iterable
from functools import cached_property

from chalicelib.domain.approvals.conditions import Facts
from chalicelib.domain.approvals.definition import (
    BUDGET_DEPARTMENT,
    BudgetDepartmentHeadRule,
    DepartmentHeadRule,
    FieldRule,
    ManagerRule,
    PersonRule,
    RoleRule,
    Rule,
    SelfRule,
    Step,
)
from chalicelib.domain.approvals.people import People

# Only a damaged directory has a longer line of managers; it must not cost a decision its time.
_LONGEST_LINE = 100


class _Presence(dict[str, bool]):
    """Who works here, asked once a person: a long definition names the same people thousands of times."""

    def __init__(self, people: People) -> None:
        self._people = people

    def __missing__(self, id: str) -> bool:
        person = self._people.person(id)
        self[id] = here = person is not None and person.active
        return here


class Approvers:
    """Answers for one applicant: never the applicant (segregation of duties), never somebody who left."""

    def __init__(self, people: People, applicant: str, facts: Facts) -> None:
        self._people = people
        self._facts = facts
        self._applicant = applicant
        self._works_here = _Presence(people)

    def of(self, step: Step) -> tuple[str, ...]:
        """The ids of the people whom the step's rules name, each once, in the order of the rules."""
        found = [id for rule in step.rules for id in self._matches(rule)]
        if self._applicant in found and step.when_self is SelfRule.MANAGER:
            found[found.index(self._applicant)] = self._manager(1)
        return self._eligible(found)

    def administrators(self) -> tuple[str, ...]:
        """The ids of the administrators who may decide, in order."""
        return self._eligible(sorted(self._people.administrators()))

    def _matches(self, rule: Rule) -> Iterable[str | None]:
        match rule:
            case PersonRule():
                return (rule.person,)
            case RoleRule():
                return sorted(self._people.holders(rule.role))
            case ManagerRule():
                return (self._manager(rule.levels),)
            case DepartmentHeadRule():
                return (self._head,)
            case BudgetDepartmentHeadRule():
                return (self._budget_head(),)
            case FieldRule(field):
                return (self._named(field),)

    def _eligible(self, found: Iterable[str | None]) -> tuple[str, ...]:
        distinct = dict.fromkeys(found)
        distinct.pop(self._applicant, None)
        works_here = self._works_here
        return tuple(id for id in distinct if id is not None and works_here[id])

    def _manager(self, levels: int) -> str | None:
        # A manager who left still counts as a level: "two up" stays the same desk with a vacancy between.
        return next((id for id in self._line[levels - 1 :] if self._works_here[id]), None)

    @cached_property
    def _line(self) -> tuple[str, ...]:
        """The applicant's managers upward; ends at the top, or where the line would run in a circle."""
        line = {self._applicant: None}
        above = self._manager_of(self._applicant)
        while above is not None and above not in line and len(line) <= _LONGEST_LINE:
            line[above] = None
            above = self._manager_of(above)
        return tuple(line)[1:]

    def _manager_of(self, id: str) -> str | None:
        person = self._people.person(id)
        return None if person is None else person.manager

    def _budget_head(self) -> str | None:
        path = self._facts.get(BUDGET_DEPARTMENT)
        return self._people.head(path[-1]) if isinstance(path, tuple) and path else None

    def _named(self, field: str) -> str | None:
        person = self._facts.get(field)
        return person if isinstance(person, str) else None

    @cached_property
    def _head(self) -> str | None:
        person = self._people.person(self._applicant)
        return None if person is None else self._people.head(person.department)
