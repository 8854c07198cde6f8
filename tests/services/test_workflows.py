"""The workflow follows the visit, in whatever order and however often it is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.passes import Pass, enter
from chalicelib.domain.visits import signed_out_at
from chalicelib.models.gate import PassItem
from chalicelib.models.notifications import NoticeItem
from chalicelib.models.store import replace as replace_item
from chalicelib.models.work import OpenVisitItem, TokenItem, opening
from chalicelib.services import gate, reconciling, workflows
from chalicelib.services.call import Call
from chalicelib.services.inviting import invite
from chalicelib.services.workflows import advance, await_decision, current, execution_name
from tests.company import add_person, person
from tests.reception import STARTS
from tests.workflows.stage import PUBLIC_URL, Stage


def pending(stage: Stage):  # type: ignore[no-untyped-def]
    visit = stage.visit(status="pending", approved_at=None)
    stage.store.write(opening(visit, stage.now))
    return visit


def tell(stage: Stage, visit_id: str) -> None:
    advance(stage.call(), stage.executions, visit_id, PUBLIC_URL)


def test_a_submitted_visit_starts_one_execution_however_often_it_is_told(stage: Stage) -> None:
    visit = pending(stage)
    tell(stage, visit.id)
    tell(stage, visit.id)
    assert stage.executions.started == {f"{visit.id}-1": {"visit": visit.id, "round": 1}}


def test_an_approval_that_nobody_had_to_give_starts_an_execution_too(stage: Stage) -> None:
    visit = stage.visit(status="approved")
    stage.store.write(opening(visit, stage.now))
    tell(stage, visit.id)
    assert list(stage.executions.started) == [f"{visit.id}-1"]


def test_a_draft_starts_nothing(stage: Stage) -> None:
    visit = stage.visit(status="draft", round=0)
    tell(stage, visit.id)
    assert stage.executions.started == {}


@pytest.mark.parametrize(
    ("status", "proceed"),
    [("approved", True), ("rejected", False), ("returned", False), ("withdrawn", False), ("cancelled", False)],
)
def test_the_decision_resumes_the_waiting_execution(stage: Stage, status: str, proceed: bool) -> None:
    visit = pending(stage)
    await_decision(stage.call(), stage.executions, visit.id, 1, "token")
    assert stage.executions.resumed == []
    stage.become(visit, status)
    tell(stage, visit.id)
    tell(stage, visit.id)
    assert stage.executions.resumed == [("token", {"proceed": proceed})]
    assert stage.store.all(TokenItem) == []


def test_a_decision_before_the_token_is_kept_is_found_by_the_task(stage: Stage) -> None:
    visit = pending(stage)
    stage.become(visit, "approved")
    tell(stage, visit.id)
    await_decision(stage.call(), stage.executions, visit.id, 1, "token")
    assert stage.executions.resumed == [("token", {"proceed": True})]


def test_a_task_of_a_round_that_is_over_ends_its_execution(stage: Stage) -> None:
    visit = stage.visit(status="pending", round=2, approved_at=None)
    await_decision(stage.call(), stage.executions, visit.id, 1, "token")
    assert stage.executions.resumed == [("token", {"proceed": False})]


@pytest.mark.parametrize("status", ["rejected", "returned", "withdrawn", "cancelled"])
def test_a_visit_that_rests_is_open_no_longer(stage: Stage, status: str) -> None:
    visit = pending(stage)
    stage.become(visit, status)
    tell(stage, visit.id)
    assert stage.store.all(OpenVisitItem) == []


@pytest.mark.parametrize("status", ["pending", "cancelled", "archived", "rejected"])
def test_a_task_finds_nothing_to_do_for_a_visit_that_is_not_approved(stage: Stage, status: str) -> None:
    visit = stage.visit(status=status)
    assert current(stage.call(), visit.id, 1) is None


def test_a_task_of_another_round_finds_nothing_to_do(stage: Stage) -> None:
    visit = stage.visit(status="approved", round=2)
    assert current(stage.call(), visit.id, 1) is None


def reconcile(stage: Stage, minutes: int = 10) -> int:
    call = stage.call(stage.now + timedelta(minutes=minutes))
    return reconciling.reconcile_visits(call, stage.executions, PUBLIC_URL)


def test_a_visit_whose_stream_event_was_lost_is_started_by_the_reconciler(stage: Stage) -> None:
    visit = pending(stage)
    assert reconcile(stage) == 0
    assert list(stage.executions.started) == [f"{visit.id}-1"]


def test_a_visit_that_was_just_submitted_is_left_to_the_stream(stage: Stage) -> None:
    pending(stage)
    reconcile(stage, minutes=1)
    assert stage.executions.started == {}


def test_a_failed_execution_is_replaced_under_another_name(stage: Stage) -> None:
    visit = pending(stage)
    tell(stage, visit.id)
    stage.executions.ended[f"{visit.id}-1"] = "FAILED"
    assert reconcile(stage) == 1
    assert list(stage.executions.started) == [f"{visit.id}-1", f"{visit.id}-1-1"]
    assert reconcile(stage, minutes=11) == 0


def test_an_execution_whose_token_was_lost_is_replaced(stage: Stage) -> None:
    visit = pending(stage)
    tell(stage, visit.id)
    assert reconcile(stage) == 1
    assert stage.executions.ended == {f"{visit.id}-1": "ABORTED"}


def test_an_execution_that_waits_is_left_alone(stage: Stage) -> None:
    visit = pending(stage)
    tell(stage, visit.id)
    await_decision(stage.call(), stage.executions, visit.id, 1, "token")
    assert reconcile(stage) == 0
    assert list(stage.executions.started) == [f"{visit.id}-1"]


def test_a_lost_decision_is_delivered_by_the_reconciler(stage: Stage) -> None:
    visit = pending(stage)
    tell(stage, visit.id)
    await_decision(stage.call(), stage.executions, visit.id, 1, "token")
    stage.become(visit, "approved")
    reconcile(stage)
    assert stage.executions.resumed == [("token", {"proceed": True})]


def test_a_lost_cancellation_is_carried_out_by_the_reconciler(stage: Stage) -> None:
    visit = pending(stage)
    stage.become(visit, "cancelled")
    reconcile(stage)
    assert stage.store.all(OpenVisitItem) == []


@pytest.mark.usefixtures("plain_pictures")
def test_who_stays_inside_a_cancelled_visit_is_signed_out_by_rule(stage: Stage) -> None:
    visit = stage.visit(visitors=2)
    stage.store.write(opening(visit, stage.now))
    invite(stage.call(), stage.means, visit, 0)
    first, _ = (item.to(Pass) for item in stage.store.all(PassItem))
    stage.store.write(replace_item(PassItem.from_pass(enter(first, STARTS, "east"))))
    cancelled = stage.become(visit, "cancelled", ended_at=STARTS + timedelta(hours=1))
    stage.now = STARTS + timedelta(hours=1)
    tell(stage, visit.id)

    stage.now = signed_out_at(cancelled) - timedelta(minutes=1)
    reconcile(stage, minutes=0)
    assert statuses(stage) == [("inside", False), ("revoked", False)]
    assert names_to_evacuate(stage, visit.site) == [first.name]

    stage.now = signed_out_at(cancelled)
    reconcile(stage, minutes=0)
    assert statuses(stage) == [("left", True), ("revoked", False)]
    assert names_to_evacuate(stage, visit.site) == []
    (notice,) = stage.store.all(NoticeItem)
    assert (notice.person, notice.template) == (visit.host, "guests_signed_out")
    assert stage.store.all(OpenVisitItem) == []


def statuses(stage: Stage) -> list[tuple[str, bool]]:
    return [(item.status, item.signed_out_by_rule) for item in stage.store.all(PassItem)]


def names_to_evacuate(stage: Stage, site: str) -> list[str]:
    someone = person("desk", roles=frozenset({"employee", "reception"}))
    call = Call(stage.store, stage.now, lambda: "id", someone, someone.id)
    return [row["name"] for row in gate.evacuation(call, site)["items"]]


def test_execution_names_are_names_for_step_functions() -> None:
    name = execution_name("01KJPX9W3TZ4QZ6T1N7V0F2B5C", 3, 12)
    assert name == "01KJPX9W3TZ4QZ6T1N7V0F2B5C-3-12" and len(name) <= 80


def test_both_sides_of_the_token_agree_on_what_goes_on() -> None:
    assert {"approved", "closed"} == workflows.GOES_ON


class Pool:
    """A user pool that remembers whose accounts were made and closed."""

    def __init__(self) -> None:
        self.done: list[tuple[str, str]] = []

    def create(self, username: str) -> None:
        self.done.append(("create", username))

    def forget_second_factor(self, username: str) -> None:
        pass

    def close(self, username: str) -> None:
        self.done.append(("close", username))


def test_accounts_that_the_stream_forgot_are_made_and_closed_once(stage: Stage) -> None:
    for login, facts in (
        ("new", {"account": "pending"}),
        ("left", {"active": False}),
        ("ready", {}),
        ("gone", {"active": False, "account": "closed"}),
    ):
        add_person(stage.store, person(login, **facts))
    pool: Any = Pool()
    assert [reconciling.reconcile_accounts(stage.call(), pool) for _ in range(2)] == [2, 0]
    assert sorted(pool.done) == [("close", person("left").id), ("create", person("new").id)]
