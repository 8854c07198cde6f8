"""What happens when nobody decides in time."""

from datetime import timedelta

import pytest

from chalicelib.domain.approvals import (
    Delegate,
    ManagerRule,
    Mode,
    Origin,
    PersonRule,
    RoleRule,
    Situation,
    Status,
    Submit,
    TaskStatus,
    TimeOut,
    Timeout,
    Transfer,
    What,
    decide,
)
from chalicelib.domain.errors import IllegalMove
from tests.domain.approvals.company import NOW, Company, Desk, process, step

LAST = step("last", PersonRule("cleo"))


def timed(rule: Timeout, *rules, hours: int = 8, **options):
    return step("timed", *(rules or (ManagerRule(),)), hours=hours, on_timeout=rule, **options)


def submitted(company: Company, *steps, applicant: str = "ann") -> Desk:
    desk = Desk(process(*steps, LAST), company, applicant)
    desk.submit()
    return desk


def test_a_task_is_due_when_the_offices_hours_are_over(company):
    definition = process(timed(Timeout.REMIND))
    desk = Desk(definition, company)
    situation = Situation(company, NOW, due=lambda start, hours: start + timedelta(days=hours))
    (task,) = decide(definition, desk.running, Submit("ann", 1), situation).opened
    assert task.due_at == NOW + timedelta(days=8)


def test_without_hours_nothing_is_due(company):
    desk = submitted(company, step("s", ManagerRule()))
    assert desk.running.open_tasks[0].due_at is None
    desk.now += timedelta(days=1000)
    with pytest.raises(IllegalMove, match="not_due"):
        desk.move(TimeOut("A.1"))


def test_a_time_out_before_its_time_changes_nothing(company):
    desk = submitted(company, timed(Timeout.APPROVE))
    desk.now += timedelta(hours=8, microseconds=-1)
    with pytest.raises(IllegalMove, match="not_due"):
        desk.move(TimeOut("A.1"))


def test_a_time_out_of_a_task_that_was_decided_meanwhile_changes_nothing(company):
    desk = submitted(company, timed(Timeout.REJECT))
    desk.approve("max")
    desk.now += timedelta(hours=9)
    with pytest.raises(IllegalMove, match="already_decided"):
        desk.move(TimeOut("A.1"))


def test_a_reminder_starts_the_hours_anew(company):
    desk = submitted(company, timed(Timeout.REMIND))
    desk.time_out(8)
    assert desk.said(What.REMINDED) == [(None, "timed_out", ("max",))]
    assert desk.running.open_tasks[0].due_at == NOW + timedelta(hours=16)
    desk.time_out(8)
    assert (len(desk.said(What.REMINDED)), desk.waiting_for) == (2, ["max"])


def test_a_task_that_waits_too_long_goes_to_the_manager(company):
    desk = submitted(company, timed(Timeout.ESCALATE))
    decision = desk.time_out(8)
    assert [(task.person, task.origin, task.due_at) for task in decision.opened] == [
        ("dora", Origin.ESCALATED, NOW + timedelta(hours=16))
    ]
    assert desk.said(What.TIMED_OUT) == [(None, "escalate", ("max", "dora"))]
    assert desk.approve("dora").running.step == "last"


def test_escalation_goes_up_and_ends_with_the_administrators_and_reminders(company):
    desk = submitted(company, timed(Timeout.ESCALATE))
    met = [desk.time_out(8).running.open_tasks[0].person for _ in range(6)]
    assert met == ["dora", "cleo", "ada", "adam", "adam", "adam"]


def test_escalation_never_reaches_the_applicant(company):
    desk = submitted(company, timed(Timeout.ESCALATE, PersonRule("max")), applicant="dora")
    assert desk.time_out(8).running.open_tasks[0].person == "cleo"


def test_escalation_skips_a_manager_who_is_away(company):
    company.leave("dora", "fay")
    desk = submitted(company, timed(Timeout.ESCALATE))
    assert desk.time_out(8).running.open_tasks[0].person == "fay"


def test_escalation_to_a_manager_who_is_asked_anyway_leaves_it_to_them(company):
    both = timed(Timeout.ESCALATE, PersonRule("max"), PersonRule("dora"), mode=Mode.ALL_OF)
    desk = submitted(company, both)
    desk.time_out(8)
    assert desk.waiting_for == ["dora"]
    assert desk.approve("dora").running.step == "last"


def test_one_seat_that_is_escalated_does_not_make_an_all_of_step_a_one_of(company):
    both = timed(Timeout.ESCALATE, PersonRule("max"), PersonRule("fay"), mode=Mode.ALL_OF)
    desk = submitted(company, both)
    desk.time_out(8)
    desk.approve("dora")
    assert (desk.running.step, desk.waiting_for) == ("timed", ["fay"])


def test_escalation_does_not_give_a_task_back_to_whoever_let_it_go(company):
    desk = submitted(company, timed(Timeout.ESCALATE, PersonRule("dora")))
    desk.move(Transfer("dora", 1, to="max"))
    assert desk.time_out(8).running.open_tasks[0].person == "cleo"


def test_a_rule_may_approve_what_nobody_decided(company):
    desk = submitted(company, timed(Timeout.APPROVE))
    decision = desk.time_out(8)
    assert decision.running.step == "last"
    assert [(task.status, task.decided_at) for task in decision.changed] == [(TaskStatus.LAPSED_FOR, None)]
    assert desk.said(What.TIMED_OUT) == [(None, "approve", ("max",))]


def test_what_a_rule_approved_counts_as_nobodys_approval_later(company):
    desk = submitted(company, timed(Timeout.APPROVE), step("again", PersonRule("max")))
    desk.time_out(8)
    assert (desk.running.step, desk.waiting_for) == ("again", ["max"])


def test_a_rule_approves_one_seat_of_several(company):
    both = timed(Timeout.APPROVE, PersonRule("max"), PersonRule("fay"), mode=Mode.ALL_OF)
    desk = submitted(company, both)
    desk.time_out(8)
    assert (desk.running.step, desk.waiting_for) == ("timed", ["fay"])
    assert desk.approve("fay").running.step == "last"


def test_a_rule_may_reject_what_nobody_decided(company):
    desk = submitted(company, timed(Timeout.REJECT, RoleRule("finance")))
    decision = desk.time_out(8)
    assert decision.running.status is Status.REJECTED
    assert {task.person: task.status for task in decision.changed} == {
        "fay": TaskStatus.LAPSED_AGAINST,
        "fred": TaskStatus.CLOSED,
    }


@pytest.mark.parametrize("rule", [Timeout.APPROVE, Timeout.REJECT, Timeout.ESCALATE])
def test_advice_that_is_overdue_comes_back_unanswered(company, rule):
    desk = submitted(company, timed(rule))
    desk.move(Delegate("max", 1, to="fay"))
    desk.time_out(8)
    assert (desk.running.status, desk.waiting_for) == (Status.PENDING, ["max"])
    assert desk.running.open_tasks[0].due_at == NOW + timedelta(hours=16)
    assert desk.said(What.TIMED_OUT) == [(None, "advice", ("fay",))]


def test_a_queued_task_has_no_hours_until_its_turn(company):
    line = timed(Timeout.REJECT, PersonRule("max"), PersonRule("fay"), mode=Mode.IN_ORDER)
    desk = submitted(company, line)
    assert [task.due_at for task in desk.running.tasks if task.person == "fay"] == [None]
    desk.now += timedelta(hours=5)
    desk.approve("max")
    assert desk.running.open_tasks[0].due_at == NOW + timedelta(hours=13)
