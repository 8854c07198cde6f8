"""What each move does, and which moves are refused."""

import re
from datetime import timedelta

import pytest

from chalicelib.domain import approvals
from chalicelib.domain.approvals import (
    Action,
    AddAfter,
    AddBefore,
    Amend,
    Approve,
    Cancel,
    Comment,
    CopyTo,
    Definition,
    Delegate,
    ManagerRule,
    Mode,
    NotYours,
    PersonRule,
    Reassign,
    Reject,
    Remove,
    Return,
    RoleRule,
    Situation,
    Status,
    Submit,
    TaskStatus,
    TimeOut,
    Timeout,
    Transfer,
    Urge,
    Withdraw,
)
from chalicelib.domain.errors import IllegalMove
from tests.domain.approvals.company import NOW, Company, Desk, process, step

TWO_STEPS = (
    step("manager", ManagerRule()),
    step("finance", RoleRule("finance"), PersonRule("dora"), mode=Mode.ALL_OF),
)
MOVES: dict[str, Action] = {
    move.name: move
    for move in (
        Submit("ann", 1),
        Amend("ann", 1),
        Approve("max", 1),
        Reject("max", 1),
        Return("max", 1),
        Transfer("max", 1, to="cleo"),
        Delegate("max", 1, to="cleo"),
        AddBefore("max", 1, people=("cleo",)),
        AddAfter("max", 1, people=("cleo",)),
        Remove("adam", 1, person="max"),
        Withdraw("ann", 1),
        Cancel("ann", 1),
        CopyTo("ann", 1, people=("cleo",)),
        Urge("ann", 1),
        Comment("ann", 1, "hello"),
        TimeOut("A.1"),
        Reassign("max"),
    )
}
REACH: dict[Status, tuple[Action, ...]] = {
    Status.DRAFT: (),
    Status.PENDING: (Submit("ann", 1),),
    Status.APPROVED: (Submit("ann", 1), Approve("max", 1), Approve("fay", 1)),
    Status.REJECTED: (Submit("ann", 1), Reject("max", 1)),
    Status.RETURNED: (Submit("ann", 1), Return("max", 1)),
    Status.WITHDRAWN: (Submit("ann", 1), Withdraw("ann", 1)),
    Status.CANCELLED: (Submit("ann", 1), Cancel("ann", 1)),
}


@pytest.fixture
def desk(company: Company) -> Desk:
    return Desk(process(*TWO_STEPS), company)


def documented() -> dict[tuple[str, str], str]:
    """The table of the package's docstring: (status, move) -> answer."""
    rows = [re.findall(r"[^|]+", line) for line in (approvals.__doc__ or "").splitlines() if "|" in line]
    head, _, *body = [[cell.strip() for cell in row] for row in rows]
    return {(status, row[0]): cell for row in body for status, cell in zip(head[1:], row[1:], strict=True)}


def answer(desk: Desk, move: str) -> Status | str:
    """The status after the move, or "illegal" where it was refused and changed nothing."""
    before = desk.running
    try:
        return desk.move(MOVES[move]).running.status
    except IllegalMove as refusal:
        assert (refusal.code, refusal.state, desk.running) == ("illegal_move", before.status, before)
        return "illegal"


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("move", MOVES)
def test_every_status_answers_every_move_as_the_table_says(company, status, move):
    either = step("either", ManagerRule(), PersonRule("dora"), hours=8, on_timeout=Timeout.APPROVE)
    desk = Desk(process(either, step("then", PersonRule("fay"))), company)
    for action in REACH[status]:
        desk.move(action)
    assert desk.running.status is status
    desk.now += timedelta(hours=8)
    cell, said = documented()[status.value, move], answer(desk, move)
    assert said == {"goes on": Status.PENDING, "stays": status}.get(cell, cell)


def test_the_table_names_every_move_and_every_status():
    names = {kind.name for kinds in approvals.MOVES.values() for kind in kinds}
    assert set(documented()) == {(status.value, move) for status in Status for move in names}
    assert set(MOVES) == names


def test_steps_are_asked_one_after_another_until_the_last_approves(desk):
    desk.submit()
    assert (desk.running.step, desk.waiting_for) == ("manager", ["max"])
    desk.approve("max")
    assert (desk.running.step, desk.waiting_for) == ("finance", ["fay", "fred", "dora"])
    desk.approve("fay", "fred")
    assert (desk.running.status, desk.waiting_for) == (Status.PENDING, ["dora"])
    desk.approve("dora")
    assert (desk.running.status, desk.running.step, desk.waiting_for) == (Status.APPROVED, None, [])


def test_the_first_approval_closes_the_other_tasks_of_a_one_of_step(company):
    desk = Desk(process(step("s", RoleRule("finance")), step("t", ManagerRule())), company)
    desk.submit()
    decision = desk.approve("fred")
    assert {task.person: task.status for task in decision.changed} == {
        "fay": TaskStatus.CLOSED,
        "fred": TaskStatus.APPROVED,
    }
    assert [task.person for task in decision.opened] == ["max"]


@pytest.mark.parametrize(("move", "status"), [(Reject, TaskStatus.REJECTED), (Return, TaskStatus.RETURNED)])
def test_one_refusal_in_an_all_of_step_ends_the_other_tasks(desk, move, status):
    desk.submit()
    desk.approve("max", "fay")
    decision = desk.move(move("dora", 3, "no badge"))
    assert {task.person: task.status for task in decision.changed} == {
        "dora": status,
        "fred": TaskStatus.CLOSED,
    }
    assert desk.running.open_tasks == ()


