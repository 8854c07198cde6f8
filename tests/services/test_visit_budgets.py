"""What a visit takes of its department's budget: with its submission, anew with every change, back when it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.budgets import Overspent, Share
from chalicelib.domain.errors import Invalid
from chalicelib.domain.visits import Application
from chalicelib.services import approvals, closing, visits
from tests.services.budgets import MONTH, allot, figures, freezes, movements
from tests.services.conftest import Company
from tests.services.test_reception import kept, meal
from tests.services.test_visits import START, asked, decide, submitted, task_of

DAY = timedelta(days=1)
DINNER = 10_000
"""A head; a meal is for six."""
COST = 60_000


def costing(company: Company, price: int = DINNER, **facts: Any) -> str:
    """A submitted visit with one meal at that price a head."""
    return submitted(company, items=(meal(price=price),), **facts)


def approved(company: Company, **facts: Any) -> str:
    id = costing(company, **facts)
    decide(company, "approve")
    return id


def change(company: Company, id: str, price: int = DINNER, **facts: Any) -> Application:
    application = asked(company, items=(meal(price=price),), **facts)
    visits.change(company.call(company.applicant), id, application)
    return application


def test_a_submission_freezes_the_estimate_and_a_draft_nothing(company: Company) -> None:
    line = allot(company)
    visits.apply(company.call(company.applicant), asked(company, items=(meal(price=DINNER),)))
    assert figures(company, line) == (100_000, 0, 0)
    visit = kept(company, costing(company))
    assert visit.budget == Share(line, COST)
    assert figures(company, line) == (40_000, 60_000, 0)
    assert freezes(company, line) == [("open", COST)]


@pytest.mark.parametrize("action", ["withdraw", "cancel", "reject", "return"])
def test_what_ends_before_its_approval_gives_all_back(company: Company, action: str) -> None:
    line = allot(company)
    id = costing(company)
    if action in ("reject", "return"):
        decide(company, action)
    else:
        visits.act(company.call(company.applicant), id, action)
    assert figures(company, line) == (100_000, 0, 0)
    assert freezes(company, line) == [("released", 0)]


def test_a_visit_that_is_submitted_again_freezes_again(company: Company) -> None:
    line = allot(company)
    id = costing(company)
    visits.act(company.call(company.applicant), id, "withdraw")
    application = asked(company, items=(meal(price=15_000),))
    visits.change(company.call(company.applicant), id, application, submit_now=True)
    assert figures(company, line) == (10_000, 90_000, 0)
    assert [what for what, _ in movements(company, line)] == ["allot", "freeze", "release", "freeze"]


@pytest.mark.parametrize("how", ["cancel", "close"])
def test_an_approved_visit_gives_back_what_is_left_at_its_end(company: Company, how: str) -> None:
    line = allot(company)
    id = approved(company)
    assert figures(company, line) == (40_000, 60_000, 0)
    if how == "cancel":
        visits.act(company.call(company.applicant), id, "cancel")
    else:
        call = company.call(None, now=START + DAY)
        call.permit_public("the workflow")
        assert closing.close(call, kept(company, id)) is None
    assert figures(company, line) == (100_000, 0, 0)


def test_a_hard_line_refuses_and_names_what_it_has(company: Company) -> None:
    line = allot(company, "900")
    costing(company)
    with pytest.raises(Overspent) as refused:
        costing(company)
    assert refused.value.params | {} == {
        "state": "hard",
        "line": line,
        "period": MONTH,
        "available": "30000",
        "asked": "60000",
        "currency": "CNY",
    }
    assert figures(company, line) == (30_000, 60_000, 0)


def test_a_soft_line_asks_for_a_reason_and_flags_the_visit(company: Company) -> None:
    line = allot(company, "500", control="soft")
    with pytest.raises(Invalid) as refused:
        costing(company)
    assert [(each.path, each.code) for each in refused.value.fields] == [("budget_reason", "budget_reason_needed")]
    visit = kept(company, costing(company, budget_reason="Board"))
    assert visit.budget == Share(line, COST, over=10_000)
    assert figures(company, line) == (-10_000, 60_000, 0)
    detail = approvals.load(company.call(company.manager), task_of(company).id)
    assert detail.summary.values["over_budget"] == "yes"


@pytest.mark.parametrize("lines", [[], [{"control": "none"}], [{"category": "travel"}], [{"period": "2026-04"}]])
def test_without_a_line_or_control_everything_passes(company: Company, lines: list[dict[str, str]]) -> None:
    for facts in lines:
        allot(company, 0, **facts)
    share = kept(company, costing(company)).budget
    assert share is None or share.over == 0


def test_a_month_counts_before_its_year(company: Company) -> None:
    year = allot(company, period="2026")
    costing(company)
    month = allot(company)
    costing(company)
    assert figures(company, year) == figures(company, month) == (40_000, 60_000, 0)


def test_what_costs_less_counts_at_once_and_the_difference_is_free(company: Company) -> None:
    line = allot(company)
    id = approved(company)
    change(company, id, 5_000)
    assert figures(company, line) == (70_000, 30_000, 0)


@pytest.mark.parametrize("outcome", ["approve", "reject", "take_back", "cancel"])
def test_a_change_that_waits_holds_what_it_would_take(company: Company, outcome: str) -> None:
    line = allot(company)
    id = approved(company)
    change(company, id, 15_000)
    assert figures(company, line) == (10_000, 90_000, 0)
    if outcome in ("approve", "reject"):
        decide(company, outcome)
    else:
        visits.act(company.call(company.applicant), id, outcome)
    left = {"approve": 90_000, "cancel": 0}.get(outcome, 60_000)
    assert figures(company, line) == (100_000 - left, left, 0)
    budget = kept(company, id).budget
    assert outcome == "cancel" or (budget and budget.amount == left)


def test_a_change_that_the_budget_does_not_bear_changes_nothing(company: Company) -> None:
    line = allot(company)
    id = approved(company)
    with pytest.raises(Overspent) as refused:
        change(company, id, 20_000)
    assert (refused.value.params["available"], refused.value.params["asked"]) == ("40000", "60000")
    assert figures(company, line) == (40_000, 60_000, 0)
    assert kept(company, id).proposal is None


def test_a_visit_that_moves_to_another_month_takes_of_that_one(company: Company) -> None:
    march, april = allot(company), allot(company, period="2026-04")
    id = approved(company)
    later = START + 31 * DAY
    application = asked(
        company,
        starts=later,
        ends=later + timedelta(hours=2),
        items=(meal(price=DINNER, day=later.date()),),
    )
    visits.change(company.call(company.applicant), id, application)
    assert figures(company, march) == (100_000, 0, 0)
    assert figures(company, april) == (40_000, 60_000, 0)


def test_a_change_that_says_nothing_new_keeps_the_flag_and_asks_nothing(company: Company) -> None:
    line = allot(company, "500", control="soft")
    id = approved(company, budget_reason="Board")
    before = kept(company, id)
    change(company, id, budget_reason="Board")
    assert kept(company, id) == before
    change(company, id, budget_reason="Board", purpose="Another")
    assert kept(company, id).budget == Share(line, COST, over=10_000)


def test_a_line_that_was_made_after_the_submission_is_not_in_the_way(company: Company) -> None:
    id = approved(company)
    line = allot(company, 0)
    visits.act(company.call(company.applicant), id, "cancel")
    assert figures(company, line) == (0, 0, 0)


def test_the_months_budget_is_that_of_the_sites_clock(company: Company) -> None:
    """1 April at one o'clock in Shanghai is still 31 March in UTC."""
    april = allot(company, period="2026-04")
    starts = START.replace(month=3, day=31, hour=17)
    item = meal(price=DINNER, day=starts.date() + DAY)
    submitted(company, starts=starts, ends=starts + timedelta(hours=2), items=(item,))
    assert figures(company, april) == (40_000, 60_000, 0)


def test_a_submission_of_a_new_visit_reads_its_budget_with_the_standards(company: Company) -> None:
    allot(company, "5000")
    submitted(company)
    costing(company)
    without = calls_of(company, lambda: submitted(company))
    assert calls_of(company, lambda: costing(company)) == without + 1


def calls_of(company: Company, command: Callable[[], object]) -> int:
    before = company.store.calls
    command()
    return company.store.calls - before
