"""Handing on: transfer and delegation."""

import pytest

from chalicelib.domain.approvals import (
    AddAfter,
    AddBefore,
    Approve,
    Delegate,
    Origin,
    PersonRule,
    Reject,
    Remove,
    Return,
    Status,
    TaskStatus,
    Transfer,
    What,
    legal_moves,
)
from chalicelib.domain.errors import IllegalMove, Invalid
from tests.domain.approvals.company import step
from tests.domain.approvals.desks import ALONE, BOTH, LAST, statuses, submitted

# Transfer


def test_a_transferred_task_does_not_come_back(company):
    desk = submitted(company)
    desk.move(Transfer("max", 1, "not mine", to="fay"))
    assert desk.waiting_for == ["fay"]
    task = desk.running.open_tasks[0]
    assert (task.origin, task.asked_by, task.seat) == (Origin.TRANSFERRED, "max", "A.1")
    assert desk.said(What.TRANSFERRED) == [("max", "", ("fay",))]
    assert desk.approve("fay").running.step == "last"


def test_who_transferred_decides_no_more(company):
    desk = submitted(company)
    desk.move(Transfer("max", 1, to="fay"))
    with pytest.raises(IllegalMove, match="already_decided"):
        desk.approve("max")


def test_a_transferred_task_may_be_given_back(company):
    desk = submitted(company)
    desk.move(Transfer("max", 1, to="fay"))
    desk.move(Transfer("fay", 1, to="max"))
    assert desk.approve("max").running.step == "last"


def test_a_transfer_in_an_all_of_step_replaces_one_seat_only(company):
    desk = submitted(company, BOTH, LAST)
    desk.move(Transfer("max", 1, to="dora"))
    desk.approve("fay")
    assert (desk.running.step, desk.waiting_for) == ("both", ["dora"])
    assert desk.approve("dora").running.step == "last"


@pytest.mark.parametrize("kind", [Transfer, Delegate])
@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("nobody", "unknown_person"),
        ("fred", "departed_person"),
        ("ann", "own_document"),
        ("fay", "already_asked"),
        ("max", "already_asked"),
    ],
)
def test_people_who_cannot_be_asked_are_refused_by_name(company, kind, to, code):
    company.dismiss("fred")
    desk = submitted(company, BOTH)
    with pytest.raises(Invalid) as refusal:
        desk.move(kind("max", 1, to=to))
    assert [(fault.path, fault.code) for fault in refusal.value.fields] == [("people.0", code)]


def test_every_added_person_who_cannot_be_asked_is_named(company):
    desk = submitted(company, BOTH)
    with pytest.raises(Invalid) as refusal:
        desk.move(AddBefore("max", 1, people=("fred", "nobody", "fred", "fay")))
    assert [(fault.path, fault.code) for fault in refusal.value.fields] == [
        ("people.1", "unknown_person"),
        ("people.2", "already_asked"),
        ("people.3", "already_asked"),
    ]
    with pytest.raises(Invalid):
        desk.move(AddBefore("max", 1, people=()))


def test_somebody_who_decided_in_the_step_is_not_asked_again_by_a_transfer(company):
    desk = submitted(company, BOTH)
    desk.approve("fay")
    with pytest.raises(Invalid):
        desk.move(Transfer("max", 1, to="fay"))


def test_somebody_whose_earlier_approval_counts_is_not_asked_again_by_a_transfer(company):
    desk = submitted(company, ALONE, BOTH)
    desk.approve("max")
    assert (desk.running.counted, desk.waiting_for) == (("max",), ["fay"])
    with pytest.raises(Invalid):
        desk.move(Transfer("fay", 1, to="max"))


def test_a_task_transferred_to_somebody_on_leave_goes_to_their_substitute(company):
    company.leave("fay", "fred")
    desk = submitted(company)
    desk.move(Transfer("max", 1, to="fay"))
    assert [(task.person, task.on_behalf_of) for task in desk.running.open_tasks] == [("fred", "fay")]


# Delegation


def test_a_delegated_task_comes_back_with_the_advice(company):
    desk = submitted(company)
    desk.move(Delegate("max", 1, to="fay"))
    assert (desk.waiting_for, desk.queued) == (["fay"], ["max"])
    desk.move(Approve("fay", 1, "looks fine"))
    assert (desk.running.step, desk.waiting_for) == ("alone", ["max"])
    assert desk.said(What.ADVISED) == [("fay", "for", ())]
    assert desk.approve("max").running.step == "last"


