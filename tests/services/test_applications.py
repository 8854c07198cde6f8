"""Budget applications as use cases: money is frozen with the submission, in several budgets at once, and given back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain.budgets import Share
from chalicelib.domain.errors import Forbidden, IllegalMove, NotFound, Stale
from chalicelib.models.approvals import TaskItem
from chalicelib.models.directory import DepartmentItem
from chalicelib.models.store import replace as replace_item
from chalicelib.services import applications, approvals, budgets
from chalicelib.services.call import AlreadyAnswered
from tests.company import HEAD_OFFICE
from tests.services.applications import (
    COST,
    TRAVEL,
    act,
    approved,
    asked,
    decide,
    drafted,
    kept,
    stated,
    submitted,
    task_of,
)
from tests.services.budgets import allot, figures, freezes, movements
from tests.services.conftest import Company


def test_a_draft_takes_nothing_and_asks_nobody(company: Company) -> None:
    line = allot(company)
    id = drafted(company)
    assert (kept(company, id).status, kept(company, id).total, kept(company, id).shares) == ("draft", COST, ())
    assert figures(company, line) == (100_000, 0, 0)
    assert company.store.all(TaskItem) == []


def test_a_submission_freezes_each_row_in_the_budget_of_its_category_and_month(company: Company) -> None:
    reception, travel = allot(company, "2000"), allot(company, category="travel")
    april = allot(company, period="2026-04")
    later = stated("venue", day=date(2026, 4, 7))
    id = submitted(company, stated(), TRAVEL, stated("gifts"), later)
    assert kept(company, id).shares == (Share(reception, 110_000), Share(travel, 40_000), Share(april, 20_000))
    assert figures(company, reception) == (90_000, 110_000, 0)
    assert figures(company, travel) == (60_000, 40_000, 0)
    assert figures(company, april) == (80_000, 20_000, 0)


def test_rows_of_one_budget_are_frozen_together(company: Company) -> None:
    line = allot(company, "2000")
    id = submitted(company, stated(), stated("gifts"), stated("lodging"))
    assert kept(company, id).shares == (Share(line, 170_000),)
    assert figures(company, line) == (30_000, 170_000, 0)
    assert freezes(company, line) == [("open", 170_000)]
    assert [row.line for row in kept(company, id).rows] == [line] * 3


def test_a_submitted_application_is_in_the_managers_inbox_with_its_sum(company: Company) -> None:
    submitted(company)
    task = task_of(company)
    assert (task.subject, task.applicant_name, task.facts["summary"]) == ("客户考察", "林梅", "600.00 CNY · 2026-03-04")


def test_the_head_of_the_department_that_pays_decides_after_the_manager(company: Company) -> None:
    head = replace(HEAD_OFFICE, head=company.host.id, version=2)
    company.store.write(replace_item(DepartmentItem.from_department(head)))
    id = submitted(company)
    decide(company, "approve")
    assert kept(company, id).status == "pending"
    (task,) = approvals.inbox(company.call(company.host)).items
    approvals.act(company.call(company.host), task.id, approvals.Asked("approve", ""))
    assert kept(company, id).status == "approved"


def test_a_manager_who_heads_the_department_is_asked_once(company: Company) -> None:
    head = replace(HEAD_OFFICE, head=company.manager.id, version=2)
    company.store.write(replace_item(DepartmentItem.from_department(head)))
    assert kept(company, approved(company)).status == "approved"


@pytest.mark.parametrize("action", ["withdraw", "cancel", "reject", "return"])
def test_what_ends_before_its_approval_gives_all_back(company: Company, action: str) -> None:
    lines = [allot(company), allot(company, category="travel")]
    id = submitted(company, stated(), TRAVEL)
    if action in ("reject", "return"):
        decide(company, action)
    else:
        act(company, id, action)
    assert [figures(company, line) for line in lines] == [(100_000, 0, 0)] * 2
    assert [freezes(company, line) for line in lines] == [[("released", 0)]] * 2


def test_what_was_returned_is_frozen_anew_as_it_was_changed(company: Company) -> None:
    reception, travel = allot(company), allot(company, category="travel")
    id = submitted(company, stated(), TRAVEL)
    decide(company, "return")
    changed = asked(stated(price=5_000))
    applications.change(company.call(company.applicant), id, changed, submit_now=True)
    assert figures(company, reception) == (70_000, 30_000, 0)
    assert figures(company, travel) == (100_000, 0, 0)
    assert [what for what, _ in movements(company, reception)] == ["allot", "freeze", "release", "freeze"]


@pytest.mark.parametrize("action", ["finish", "cancel"])
def test_an_approved_application_gives_back_what_it_holds_at_its_end(company: Company, action: str) -> None:
    line = allot(company)
    id = approved(company)
    assert figures(company, line) == (40_000, 60_000, 0)
    act(company, id, action)
    assert figures(company, line) == (100_000, 0, 0)
    assert kept(company, id).ended_at == company.now


def test_finishing_gives_back_only_what_nobody_took_over(company: Company) -> None:
    line = allot(company)
    id = approved(company)
    document, held = applications.left(company.call(company.applicant), id)
    assert held == {line: COST}
    call = company.call(company.applicant)
    call.permit_public("a claim takes a part over")
    call.commit({}, *budgets.moving(call, document, {line: COST}, {line: 25_000}))
    assert applications.left(call, id)[1] == {line: 25_000}
    assert figures(company, line) == (75_000, 25_000, 0)
    call.commit({}, *applications.finishing(call, id))
    assert (kept(company, id).status, figures(company, line)) == ("finished", (100_000, 0, 0))


def test_an_application_that_ends_with_a_claim_leaves_its_freeze_to_it(company: Company) -> None:
    line = allot(company)
    id = approved(company)
    call = company.call(company.applicant)
    call.permit_public("a claim")
    call.commit({}, *applications.ended(call, id))
    assert (kept(company, id).status, figures(company, line)) == ("finished", (40_000, 60_000, 0))


@pytest.mark.parametrize("action", ["finish", "withdraw"])
def test_what_the_status_does_not_allow_changes_nothing(company: Company, action: str) -> None:
    id = drafted(company)
    with pytest.raises(IllegalMove) as refused:
        act(company, id, action)
    assert refused.value.state == "draft"


def test_a_repeated_command_applies_once(company: Company) -> None:
    line = allot(company, "2000")
    first = applications.apply(company.call(company.applicant, key="k"), asked(), submit_now=True)
    with pytest.raises(AlreadyAnswered):
        applications.apply(company.call(company.applicant, key="k"), asked(), submit_now=True)
    assert first["status"] == "pending"
    assert figures(company, line) == (140_000, 60_000, 0)


def test_whoever_saw_an_older_version_is_told(company: Company) -> None:
    id = drafted(company)
    applications.change(company.call(company.applicant), id, asked(purpose="Other"))
    with pytest.raises(Stale):
        applications.change(company.call(company.applicant, expected_version=1), id, asked())


def test_only_the_applicant_changes_it_and_others_do_not_know_of_it(company: Company) -> None:
    id = submitted(company)
    with pytest.raises(Forbidden):
        applications.act(company.call(company.manager), id, "cancel")
    with pytest.raises(NotFound):
        applications.act(company.call(company.stranger), id, "cancel")
    with pytest.raises(NotFound):
        applications.view(company.call(company.stranger), id)
    assert applications.seen(company.call(company.manager), id).id == id


def test_a_submission_takes_two_calls_where_nothing_has_to_be_looked_up_first(company: Company) -> None:
    allot(company, "5000")
    submitted(company)
    assert calls_of(company, lambda: submitted(company, stated(), TRAVEL)) == 2
    assert calls_of(company, lambda: drafted(company)) == 2


def calls_of(company: Company, command: Callable[[], object]) -> int:
    before = company.store.calls
    command()
    return company.store.calls - before
