"""Random people make random moves on random processes; what must always hold, holds after each of them."""

from hypothesis import assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from chalicelib.domain.approvals import (
    Action,
    Approve,
    Cancel,
    Decision,
    Definition,
    DepartmentHeadRule,
    EmptyRule,
    ManagerRule,
    Mode,
    PersonRule,
    Reject,
    RepeatedRule,
    Return,
    RoleRule,
    SelfRule,
    Status,
    Step,
    Submit,
    TaskStatus,
    What,
    Withdraw,
)
from chalicelib.domain.errors import Conflict, Forbidden, IllegalMove
from tests.domain.approvals.company import Company, Desk

PEOPLE = [f"p{number}" for number in range(7)]
ROLES = ["approver", "finance", "administrator"]
DECIDED = {TaskStatus.APPROVED, TaskStatus.REJECTED, TaskStatus.RETURNED}
RESTING = {Status.DRAFT, Status.RETURNED, Status.WITHDRAWN}
DECISIONS = (Approve, Reject, Return)

people = st.sampled_from(PEOPLE)
rules = st.one_of(
    st.builds(PersonRule, people),
    st.builds(RoleRule, st.sampled_from(ROLES)),
    st.builds(ManagerRule, st.integers(1, 4)),
    st.just(DepartmentHeadRule()),
)


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    steps = tuple(
        Step(
            f"s{number}",
            {"en": "s", "zh": "s"},
            tuple(draw(st.lists(rules, min_size=1, max_size=3))),
            draw(st.sampled_from([Mode.ONE_OF, Mode.ALL_OF])),
            when_empty=draw(st.sampled_from(EmptyRule)),
            when_self=draw(st.sampled_from(SelfRule)),
            when_repeated=draw(st.sampled_from(RepeatedRule)),
        )
        for number in range(draw(st.integers(1, 4)))
    )
    return Definition("visit", 1, {"en": "Visit", "zh": "来访"}, steps)


@st.composite
def companies(draw: st.DrawFn) -> Company:
    """Managers in any order, circles and all; some people left; roles at random."""
    company = Company(heads=draw(st.dictionaries(st.sampled_from(["sales", "works"]), people)))
    for id in PEOPLE:
        roles = draw(st.lists(st.sampled_from(ROLES), max_size=2))
        manager = draw(st.none() | people)
        company.hire(id, manager, *roles, department=draw(st.sampled_from(["sales", "works"])))
        company.employees[id].active = draw(st.sampled_from([True, True, True, False]))
    return company


