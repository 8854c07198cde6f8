"""Random people make random moves on random processes; what must always hold, holds after each of them."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from chalicelib.domain.approvals import (
    Action,
    AddAfter,
    AddBefore,
    Approve,
    Cancel,
    Comment,
    CopyTo,
    Decision,
    Definition,
    Delegate,
    Facts,
    Mode,
    Origin,
    Reassign,
    Reject,
    Remove,
    Return,
    Status,
    Step,
    Submit,
    Task,
    TaskStatus,
    TimeOut,
    Transfer,
    Urge,
    What,
    Withdraw,
    legal_moves,
    removable,
    returnable,
)
from chalicelib.domain.errors import Conflict, Forbidden, IllegalMove, Invalid
from tests.domain.approvals.company import NOW, Company, Desk
from tests.domain.approvals.strategies import PEOPLE, companies, definitions, facts, people

DECIDED = {TaskStatus.APPROVED, TaskStatus.REJECTED, TaskStatus.RETURNED}
ADVISED = {TaskStatus.ADVISED_FOR, TaskStatus.ADVISED_AGAINST}
LIVING = {TaskStatus.OPEN, TaskStatus.QUEUED}
FOR = {TaskStatus.APPROVED, TaskStatus.LAPSED_FOR}
AGAINST = {TaskStatus.REJECTED, TaskStatus.LAPSED_AGAINST}
LAPSED = {TaskStatus.LAPSED_FOR, TaskStatus.LAPSED_AGAINST}
HANDED_ON = {TaskStatus.TRANSFERRED, TaskStatus.MOVED, TaskStatus.REMOVED}
RESTING = {Status.DRAFT, Status.RETURNED, Status.WITHDRAWN}
FINAL = {Status.APPROVED, Status.REJECTED, Status.CANCELLED}
ANSWERS = (Approve, Reject, Return)
DEFENSIBLE = {"already_decided", "not_due", "last_approver", "urged_recently"}
"""Codes with which even a move that the page offers may be refused, for the task, the time or the person it names."""

PERSONAL = (
    Submit,
    Withdraw,
    Cancel,
    Approve,
    Reject,
    Return,
    Transfer,
    Delegate,
    AddBefore,
    AddAfter,
    Remove,
    CopyTo,
    Urge,
)
HANDING_ON = (Transfer, Transfer, Delegate, Delegate, AddBefore, AddAfter, AddAfter, Remove)
picks = st.integers(0, 11)
"""Which of those in question, counted round."""


def a_move(kind: type, by: str, others: tuple[str, ...], **facts: object) -> Action:
    """A move of that kind, on others where it needs them."""
    if kind in (Transfer, Delegate):
        return kind(by, 1, to=others[0], **facts)
    if kind in (AddBefore, AddAfter, CopyTo):
        return kind(by, 1, people=others, **facts)
    return Remove(by, 1, person=others[0]) if kind is Remove else kind(by, 1, **facts)


class Histories(RuleBasedStateMachine):
    @initialize(definition=definitions(), company=companies(), applicant=people, known=facts)
    def found(self, definition: Definition, company: Company, applicant: str, known: Facts) -> None:
        self.desk = Desk(definition, company, applicant, known)
        self.tasks: dict[str, Task] = {}
        self.over: dict[int, Step] = {}
        self.desk.submit()
        self.keep(self.desk.last)

    def keep(self, decision: Decision | None) -> None:
        assert decision is not None
        self.tasks |= {task.id: task for task in (*decision.opened, *decision.changed)}

    # What happens

    @rule(kind=st.sampled_from(PERSONAL), by=st.sampled_from([*PEOPLE, "root"]), one=people, two=people)
    def anybody_tries_anything(self, kind: type, by: str, one: str, two: str) -> None:
        self.attempt(a_move(kind, by, tuple(dict.fromkeys((one, two)))))

    @precondition(lambda self: self.tasks)
    @rule(pick=picks, by=people, kind=st.sampled_from(ANSWERS))
    def an_old_page_decides(self, pick: int, by: str, kind: type) -> None:
        tasks = sorted(self.tasks)
        self.attempt(kind(by, 1, task=tasks[pick % len(tasks)]))

    @precondition(lambda self: self.desk.running.status in RESTING)
    @rule()
    def the_applicant_submits(self) -> None:
        self.attempt(Submit(self.desk.running.applicant, 1))

    @precondition(lambda self: self.desk.running.status in FINAL)
    @rule(applicant=people)
    def another_document_follows(self, applicant: str) -> None:
        self.found(self.desk.definition, self.desk.company, applicant, self.desk.facts)

    @precondition(lambda self: self.desk.running.open_tasks)
    @rule(kind=st.sampled_from([*HANDING_ON, *HANDING_ON, Remove]), pick=picks, to=picks, more=st.booleans())
    def an_approver_hands_on(self, kind: type, pick: int, to: int, more: bool) -> None:
        asked = {task.person for task in self.desk.running.tasks if task.status in LIVING}
        free = [id for id in PEOPLE if id not in asked and self.desk.company.employees[id].active] or PEOPLE
        others = tuple(dict.fromkeys((free[to % len(free)], free[(to + more) % len(free)])))
        by, removing = self.open_task(pick).person, removable(self.desk.running, "root", self.desk.company)
        if kind is Remove and removing:
            by, others = "root", (removing[to % len(removing)],)
        self.attempt(a_move(kind, by, others))

    @precondition(lambda self: self.desk.running.passed)
    @rule(pick=picks, to=picks)
    def an_approver_sends_back(self, pick: int, to: int) -> None:
        earlier = (*returnable(self.desk.definition, self.desk.running), None)
        self.attempt(Return(self.open_task(pick).person, 1, to=earlier[to % len(earlier)]))

    @precondition(lambda self: self.desk.running.open_tasks)
    @rule(chosen=st.lists(picks, min_size=1, max_size=3))
    def approvers_approve(self, chosen: list[int]) -> None:
        for pick in chosen:
            if self.desk.running.open_tasks:
                self.attempt(Approve(self.open_task(pick).person, 1))

    @precondition(lambda self: self.bearing_refusal)
    @rule(pick=picks)
    def an_approver_rejects(self, pick: int) -> None:
        self.attempt(Reject(self.bearing_refusal[pick % len(self.bearing_refusal)].person, 1))

    @precondition(lambda self: self.desk.running.open_tasks)
    @rule(pick=picks, hours=st.integers(1, 50))
    def time_passes(self, pick: int, hours: int) -> None:
        self.desk.now += timedelta(hours=hours)
        self.attempt(TimeOut(self.open_task(pick).id))

    @precondition(lambda self: self.desk.running.open_tasks)
    @rule(pick=picks)
    def somebody_leaves_or_comes_back(self, pick: int) -> None:
        id = self.mostly_one_who_is_asked(pick)
        employee = self.desk.company.employees[id]
        employee.active = not employee.active
        self.attempt(Reassign(id))

    @precondition(lambda self: self.desk.running.open_tasks)
    @rule(pick=picks, substitute=picks, days=st.integers(1, 5))
    def somebody_goes_on_leave(self, pick: int, substitute: int, days: int) -> None:
        id, other = self.mostly_one_who_is_asked(pick), self.mostly_one_who_is_asked(substitute)
        self.desk.company.leave(id, other, days + (self.desk.now - NOW).days)
        self.attempt(Reassign(id))

    @property
    def bearing_refusal(self) -> list[Task]:
        """The tasks with which a refusal need not be the end."""
        shared = self.desk.running.step and self.desk.definition.step(self.desk.running.step).mode is Mode.SHARE_OF
        return [task for task in self.desk.running.open_tasks if shared or task.origin is Origin.DELEGATED]

    def open_task(self, pick: int) -> Task:
        return self.desk.running.open_tasks[pick % len(self.desk.running.open_tasks)]

    def mostly_one_who_is_asked(self, pick: int) -> str:
        asked = [task.person for task in self.desk.running.tasks if task.person in PEOPLE]
        return (asked * 2 + PEOPLE)[pick % len(asked * 2 + PEOPLE)]

    # What each move must do

    def attempt(self, action: Action) -> None:
        """Makes the move, or checks that its refusal was due and left everything as it was."""
        desk, before = self.desk, self.desk.running
        image, offered = repr(before), self.is_offered(action)
        try:
            decision = desk.move(action)
        except Invalid as refusal:
            assert offered or isinstance(action, Remove | Comment), refusal.fields
        except (IllegalMove, Forbidden, Conflict) as refusal:
            assert not offered or refusal.code in DEFENSIBLE or isinstance(action, Remove), refusal.code
        else:
            assert offered
            self.check(before.tasks, action, decision)
            self.keep(decision)
        assert repr(before) == image

    def is_offered(self, action: Action) -> bool:
        running = self.desk.running
        match action:
            case TimeOut() | Reassign():
                return running.status is Status.PENDING
            case Cancel():
                return running.status in {Status.PENDING, Status.RETURNED, Status.WITHDRAWN}
            case _:
                return action.name in legal_moves(running, action.by, self.desk.company)

    def check(self, before: Iterable[Task], action: Action, decision: Decision) -> None:
        known = {task.id: task for task in before}
        answered = [task for task in decision.changed if task.status in DECIDED | ADVISED]
        assert not [task for task in decision.opened if task.status in DECIDED | ADVISED | FOR | AGAINST]
        assert {task.id for task in decision.changed} <= set(known)
        assert not {task.id for task in decision.opened} & set(self.tasks)
        # Only whoever had the open task answers it, and one move is one answer.
        assert [task.person for task in answered] == ([action.by] if isinstance(action, ANSWERS) else [])
        assert all(known[task.id].status is TaskStatus.OPEN for task in answered)
        lapsed = [
            task for task in decision.changed if task.status in {TaskStatus.LAPSED_FOR, TaskStatus.LAPSED_AGAINST}
        ]
        assert [task.id for task in lapsed] in ([], [action.task] if isinstance(action, TimeOut) else [])
        # What was ended by others than its person stays ended.
        assert all(known[task.id].status in LIVING for task in decision.changed)
        if isinstance(action, Remove) and decision.running.status is Status.REJECTED:
            assert any(task.status in AGAINST for task in known.values())
        self.left(decision)

    def left(self, decision: Decision) -> None:
        """Remembers a turn that was passed, and checks that it was decided as its mode says."""
        turns = {task.turn for task in decision.changed} - {decision.running.turn}
        ended = decision.running.status is Status.APPROVED
        for turn in turns | ({decision.running.turn} if ended and decision.changed else set()):
            tasks = [task for task in (self.tasks | {t.id: t for t in decision.changed}).values() if task.turn == turn]
            if not any(task.status is TaskStatus.RETURNED for task in tasks):
                self.decided_as_its_mode_says(self.desk.definition.step(tasks[0].step), tasks)

    def decided_as_its_mode_says(self, step: Step, tasks: list[Task]) -> None:
        counting = [task for task in tasks if task.status not in HANDED_ON and task.origin is not Origin.DELEGATED]
        seats: dict[str, list[TaskStatus]] = {}
        for task in counting:
            seats.setdefault(task.seat, []).append(task.status)
        approved = sum(set(seat) <= FOR for seat in seats.values())
        by_administrators = min(tasks, key=lambda task: int(task.id.split(".")[1])).origin is Origin.ESCALATED
        if step.mode is Mode.ONE_OF or by_administrators:
            assert approved >= 1 or not seats
        elif step.mode is Mode.SHARE_OF:
            assert any(
                (approved + counted) * 100 >= step.share * (len(seats) + counted) for counted in range(len(PEOPLE))
            )
        else:
            assert approved == len(seats)

    # What always holds

    @invariant()
    def pending_waits_for_somebody_here_other_than_the_applicant(self) -> None:
        running = self.desk.running
        assert bool(running.open_tasks) == (running.status is Status.PENDING) == (running.step is not None)
        for task in running.open_tasks:
            person = self.desk.company.person(task.person)
            assert person is not None
            assert person.active
            assert task.person != running.applicant
            assert task.opened_at is not None

    @invariant()
    def nothing_stale_is_kept(self) -> None:
        running = self.desk.running
        here = {(running.step, running.round, running.turn)}
        assert {(task.step, task.round, task.turn) for task in running.tasks} <= here
        if running.status not in {Status.PENDING, Status.APPROVED}:
            assert running.tasks == running.passed == running.approvals == running.counted == ()
        alive = {task.id for task in self.tasks.values() if task.status in LIVING}
        assert alive == {task.id for task in running.tasks if task.status in LIVING}
        assert all(self.tasks[task.id] == task for task in running.tasks)

    @invariant()
    def nobody_is_asked_twice_at_a_time(self) -> None:
        living = [task.person for task in self.desk.running.tasks if task.status in LIVING]
        assert len(living) == len(set(living))
        assert not set(living) & set(self.desk.running.counted)

    @invariant()
    def nobody_decides_twice_in_a_turn(self) -> None:
        decided = Counter((task.person, task.turn) for task in self.tasks.values() if task.status in DECIDED)
        assert not [who for who, times in decided.items() if times > 1]

    @invariant()
    def whoever_is_queued_waits_for_somebody_who_can_come_up(self) -> None:
        living = {task.id: task for task in self.desk.running.tasks if task.status in LIVING}
        waiting = {id: task.after for id, task in living.items() if task.status is TaskStatus.QUEUED}
        assert all(set(after) & set(living) for after in waiting.values())
        while free := {id for id, after in waiting.items() if not set(after) & set(waiting)}:
            waiting = {id: after for id, after in waiting.items() if id not in free}
        assert waiting == {}, "they wait for each other"

    @invariant()
    def advice_is_given_to_somebody_who_waits_for_it(self) -> None:
        living = [task for task in self.desk.running.tasks if task.status in LIVING]
        awaited = {id for task in living for id in task.after}
        assert all(task.id in awaited for task in living if task.origin is Origin.DELEGATED)

    @invariant()
    def everything_is_counted(self) -> None:
        running = self.desk.running
        assert sorted(self.tasks) == sorted(f"A.{number + 1}" for number in range(running.task_count))
        assert running.entry_count == len(self.desk.trail)
        assert set(running.people) == {task.person for task in self.tasks.values()}
        assert len(set(running.copied)) == len(running.copied)

    @invariant()
    def approved_means_that_every_step_was_decided_counted_or_skipped(self) -> None:
        running = self.desk.running
        if running.status is Status.APPROVED:
            kinds = {What.APPROVED, What.COUNTED, What.SKIPPED, What.AUTO_APPROVED, What.TIMED_OUT}
            lines = [line for line in self.desk.trail if line.round == running.round and line.what in kinds]
            assert {line.step for line in lines} == {step.key for step in self.desk.definition.steps}

    @invariant()
    def an_earlier_step_may_be_asked_again_only_if_it_asked_somebody(self) -> None:
        running, definition = self.desk.running, self.desk.definition
        earlier = returnable(definition, running)
        assert all(definition.index(key) < definition.index(running.step) for key in earlier)
        assert {task.step for task in self.tasks.values() if task.round == running.round} >= set(earlier)

    @invariant()
    def in_order_means_one_seat_at_a_time(self) -> None:
        running = self.desk.running
        if running.step and self.desk.definition.step(running.step).mode is Mode.IN_ORDER:
            seats = {task.seat for task in running.open_tasks}
            assert len(seats) == 1 or running.tasks[0].origin is Origin.ESCALATED

    def teardown(self) -> None:
        """Whatever happened: if everybody asked approves, the document comes to its end."""
        if not hasattr(self, "desk"):
            return
        for _ in range(300):
            if self.desk.running.status is not Status.PENDING:
                return
            self.desk.approve(self.desk.waiting_for[0])
        raise AssertionError("it never ends")


Histories.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestRandomHistories = Histories.TestCase
