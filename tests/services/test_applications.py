"""Budget applications as use cases: money is frozen with the submission, in several budgets at once, and given back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from chalicelib.domain.budgets import Group, Overspent, Share
from chalicelib.domain.errors import Forbidden, IllegalMove, Invalid, NotFound, Stale
from chalicelib.models.approvals import TaskItem
from chalicelib.models.directory import DepartmentItem
from chalicelib.models.sites import SiteItem
from chalicelib.models.store import replace as replace_item
from chalicelib.services import applications, approvals, budgets
from chalicelib.services.applications.visiting import prefilled, seen
from chalicelib.services.call import AlreadyAnswered
from chalicelib.services.registers import Wanted
from tests.company import HEAD_OFFICE
from tests.services import test_visits
from tests.services.applications import (
    COST,
    act,
    approved,
    asked,
    decide,
    drafted,
    kept,
    quoted,
    restated,
    stated,
    submitted,
    task_of,
)
from tests.services.budgets import allot, figures, freezes, movements
from tests.services.conftest import SITE, Company
from tests.services.test_reception import meal

TRAVEL = stated("transport")
"""400.00 of the budget for travel."""


def faults_of(error: Invalid) -> dict[str, str]:
    return {each.path: each.code for each in error.fields}


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


def test_a_hard_line_refuses_and_names_itself_and_what_it_has(company: Company) -> None:
    reception, travel = allot(company), allot(company, "100", category="travel")
    with pytest.raises(Overspent) as refused:
        submitted(company, stated(), TRAVEL)
    assert refused.value.params == {
        "state": "hard",
        "line": travel,
        "period": "2026-03",
        "available": "10000",
        "asked": "40000",
        "currency": "CNY",
        "budget": "差旅 2026-03",
    }
    assert (figures(company, reception), figures(company, travel)) == ((100_000, 0, 0), (10_000, 0, 0))


def test_rows_that_fit_one_by_one_are_refused_where_they_do_not_fit_together(company: Company) -> None:
    line = allot(company, "1000")
    with pytest.raises(Overspent):
        submitted(company, stated(), stated("gifts"))
    assert figures(company, line) == (100_000, 0, 0)


def test_a_soft_line_asks_for_a_reason_and_flags_the_application(company: Company) -> None:
    line = allot(company, "500", control="soft")
    with pytest.raises(Invalid) as refused:
        submitted(company)
    assert faults_of(refused.value) == {"budget_reason": "budget_reason_needed"}
    id = submitted(company, budget_reason="重要客户")
    assert kept(company, id).shares == (Share(line, COST, over=10_000),)
    assert approvals.load(company.call(company.manager), task_of(company).id).summary.values["over_budget"] == "yes"


@pytest.mark.parametrize("lines", [[], [{"control": "none"}], [{"category": "travel"}], [{"period": "2026-04"}]])
def test_without_a_line_or_control_everything_passes(company: Company, lines: list[dict[str, str]]) -> None:
    for facts in lines:
        allot(company, 0, **facts)
    assert kept(company, submitted(company)).over == 0


def test_a_budget_for_a_group_of_categories_pays_for_all_of_them_together(company: Company) -> None:
    title = {"zh": "招待与差旅", "en": "Guests and trips"}
    budgets.set_groups(company.call(company.admin), [Group("guests", title, ("reception", "travel"))])
    line = allot(company, category="group:guests")
    assert kept(company, submitted(company, stated(), TRAVEL)).shares == (Share(line, 100_000),)
    with pytest.raises(Overspent) as refused:
        submitted(company)
    assert refused.value.params["budget"] == "招待与差旅 2026-03"


def test_a_month_pays_before_its_year(company: Company) -> None:
    year = allot(company, period="2026")
    submitted(company)
    month = allot(company)
    submitted(company)
    assert figures(company, year) == figures(company, month) == (40_000, 60_000, 0)


def test_finance_says_from_which_budget_a_category_takes(company: Company) -> None:
    travel = allot(company, category="travel")
    restated(company, "meal", budget="travel")
    submitted(company)
    assert figures(company, travel) == (40_000, 60_000, 0)


@pytest.mark.parametrize("category", ["caviar", "training"])
def test_a_category_that_is_unknown_or_out_of_use_is_refused_at_its_row(company: Company, category: str) -> None:
    restated(company, "training", active=False)
    with pytest.raises(Invalid) as refused:
        drafted(company, stated(), stated(category=category))
    assert faults_of(refused.value) == {"rows.1.category": "category_needed"}


def test_another_currency_is_converted_by_the_rate_of_the_day_which_stays(company: Company) -> None:
    line = allot(company, "10000")
    quoted(company, "7.1234")
    id = submitted(company, stated("other", price=10_001, currency="USD"))
    (row,) = kept(company, id).rows
    assert (row.cost, row.rate, row.rate_day, row.converted) == (10_001, "7.1234", date(2026, 3, 2), 71_241)
    quoted(company, "8")
    assert kept(company, id).rows == (row,)
    assert figures(company, line)[1] == 71_241


def test_a_currency_without_minor_units_is_converted_exactly(company: Company) -> None:
    quoted(company, "0.0457", "JPY")
    id = drafted(company, stated("other", price=15_000, currency="JPY"))
    assert kept(company, id).total == round(Decimal("15000") * Decimal("0.0457") * 100)


def test_a_currency_without_a_rate_is_refused_at_its_row(company: Company) -> None:
    quoted(company, "7", day=date(2026, 2, 10))
    with pytest.raises(Invalid) as refused:
        drafted(company, stated(), stated(currency="USD"), stated(currency="EUR"))
    assert faults_of(refused.value) == {"rows.1.currency": "rate_missing", "rows.2.currency": "rate_missing"}


def test_a_draft_that_is_submitted_later_is_reckoned_by_the_rates_of_that_day(company: Company) -> None:
    quoted(company, "7")
    id = drafted(company, stated("other", price=10_000, currency="USD"))
    company.now += timedelta(days=1)
    quoted(company, "8", day=date(2026, 3, 3))
    act(company, id, "submit")
    assert kept(company, id).total == 80_000


def test_a_draft_whose_days_have_passed_is_not_submitted(company: Company) -> None:
    id = drafted(company)
    company.now += timedelta(days=5)
    with pytest.raises(Invalid) as refused:
        act(company, id, "submit")
    assert faults_of(refused.value) == {"rows.0.day": "in_the_past"}


def test_an_application_is_in_the_currency_of_the_applicants_site(company: Company) -> None:
    tokyo = replace(SITE, currency="JPY", version=2)
    company.store.write(replace_item(SiteItem.from_site(tokyo)))
    line = allot(company, "100000", currency="JPY")
    id = submitted(company, stated(price=5_000))
    assert (kept(company, id).currency, figures(company, line)) == ("JPY", (70_000, 30_000, 0))


def test_more_than_eight_budgets_are_refused_before_anything_is_written(company: Company) -> None:
    rows = [stated(day=date(2026, 3, 4) + timedelta(days=31 * n)) for n in range(9)]
    with pytest.raises(Invalid) as refused:
        submitted(company, *rows)
    assert faults_of(refused.value) == {"rows": "too_many_budgets"}
    lines = [allot(company, "900", period=f"{row.day:%Y-%m}") for row in rows[:8]]
    submitted(company, *rows[:8])
    assert [figures(company, line) for line in lines] == [(30_000, 60_000, 0)] * 8


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


# Visits


def visited(company: Company, **facts: Any) -> str:
    return test_visits.submitted(company, items=(meal(price=10_000),), **facts)


def test_an_application_is_for_a_visit_that_its_applicant_may_see(company: Company) -> None:
    visit = visited(company)
    application = kept(company, drafted(company, visit=visit))
    assert (application.visit, len(application.visit_number)) == (visit, 8)


def test_somebody_elses_visit_is_no_visit(company: Company) -> None:
    visit = visited(company)
    for who, id in ((company.stranger, visit), (company.applicant, "01NOBODYSVISIT")):
        with pytest.raises(Invalid) as refused:
            applications.apply(company.call(who), asked(visit=id))
        assert faults_of(refused.value) == {"visit": "unknown_visit"}


def test_the_form_is_filled_with_what_the_visit_asks_for(company: Company) -> None:
    visit = seen(company.call(company.applicant), visited(company))
    (row,) = prefilled(visit).rows
    assert (row.type, row.heads, row.price, row.customer) == ("meals", 6, 10_000, visit.customer)
    with pytest.raises(NotFound):
        seen(company.call(company.stranger), visit.id)


# Live figures


def test_the_preview_shows_each_budget_as_it_stands_and_what_is_asked_of_it(company: Company) -> None:
    reception, travel = allot(company, "500"), allot(company, category="travel")
    submitted(company, TRAVEL)
    found = applications.preview(company.call(company.applicant), [stated(), TRAVEL, stated(price=None)])
    assert [(room.line.id, room.line.available, room.line.frozen, room.asked, room.short) for room in found.rooms] == [
        (reception, 50_000, 0, 60_000, 10_000),
        (travel, 60_000, 40_000, 40_000, 0),
    ]
    assert [each.converted for each in found.rows] == [60_000, 40_000, None]
    assert (found.total, found.unlimited, found.currency) == (100_000, 0, "CNY")


def test_the_preview_says_what_no_budget_limits_and_which_row_lacks_a_rate(company: Company) -> None:
    rows = [stated(), stated(currency="USD"), stated(category="caviar")]
    found = applications.preview(company.call(company.applicant), rows)
    assert (found.rooms, found.unlimited) == ((), COST)
    assert [each.fault for each in found.rows] == ["", "rate_missing", "category_needed"]


def test_the_preview_says_what_the_visit_has_frozen_already(company: Company) -> None:
    line = allot(company, "2000")
    visit = visited(company)
    (room,) = applications.preview(company.call(company.applicant), [stated()], visit).rooms
    assert (room.line.id, room.held, room.line.available) == (line, 60_000, 140_000)
    (room,) = applications.preview(company.call(company.stranger), [stated()], visit).rooms
    assert room.held == 0


# Reading


def test_the_page_shows_what_is_held_until_it_is_over(company: Company) -> None:
    line = allot(company)
    id = approved(company)
    view = applications.view(company.call(company.applicant), id)
    assert [(each.line.id, each.share.amount, each.held) for each in view.taken] == [(line, COST, COST)]
    assert view.moves == ("finish", "cancel")
    act(company, id, "finish")
    assert applications.view(company.call(company.applicant), id).taken == ()


def listed(company: Company, who: Any, **facts: str) -> list[str]:
    found = applications.register.listed(company.call(who), Wanted("2026-03", **facts))
    return [each.id for each in found.records]


def test_lists_are_mine_my_departments_or_of_all(company: Company) -> None:
    first, second = drafted(company), submitted(company)
    assert listed(company, company.applicant) == [second, first]
    assert listed(company, company.applicant, status="draft") == [first]
    assert listed(company, company.admin, department="all") == [second]
    assert listed(company, company.admin, department=HEAD_OFFICE.id) == [second]
    assert listed(company, company.admin, q=kept(company, first).number) == [first]
    assert listed(company, company.stranger, q=kept(company, first).number) == []
    for department in ("all", HEAD_OFFICE.id, "nowhere"):
        with pytest.raises(Forbidden):
            listed(company, company.applicant, department=department)


def test_claims_find_the_approved_applications_of_a_person(company: Company) -> None:
    id = approved(company)
    finished = approved(company)
    act(company, finished, "finish")
    submitted(company)
    assert [each.id for each in applications.open_of(company.store, company.applicant.id)] == [id]


def test_a_submission_takes_two_calls_where_nothing_has_to_be_looked_up_first(company: Company) -> None:
    allot(company, "5000")
    submitted(company)
    assert calls_of(company, lambda: submitted(company, stated(), TRAVEL)) == 2
    assert calls_of(company, lambda: drafted(company)) == 2


def calls_of(company: Company, command: Callable[[], object]) -> int:
    before = company.store.calls
    command()
    return company.store.calls - before


def test_a_conversion_that_comes_to_nothing_is_refused(company: Company) -> None:
    quoted(company, "0.001", "KRW")
    with pytest.raises(Invalid) as refused:
        drafted(company, stated("other", price=1, currency="KRW"))
    assert faults_of(refused.value) == {"rows.0.amount": "bad_amount"}
