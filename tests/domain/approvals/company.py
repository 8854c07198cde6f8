"""A small company and short ways to run an approval in it, for the tests of the engine."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from chalicelib.domain.approvals import (
    Action,
    Approve,
    Decision,
    Definition,
    Entry,
    Facts,
    Member,
    Reassign,
    Rule,
    Running,
    Situation,
    Step,
    Submit,
    TimeOut,
    What,
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

    def leave(self, id: str, substitute: str | None = None, days: int = 10, after: int = 0) -> None:
        """The person goes on leave `after` days from now."""
        employee = self.employees[id]
        employee.substitute = substitute
        employee.away_from = NOW + timedelta(days=after)
        employee.away_until = employee.away_from + timedelta(days=days)

    def dismiss(self, *ids: str) -> None:
        for id in ids:
            self.employees[id].active = False

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


def process(*steps: Step, copies: tuple[Rule, ...] = ()) -> Definition:
    """Version 1 of a definition of these steps."""
    return Definition("visit", 1, {"en": "Visit", "zh": "来访"}, steps, copies)


class Desk:
    """One running approval and the company around it; `last` is the latest decision, `trail` all lines."""

    def __init__(
        self, definition: Definition, company: Company, applicant: str = "ann", facts: Facts | None = None
    ) -> None:
        self.definition = definition
        self.company = company
        self.facts = facts or {}
        self.now = NOW
        self.running: Running = begin("A", "visit", "V", definition, applicant)
        self.last: Decision | None = None
        self.trail: list[Entry] = []

    @property
    def situation(self) -> Situation:
        return Situation(self.company, self.now, self.facts)

    def move(self, action: Action) -> Decision:
        self.last = decide(self.definition, self.running, action, self.situation)
        self.running = self.last.running
        self.trail += self.last.entries
        return self.last

    def submit(self) -> Decision:
        return self.move(Submit(self.running.applicant, 1))

    def approve(self, *people: str) -> Decision:
        decisions = [self.move(Approve(person, 1)) for person in people]
        return decisions[-1]

    def time_out(self, hours: int) -> Decision:
        """So many hours later, the hours of the first open task are over."""
        self.now += timedelta(hours=hours)
        return self.move(TimeOut(self.running.open_tasks[0].id))

    def reassign(self, *people: str) -> Decision:
        decisions = [self.move(Reassign(person)) for person in people]
        return decisions[-1]

    def said(self, *kinds: What) -> list[tuple[str | None, str, tuple[str, ...]]]:
        """Who, reason and about of the trail's lines of these kinds."""
        return [(line.who, line.reason, line.about) for line in self.trail if line.what in kinds]

    @property
    def waiting_for(self) -> Sequence[str]:
        return [task.person for task in self.running.open_tasks]

    @property
    def queued(self) -> Sequence[str]:
        return [task.person for task in self.running.tasks if task.status == "queued"]