def test_a_decision_keeps_who_when_what_was_seen_and_the_comment(desk):
    desk.submit()
    task = desk.move(Approve("max", 7, "welcome")).changed[0]
    assert (task.person, task.status, task.decided_at) == ("max", TaskStatus.APPROVED, NOW)
    assert (task.seen, task.comment) == (7, "welcome")
    line = desk.trail[-1]
    assert (line.who, line.at, line.seen, line.comment, line.step) == ("max", NOW, 7, "welcome", "manager")


def test_a_returned_document_starts_again_at_the_first_step_with_new_tasks(desk):
    desk.submit()
    desk.approve("max", "fay")
    desk.move(Return("dora", 1, "dates?"))
    opened = desk.submit().opened
    assert (desk.running.round, desk.running.step) == (2, "manager")
    assert [(task.id, task.person, task.round) for task in opened] == [("A.5", "max", 2)]


def test_approvals_of_an_earlier_submission_do_not_count_in_the_next(company):
    desk = Desk(process(step("s", PersonRule("max")), step("t", PersonRule("fay"))), company)
    desk.submit()
    desk.approve("max")
    desk.move(Return("fay", 1))
    desk.submit()
    assert desk.waiting_for == ["max"]


def test_an_all_of_step_asks_everybody_again_after_a_return_from_it(desk):
    desk.submit()
    desk.approve("max", "fay", "fred")
    desk.move(Return("dora", 1))
    desk.submit()
    desk.approve("max")
    assert desk.waiting_for == ["fay", "fred", "dora"]
    assert desk.approve("fay", "fred", "dora").running.status is Status.APPROVED


def test_somebody_asked_in_an_earlier_submission_only_has_nothing_to_decide_in_this_one(desk):
    desk.submit()
    desk.approve("max")
    desk.move(Return("fay", 1))
    desk.submit()
    with pytest.raises(IllegalMove, match="already_decided"):
        desk.approve("fay")


def test_task_ids_are_never_used_again(desk):
    ids = []
    for _ in range(3):
        ids += [task.id for task in desk.submit().opened]
        ids += [task.id for task in desk.approve("max").opened]
        desk.move(Withdraw("ann", 1))
    assert ids == [f"A.{number}" for number in range(1, 13)]


def test_a_document_that_needs_nobody_is_approved_when_submitted(company):
    ghost = step("s", PersonRule("ghost"), when_empty=approvals.EmptyRule.SKIP)
    decision = Desk(process(ghost), company).submit()
    assert (decision.running.status, decision.opened) == (Status.APPROVED, ())


@pytest.mark.parametrize("move", [Approve, Reject, Return])
@pytest.mark.parametrize("person", ["fay", "cleo", "adam", "stranger"])
def test_only_somebody_with_an_open_task_decides(desk, move, person):
    desk.submit()
    with pytest.raises(NotYours, match="not_yours"):
        desk.move(move(person, 1))


@pytest.mark.parametrize("move", [Submit, Amend, Withdraw])
def test_only_the_applicant_submits_and_withdraws(desk, move):
    if move is not Submit:
        desk.submit()
    if move is Amend:
        desk.approve("max", "fay", "fred", "dora")
    with pytest.raises(NotYours):
        desk.move(move("max", 1))


def test_a_change_of_what_was_approved_asks_everybody_anew(desk):
    desk.submit()
    desk.approve("max", "fay", "fred", "dora")
    decision = desk.move(Amend("ann", 2, "two more days"))
    assert (desk.running.status, desk.running.round, desk.waiting_for) == (Status.PENDING, 2, ["max"])
    assert [(line.what, line.comment) for line in decision.entries] == [(approvals.What.AMENDED, "two more days")]
    assert desk.running.approvals == ()


def test_nobody_decides_their_own_document_even_if_a_task_says_so(desk, company):
    desk.submit()
    other = Desk(desk.definition, company, applicant="max")
    other.running = approvals.Running(**{**fields_of(desk.running), "applicant": "max"})
    with pytest.raises(NotYours, match="own_document"):
        other.approve("max")


def fields_of(running: approvals.Running) -> dict[str, object]:
    return {name: getattr(running, name) for name in running.__slots__}


def test_somebody_who_left_while_asked_decides_no_more(desk, company):
    desk.submit()
    company.employees["max"].active = False
    with pytest.raises(NotYours):
        desk.approve("max")


def test_a_second_decision_is_refused_with_the_state_of_the_first(desk):
    desk.submit()
    desk.approve("max", "fay")
    for person in ("max", "fay"):
        with pytest.raises(IllegalMove) as refusal:
            desk.move(Reject(person, 1))
        assert refusal.value.code == "already_decided"


def test_a_decision_meant_for_the_task_of_an_earlier_submission_is_refused(desk):
    first = desk.submit().opened[0]
    desk.move(Withdraw("ann", 1))
    second = desk.submit().opened[0]
    with pytest.raises(IllegalMove) as refusal:
        desk.move(Approve("max", 1, task=first.id))
    assert refusal.value.code == "already_decided"
    assert desk.move(Approve("max", 1, task=second.id)).changed[0].id == second.id


def test_naming_somebody_elses_task_does_not_help(desk):
    task = desk.submit().opened[0]
    with pytest.raises(NotYours):
        desk.move(Approve("fay", 1, task=task.id))


def test_a_definition_of_another_version_is_not_mistaken_for_the_approvals_own(desk, company):
    edited = Definition("visit", 2, desk.definition.title, desk.definition.steps)
    with pytest.raises(ValueError, match="another definition"):
        approvals.decide(edited, desk.running, Submit("ann", 1), Situation(company, NOW))
