"""Cases that approval systems are known to get wrong."""

import pytest

from chalicelib.domain.approvals import (
    Approve,
    Definition,
    Delegate,
    DepartmentHeadRule,
    ManagerRule,
    Mode,
    PersonRule,
    RepeatedRule,
    Return,
    RoleRule,
    SelfRule,
    Situation,
    Status,
    Submit,
    TaskStatus,
    Transfer,
    What,
    Withdraw,
    begin,
    decide,
    legal_moves,
    returnable,
)
from chalicelib.domain.errors import IllegalMove, Invalid
from tests.domain.approvals.company import NOW, Company, Desk, process, step

BOTH = step("both", PersonRule("fay"), PersonRule("fred"), mode=Mode.ALL_OF)
THREE = (step("manager", ManagerRule()), BOTH, step("last", PersonRule("cleo"), PersonRule("dora"), mode=Mode.ALL_OF))


def submitted(company: Company, *steps, applicant: str = "ann") -> Desk:
    desk = Desk(process(*(steps or THREE)), company, applicant)
    desk.submit()
    return desk


# Return from and to an all-of step


def test_a_return_from_an_all_of_step_closes_what_waits_in_it(company):
    desk = submitted(company)
    desk.approve("max", "fay", "fred", "cleo")
    decision = desk.move(Return("dora", 1, "dates", to="manager"))
    assert {task.person: task.status for task in decision.changed} == {"dora": TaskStatus.RETURNED}
    assert (desk.running.step, desk.waiting_for) == ("manager", ["max"])
    desk.approve("max")
    assert desk.waiting_for == ["fay", "fred"]


def test_a_return_to_an_all_of_step_asks_everybody_of_it_again(company):
    desk = submitted(company)
    desk.approve("max", "fay", "fred")
    decision = desk.move(Return("cleo", 1, "figures", to="both"))
    assert {task.person: task.status for task in decision.changed} == {
        "cleo": TaskStatus.RETURNED,
        "dora": TaskStatus.CLOSED,
    }
    assert [(task.person, task.turn) for task in desk.running.tasks] == [("fay", 4), ("fred", 4)]
    desk.approve("fay")
    assert (desk.running.step, desk.waiting_for) == ("both", ["fred"])
    desk.approve("fred", "cleo", "dora")
    assert desk.running.status is Status.APPROVED
    assert desk.said(What.RETURNED_TO) == [("cleo", "both", ())]


def test_a_return_from_an_all_of_step_to_the_applicant_carries_nothing_stale(company):
    desk = submitted(company)
    desk.approve("max", "fay")
    desk.move(Return("fred", 1, "dates"))
    running = desk.running
    assert running.tasks == running.approvals == running.passed == running.counted == ()
    for person in ("fay", "fred", "max"):
        with pytest.raises(IllegalMove):
            desk.approve(person)
    desk.submit()
    desk.approve("max")
    assert desk.waiting_for == ["fay", "fred"]


def test_approvals_after_the_step_that_a_document_returned_to_are_void(company):
    again = step("again", PersonRule("fay"), PersonRule("ada"), mode=Mode.ALL_OF)
    desk = submitted(company, step("manager", ManagerRule()), step("money", PersonRule("fay")), again)
    desk.approve("max", "fay")
    assert desk.running.counted == ("fay",)
    desk.move(Return("ada", 1, "no", to="manager"))
    assert (desk.running.approvals, desk.running.passed) == ((), ())
    desk.approve("max")
    assert desk.waiting_for == ["fay"]


def test_approvals_before_the_step_that_a_document_returned_to_stay_valid(company):
    desk = submitted(company, step("manager", ManagerRule()), BOTH, step("end", PersonRule("max"), PersonRule("ada")))
    desk.approve("max")
    desk.move(Transfer("fay", 1, to="dora"))
    desk.move(Return("dora", 1, "again", to="manager"))
    desk.approve("max", "fay", "fred")
    assert desk.running.status is Status.APPROVED  # max counts in the last step