def test_a_delegate_may_also_reject(company):
    desk = submitted(company)
    desk.move(Delegate("max", 1, to="fay"))
    decision = desk.move(Reject("fay", 1, "no budget"))
    assert (decision.running.status, desk.waiting_for) == (Status.PENDING, ["max"])
    assert statuses(desk) == {"max": TaskStatus.OPEN, "fay": TaskStatus.ADVISED_AGAINST}
    assert desk.approve("max").running.step == "last"


@pytest.mark.parametrize(
    "move",
    [
        Return("fay", 1),
        Transfer("fay", 1, to="fred"),
        Delegate("fay", 1, to="fred"),
        AddBefore("fay", 1, people=("fred",)),
        AddAfter("fay", 1, people=("fred",)),
    ],
)
def test_a_delegate_advises_and_does_nothing_else_with_the_task(company, move):
    desk = submitted(company)
    desk.move(Delegate("max", 1, to="fay"))
    with pytest.raises(IllegalMove, match="advice_only"):
        desk.move(move)
    assert legal_moves(desk.running, "fay", company) == {"approve", "reject", "comment", "copy_to"}


def test_the_delegator_waits_for_the_advice(company):
    desk = submitted(company)
    desk.move(Delegate("max", 1, to="fay"))
    with pytest.raises(IllegalMove, match="already_decided"):
        desk.approve("max")


def test_advice_is_no_approval_in_a_later_step(company):
    desk = submitted(company, ALONE, step("money", PersonRule("fay")))
    desk.move(Delegate("max", 1, to="fay"))
    desk.approve("fay", "max")
    assert desk.waiting_for == ["fay"]


def test_advice_that_nobody_needs_any_more_is_closed(company):
    desk = submitted(company, step("either", PersonRule("max"), PersonRule("fay")), LAST)
    desk.move(Delegate("max", 1, to="fred"))
    decision = desk.approve("fay")
    assert {task.person: task.status for task in decision.changed} == {
        "max": TaskStatus.CLOSED,
        "fay": TaskStatus.APPROVED,
        "fred": TaskStatus.CLOSED,
    }


def test_advice_for_somebody_who_is_removed_is_closed(company):
    desk = submitted(company, BOTH)
    desk.move(Delegate("max", 1, to="fred"))
    desk.move(Remove("adam", 1, person="max"))
    assert desk.waiting_for == ["fay"]
    assert statuses(desk)["fred"] is TaskStatus.CLOSED


def test_advice_for_somebody_whose_substitute_decides_anyway_is_closed(company):
    desk = submitted(company, BOTH)
    desk.move(Delegate("max", 1, to="fred"))
    company.leave("max", "fay")
    desk.reassign("max")
    assert desk.waiting_for == ["fay"]
    assert statuses(desk)["fred"] is TaskStatus.CLOSED


def test_advice_comes_to_whoever_took_the_task_over_meanwhile(company):
    desk = submitted(company)
    desk.move(Delegate("max", 1, to="fay"))
    company.leave("max", "fred")
    desk.reassign("max")
    assert (desk.waiting_for, desk.queued) == (["fay"], ["fred"])
    desk.approve("fay")
    assert desk.waiting_for == ["fred"]


def test_a_delegate_who_becomes_the_delegators_substitute_decides(company):
    desk = submitted(company)
    desk.move(Delegate("max", 1, to="fay"))
    company.leave("max", "fay")
    desk.reassign("max")
    assert [(task.person, task.origin, task.on_behalf_of) for task in desk.running.open_tasks] == [
        ("fay", Origin.SUBSTITUTE, "max")
    ]
    assert desk.approve("fay").running.step == "last"


@pytest.mark.parametrize("leaves", ["company", "office"])
def test_advice_goes_back_unanswered_when_the_delegate_leaves(company, leaves):
    desk = submitted(company)
    desk.move(Delegate("max", 1, to="fay"))
    company.dismiss("fay") if leaves == "company" else company.leave("fay", "fred")
    desk.reassign("fay")
    assert (desk.waiting_for, desk.queued) == (["max"], [])
