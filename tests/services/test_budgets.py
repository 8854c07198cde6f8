"""Keeping budgets: allotting, adjusting, transfers, months, a year's split and close, who may, and the proof."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chalicelib.domain.budgets import BudgetClosed, Document, Overspent
from chalicelib.domain.directory import Department
from chalicelib.domain.errors import Conflict, Contention, DomainError, Forbidden, IllegalMove, Invalid, NotFound
from chalicelib.models.budgets import LineItem
from chalicelib.models.store import Add
from chalicelib.services import budgets
from chalicelib.services.call import Call
from tests.company import HEAD_OFFICE, add_department
from tests.services.budgets import allot, figures, freezes, line, movements, stated
from tests.services.conftest import Company

VISIT = Document("visit", "V1", "10000001")
BELOW = "01BELOW0000000000000000000"
YEAR = 12


@pytest.fixture
def company(on_either_store: Company) -> Company:
    """The same cases on both."""
    return on_either_store


def finance(company: Company) -> Call:
    return company.call(company.admin)


def hold(company: Company, before: dict[str, int], after: dict[str, int], reason: str = "") -> None:
    call = company.call(company.applicant)
    call.permit_public("a document's own transaction")
    call.commit({}, *budgets.moving(call, VISIT, before, after, reason))


def codes(refused: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    return [(field.path, field.code) for field in refused.value.fields]


def test_a_line_is_allotted_once(company: Company) -> None:
    id = allot(company)
    assert figures(company, id) == (100_000, 0, 0)
    assert movements(company, id) == [("allot", 100_000)]
    with pytest.raises(Conflict, match="budget_exists"):
        allot(company)


@pytest.mark.parametrize(
    ("facts", "amount", "fault"),
    [
        ({"department": "nowhere"}, 1, ("department", "unknown_department")),
        ({}, "1.001", ("amount", "bad_amount")),
        ({}, "-1", ("amount", "bad_amount")),
        ({"currency": "JPY"}, "1.5", ("amount", "bad_amount")),
    ],
)
def test_what_cannot_be_is_named(company: Company, facts: dict[str, str], amount: str, fault: tuple[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        budgets.create(finance(company), stated(**facts), amount)
    assert codes(refused) == [fault]


def test_a_document_takes_changes_and_gives_back(company: Company) -> None:
    id = allot(company)
    hold(company, {}, {id: 30_000})
    assert figures(company, id) == (70_000, 30_000, 0)
    hold(company, {id: 30_000}, {id: 45_000})
    hold(company, {id: 45_000}, {id: 45_000})
    assert figures(company, id) == (55_000, 45_000, 0)
    hold(company, {id: 45_000}, {})
    assert figures(company, id) == (100_000, 0, 0)
    hold(company, {}, {id: 1})
    assert figures(company, id) == (99_999, 1, 0)
    assert freezes(company, id) == [("open", 1)]
    assert [what for what, _ in movements(company, id)] == ["allot", "freeze", "freeze", "release", "freeze"]


def test_nothing_is_taken_that_is_not_there(company: Company) -> None:
    id, other = allot(company), allot(company, period="2026-04")
    with pytest.raises(Overspent) as refused:
        hold(company, {}, {other: 5, id: 100_001})
    assert refused.value.params["available"] == "100000"
    assert figures(company, id) == figures(company, other) == (100_000, 0, 0)
    with pytest.raises(NotFound):
        hold(company, {}, {"nowhere": 1})


def test_what_was_decided_on_older_figures_is_not_written(company: Company) -> None:
    """Two people read the same line; there is enough for one of them."""
    id = allot(company)
    call = company.call(company.applicant)
    call.permit_public("a document's own transaction")
    late = budgets.moving(call, Document("visit", "V2"), {}, {id: 60_000})
    hold(company, {}, {id: 60_000})
    with pytest.raises(Contention):
        call.commit({}, *late)
    assert figures(company, id) == (40_000, 60_000, 0)


def test_there_may_be_enough_for_both_of_them(company: Company) -> None:
    id = allot(company)
    call = company.call(company.applicant)
    call.permit_public("a document's own transaction")
    late = budgets.moving(call, Document("visit", "V2"), {}, {id: 40_000})
    hold(company, {}, {id: 60_000})
    call.commit({}, *late)
    assert figures(company, id) == (0, 100_000, 0)


def test_a_line_that_was_closed_or_changed_its_control_meanwhile_refuses(company: Company) -> None:
    id = allot(company, control="soft")
    call = company.call(company.applicant)
    call.permit_public("a document's own transaction")
    late = budgets.moving(call, VISIT, {}, {id: 200_000}, "Needed")
    budgets.set_terms(finance(company), id, "hard", carries=False, borrows=False)
    with pytest.raises(Contention):
        call.commit({}, *late)
    late = budgets.moving(call, VISIT, {}, {id: 1})
    budgets.close(finance(company), id)
    with pytest.raises(Contention):
        call.commit({}, *late)
    with pytest.raises(BudgetClosed):
        hold(company, {}, {id: 1})


def test_adjustments_are_signed_and_have_a_reason(company: Company) -> None:
    id = allot(company)
    budgets.adjust(finance(company), id, "-250.50", "Cut")
    assert line(company, id).adjusted == -25_050
    assert figures(company, id) == (74_950, 0, 0)
    with pytest.raises(Invalid):
        budgets.adjust(finance(company), id, "1", " ")
    with pytest.raises(Overspent):
        budgets.adjust(finance(company), id, -74_951, "Cut")


def test_a_transfer_leaves_one_line_and_reaches_the_other(company: Company) -> None:
    id, other = allot(company), allot(company, 0, category="travel")
    budgets.transfer(finance(company), id, other, "400", "Fair")
    assert (figures(company, id)[0], figures(company, other)[0]) == (60_000, 40_000)
    with pytest.raises(Invalid) as refused:
        budgets.transfer(finance(company), id, "nowhere", "1", "Fair")
    assert codes(refused) == [("to", "unknown_budget")]


def test_months_carry_over_and_borrow(company: Company) -> None:
    march, april = allot(company, carries=True, borrows=True), allot(company, period="2026-04")
    budgets.borrow(finance(company), march, "100", "Fair")
    assert (figures(company, march)[0], figures(company, april)[0]) == (110_000, 90_000)
    budgets.carry(finance(company), march)
    assert (figures(company, march)[0], figures(company, april)[0]) == (0, 200_000)
    with pytest.raises(IllegalMove):
        budgets.carry(finance(company), march)
    with pytest.raises(Invalid) as refused:
        budgets.borrow(finance(company), april, "1", "Fair")
    assert codes(refused) == [("period", "unknown_budget")]


def test_hard_control_waits_until_nothing_is_exceeded(company: Company) -> None:
    id = allot(company, control="soft")
    hold(company, {}, {id: 100_001}, "Needed")
    with pytest.raises(Overspent):
        budgets.set_terms(finance(company), id, "hard", carries=False, borrows=False)
    hold(company, {id: 100_001}, {id: 100_000})
    budgets.set_terms(finance(company), id, "hard", carries=True, borrows=False)
    assert (line(company, id).control, line(company, id).carries) == ("hard", True)


def test_a_year_is_split_and_closed(company: Company) -> None:
    call = finance(company)
    budgets.create_year(call, stated("2026", control="soft"), "1000", "weights", ["2", *["1"] * (YEAR - 2), ""])
    found = budgets.listing(call, "2026").lines
    assert len(found) == YEAR
    assert sum(each.allotted for each in found) == 100_000
    assert (found[0].allotted, found[-1].allotted) == (16_670, 0)
    budgets.close_year(call, found[3].id)
    assert {each.status for each in budgets.listing(call, "2026").lines} == {"closed"}
    with pytest.raises(IllegalMove):
        budgets.close(call, found[3].id)


def test_a_list_has_a_month_with_its_year_of_a_department_with_all_below(company: Company) -> None:
    add_department(company.store, Department(BELOW, "研发", HEAD_OFFICE.id, None, "2", (HEAD_OFFICE.id, BELOW)))
    own, year = allot(company), allot(company, "5", "2026", category="travel")
    below = allot(company, "70", department=BELOW)
    allot(company, period="2026-04")
    call = finance(company)
    assert {each.id for each in budgets.listing(call, "2026-03").lines} == {own, year, below}
    assert {each.id for each in budgets.listing(call, "2026-03", category="travel").lines} == {year}
    of = budgets.listing(call, "2026-03", BELOW)
    assert [each.id for each in of.lines] == [below]
    rolled = budgets.listing(call, "2026-03", HEAD_OFFICE.id).departments
    assert {id: sums["CNY"]["available"] for id, sums in rolled.items()} == {HEAD_OFFICE.id: 107_500, BELOW: 7_000}


def test_the_page_of_a_line_shows_who_holds_what(company: Company) -> None:
    id = allot(company)
    hold(company, {}, {id: 30_000})
    found = budgets.account(finance(company), id)
    assert [(each.document, each.held) for each in found.freezes] == [("V1", 30_000)]
    assert [each.what for each in found.movements] == ["freeze", "allot"]
    with pytest.raises(NotFound):
        budgets.account(finance(company), "nowhere")


COMMANDS: tuple[Callable[[Call, str], object], ...] = (
    lambda call, id: budgets.create(call, stated("2026-05"), 1),
    lambda call, id: budgets.create_year(call, stated("2027"), 1, "evenly", []),
    lambda call, id: budgets.adjust(call, id, 1, "Why"),
    lambda call, id: budgets.transfer(call, id, id, 1, "Why"),
    lambda call, id: budgets.carry(call, id),
    lambda call, id: budgets.borrow(call, id, 1, "Why"),
    lambda call, id: budgets.set_terms(call, id, "none", carries=False, borrows=False),
    lambda call, id: budgets.close(call, id),
    lambda call, id: budgets.close_year(call, id),
    lambda call, id: budgets.listing(call, "2026-03"),
)


@pytest.mark.parametrize("command", COMMANDS)
def test_who_does_not_keep_budgets_neither_sees_nor_moves_them(
    company: Company, command: Callable[[Call, str], object]
) -> None:
    id = allot(company)
    with pytest.raises(Forbidden):
        command(company.call(company.applicant), id)
    with pytest.raises(NotFound):
        budgets.account(company.call(company.applicant), id)


def test_a_head_sees_their_departments_and_those_below_and_moves_nothing(company: Company) -> None:
    add_department(company.store, Department(BELOW, "研发", HEAD_OFFICE.id, None, "2", (HEAD_OFFICE.id, BELOW)))
    own, below = allot(company), allot(company, department=BELOW)
    head = company.call(company.applicant, heads=frozenset({BELOW}))
    assert [each.id for each in budgets.listing(head, "2026-03").lines] == [below]
    assert [each.id for each in budgets.departments(head)] == [BELOW]
    with pytest.raises(NotFound):
        budgets.account(head, own)
    refusals: list[DomainError] = []
    for command in COMMANDS[:-1]:
        with pytest.raises(Forbidden) as refused:
            command(head, below)
        refusals.append(refused.value)
    assert len(refusals) == len(COMMANDS) - 1


def test_the_proof_finds_a_figure_that_somebody_touched(company: Company) -> None:
    id = allot(company)
    assert [*budgets.every_line(company.store)] == [id]
    company.store.write(Add(LineItem.at(id), {"available": 1}))
    assert {each.equation for each in budgets.violations_of(company.store, id)} == {
        "allotted + adjusted = available + frozen + used",
        "available = posted",
    }
