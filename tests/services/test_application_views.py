"""An application for a visit, what its form is filled with and foresees, its page, and the lists."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.domain.errors import Forbidden, Invalid, NotFound
from chalicelib.services import applications
from chalicelib.services.applications.visiting import prefilled, seen
from chalicelib.services.registers import Wanted
from tests.company import HEAD_OFFICE
from tests.services import test_visits
from tests.services.applications import (
    COST,
    TRAVEL,
    act,
    approved,
    asked,
    drafted,
    faults_of,
    kept,
    stated,
    submitted,
)
from tests.services.budgets import allot
from tests.services.conftest import Company
from tests.services.test_reception import meal

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
