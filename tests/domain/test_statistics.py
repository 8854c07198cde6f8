"""Figures as sums over records: a change counts as the difference it makes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.passes import enter, leave, miss, pass_for
from chalicelib.domain.standards import NO_ESTIMATE, Estimate
from chalicelib.domain.statistics import (
    Cell,
    cells_of,
    difference,
    is_on_time,
    months_between,
    of_visit,
    pass_figures,
    share,
    visit_figures,
)
from tests.reception import STARTS, a_guest, a_visit

VISIT = a_visit(round=1, approved_at=STARTS - timedelta(days=1), visitors=3)
PASS = pass_for(VISIT, a_guest(VISIT), STARTS.date(), VISIT.occurrences[0])


def test_a_visit_counts_for_company_site_and_every_department_above() -> None:
    scopes = {cell.scope for cell in cells_of(VISIT)}
    assert scopes == {"company", "site#hq", "department#D-company", "department#D-sales"}
    assert {cell.month for cell in cells_of(VISIT)} == {"2026-03"}


def test_a_draft_counts_nothing() -> None:
    draft = a_visit(status="draft", round=0)
    assert not any(visit_figures(draft).values())


def test_a_cancelled_visit_takes_its_visitors_back() -> None:
    figures = visit_figures(replace(VISIT, status="cancelled"))
    assert (figures["approved"], figures["cancelled"], figures["visitors"]) == (1, 1, 0)


@pytest.mark.parametrize(
    ("late", "expected"),
    [(-60, True), (0, True), (15, True), (16, False), (300, False), (24 * 60 + 10, True), (24 * 60 + 40, False)],
)
def test_on_time_is_within_a_quarter_of_an_hour_of_the_days_start(late: int, expected: bool) -> None:
    assert is_on_time(enter(PASS, STARTS + timedelta(minutes=late), "east")) is expected


def test_early_on_a_later_day_is_on_time() -> None:
    assert is_on_time(enter(PASS, STARTS + timedelta(days=1, minutes=-30), "east"))


def test_a_stay_is_from_the_first_entry_to_the_last_exit() -> None:
    held = enter(PASS, STARTS, "east")
    held = leave(held, STARTS + timedelta(minutes=30), "east")
    held = enter(held, STARTS + timedelta(minutes=60), "east")
    assert pass_figures(held)["stay_minutes"] == 0
    held = leave(held, STARTS + timedelta(minutes=90), "east")
    figures = pass_figures(held)
    assert (figures["check_ins"], figures["arrivals"], figures["stays"], figures["stay_minutes"]) == (2, 1, 1, 90)


def test_who_did_not_come_is_a_no_show() -> None:
    assert pass_figures(miss(PASS))["no_shows"] == 1


STATES = [
    None,
    a_visit(status="draft", round=0),
    a_visit(status="pending", round=1),
    a_visit(status="returned", round=1),
    a_visit(status="pending", round=2, site="other", starts=STARTS + timedelta(days=40)),
    VISIT,
    replace(VISIT, status="cancelled"),
]


@given(st.permutations(range(len(STATES) - 1)))
def test_the_sum_over_changes_in_any_order_is_the_last_state(order: list[int]) -> None:
    sums: dict[Cell, Counter[Any]] = {}
    for number in order:
        for cell, amounts in difference(of_visit(STATES[number]), of_visit(STATES[number + 1])).items():
            sums.setdefault(cell, Counter()).update(amounts)
    kept = {cell: +amounts for cell, amounts in sums.items() if any(amounts.values())}
    assert kept == {cell: +Counter(dict(figures)) for cell, figures in of_visit(STATES[-1])}


def test_a_change_that_moves_no_figure_is_none() -> None:
    assert difference(of_visit(VISIT), of_visit(replace(VISIT, purpose="something else"))) == {}


def test_months_run_over_the_years_end() -> None:
    assert months_between("2025-11", "2026-02") == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert months_between("2026-02", "2026-01") == []


def test_a_share_of_nothing_is_nothing() -> None:
    assert (share(1, 0), share(1, 3), share(2, 3)) == (0, 33, 67)


def test_what_a_visit_costs_counts_in_its_currency_for_all_its_cells_and_its_customer() -> None:
    estimate = Estimate("CNY", 30000, {"meal": 20000, "gift": 10000})
    visit = replace(VISIT, estimate=estimate, customer=" 远航  科技 ")
    costs = {cell.scope: figures for cell, figures in of_visit(visit) if cell.currency == "CNY"}
    assert set(costs) == {"company", "site#hq", "department#D-company", "department#D-sales", "customer#远航 科技"}
    expected = {"costed": 1, "costed_visitors": 3, "cost": 30000, "cost_meal": 20000, "cost_gift": 10000}
    assert costs["company"] == expected


@pytest.mark.parametrize("facts", [{"approved_at": None}, {"status": "cancelled"}, {"estimate": NO_ESTIMATE}])
def test_what_was_never_approved_or_does_not_stand_costs_nothing(facts: dict[str, Any]) -> None:
    visit = replace(VISIT, **({"estimate": Estimate("CNY", 30000, {"meal": 30000})} | facts))
    assert [cell for cell, _ in of_visit(visit) if cell.currency] == []
