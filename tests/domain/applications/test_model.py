"""What may happen to an application, and what it takes of budgets."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.applications import (
    BUDGETS_LIMIT,
    HOLDING,
    MOVES,
    STATUSES,
    Payer,
    Row,
    Status,
    by_line,
    check_payers,
    facts_of,
    move,
    moves_from,
    number_of,
    payers,
    taken,
)
from chalicelib.domain.budgets import Share
from chalicelib.domain.errors import IllegalMove, Invalid
from tests.company import NOW
from tests.domain.applications.examples import application, row

BUDGET_OF = {"meal": "reception", "lodging": "reception", "long_transport": "travel"}


@pytest.mark.parametrize(("status", "name"), [*product(STATUSES, sorted({name for _, name in MOVES}))])
def test_only_the_table_says_what_may_happen(status: Status, name: str) -> None:
    before = application(status=status)
    if (status, name) in MOVES:
        after = move(before, name, NOW)  # type: ignore[arg-type]
        assert (after.status, after.version) == (MOVES[status, name], 2)  # type: ignore[index]
        assert name in moves_from(status)
    else:
        with pytest.raises(IllegalMove) as refused:
            move(before, name, NOW)  # type: ignore[arg-type]
        assert refused.value.state == status


def test_what_is_over_stays_over() -> None:
    assert [status for status in STATUSES if not moves_from(status)] == ["rejected", "cancelled", "finished"]


def test_money_is_held_while_it_waits_and_until_it_is_finished() -> None:
    assert {"pending", "approved"} == HOLDING


def test_a_second_submission_keeps_the_first_ones_time() -> None:
    first = move(application(), "submit", NOW)
    again = move(move(first, "return", NOW), "submit", NOW.replace(year=2027))
    assert (again.round, again.submitted_at) == (2, NOW)


def test_the_end_has_its_time() -> None:
    approved = move(move(application(), "submit", NOW), "approve", NOW)
    assert (approved.approved_at, approved.ended_at) == (NOW, None)
    assert move(approved, "finish", NOW).ended_at == NOW


def test_the_number_is_short_and_begins_with_its_kind() -> None:
    number = number_of("01KJPX9W3TZ4QZ6T1N7V0F2B5W")
    assert (number[:2], len(number), number[2:].isdecimal()) == ("BA", 10, True)


def test_conditions_read_the_sum_and_whether_a_budget_is_exceeded() -> None:
    over = application(shares=(Share("D.reception.CNY.2026-03", 60_000, over=1),))
    assert (facts_of(over)["total"], facts_of(over)["over_budget"]) == (60_000, "yes")
    assert facts_of(application())["over_budget"] == "no"
    assert facts_of(over)["budget_department"] == ("T", "D")


def test_rows_of_one_budget_category_and_month_are_paid_together() -> None:
    rows = [
        row(category="meal"),
        row("lodging", category="lodging"),
        row("transport", category="long_transport"),
        row(category="meal", day=date(2026, 4, 1)),
    ]
    assert payers(rows, BUDGET_OF) == [
        Payer("reception", "2026-03"),
        Payer("travel", "2026-03"),
        Payer("reception", "2026-04"),
    ]


def test_more_budgets_than_one_transaction_takes_are_refused() -> None:
    months = [Payer("reception", f"2026-{month:02}") for month in range(1, 10)]
    check_payers(months[:BUDGETS_LIMIT])
    with pytest.raises(Invalid) as refused:
        check_payers(months)
    assert [(each.path, each.code) for each in refused.value.fields] == [("rows", "too_many_budgets")]


@given(st.lists(st.tuples(st.integers(1, 10**12), st.sampled_from(["", "a", "b", "c"])), max_size=30))
def test_lines_give_exactly_what_their_rows_cost_together(parts: list[tuple[int, str]]) -> None:
    rows: list[Row] = [row(converted=sum, line=line) for sum, line in parts]
    found = by_line(rows)
    assert sum(found.values()) == sum(each.converted for each in rows if each.line)
    assert "" not in found
    assert taken(Share(line, amount) for line, amount in found.items()) == found
