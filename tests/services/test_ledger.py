"""The ledger: who sees which visits, which filters bring them, and what the figures say."""

from __future__ import annotations

import base64
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.domain.directory import Department, Person
from chalicelib.domain.errors import Forbidden, Invalid, Malformed
from chalicelib.domain.ledger import Filters, check, matches, totals_of, usual_period
from chalicelib.domain.standards import Estimate
from chalicelib.domain.statistics import Cell, of_visit
from chalicelib.domain.visits import Visit
from chalicelib.models.sites import SiteItem
from chalicelib.models.statistics import SHARDS, CellItem, shard_of
from chalicelib.models.store import Add, create
from chalicelib.models.visits import VisitItem, list_order
from chalicelib.services import directory, ledger, sites, statistics
from tests.company import HEAD_OFFICE, add_department
from tests.reception import a_visit
from tests.services.conftest import SITE, Company

SALES = Department("01SALES0000000000000000000", "销售部", HEAD_OFFICE.id, None, "2000", (*HEAD_OFFICE.path, "SALES"))
YEAR = Filters("2026-01", "2026-12")


@pytest.fixture
def sales(company: Company) -> Department:
    """A department below head office, headed by the manager."""
    sales = replace(SALES, head=company.manager.id, path=(*HEAD_OFFICE.path, SALES.id))
    add_department(company.store, sales)
    return sales


_numbers = iter(range(1, 10_000))


def add(company: Company, month: int = 3, department: Department = HEAD_OFFICE, **facts: Any) -> Visit:
    """Keep a visit of that month, counted as the stream would count it."""
    number = next(_numbers)
    starts = datetime(2026, month, 2, 9, number % 60, tzinfo=UTC)
    defaults: dict[str, Any] = {
        "id": f"01LEDGER{number:018}",
        "number": str(number),
        "starts": starts,
        "ends": starts.replace(hour=12),
        "department": department.id,
        "department_path": department.path,
        "round": 1,
        "approved_at": starts,
    }
    visit = a_visit(**defaults | facts)
    company.store.write(create(VisitItem.from_visit(visit)))
    for cell, figures in of_visit(visit):
        company.store.write(Add(CellItem.at(cell, 0), {str(name): n for name, n in figures.items() if n}))
    return visit


def listed(company: Company, who: Person, filters: Filters = YEAR, limit: int = 50) -> list[str]:
    ids, cursor = [], None
    while True:
        page = ledger.visits(call_of(company, who), filters, cursor, limit)
        ids += [visit.id for visit in page.visits]
        if page.next is None:
            return ids
        cursor = page.next


def call_of(company: Company, who: Person) -> Any:
    return company.call(who, heads=directory.headed_by(company.store, who, company.now))


def test_reception_sees_the_whole_company_the_latest_month_first(company: Company, sales: Department) -> None:
    old, new, other = add(company, 2), add(company, 5), add(company, 3, sales)
    assert listed(company, company.reception) == [new.id, other.id, old.id]


def test_a_head_sees_their_department_and_all_below_and_nothing_else(company: Company, sales: Department) -> None:
    add(company)
    own = add(company, department=sales)
    assert listed(company, company.manager) == [own.id]
    assert listed(company, company.manager, replace(YEAR, department=sales.id)) == [own.id]
    with pytest.raises(Forbidden):
        listed(company, company.manager, replace(YEAR, department=HEAD_OFFICE.id))


def test_a_visit_from_before_its_department_moved_is_not_shown_to_the_new_head(
    company: Company, sales: Department
) -> None:
    moved = add(company, department=replace(sales, path=("elsewhere",)))
    assert listed(company, company.manager) == []
    assert listed(company, company.reception) == [moved.id]


def test_who_heads_nothing_has_no_ledger(company: Company) -> None:
    for who in (company.applicant, company.guard):
        with pytest.raises(Forbidden):
            ledger.visits(call_of(company, who), YEAR, None, 50)
        with pytest.raises(Forbidden):
            ledger.summary(call_of(company, who), YEAR)