class Histories(RuleBasedStateMachine):
    @initialize(definition=definitions(), company=companies(), applicant=people)
    def found(self, definition: Definition, company: Company, applicant: str) -> None:
        self.desk = Desk(definition, company, applicant)
        self.ids: list[str] = []
        self.tasks = {}

    def attempt(self, action: Action) -> None:
        """Makes the move, or checks that its refusal was due and left everything as it was."""
        before, image = self.desk.running, repr(self.desk.running)
        due = self.is_due(action)
        try:
            decision = self.desk.move(action)
        except (IllegalMove, Forbidden):
            assert not due
        except Conflict as refusal:
            assert (refusal.code, self.nobody_administers()) == ("no_approver", True)
        else:
            assert due
            self.settled_by_one_person_at_most(action, decision)
            self.reported_as_it_happened(decision)
            self.ids += [task.id for task in decision.opened]
            self.tasks |= {task.id: task for task in (*decision.opened, *decision.changed)}
        assert repr(before) == image

    def is_due(self, action: Action) -> bool:
        """Says without the engine whether the person may make the move now."""
        running, employee = self.desk.running, self.desk.company.employees[action.by]
        match action:
            case Submit():
                return action.by == running.applicant and running.status in RESTING
            case Withdraw():
                return action.by == running.applicant and running.status is Status.PENDING
            case Cancel():
                return running.round > 0 and running.status in {*RESTING, Status.PENDING}
            case _:
                mine = {task.id for task in running.open_tasks if task.person == action.by}
                return employee.active and bool(mine if action.task is None else mine & {action.task})

    def nobody_administers(self) -> bool:
        company = self.desk.company
        able = {id for id in company.administrators() if company.employees[id].active}
        return able <= {self.desk.running.applicant}

    def settled_by_one_person_at_most(self, action: Action, decision: Decision) -> None:
        settled = [task.person for task in decision.changed if task.status in DECIDED]
        assert settled == ([action.by] if isinstance(action, DECISIONS) else [])

    def reported_as_it_happened(self, decision: Decision) -> None:
        assert {task.id for task in decision.opened} <= {task.id for task in decision.running.open_tasks}
        assert not {task.id for task in decision.changed} & {task.id for task in decision.running.open_tasks}

    @rule(by=people, move=st.sampled_from([Submit, Approve, Reject, Return, Withdraw, Cancel]))
    def anybody_tries_anything(self, by: str, move: type) -> None:
        self.attempt(move(by, 1))

    @precondition(lambda self: self.desk.running.status is not Status.PENDING)
    @rule()
    def the_applicant_submits(self) -> None:
        self.attempt(Submit(self.desk.running.applicant, 1))

    @precondition(lambda self: self.desk.running.open_tasks)
    @rule(data=st.data(), move=st.sampled_from([Approve, Approve, Approve, Approve, Reject, Return]))
    def an_approver_decides(self, data: st.DataObject, move: type) -> None:
        task = data.draw(st.sampled_from(self.desk.running.open_tasks))
        self.attempt(move(task.person, 1, task=data.draw(st.sampled_from([None, task.id]))))

    @precondition(lambda self: self.tasks)
    @rule(data=st.data(), by=people)
    def an_old_page_decides(self, data: st.DataObject, by: str) -> None:
        task = data.draw(st.sampled_from(list(self.tasks.values())))
        self.attempt(Approve(by, 1, task=task.id))

    @rule(id=people)
    def somebody_without_a_task_leaves_or_comes_back(self, id: str) -> None:
        assume(id not in self.desk.waiting_for)
        employee = self.desk.company.employees[id]
        employee.active = not employee.active

    @invariant()
    def pending_waits_for_somebody_at_work_other_than_the_applicant(self) -> None:
        running, company = self.desk.running, self.desk.company
        assert bool(running.open_tasks) == (running.status is Status.PENDING)
        assert (running.step is not None) == (running.status is Status.PENDING)
        for task in running.open_tasks:
            assert task.person != running.applicant
            assert company.employees[task.person].active

    @invariant()
    def open_tasks_belong_to_the_current_step_and_round_one_a_person(self) -> None:
        running = self.desk.running
        assert {(task.step, task.round) for task in running.open_tasks} <= {(running.step, running.round)}
        assert len(set(self.desk.waiting_for)) == len(self.desk.waiting_for)

    @invariant()
    def every_task_has_its_own_number_and_at_most_one_decision(self) -> None:
        running = self.desk.running
        assert self.ids == [f"A.{number + 1}" for number in range(running.task_count)]
        assert self.ids == [task.id for task in self.tasks.values()]
        decided = [(task.person, task.step, task.round) for task in self.tasks.values() if task.status in DECIDED]
        lines = [line for line in self.desk.trail if line.what.value in {status.value for status in DECIDED}]
        assert len(decided) == len(set(decided)) == len(lines)
        assert {(line.who, line.step, line.round) for line in lines} == set(decided)

    @invariant()
    def approved_means_that_every_step_was_decided_counted_or_skipped(self) -> None:
        running = self.desk.running
        if running.status is not Status.APPROVED:
            return
        answered = {
            line.step
            for line in self.desk.trail
            if line.round == running.round and line.what in {What.APPROVED, What.COUNTED, What.SKIPPED}
        }
        assert answered == {step.key for step in self.desk.definition.steps}

    @invariant()
    def every_task_of_an_approved_all_of_step_by_rule_was_approved(self) -> None:
        running = self.desk.running
        if running.status is not Status.APPROVED:
            return
        for task in self.tasks.values():
            mode = self.desk.definition.step(task.step).mode
            if task.round == running.round and mode is Mode.ALL_OF and task.origin == "rule":
                assert task.status is TaskStatus.APPROVED


Histories.TestCase.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
TestRandomHistories = Histories.TestCase
