"""Who answers for people who are away or left, when a step opens and later."""

from datetime import timedelta

import pytest

from chalicelib.domain.approvals import (
    MAX_HOPS,
    DepartmentHeadRule,
    EmptyRule,
    ManagerRule,
    Mode,
    Origin,
    PersonRule,
    Reject,
    RoleRule,
    Status,
    TaskStatus,
    Transfer,
    What,
)
from chalicelib.domain.errors import IllegalMove
from tests.domain.approvals.company import NOW, Company, Desk, process, step

FAY = step("s", PersonRule("fay"))
BOTH = step("both", PersonRule("fay"), PersonRule("fred"), mode=Mode.ALL_OF)


def opened(company: Company, *steps, applicant: str = "ann") -> Desk:
    desk = Desk(process(*(steps or (FAY,))), company, applicant)
    desk.submit()
    return desk


def asked(desk: Desk) -> list[tuple[str, str | None]]:
    return [(task.person, task.on_behalf_of) for task in desk.running.open_tasks]


# When a step opens


def test_the_substitute_of_somebody_away_is_asked_on_their_behalf(company):
    company.leave("fay", "fred")
    desk = opened(company)
    assert asked(desk) == [("fred", "fay")]
    assert desk.running.open_tasks[0].origin is Origin.SUBSTITUTE
    assert desk.said(What.MOVED) == [(None, "away", ("fay", "fred"))]
    assert desk.approve("fred").entries[0].on_behalf_of == "fay"


@pytest.mark.parametrize(("begins", "lasts"), [(1, 5), (-5, 5), (-5, 4)])
def test_before_and_after_the_leave_people_decide_themselves(company, begins, lasts):
    company.leave("fay", "fred", days=lasts, after=begins)
    assert asked(opened(company)) == [("fay", None)]


def test_a_leave_without_an_end_has_begun_for_good(company):
    company.leave("fay", "fred")
    company.employees["fay"].away_until = None
    assert asked(opened(company)) == [("fred", "fay")]


def test_a_substitute_who_is_away_has_a_substitute_in_turn(company):
    company.leave("fay", "fred")
    company.leave("fred", "dora")
    assert asked(opened(company)) == [("dora", "fay")]


@pytest.mark.parametrize("circle", [["fay"], ["fred", "fay"], ["fred", "dora", "fred"]])
def test_substitutes_in_a_circle_leave_it_with_whoever_is_away(company, circle):
    for id, substitute in zip(["fay", *circle], circle, strict=False):
        company.leave(id, substitute)
    assert asked(opened(company)) == [("fay", None)]


def test_a_chain_of_substitutes_is_followed_only_so_far(company):
    for number in range(MAX_HOPS + 1):
        company.hire(f"q{number}", "cleo")
    company.leave("fay", "q0")
    for number in range(MAX_HOPS - 1):
        company.leave(f"q{number}", f"q{number + 1}")
    assert asked(opened(company)) == [(f"q{MAX_HOPS - 1}", "fay")]
    company.leave(f"q{MAX_HOPS - 1}", f"q{MAX_HOPS}")
    assert asked(opened(company)) == [("fay", None)]


def test_a_chain_that_ends_at_the_applicant_leaves_it_with_whoever_is_away(company):
    company.leave("fay", "fred")
    company.leave("fred", "ann")
    assert asked(opened(company)) == [("fay", None)]


def test_the_applicants_own_substitute_is_not_reached_through_the_applicant(company):
    company.leave("fay", "ann")
    company.leave("ann", "max")
    assert asked(opened(company)) == [("fay", None)]


def test_a_substitute_who_left_is_nobody(company):
    company.leave("fay", "fred")
    company.dismiss("fred")
    assert asked(opened(company)) == [("fay", None)]


def test_a_substitute_who_is_asked_anyway_is_asked_once(company):
    company.leave("fay", "fred")
    desk = opened(company, BOTH)
    assert asked(desk) == [("fred", None)]
    assert desk.approve("fred").running.status is Status.APPROVED


def test_the_substitute_of_somebody_who_left_follows_them(company):
    company.leave("fay", "dora")
    company.dismiss("fay")
    desk = opened(company)
    assert asked(desk) == [("dora", "fay")]
    assert desk.said(What.MOVED) == [(None, "left", ("fay", "dora"))]


def test_without_a_substitute_the_nearest_manager_follows_somebody_who_left(company):
    company.employees["fay"].manager = "dora"
    company.dismiss("fay", "dora")
    assert asked(opened(company)) == [("cleo", "fay")]


def test_a_manager_who_follows_and_is_away_has_a_substitute_too(company):
    company.dismiss("fay")
    company.leave("cleo", "max")
    assert asked(opened(company)) == [("max", "fay")]


def test_the_applicant_does_not_follow_the_employee_who_left(company):
    company.dismiss("fay")
    assert asked(opened(company, applicant="cleo")) == [("ada", None), ("adam", None)]


def test_a_head_who_left_is_followed_by_their_manager(company):
    company.dismiss("dora")
    assert asked(opened(company, step("s", DepartmentHeadRule()))) == [("cleo", "dora")]


def test_nobody_follows_one_of_a_role_who_left(company):
    company.dismiss("fay")
    assert asked(opened(company, step("s", RoleRule("finance")))) == [("fred", None)]


def test_where_nobody_follows_the_empty_rule_does(company):
    company.hire("solo")
    company.dismiss("solo")
    skipping = step("s", PersonRule("solo"), when_empty=EmptyRule.SKIP)
    assert opened(company, skipping).running.status is Status.APPROVED


