"""Several documents' freezes in one transaction: taken over, used, given back; and two commands at the same moment."""

from __future__ import annotations

import pytest

from chalicelib.domain.budgets import Document, Hold, Overspent
from chalicelib.domain.errors import Contention, NotFound
from chalicelib.services import budgets
from chalicelib.services.call import Call
from tests.services.budgets import allot, figures, freezes, movements
from tests.services.conftest import Company

VISIT = Document("visit", "V1", "10000001")
CLAIM = Document("claim", "C1", "CL-1")
OTHER = Document("claim", "C2", "CL-2")


@pytest.fixture
def company(on_either_store: Company) -> Company:
    """The same cases on both."""
    return on_either_store


def calling(company: Company) -> Call:
    call = company.call(company.applicant)
    call.permit_public("a document's own transaction")
    return call


def move(company: Company, *holds: Hold) -> None:
    call = calling(company)
    call.commit({}, *budgets.posting(call, holds))


def test_a_claim_takes_over_uses_and_gives_back_on_two_lines_at_once(company: Company) -> None:
    first, second = allot(company), allot(company, period="2026-04")
    move(company, Hold(VISIT, first, frozen=30_000), Hold(VISIT, second, frozen=20_000))
    move(
        company,
        Hold(VISIT, first, handed=10_000),
        Hold(CLAIM, first, frozen=15_000),
        Hold(VISIT, second, handed=20_000),
        Hold(CLAIM, second, frozen=20_000),
    )
    assert figures(company, first) == (65_000, 35_000, 0)
    assert figures(company, second) == (80_000, 20_000, 0)
    move(company, Hold(CLAIM, first, used=15_000), Hold(CLAIM, second, frozen=-5_000, used=15_000))
    assert figures(company, first) == (65_000, 20_000, 15_000)
    assert figures(company, second) == (85_000, 0, 15_000)
    moved = movements(company, second)
    assert moved[:2] == [("allot", 100_000), ("freeze", 20_000)]
    assert sorted(moved[2:]) == [("freeze", 20_000), ("release", 5_000), ("release", 20_000), ("use", 15_000)]
    assert budgets.holdings(company.store, VISIT, [first, second]) == {first: 20_000, second: 0}


def test_two_commands_that_read_the_same_line_cannot_both_take_its_last_money(company: Company) -> None:
    line = allot(company)
    one, two = calling(company), calling(company)
    operations = [
        budgets.posting(one, [Hold(CLAIM, line, frozen=60_000)]),
        budgets.posting(two, [Hold(OTHER, line, frozen=60_000)]),
    ]
    one.commit({}, *operations[0])
    with pytest.raises(Contention):
        two.commit({}, *operations[1])
    with pytest.raises(Overspent):
        move(company, Hold(OTHER, line, frozen=60_000))
    assert figures(company, line) == (40_000, 60_000, 0)


def test_two_claims_cannot_both_take_over_what_a_visit_holds(company: Company) -> None:
    line = allot(company)
    move(company, Hold(VISIT, line, frozen=100_000))
    one, two = calling(company), calling(company)
    operations = [
        budgets.posting(call, [Hold(VISIT, line, handed=60_000), Hold(claim, line, frozen=60_000)])
        for call, claim in ((one, CLAIM), (two, OTHER))
    ]
    one.commit({}, *operations[0])
    with pytest.raises(Contention):
        two.commit({}, *operations[1])
    assert figures(company, line) == (0, 100_000, 0)
    assert sorted(freezes(company, line)) == [("open", 40_000), ("open", 60_000)]


def test_a_line_that_there_is_not_holds_nothing(company: Company) -> None:
    with pytest.raises(NotFound):
        move(company, Hold(CLAIM, "D1.reception.CNY.2026-03", frozen=1))