@pytest.mark.parametrize("to", ["both", "last", "nowhere"])
def test_a_document_returns_only_to_earlier_steps_that_asked_somebody(company, to):
    desk = submitted(company)
    desk.approve("max")
    assert returnable(desk.definition, desk.running) == ("manager",)
    with pytest.raises(Invalid) as refusal:
        desk.move(Return("fay", 1, "no", to=to))
    assert [(fault.path, fault.code) for fault in refusal.value.fields] == [("step", "not_returnable")]


def test_a_step_that_counted_earlier_approvals_cannot_be_returned_to(company):
    desk = submitted(company, step("a", ManagerRule()), step("b", PersonRule("max")), step("c", PersonRule("fay")))
    desk.approve("max")
    assert returnable(desk.definition, desk.running) == ("a",)


# The others, by the names under which they are known


def test_the_applicants_step_passes_by_itself_only_the_first_time(company):
    desk = submitted(company)
    desk.approve("max")
    desk.move(Return("fay", 1, "dates"))
    assert (desk.running.status, desk.running.step, desk.waiting_for) == (Status.RETURNED, None, [])
    assert legal_moves(desk.running, "ann", company) >= {"submit", "cancel"}
    desk.submit()
    assert desk.waiting_for == ["max"]


def test_the_same_person_at_two_tiers_decides_once(company):
    desk = submitted(company, step("a", ManagerRule()), step("b", PersonRule("max"), PersonRule("fay")))
    assert desk.approve("max").running.status is Status.APPROVED
    assert desk.said(What.COUNTED) == [(None, "approved_before", ("max",))]


def test_a_substitute_at_two_tiers_decides_once(company):
    company.leave("max", "fay")
    desk = submitted(company, step("a", ManagerRule()), step("b", PersonRule("fay")))
    assert desk.approve("fay").running.status is Status.APPROVED


def test_somebody_at_two_tiers_who_returned_the_document_decides_again(company):
    desk = submitted(company, step("a", ManagerRule()), step("b", PersonRule("max"), PersonRule("fay")), BOTH)
    desk.move(Return("max", 1, "dates"))
    desk.submit()
    assert desk.waiting_for == ["max"]


def test_a_role_with_several_members_where_one_is_the_applicant(company):
    company.employees["ann"].roles = frozenset({"finance"})
    everybody = step("s", RoleRule("finance"), mode=Mode.ALL_OF, when_self=SelfRule.LEAVE_OUT)
    desk = submitted(company, everybody)
    assert desk.waiting_for == ["fay", "fred"]
    with pytest.raises(IllegalMove):
        desk.approve("fay", "fay")
    assert desk.approve("fred").running.status is Status.APPROVED


def test_the_departments_head_is_the_applicant(company):
    desk = submitted(company, step("s", DepartmentHeadRule()), applicant="dora")
    assert desk.waiting_for == ["cleo"]
    assert desk.approve("cleo").running.status is Status.APPROVED


def test_the_head_at_the_top_is_the_applicant(company):
    company.heads["sales"] = "cleo"
    desk = submitted(company, step("s", DepartmentHeadRule()), applicant="cleo")
    assert desk.waiting_for == ["ada", "adam"]


def test_a_definition_edited_while_documents_run(company):
    old = process(step("a", ManagerRule()), step("b", PersonRule("fay")))
    edited = Definition("visit", 2, old.title, (step("a", PersonRule("cleo")),))
    desk = Desk(old, company)
    desk.submit()
    later = begin("B", "visit", "W", edited, "ann")
    with pytest.raises(ValueError, match="another definition"):
        decide(edited, desk.running, Approve("max", 1), desk.situation)
    desk.approve("max")
    assert (desk.running.definition_version, desk.waiting_for) == (1, ["fay"])
    (task,) = decide(edited, later, Submit("ann", 1), Situation(company, NOW)).opened
    assert (task.person, task.step) == ("cleo", "a")


def test_a_withdrawn_document_asks_everybody_again_whatever_they_said(company):
    desk = submitted(company, step("a", ManagerRule(), when_repeated=RepeatedRule.ONCE), BOTH)
    desk.approve("max", "fay")
    desk.move(Delegate("fred", 1, to="dora"))
    desk.move(Withdraw("ann", 1))
    desk.submit()
    desk.approve("max")
    assert (desk.waiting_for, desk.queued) == (["fay", "fred"], [])