def test_administrators_have_substitutes_too(company):
    company.leave("ada", "adam")
    assert asked(opened(company, step("s", PersonRule("ghost")))) == [("adam", None)]


# While a task waits


def test_leave_set_while_a_task_is_pending_moves_the_task(company):
    desk = opened(company)
    company.leave("fay", "fred")
    decision = desk.reassign("fay")
    assert asked(desk) == [("fred", "fay")]
    assert [task.status for task in decision.changed] == [TaskStatus.MOVED]
    assert desk.said(What.MOVED) == [(None, "away", ("fay", "fred"))]
    with pytest.raises(IllegalMove, match="already_decided"):
        desk.approve("fay")


def test_leave_that_begins_later_moves_the_task_then(company):
    desk = opened(company)
    company.leave("fay", "fred", after=3)
    before = desk.running
    decision = desk.reassign("fay")
    assert (decision.running, decision.entries, decision.changed) == (before, (), ())
    desk.now = NOW + timedelta(days=3)
    desk.reassign("fay")
    assert asked(desk) == [("fred", "fay")]


def test_without_a_substitute_whoever_is_away_keeps_their_tasks(company):
    desk = opened(company)
    company.leave("fay")
    assert desk.reassign("fay").entries == ()
    assert asked(desk) == [("fay", None)]


def test_the_approver_leaves_the_company_midway(company):
    desk = opened(company, BOTH)
    desk.approve("fred")
    company.dismiss("fay")
    desk.reassign("fay")
    assert asked(desk) == [("cleo", "fay")]
    assert desk.approve("cleo").running.status is Status.APPROVED


def test_the_last_of_the_line_is_followed_by_one_administrator(company):
    desk = opened(company, step("s", PersonRule("cleo")))
    company.dismiss("cleo")
    desk.reassign("cleo")
    assert asked(desk) == [("ada", "cleo")]


def test_somebody_who_leaves_when_nobody_is_left_keeps_the_task(company):
    desk = opened(company, step("s", PersonRule("cleo")))
    company.dismiss("cleo", "ada", "adam")
    assert desk.reassign("cleo").entries == ()
    assert asked(desk) == [("cleo", None)]


def test_a_substitute_who_leaves_in_turn_acts_no_more_on_anybodys_behalf(company):
    desk = opened(company)
    company.leave("fay", "fred")
    desk.reassign("fay")
    company.leave("fred", "dora")
    desk.reassign("fred")
    assert asked(desk) == [("dora", "fay")]


def test_a_task_that_finds_its_way_home_is_ones_own_again(company):
    desk = opened(company)
    company.leave("fay", "fred")
    desk.reassign("fay")
    company.leave("fay", days=-1)
    company.leave("fred", "fay")
    desk.reassign("fred")
    assert asked(desk) == [("fay", None)]


def test_a_task_that_moves_to_somebody_who_is_asked_anyway_falls_to_them(company):
    desk = opened(company, BOTH)
    company.leave("fay", "fred")
    desk.reassign("fay")
    assert asked(desk) == [("fred", None)]
    assert desk.approve("fred").running.status is Status.APPROVED


def test_a_task_that_moves_to_somebody_who_approved_already_is_done(company):
    desk = opened(company, BOTH, step("t", PersonRule("cleo")))
    desk.approve("fred")
    company.leave("fay", "fred")
    assert desk.reassign("fay").running.step == "t"


def test_tasks_in_a_queue_move_too(company):
    line = step("line", PersonRule("max"), PersonRule("fay"), mode=Mode.IN_ORDER)
    desk = opened(company, line)
    company.leave("fay", "fred")
    desk.reassign("fay")
    assert (desk.waiting_for, desk.queued) == (["max"], ["fred"])
    assert desk.approve("max", "fred").running.status is Status.APPROVED


def test_a_task_that_comes_up_while_its_person_is_away_goes_to_the_substitute(company):
    line = step("line", PersonRule("max"), PersonRule("fay"), PersonRule("dora"), mode=Mode.IN_ORDER)
    desk = opened(company, line)
    company.leave("fay", "fred")
    desk.approve("max")
    assert asked(desk) == [("fred", "fay")]
    assert desk.queued == ["dora"]


def test_a_task_that_comes_up_for_somebody_whose_substitute_is_next_is_theirs_alone(company):
    line = step("line", PersonRule("max"), PersonRule("fay"), PersonRule("dora"), mode=Mode.IN_ORDER)
    desk = opened(company, line)
    company.leave("fay", "dora")
    desk.approve("max")
    assert asked(desk) == [("dora", None)]
    assert desk.approve("dora").running.status is Status.APPROVED


def test_whoever_is_away_may_still_decide_until_the_task_moves(company):
    desk = opened(company)
    company.leave("fay", "fred")
    assert desk.approve("fay").running.status is Status.APPROVED


def test_a_substitute_may_reject_and_transfer_like_anybody(company):
    company.leave("fay", "fred")
    desk = opened(company)
    desk.move(Transfer("fred", 1, to="dora"))
    assert asked(desk) == [("dora", None)]
    assert desk.move(Reject("dora", 1)).running.status is Status.REJECTED


def test_somebody_who_left_while_nothing_waits_for_them_changes_nothing(company):
    desk = opened(company, step("s", ManagerRule()))
    before = desk.running
    company.dismiss("fay")
    assert desk.reassign("fay").running == before
