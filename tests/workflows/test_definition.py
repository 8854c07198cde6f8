"""The state machine's definition agrees with itself and with the tasks that it calls."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from chalicelib.domain.bookings import Booking
from chalicelib.domain.visits import Visit
from chalicelib.models.notifications import NoticeItem
from chalicelib.models.work import TokenItem
from chalicelib.workflows import context, visit_tasks
from tests.reception import ENDS, SIGNER, STARTS
from tests.workflows.stage import PUBLIC_URL, Stage

FILE = Path(__file__).parents[2] / "infra/workflows/visit.asl.json"
STATES: dict[str, Any] = json.loads(FILE.read_text())["States"]


def payload(state: dict[str, Any]) -> dict[str, Any]:
    parameters: dict[str, Any] = state["Parameters"]
    return dict(parameters.get("Payload", parameters))


def tasks() -> dict[str, dict[str, Any]]:
    return {name: state for name, state in STATES.items() if "VisitTasks" in json.dumps(state.get("Resource", ""))} | {
        name: state for name, state in STATES.items() if "VisitTasks" in json.dumps(state.get("Parameters", ""))
    }


def nexts(state: dict[str, Any]) -> Iterator[str]:
    for part in (state, *state.get("Choices", ()), *state.get("Catch", ())):
        yield from (part[name] for name in ("Next", "Default") if name in part)


def test_every_state_is_there_and_is_reached() -> None:
    definition = json.loads(FILE.read_text())
    reached, waiting = set(), [definition["StartAt"]]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += nexts(STATES[name])
    assert reached == set(STATES)


def test_every_task_is_known_and_every_known_task_is_called() -> None:
    assert {payload(state)["task"] for state in tasks().values()} == {*visit_tasks.TASKS, "await_approval"}


@pytest.mark.parametrize("name", sorted(tasks()))
def test_every_task_knows_its_visit_and_round_and_survives_passing_failures(name: str) -> None:
    state = STATES[name]
    assert {"visit.$", "round.$"} <= set(payload(state))
    assert state["Retry"] and state["Catch"]
    assert "Contention" in state["Retry"][0]["ErrorEquals"]


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    stage = Stage()
    monkeypatch.setattr(context, "store", lambda: stage.store)
    monkeypatch.setattr(context, "clock", lambda: stage.now)
    monkeypatch.setattr(visit_tasks, "visit_executions", lambda: stage.executions)
    monkeypatch.setattr(visit_tasks, "files", lambda: stage.files)
    monkeypatch.setattr(visit_tasks, "signer", lambda: SIGNER)
    monkeypatch.setattr("chalicelib.services.qr.png", str.encode)
    monkeypatch.setattr("chalicelib.services.qr.svg", str.encode)
    return stage


def run(visit: Visit, task: str, **more: Any) -> Any:
    return visit_tasks.run({"task": task, "visit": visit.id, "round": 1} | more, None)


def read_by_states(name: str) -> set[str]:
    """What the definition reads of a task's output, which stands under $.NAME."""
    return set(re.findall(rf"\$\.{name}\.(\w+)", FILE.read_text()))


def test_the_definition_finds_what_it_reads_of_each_output(stage: Stage) -> None:
    visit = stage.visit()
    invited = run(visit, "invite", next=0)
    assert read_by_states("invited") <= set(invited)
    assert (invited["remind_at"], invited["close_at"]) == ("2026-03-01T01:00:00Z", "2026-03-02T09:00:00Z")
    stage.now = STARTS
    assert read_by_states("reminded") - {"again_at"} <= set(run(visit, "remind"))
    stage.now = ENDS
    assert read_by_states("closed") - {"again_at"} <= set(run(visit, "close"))
    assert run(visit, "archive")["proceed"] is True


@pytest.mark.parametrize("task", ["invite", "remind", "close", "archive"])
def test_a_task_of_a_cancelled_visit_ends_the_execution(stage: Stage, task: str) -> None:
    visit = stage.visit(status="cancelled")
    assert run(visit, task, next=0) == {"proceed": False}


def test_a_replaced_execution_walks_through_what_is_done_already(stage: Stage) -> None:
    visit = stage.visit()
    run(visit, "invite", next=0)
    stage.now = ENDS
    run(visit, "close")
    again = [run(visit, "invite", next=0), run(visit, "remind"), run(visit, "close")]
    assert [output["proceed"] for output in again] == [True, True, True]
    assert again[0]["done"] and again[2]["done"]


def test_the_token_is_kept_until_the_decision(stage: Stage) -> None:
    visit = stage.visit(status="pending", approved_at=None)
    run(visit, "await_approval", token="T")
    (held,) = stage.store.all(TokenItem)
    assert held.token == "T" and stage.executions.resumed == []


def test_a_task_that_cannot_keep_its_token_says_so_instead_of_waiting_for_ever(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chalicelib.domain.errors import Contention

    def busy(*_: Any) -> None:
        raise Contention

    monkeypatch.setattr("chalicelib.services.workflows.await_decision", busy)
    visit = stage.visit(status="pending", approved_at=None)
    with pytest.raises(Contention):
        run(visit, "await_approval", token="T")
    assert stage.executions.failed == ["T"]


def test_reminders_go_out_once_and_not_for_visits_approved_on_the_last_day(stage: Stage) -> None:
    visit = stage.visit()
    run(visit, "invite", next=0)
    stage.now = STARTS - timedelta(hours=24)
    assert run(visit, "remind") == {"proceed": True, "done": False, "again_at": "2026-03-02T00:00:00Z"}
    run(visit, "remind")
    stage.now = STARTS - timedelta(hours=1)
    assert run(visit, "remind") == {"proceed": True, "done": True}
    assert templates(stage) == ["invited", "reminder"]
    told = {(notice.template, notice.person) for notice in stage.store.all(NoticeItem)}
    assert told == {(name, visit.host) for name in ("visit_prepared", "visit_tomorrow", "visit_soon")}


def test_who_keeps_what_is_booked_is_told_to_have_it_ready(stage: Stage) -> None:
    car = Booking("car", STARTS, ENDS, "vehicle", "7座商务车", keeper="P-driver")
    visit = stage.visit(bookings=(car, replace(car, resource="r1", kind="room", name="一号会议室", keeper="")))
    run(visit, "invite", next=0)
    stage.now = STARTS - timedelta(hours=24)
    run(visit, "remind")
    told = [notice.facts["resources"] for notice in stage.store.all(NoticeItem) if notice.person == "P-driver"]
    assert told == ["7座商务车", "7座商务车"]


def test_a_visit_approved_on_the_last_day_is_not_announced_twice(stage: Stage) -> None:
    visit = stage.visit(approved_at=STARTS)
    run(visit, "invite", next=0)
    run(visit, "remind")
    assert templates(stage) == ["invited"]


def templates(stage: Stage) -> list[str]:
    from chalicelib.models.notifications import IntentItem

    assert all(PUBLIC_URL in item.text for item in stage.store.all(IntentItem))
    return sorted(item.template for item in stage.store.all(IntentItem))
