"""Adding approvers before and after oneself, and removing them."""

import pytest

from chalicelib.domain.approvals import (
    MAX_APPROVERS,
    MAX_TASKS,
    AddAfter,
    AddBefore,
    Delegate,
    Mode,
    NotYours,
    PersonRule,
    Reject,
    Remove,
    Status,
    Transfer,
    What,
    legal_moves,
    removable,
)
from chalicelib.domain.errors import Conflict, Invalid
from tests.domain.approvals.company import step
from tests.domain.approvals.desks import BOTH, LAST, submitted

# Adding


def test_people_added_before_must_all_approve_first(company):
    desk = submitted(company)
    desk.move(AddBefore("max", 1, people=("fay", "fred")))
    assert (desk.waiting_for, desk.queued) == (["fay", "fred"], ["max"])
    desk.approve("fred")
    assert desk.waiting_for == ["fay"]
    desk.approve("fay")
    assert (desk.waiting_for, desk.running.step) == (["max"], "alone")
    assert desk.approve("max").running.step == "last"


def test_people_added_after_must_all_approve_then(company):
    desk = submitted(company)
    desk.move(AddAfter("max", 1, people=("fay", "fred")))
    assert (desk.waiting_for, desk.queued) == (["max"], ["fay", "fred"])
    desk.approve("max")
    assert (desk.waiting_for, desk.running.step) == (["fay", "fred"], "alone")
    desk.approve("fay")
    assert desk.approve("fred").running.step == "last"


def test_a_one_of_step_is_decided_by_the_first_seat_that_is_complete(company):
    desk = submitted(company, step("either", PersonRule("max"), PersonRule("dora")), LAST)
    desk.move(AddAfter("max", 1, people=("fay",)))
    desk.approve("max")
    assert (desk.running.step, desk.waiting_for) == ("either", ["dora", "fay"])
    assert desk.approve("dora").running.step == "last"


def test_a_refusal_by_somebody_added_is_a_refusal(company):
    desk = submitted(company, BOTH)
    desk.move(AddBefore("max", 1, people=("dora",)))
    assert desk.move(Reject("dora", 1)).running.status is Status.REJECTED


def test_in_an_in_order_step_the_next_waits_for_those_added_after(company):
    desk = submitted(company, step("line", PersonRule("max"), PersonRule("fay"), mode=Mode.IN_ORDER))
    desk.move(AddAfter("max", 1, people=("fred",)))
    desk.approve("max")
    assert desk.waiting_for == ["fred"]
    desk.approve("fred")
    assert desk.waiting_for == ["fay"]


def test_the_added_may_add_others(company):
    desk = submitted(company)
    desk.move(AddBefore("max", 1, people=("fay",)))
    desk.move(AddBefore("fay", 1, people=("fred",)))
    assert (desk.waiting_for, desk.queued) == (["fred"], ["max", "fay"])
    desk.approve("fred", "fay", "max")
    assert desk.running.step == "last"


def test_no_more_people_are_added_than_the_bound(company):
    for number in range(MAX_APPROVERS):
        company.hire(f"g{number}", "cleo")
    desk = submitted(company)
    crowd = tuple(f"g{number}" for number in range(MAX_APPROVERS))
    with pytest.raises(Conflict, match="too_many_approvers"):
        desk.move(AddBefore("max", 1, people=crowd))
    desk.move(AddBefore("max", 1, people=crowd[1:]))
    assert len(desk.waiting_for) == MAX_APPROVERS - 1


def test_a_task_is_not_handed_back_and_forth_for_ever(company):
    desk = submitted(company)
    with pytest.raises(Conflict, match="too_many_approvers"):
        for number in range(MAX_TASKS):
            desk.move(Transfer(*(("max", 1) if number % 2 == 0 else ("fay", 1)), to=["fay", "max"][number % 2]))
    assert len(desk.running.tasks) == MAX_TASKS


# Removing


def test_who_was_added_may_be_removed_by_whoever_added_them(company):
    desk = submitted(company)
    desk.move(AddBefore("max", 1, people=("fay", "fred")))
    assert removable(desk.running, "max", company) == ("fay", "fred")
    desk.move(Remove("max", 1, person="fay"))
    assert desk.waiting_for == ["fred"]
    desk.move(Remove("max", 1, person="fred"))
    assert desk.waiting_for == ["max"]
    assert desk.said(What.REMOVED) == [("max", "", ("fay",)), ("max", "", ("fred",))]


def test_removing_somebody_between_lets_nobody_overtake(company):
    desk = submitted(company)
    desk.move(AddBefore("max", 1, people=("fay",)))
    desk.move(AddBefore("fay", 1, people=("fred",)))
    desk.move(Remove("max", 1, person="fay"))
    assert (desk.waiting_for, desk.queued) == (["fred"], ["max"])


def test_removing_the_last_who_is_missing_completes_the_step(company):
    desk = submitted(company, BOTH, LAST)
    desk.approve("fay")
    assert desk.move(Remove("adam", 1, person="max")).running.step == "last"


def test_removal_of_the_last_approver_of_a_step_is_refused(company):
    desk = submitted(company)
    with pytest.raises(Conflict, match="last_approver"):
        desk.move(Remove("adam", 1, person="max"))
    assert removable(desk.running, "adam", company) == ()
    assert "remove" not in legal_moves(desk.running, "adam", company)


def test_a_delegator_is_the_last_approver_whatever_the_advice(company):
    desk = submitted(company)
    desk.move(Delegate("max", 1, to="fay"))
    with pytest.raises(Conflict, match="last_approver"):
        desk.move(Remove("adam", 1, person="max"))
    desk.move(Remove("max", 1, person="fay"))
    assert desk.waiting_for == ["max"]


def test_those_who_refused_do_not_make_up_for_the_removed(company):
    shared = step("share", PersonRule("max"), PersonRule("fay"), mode=Mode.SHARE_OF, share=50)
    desk = submitted(company, shared)
    desk.move(Reject("max", 1))
    with pytest.raises(Conflict, match="last_approver"):
        desk.move(Remove("adam", 1, person="fay"))


@pytest.mark.parametrize("by", ["fay", "fred", "stranger", "ann"])
def test_others_remove_nobody(company, by):
    desk = submitted(company, BOTH)
    with pytest.raises(NotYours):
        desk.move(Remove(by, 1, person="max"))


def test_an_applicant_who_administers_removes_nobody_from_their_own_document(company):
    desk = submitted(company, BOTH, applicant="adam")
    with pytest.raises(NotYours):
        desk.move(Remove("adam", 1, person="max"))
    assert removable(desk.running, "adam", company) == ()


def test_a_transfer_cannot_be_taken_back_by_removal(company):
    desk = submitted(company, BOTH)
    desk.move(Transfer("max", 1, to="dora"))
    with pytest.raises(NotYours):
        desk.move(Remove("max", 1, person="dora"))


def test_whoever_stands_in_for_somebody_added_may_be_removed_like_them(company):
    desk = submitted(company)
    desk.move(AddBefore("max", 1, people=("fay",)))
    company.leave("fay", "fred")
    desk.reassign("fay")
    assert desk.move(Remove("max", 1, person="fred")).running.open_tasks[0].person == "max"


def test_somebody_who_is_not_asked_cannot_be_removed(company):
    desk = submitted(company, BOTH)
    with pytest.raises(Invalid) as refusal:
        desk.move(Remove("adam", 1, person="cleo"))
    assert [(fault.path, fault.code) for fault in refusal.value.fields] == [("people.0", "not_asked")]
