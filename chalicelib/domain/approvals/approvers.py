"""Who decides a step: the rules answered by the directory, before anybody is asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

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
from chalicelib.domain.approvals.presence import Presence
from chalicelib.domain.approvals.situation import Situation


@dataclass(frozen=True, slots=True)
class Approver:
    """Who is to be asked, and in whose place (None: for themselves)."""

    person: str
    on_behalf_of: str | None = None


class _Answering(dict[str | None, Approver | None]):
    """Who answers for each person now, worked out once a person; nobody for nobody and for the applicant."""

    def __init__(self, presence: Presence) -> None:
        self._presence = presence

    def __missing__(self, id: str | None) -> Approver | None:
        person = None if id is None or id == self._presence.applicant else self._presence.stand_in(id)
        self[id] = found = None if person is None else Approver(person, None if person == id else id)
        return found


class Approvers:
    """Answers for one applicant: never the applicant (segregation of duties), never somebody who left."""

    def __init__(self, situation: Situation, presence: Presence) -> None:
        self._people = situation.people
        self._facts = situation.facts
        self._presence = presence
        self._answering = _Answering(presence)

    def of(self, step: Step) -> tuple[Approver, ...]:
        """Whom the step's rules name, or who stands in for them, each once, in the order of the rules."""
        found = [id for rule in step.rules for id in self._matches(rule)]
        if self._presence.applicant in found and step.when_self is SelfRule.MANAGER:
            found[found.index(self._presence.applicant)] = self._manager(1)
        return self._standing_in(found)

    def named(self, rules: Iterable[Rule]) -> tuple[str, ...]:
        """The ids of those whom the rules name and who still work here, the applicant left out."""
        found = dict.fromkeys(id for rule in rules for id in self._matches(rule))
        here = (id for id in found if id is not None and self._presence.works_here(id))
        return tuple(id for id in here if id != self._presence.applicant)

    def administrators(self) -> tuple[Approver, ...]:
        """The administrators who may decide, in order."""
        return tuple(Approver(id) for id in self._presence.administrators)

    def _matches(self, rule: Rule) -> Iterable[str | None]:
        match rule:
            case PersonRule():
                return (rule.person,)
            case RoleRule():
                # Who left holds no role any more: the others of the role decide, nobody follows in their place.
                return (id for id in sorted(self._people.holders(rule.role)) if self._presence.works_here(id))
            case ManagerRule():
                return (self._manager(rule.levels),)
            case DepartmentHeadRule():
                return (self._head,)
            case BudgetDepartmentHeadRule():
                return (self._budget_head,)
            case FieldRule():
                return (self._in_field(rule.field),)

    def _standing_in(self, found: Iterable[str | None]) -> tuple[Approver, ...]:
        asked: dict[str, Approver] = {}
        for id in found:
            approver = self._answering[id]
            if approver is not None and approver.on_behalf_of is None:
                asked[approver.person] = approver
            elif approver is not None:
                asked.setdefault(approver.person, approver)
        return tuple(asked.values())

    def _manager(self, levels: int) -> str | None:
        # A manager who left still counts as a level: "two up" stays the same desk with a vacancy between.
        return next((id for id in self._line[levels - 1 :] if self._presence.works_here(id)), None)

    @cached_property
    def _line(self) -> tuple[str, ...]:
        return self._presence.line(self._presence.applicant)

    @cached_property
    def _head(self) -> str | None:
        applicant = self._presence.member(self._presence.applicant)
        return None if applicant is None else self._people.head(applicant.department)

    @cached_property
    def _budget_head(self) -> str | None:
        path = self._facts.get(BUDGET_DEPARTMENT)
        return self._people.head(path[-1]) if isinstance(path, tuple) and path else None

    def _in_field(self, field: str) -> str | None:
        person = self._facts.get(field)
        return person if isinstance(person, str) else None
