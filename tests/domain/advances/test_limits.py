"""Limits and overdue advances, the day to account for one, reminders and ageing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.domain.advances import (
    EXPOSURES,
    Exposure,
    Limit,
    OverdueOpen,
    OverLimit,
    Standing,
    Stated,
    Terms,
    aged,
    bucket_of,
    check_rules,
    check_stated,
    check_terms,
    excesses,
    exposure_of,
    move,
    moves_from,
    number_of,
    remind_next,
)
from chalicelib.domain.advances.limits import Control
from chalicelib.domain.errors import Conflict, IllegalMove, Invalid
from tests.domain.advances.examples import NOW, TODAY, an_advance, cleared, paid, returned

LIMITS = (Limit("", "CNY", 50_000), Limit("P7", "CNY", 100_000))


def owing(*amounts: int) -> Standing:
    return Standing("P1", tuple(Exposure(f"A{row}", "", "CNY", each, TODAY) for row, each in enumerate(amounts)))


@pytest.mark.parametrize(
    ("grade", "currency", "limit"),
    [(None, "CNY", 50_000), ("P1", "CNY", 50_000), ("P7", "CNY", 100_000), ("", "USD", None)],
)
def test_a_grade_has_its_own_limit_before_that_of_everybody(grade: str, currency: str, limit: int | None) -> None:
    assert Terms(LIMITS).limit(grade, currency) == limit


@pytest.mark.parametrize(("open", "breaks"), [(20_000, False), (20_001, True)])
def test_a_limit_is_for_all_that_somebody_asked_for_and_owes(open: int, breaks: bool) -> None:
    found = excesses(Terms(LIMITS), owing(open), an_advance(), None, [])
    assert [each.rule for each in found] == (["limit"] if breaks else [])


def test_hard_rules_refuse_and_soft_ones_want_a_reason() -> None:
    late = paid(due=date(2026, 2, 1))
    for control, reason, error in (("hard", "Why", OverLimit), ("soft", "", Invalid), ("soft", "Why", None)):
        _ruled(control, reason, error, owing(50_000), [])
    for control, reason, error in (("hard", "Why", OverdueOpen), ("soft", " ", Invalid), ("soft", "Why", None)):
        _ruled(control, reason, error, owing(), [late])
    _ruled("none", "", None, owing(50_000), [late])


def _ruled(control: Control, reason: str, error: type[Exception] | None, standing: Standing, late: list) -> None:  # type: ignore[type-arg]
    terms = Terms(LIMITS, over_limit=control, overdue=control)
    advance = an_advance(reason=reason)
    advance = an_advance(reason=reason, excesses=excesses(terms, standing, advance, None, late))
    if error is None:
        check_rules(terms, standing, advance)
        assert bool(advance.excesses) == (control != "none")
        return
    with pytest.raises(error):
        check_rules(terms, standing, advance)


def test_nobody_has_more_advances_at_once_than_a_submission_can_read() -> None:
    with pytest.raises(Conflict, match="advance_too_many"):
        check_rules(Terms(), owing(*[1] * EXPOSURES), an_advance())


def test_an_advance_counts_until_it_is_settled() -> None:
    def amount(advance):  # type: ignore[no-untyped-def]
        found = exposure_of(advance)
        return found.amount if found else 0

    assert amount(an_advance(status="draft")) == 0
    assert amount(an_advance(status="pending")) == 30_000
    assert amount(an_advance()) == 30_000
    assert amount(returned(paid(), 10_000)) == 20_000
    assert amount(cleared(paid(), 30_000)) == 0


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ({"purpose": " "}, "purpose"),
        ({"amount": 0}, "amount"),
        ({"amount": -5}, "amount"),
        ({"amount": 10**15}, "amount"),
        ({"due": TODAY - timedelta(1)}, "due"),
        ({"due": TODAY + timedelta(367)}, "due"),
    ],
)
def test_what_cannot_be_asked_for_is_named(facts: dict[str, object], path: str) -> None:
    known = {"purpose": "Talks", "currency": "CNY", "amount": 100, "due": TODAY} | facts
    with pytest.raises(Invalid) as refused:
        check_stated(Stated(**known), TODAY)  # type: ignore[arg-type]
    assert [each.path for each in refused.value.fields] == [path]


def test_moves_are_those_of_the_table() -> None:
    submitted = move(an_advance(status="draft"), "submit", NOW)
    assert (submitted.status, submitted.round, submitted.submitted_at, submitted.version) == ("pending", 1, NOW, 2)
    assert move(submitted, "approve", NOW).approved_at == NOW
    assert moves_from("approved") == ("cancel",)
    with pytest.raises(IllegalMove):
        move(paid(), "cancel", NOW)


def test_rules_are_checked() -> None:
    check_terms(Terms(LIMITS))
    with pytest.raises(Invalid) as refused:
        check_terms(Terms((*LIMITS, Limit("", "CNY", -1))))
    assert {each.path for each in refused.value.fields} == {"limits.2.amount", "limits.2.grade"}


def test_owners_are_reminded_ahead_on_the_day_after_and_again() -> None:
    terms, advance = Terms(before=3, every=7), paid()

    def at(*moment: int) -> datetime:
        return datetime(*moment, tzinfo=UTC)  # type: ignore[misc,arg-type]

    assert remind_next(advance, terms, at(2026, 3, 2)) == at(2026, 3, 29)
    assert remind_next(advance, terms, at(2026, 3, 29)) == at(2026, 4, 2)
    assert remind_next(advance, terms, at(2026, 4, 2)) == at(2026, 4, 9)
    assert remind_next(advance, terms, at(2026, 4, 10)) == at(2026, 4, 16)
    assert remind_next(cleared(advance, 30_000), terms, at(2026, 4, 10)) is None


@pytest.mark.parametrize(("days", "bucket"), [(0, 0), (30, 0), (31, 1), (60, 1), (61, 2), (90, 2), (91, 3), (400, 3)])
def test_ages_have_four_buckets(days: int, bucket: int) -> None:
    assert bucket_of(days) == bucket


def test_what_is_owed_is_grouped_by_department_person_and_currency() -> None:
    old = paid(10_000, id="A1", due=date(2026, 2, 1))
    old = an_advance(**vars(old) | {"paid_at": NOW - timedelta(70)})
    rows = aged([paid(id="A2"), old, returned(paid(id="A3"), 30_000), paid(id="A4", applicant="P2")], TODAY)
    assert [(each.person, each.buckets, each.overdue, each.advances, each.total) for each in rows] == [
        ("P1", (30_000, 0, 10_000, 0), 10_000, 2, 40_000),
        ("P2", (30_000, 0, 0, 0), 0, 1, 30_000),
    ]
    assert rows[0].due == date(2026, 2, 1)


def test_numbers_are_made_of_ids() -> None:
    assert number_of("01KJPX9W3TZ4QZ6T1N7V0F2B5W").startswith("AD")
    assert len(number_of("01KJPX9W3TZ4QZ6T1N7V0F2B5W")) == len("AD12345678")