def test_a_department_includes_those_below(company: Company, sales: Department) -> None:
    both = {add(company).id, add(company, department=sales).id}
    assert set(listed(company, company.reception, replace(YEAR, department=HEAD_OFFICE.id))) == both


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
def test_pages_of_any_size_show_every_visit_once(company: Company, sales: Department, limit: int) -> None:
    visits = {add(company, 1 + n % 5, sales if n % 3 else HEAD_OFFICE).id for n in range(12)}
    for filters in (YEAR, replace(YEAR, department=HEAD_OFFICE.id), replace(YEAR, site="hq")):
        shown = listed(company, company.reception, filters, limit)
        assert len(shown) == 12 and set(shown) == visits


def add_site(company: Company, id: str) -> None:
    company.store.write(create(SiteItem.from_site(replace(SITE, id=id))))
    sites.forget()


def test_several_sites_are_one_list_in_the_order_of_time(company: Company) -> None:
    add_site(company, "works")
    visits = [add(company, 1 + n % 7, site="works" if n % 3 else "hq") for n in range(15)]
    expected = [visit.id for visit in sorted(visits, key=list_order, reverse=True)]
    for limit in (1, 2, 4, 50):
        assert listed(company, company.reception, limit=limit) == expected


def test_a_head_of_many_departments_sees_the_same_by_way_of_the_sites(company: Company, sales: Department) -> None:
    add(company)
    below = [replace(sales, id=f"01BELOW{n:019}", head=None, path=(*sales.path, f"01BELOW{n:019}")) for n in range(12)]
    for department in below:
        add_department(company.store, department)
    visits = {add(company, 1 + n, department).id for n, department in enumerate(below)}
    for limit in (1, 5, 50):
        shown = listed(company, company.manager, limit=limit)
        assert len(shown) == 12 and set(shown) == visits


def test_a_page_and_its_figures_cost_one_query_each_however_long_the_period(company: Company) -> None:
    for month in (1, 12):
        add(company, month)
    full = [CellItem.at(Cell("company", month), shard) for month in YEAR.months for shard in range(SHARDS)]
    company.store.write(*(Add(key, {"visitors": 1}) for key in full))
    call = call_of(company, company.reception)
    ledger.visits(call, YEAR, None, 50)
    before = company.store.calls
    assert len(ledger.visits(call, YEAR, None, 50).visits) == 2
    assert ledger.summary(call, YEAR) is not None
    assert company.store.calls - before == 2


def test_filters_choose_by_host_status_purpose_and_site(company: Company) -> None:
    wanted = add(company, host="P-x", status="closed", purpose="Annual AUDIT of books")
    add(company)
    for facts in ({"host": "P-x"}, {"status": "closed"}, {"purpose": "audit"}, {"host": "P-x", "site": "hq"}):
        assert listed(company, company.reception, replace(YEAR, **facts)) == [wanted.id]
    assert listed(company, company.reception, replace(YEAR, site="elsewhere")) == []


def test_drafts_are_nobodys_but_their_applicants(company: Company) -> None:
    add(company, status="draft", round=0)
    assert listed(company, company.reception) == []


def test_a_foreign_cursor_is_malformed(company: Company) -> None:
    of_another_period = base64.urlsafe_b64encode(list_order(a_visit()).replace("2026", "2025").encode()).decode()
    for cursor in ("x", "e30", "WzEsMiwzXQ", "!!!", of_another_period):
        with pytest.raises(Malformed):
            ledger.visits(call_of(company, company.reception), YEAR, cursor, 10)


def test_a_period_is_at_most_thirteen_months_and_the_right_way_round() -> None:
    check(Filters("2025-12", "2026-12"))
    for first, last in (("2025-11", "2026-12"), ("2026-02", "2026-01")):
        with pytest.raises(Invalid):
            check(Filters(first, last))


def test_the_usual_period_ends_with_the_next_month() -> None:
    assert usual_period(datetime(2026, 3, 2, tzinfo=UTC)) == ("2025-04", "2026-04")
    assert usual_period(datetime(2026, 12, 2, tzinfo=UTC)) == ("2026-01", "2027-01")


def test_figures_are_those_of_the_rows(company: Company, sales: Department) -> None:
    for month in (1, 1, 2):
        add(company, month, sales, visitors=2)
    add(company, 2)
    for who, filters in ((company.reception, YEAR), (company.manager, YEAR)):
        summary = ledger.summary(call_of(company, who), filters)
        assert summary is not None
        assert summary.totals.visits == len(listed(company, who, filters))
    by_month = {month: (each.visits, each.visitors) for month, each in summary.months if each.visits}
    assert by_month == {"2026-01": (2, 4), "2026-02": (1, 2)}


