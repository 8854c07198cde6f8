"""How many of a step's approvers must approve, and what is decided without asking."""

import pytest

from chalicelib.domain.approvals import (
    Compare,
    EmptyRule,
    ManagerRule,
    Mode,
    Operator,
    PersonRule,
    Reject,
    Remove,
    RepeatedRule,
    Return,
    Status,
    TaskStatus,
    What,
)
from tests.domain.approvals.company import Company, Desk, process, step

FIVE = tuple(PersonRule(id) for id in ("cleo", "dora", "max", "fay", "fred"))


def submitted(company: Company, *steps, facts=None) -> Desk:
    desk = Desk(process(*steps), company, facts=facts)
    desk.submit()
    return desk


@pytest.mark.parametrize(("share", "needed"), [(1, 1), (20, 1), (21, 2), (50, 3), (60, 3), (61, 4), (100, 5)])
def test_a_share_is_reached_by_so_many_of_five(company, share, needed):
    desk = submitted(company, step("s", *FIVE, mode=Mode.SHARE_OF, share=share))
    people = list(desk.waiting_for)
    for person in people[: needed - 1]:
        assert desk.approve(person).running.status is Status.PENDING
    assert desk.approve(people[needed - 1]).running.status is Status.APPROVED


@pytest.mark.parametrize(("share", "bearable"), [(1, 4), (50, 2), (60, 2), (61, 1), (100, 0)])
def test_a_share_bears_as_many_refusals_as_leave_it_within_reach(company, share, bearable):
    desk = submitted(company, step("s", *FIVE, mode=Mode.SHARE_OF, share=share))
    people = list(desk.waiting_for)
    for person in people[:bearable]:
        assert desk.move(Reject(person, 1)).running.status is Status.PENDING
    assert desk.move(Reject(people[bearable], 1)).running.status is Status.REJECTED


def test_earlier_approvals_count_in_a_share(company):
    desk = submitted(company, step("a", ManagerRule()), step("b", *FIVE, mode=Mode.SHARE_OF, share=60))
    desk.approve("max")
    assert (desk.running.counted, len(desk.waiting_for)) == (("max",), 4)
    desk.approve("cleo")
    assert desk.approve("dora").running.status is Status.APPROVED


def test_a_removed_seat_is_none_of_the_share(company):
    desk = submitted(company, step("s", *FIVE, mode=Mode.SHARE_OF, share=100))
    desk.approve("cleo", "dora", "max", "fay")
    assert desk.move(Remove("adam", 1, person="fred")).running.status is Status.APPROVED


def test_a_return_in_a_share_of_step_returns_the_document(company):
    desk = submitted(company, step("s", *FIVE, mode=Mode.SHARE_OF, share=50))
    assert desk.move(Return("fay", 1)).running.status is Status.RETURNED


def test_in_order_asks_one_after_another(company):
    desk = submitted(company, step("s", *FIVE, mode=Mode.IN_ORDER))
    for number, person in enumerate(["cleo", "dora", "max", "fay", "fred"]):
        assert desk.waiting_for == [person]
        assert len(desk.queued) == 4 - number
        desk.approve(person)
    assert desk.running.status is Status.APPROVED


def test_in_order_the_first_refusal_ends_it(company):
    desk = submitted(company, step("s", *FIVE, mode=Mode.IN_ORDER))
    desk.approve("cleo")
    decision = desk.move(Reject("dora", 1))
    assert decision.running.status is Status.REJECTED
    assert {task.status for task in decision.changed} == {TaskStatus.REJECTED, TaskStatus.CLOSED}


def test_administrators_are_asked_all_at_once_in_place_of_an_order(company):
    desk = submitted(company, step("s", PersonRule("ghost"), mode=Mode.IN_ORDER))
    assert desk.waiting_for == ["ada", "adam"]
    assert desk.approve("adam").running.status is Status.APPROVED


SMALL = Compare("amount", Operator.LE, 500)
LARGE = Compare("amount", Operator.GT, 500)


def test_a_step_whose_condition_is_false_is_skipped_and_says_why(company):
    desk = submitted(company, step("s", *FIVE, condition=LARGE), step("t", ManagerRule()), facts={"amount": 100})
    assert desk.running.step == "t"
    assert desk.said(What.SKIPPED) == [(None, "condition_false", ())]


def test_a_step_whose_condition_holds_is_asked(company):
    assert submitted(company, step("s", ManagerRule(), condition=LARGE), facts={"amount": 501}).waiting_for == ["max"]


def test_a_small_amount_is_approved_without_asking_and_says_so(company):
    desk = submitted(company, step("s", *FIVE, auto_approve=SMALL), facts={"amount": 500})
    assert desk.running.status is Status.APPROVED
    assert desk.said(What.AUTO_APPROVED) == [(None, "rule_holds", ())]


def test_a_missing_fact_approves_nothing_by_itself(company):
    assert submitted(company, step("s", ManagerRule(), auto_approve=SMALL)).waiting_for == ["max"]


def test_what_was_approved_without_asking_is_nobodys_approval(company):
    steps = step("s", ManagerRule(), auto_approve=SMALL), step("t", ManagerRule(), when_repeated=RepeatedRule.ONCE)
    assert submitted(company, *steps, facts={"amount": 1}).waiting_for == ["max"]


def test_who_is_told_by_the_definition_gets_a_copy_on_approval_only(company):
    company.dismiss("fred")
    copies = (PersonRule("fay"), PersonRule("fred"), PersonRule("ann"), ManagerRule(2))
    desk = Desk(process(step("s", ManagerRule()), copies=copies), company)
    desk.submit()
    assert desk.running.copied == ()
    desk.approve("max")
    assert desk.running.copied == ("fay", "dora")
    assert desk.said(What.COPIED) == [(None, "approved", ("fay", "dora"))]


def test_a_skipping_step_skips_only_when_nobody_matches(company):
    desk = submitted(company, step("s", PersonRule("fay"), PersonRule("ghost"), when_empty=EmptyRule.SKIP))
    assert desk.waiting_for == ["fay"]
