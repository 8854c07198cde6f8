"""Tasks that nobody decides in time: what the schedule does with them, by office hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.services import approvals
from chalicelib.services.call import Call
from tests.services.conftest import Company
from tests.services.process_examples import published, started, step

MANAGER = {"kind": "manager", "levels": 1}


def rule(company: Company) -> Call:
    """The schedule's own call."""
    call = replace(company.call(None), actor="system:reconcile")
    call.permit_public("a test")
    return call


def pending(company: Company, on_timeout: str, **facts: Any) -> str:
    published(company, steps=[step("manager", MANAGER, hours=8, on_timeout=on_timeout, **facts)])
    return started(company)


def boxes(company: Company) -> dict[str, int]:
    people = {"manager": company.manager, "admin": company.admin}
    return {name: len(approvals.inbox(company.call(person)).items) for name, person in people.items()}


def status(company: Company, request_id: str) -> str:
    found = approvals.history(company.call(company.admin), f"request-{request_id}")
    assert found is not None
    return str(found[0].status)


def test_nothing_happens_before_the_office_hours_are_over(company: Company) -> None:
    request = pending(company, "reject")
    company.now += timedelta(hours=8)  # 17:30 in Shanghai: a lunch break and an evening are still to come
    assert approvals.time_out_due(rule(company)) == 0
    assert status(company, request) == "pending"


@pytest.mark.parametrize("on_timeout, becomes", [("approve", "approved"), ("reject", "rejected")])
def test_a_rule_decides_when_they_are_over_and_only_once(company: Company, on_timeout: str, becomes: str) -> None:
    request = pending(company, on_timeout)
    company.now += timedelta(days=2)
    assert approvals.time_out_due(rule(company)) == 1
    assert status(company, request) == becomes
    assert approvals.time_out_due(rule(company)) == 0
    assert boxes(company) == {"manager": 0, "admin": 0}


def test_escalation_gives_the_task_to_the_next_manager(company: Company) -> None:
    pending(company, "escalate")
    company.now += timedelta(days=2)
    assert approvals.time_out_due(rule(company)) == 1
    assert boxes(company) == {"manager": 0, "admin": 1}


def test_a_reminder_leaves_the_task_and_sets_the_next_limit(company: Company) -> None:
    request = pending(company, "remind")
    company.now += timedelta(days=2)
    assert approvals.time_out_due(rule(company)) == 1
    assert boxes(company) == {"manager": 1, "admin": 0}
    assert approvals.time_out_due(rule(company)) == 0
    assert status(company, request) == "pending"
