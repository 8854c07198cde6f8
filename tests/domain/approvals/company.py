"""A small company and short ways to run an approval in it, for the tests of the engine."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from chalicelib.domain.approvals import (
    Action,
    Approve,
    Decision,
    Definition,
    Entry,
    Member,
    Rule,
    Running,
    Situation,
    Step,
    Submit,
    begin,
    decide,
)

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@dataclass
class Employee:
    """A person as the engine sees them, and the roles that they hold."""

    id: str
    manager: str | None = None
    department: str = "sales"
    active: bool = True
    roles: frozenset[str] = frozenset()
    substitute: str | None = None
    away_from: datetime | None = None
    away_until: datetime | None = None


@dataclass
class Company:
    """People by id, and heads by department."""

    employees: dict[str, Employee] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)

    def hire(self, id: str, manager: str | None = None, *roles: str, department: str = "sales") -> None:
        self.employees[id] = Employee(id, manager, department, roles=frozenset(roles))

    def person(self, id: str) -> Member | None:
        return self.employees.get(id)

    def holders(self, role: str) -> set[str]:
        return {employee.id for employee in self.employees.values() if role in employee.roles}

    def head(self, department: str) -> str | None:
        return self.heads.get(department)

    def administrators(self) -> set[str]:
        return self.holders("administrator")


def step(key: str, *rules: Rule, **options: object) -> Step:
    """A step with a title in both languages."""
    return Step(key, {"en": key, "zh": key}, rules, **options)  # type: ignore[arg-type]


def process(*steps: Step) -> Definition:
    """Version 1 of a definition of these steps."""
    return Definition("visit", 1, {"en": "Visit", "zh": "来访"}, steps)


class Desk:
    """One running approval and the company around it; `last` is the latest decision."""

    def __init__(self, definition: Definition, company: Company, applicant: str = "ann") -> None:
        self.definition = definition
        self.company = company
        self.running: Running = begin("A", "visit", "V", definition, applicant)
        self.last: Decision | None = None
        self.trail: list[Entry] = []

    def move(self, action: Action) -> Decision:
        self.last = decide(self.definition, self.running, action, Situation(self.company, NOW))
        self.running = self.last.running
        self.trail += self.last.entries
        return self.last

    def submit(self) -> Decision:
        return self.move(Submit(self.running.applicant, 1))

    def approve(self, *people: str) -> Decision:
        decisions = [self.move(Approve(person, 1)) for person in people]
        return decisions[-1]

    @property
    def waiting_for(self) -> Sequence[str]:
        return [task.person for task in self.running.open_tasks]
