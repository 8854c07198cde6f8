"""Who is asked in a step."""

from dataclasses import replace

import pytest

from chalicelib.domain.approvals import (
    MAX_APPROVERS,
    DepartmentHeadRule,
    EmptyRule,
    ManagerRule,
    Mode,
    Origin,
    PersonRule,
    RepeatedRule,
    RoleRule,
    SelfRule,
    Status,
    What,
)
from chalicelib.domain.errors import Conflict
from tests.domain.approvals.company import Company, Desk, process, step


def opened(company: Company, *steps, applicant: str = "ann") -> Desk:
    desk = Desk(process(*steps), company, applicant)
    desk.submit()
    return desk


@pytest.mark.parametrize(
    ("rule", "people"),
    [
        (PersonRule("fay"), ["fay"]),
        (RoleRule("finance"), ["fay", "fred"]),
        (ManagerRule(), ["max"]),
        (ManagerRule(2), ["dora"]),
        (ManagerRule(3), ["cleo"]),
        (DepartmentHeadRule(), ["dora"]),
    ],
)
def test_each_rule_asks_the_people_it_names(company, rule, people):
    assert opened(company, step("s", rule)).waiting_for == people


def test_somebody_named_by_two_rules_is_asked_once(company):
    assert opened(company, step("s", ManagerRule(2), DepartmentHeadRule())).waiting_for == ["dora"]


@pytest.mark.parametrize("rule", [PersonRule("fay"), RoleRule("finance"), DepartmentHeadRule()])
def test_somebody_who_left_is_never_asked(company, rule):
    for id in ("fay", "dora"):
        company.employees[id].active = False
    assert not {"fay", "dora"} & set(opened(company, step("s", rule)).waiting_for)


def test_the_managers_line_goes_on_above_one_who_left(company):
    company.employees["max"].active = False
    assert opened(company, step("s", ManagerRule())).waiting_for == ["dora"]


def test_two_levels_up_stays_the_same_person_when_the_manager_between_left(company):
    company.employees["max"].active = False
    assert opened(company, step("s", ManagerRule(2))).waiting_for == ["dora"]


@pytest.mark.parametrize("levels", [2, 3, 20])
def test_managers_in_a_circle_end_the_line(company, levels):
    company.employees["max"].manager = "ann"
    desk = opened(company, step("s", ManagerRule(levels), when_empty=EmptyRule.SKIP))
    assert desk.running.status is Status.APPROVED


def test_everybody_of_a_circle_above_having_left_ends_the_line(company):
    company.employees["dora"].manager = "max"
    company.employees["max"].active = company.employees["dora"].active = False
    assert opened(company, step("s", ManagerRule())).waiting_for == ["ada", "adam"]


def test_an_applicant_among_the_approvers_is_replaced_by_their_manager(company):
    company.employees["ann"].roles = frozenset({"finance"})
    assert opened(company, step("s", RoleRule("finance"))).waiting_for == ["max", "fay", "fred"]


def test_a_head_who_applies_is_replaced_by_their_manager(company):
    assert opened(company, step("s", DepartmentHeadRule()), applicant="dora").waiting_for == ["cleo"]


def test_the_self_rule_comes_before_the_empty_rule(company):
    desk = opened(company, step("s", PersonRule("ann"), when_empty=EmptyRule.SKIP))
    assert desk.waiting_for == ["max"]


def test_the_empty_rule_follows_when_the_applicant_has_no_manager(company):
    desk = opened(company, step("s", PersonRule("cleo")), applicant="cleo")
    assert desk.waiting_for == ["ada", "adam"]


def test_leaving_the_applicant_out_asks_the_others(company):
    company.employees["ann"].roles = frozenset({"finance"})
    desk = opened(company, step("s", RoleRule("finance"), when_self=SelfRule.LEAVE_OUT))
    assert desk.waiting_for == ["fay", "fred"]


def test_a_step_that_matches_nobody_goes_to_the_administrators_and_says_so(company):
    desk = opened(company, step("s", PersonRule("ghost")))
    assert {task.origin for task in desk.running.open_tasks} == {Origin.ESCALATED}
    line = desk.trail[-1]
    assert (line.what, line.step, line.reason) == (What.ESCALATED, "s", "nobody_matches")
    assert line.about == ("ada", "adam")


def test_one_administrator_is_enough_where_all_of_the_approvers_were_wanted(company):
    desk = opened(company, step("s", PersonRule("ghost"), mode=Mode.ALL_OF))
    assert desk.approve("adam").running.status is Status.APPROVED


def test_an_administrator_who_applies_is_not_asked_as_the_fallback(company):
    assert opened(company, step("s", PersonRule("ghost")), applicant="adam").waiting_for == ["ada"]


def test_a_step_that_nobody_at_all_can_decide_refuses_the_submission(company):
    company.employees["ada"].active = False
    with pytest.raises(Conflict) as refusal:
        opened(company, step("s", PersonRule("ghost")), applicant="adam")
    assert (refusal.value.code, refusal.value.params["step"]) == ("no_approver", "s")


def test_a_step_of_more_people_than_the_bound_refuses_the_submission(company):
    for number in range(MAX_APPROVERS + 1):
        company.hire(f"gate{number}", "cleo", "gate")
    with pytest.raises(Conflict, match="too_many_approvers"):
        opened(company, step("s", RoleRule("gate")))


def test_a_skipped_step_leaves_a_line_with_the_reason(company):
    desk = opened(company, step("s", PersonRule("ghost"), when_empty=EmptyRule.SKIP), step("t", ManagerRule()))
    assert desk.waiting_for == ["max"]
    assert [(line.what, line.step, line.reason) for line in desk.trail[1:]] == [(What.SKIPPED, "s", "nobody_matches")]


def test_somebody_at_two_tiers_decides_once(company):
    desk = opened(company, step("s", ManagerRule()), step("t", PersonRule("max")))
    assert desk.approve("max").running.status is Status.APPROVED
    line = desk.trail[-1]
    assert (line.what, line.step, line.about) == (What.COUNTED, "t", ("max",))


def test_an_earlier_approval_counts_in_an_all_of_step_that_still_asks_the_others(company):
    desk = opened(company, step("s", ManagerRule()), step("t", PersonRule("max"), PersonRule("fay"), mode=Mode.ALL_OF))
    desk.approve("max")
    assert desk.waiting_for == ["fay"]
    assert desk.approve("fay").running.status is Status.APPROVED


def test_an_earlier_approval_satisfies_a_one_of_step(company):
    desk = opened(company, step("s", PersonRule("fay")), step("t", RoleRule("finance")))
    assert desk.approve("fay").running.status is Status.APPROVED


def test_a_step_may_insist_on_asking_again(company):
    desk = opened(company, step("s", ManagerRule()), step("t", PersonRule("max"), when_repeated=RepeatedRule.AGAIN))
    assert desk.approve("max").running.status is Status.PENDING
    assert desk.waiting_for == ["max"]


def test_approvers_are_found_when_the_step_opens_not_when_the_document_is_submitted(company):
    desk = opened(company, step("s", ManagerRule()), step("t", RoleRule("finance")))
    company.employees["fay"] = replace(company.employees["fay"], active=False)
    desk.approve("max")
    assert desk.waiting_for == ["fred"]
