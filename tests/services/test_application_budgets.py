"""Which budgets a row takes from, what they have left for it, and in which currency."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from chalicelib.domain.budgets import Group, Overspent, Share
from chalicelib.domain.errors import Invalid
from chalicelib.models.sites import SiteItem
from chalicelib.models.store import replace as replace_item
from chalicelib.services import approvals, budgets
from tests.services.applications import (
    COST,
    TRAVEL,
    act,
    drafted,
    faults_of,
    kept,
    quoted,
    restated,
    stated,
    submitted,
    task_of,
)
from tests.services.budgets import allot, figures
from tests.services.conftest import SITE, Company


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


def test_a_conversion_that_comes_to_nothing_is_refused(company: Company) -> None:
    quoted(company, "0.001", "KRW")
    with pytest.raises(Invalid) as refused:
        drafted(company, stated("other", price=1, currency="KRW"))
    assert faults_of(refused.value) == {"rows.0.amount": "bad_amount"}