def test_figures_are_left_out_where_none_are_kept(company: Company, sales: Department) -> None:
    call = call_of(company, company.reception)
    assert ledger.summary(call, replace(YEAR, department=sales.id, site="hq")) is None
    assert ledger.summary(call, replace(YEAR, status="closed")) is None


def test_a_summary_costs_its_cells_however_many_visits_there_are(company: Company) -> None:
    def cost() -> int:
        call = call_of(company, company.reception)
        before = company.store.calls
        ledger.summary(call, YEAR)
        return company.store.calls - before

    cost()
    few = cost()
    for _ in range(200):
        add(company)
    assert cost() == few


def test_shares_and_the_average_stay() -> None:
    figures: Counter[Any] = Counter(
        submitted=4, visitors=8, arrivals=6, no_shows=2, on_time=3, stays=5, stay_minutes=300
    )
    totals = totals_of(figures)
    assert (totals.on_time_share, totals.no_show_share, totals.average_stay) == (50, 25, 60)


def test_every_filter_is_needed_to_match() -> None:
    visit = a_visit(round=1)
    filters = Filters("2026-01", "2026-12", "D-sales", "hq", "P-host", "approved", "contract")
    assert matches(visit, filters)
    for name in ("department", "site", "host", "status", "purpose"):
        assert not matches(visit, replace(filters, **{name: "other"}))
    assert Cell("company", "2026-03") in dict(of_visit(visit))


def test_costs_are_told_by_visit_visitor_type_and_month(company: Company) -> None:
    approved = {"approved_at": company.now, "visitors": 4}
    add(company, 2, estimate=Estimate("CNY", 40000, {"meal": 30000, "gift": 10000}), **approved)
    add(company, 3, estimate=Estimate("CNY", 20000, {"meal": 20000}), **approved)
    add(company, 3, estimate=Estimate("USD", 900, {"gift": 900}), **approved)
    add(company, 3, **approved)
    summary = ledger.summary(call_of(company, company.reception), YEAR)
    assert summary is not None
    (yuan, by_month), (dollars, _) = summary.costs
    assert (yuan.currency, yuan.total, yuan.per_visit, yuan.per_visitor) == ("CNY", 60000, 30000, 7500)
    assert yuan.by_type == {"meal": 50000, "gift": 10000}
    assert dict(zip([month for month, _ in summary.months], by_month, strict=True))["2026-02"] == 40000
    assert (dollars.currency, dollars.total) == ("USD", 900)
    assert summary.totals.visits == 4


def test_customers_of_a_month_are_listed_by_how_often_they_came(company: Company) -> None:
    for customer in ("远航", "海星", "海星", ""):
        add(company, 3, customer=customer, visitors=2, approved_at=company.now)
    add(company, 4, customer="远航", approved_at=company.now)
    rows = ledger.frequencies(call_of(company, company.reception), "2026-03")
    assert [(each.customer, each.totals.visits, each.totals.visitors) for each in rows] == [
        ("海星", 2, 4),
        ("远航", 1, 2),
    ]
    wanted = replace(YEAR, customer="海星", first="2026-03", last="2026-03")
    assert len(listed(company, company.reception, wanted)) == rows[0].totals.visits
    with pytest.raises(Forbidden):
        ledger.frequencies(call_of(company, company.manager), "2026-03")


def test_counting_anew_covers_costs_and_customers(company: Company) -> None:
    visit = add(company, 3, customer="远航", approved_at=company.now, estimate=Estimate("CNY", 500, {"gift": 500}))
    departments = [*visit.department_path, visit.department]
    assert list(statistics.differences(company.store, ["hq"], departments, ["2026-03"])) == []
    shard = shard_of(visit.id)
    company.store.write(
        Add(CellItem.at(Cell("company", "2026-03", "CNY"), shard), {"cost": 7}),
        Add(CellItem.at(Cell("customer#远航", "2026-03"), shard), {"visitors": 1}),
        Add(CellItem.at(Cell("customer#nobody", "2026-03"), shard), {"submitted": 1}),
    )
    found = statistics.differences(company.store, ["hq"], departments, ["2026-03"])
    assert [(each.cell.scope, each.measure, each.kept - each.counted) for each in found] == [
        ("company", "cost", 7),
        ("customer#nobody", "submitted", 1),
        ("customer#远航", "visitors", 1),
    ]
