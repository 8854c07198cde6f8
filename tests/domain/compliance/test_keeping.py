"""Writing rules down: what cannot stand is named, a newer limit takes over, the shipped rules stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.compliance import (
    SHIPPED,
    Days,
    Limit,
    Sums,
    TaxTitle,
    Terms,
    Tier,
    check_changed,
    check_limit,
    check_rules,
    placed,
)
from chalicelib.domain.errors import Invalid
from tests.domain.compliance.examples import BOOK, DAY, TODAY, book, limit

FIRST = date(2026, 1, 1)
BOTH = {"en": "A", "zh": "甲"}


def faults(refused: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    return [(each.path, each.code) for each in refused.value.fields]


def test_the_shipped_rules_stand() -> None:
    check_rules(SHIPPED)
    for each in SHIPPED.limits:
        check_limit(each, SHIPPED)
        assert placed(each, replace(SHIPPED, limits=tuple(one for one in SHIPPED.limits if one != each))) == [each]
    assert len({each.id for each in SHIPPED.limits}) == len(SHIPPED.limits)


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"category": "Meal"}, ("category", "bad_key")),
        ({"basis": "hour"}, ("basis", "bad_choice")),
        ({"tier": "moon"}, ("tier", "unknown_place_tier")),
        ({"amount": -1}, ("amount", "bad_amount")),
        ({"amount": 10**15}, ("amount", "bad_amount")),
        ({"valid_until": date(2025, 12, 31)}, ("valid_until", "end_before_start")),
    ],
)
def test_a_limit_that_cannot_stand_is_named_by_its_field(facts: dict[str, Any], fault: tuple[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        check_limit(replace(limit(), **facts), BOOK)
    assert faults(refused) == [fault]


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"audit_share": 101}, ("audit_share", "out_of_range")),
        ({"audit_share": -1}, ("audit_share", "out_of_range")),
        ({"severities": {"alcohol": "jail"}}, ("severities.alcohol", "bad_choice")),
        ({"severities": {"weather": "note"}}, ("severities.weather", "bad_choice")),
        ({"days": Days(invoice=-1)}, ("days.invoice", "out_of_range")),
        ({"days": Days(last_year=367)}, ("days.last_year", "out_of_range")),
        ({"sums": (Sums("CNY"), Sums("CNY"))}, ("sums.1.currency", "duplicate")),
        ({"sums": (Sums("CNY", auto=-1),)}, ("sums.0.auto", "bad_amount")),
        ({"terms": (Terms("meal"), Terms("meal"))}, ("terms.1.category", "duplicate")),
        ({"terms": (Terms("No"),)}, ("terms.0.category", "bad_key")),
        ({"terms": (Terms("meal", application_above=10**15),)}, ("terms.0.application_above", "bad_amount")),
        ({"titles": (TaxTitle("", "91310000MA1K00000X"),)}, ("titles.0.name", "required")),
        ({"titles": (TaxTitle("A", "12345"),)}, ("titles.0.tax_id", "bad_tax_id")),
        ({"tiers": (Tier("A b", BOTH),)}, ("tiers.0.key", "bad_key")),
        ({"tiers": (Tier("a", {"en": "A"}),)}, ("tiers.0.title.zh", "required")),
        ({"tiers": (Tier("a", BOTH, ("  ",)),)}, ("tiers.0.places", "bad_place")),
        ({"tiers": (Tier("a", BOTH, ("上海",)), Tier("b", BOTH, ("上海",)))}, ("tiers.1.places", "place_in_two_tiers")),
        ({"tiers": (), "limits": (limit(tier="first"),)}, ("tiers", "place_tier_in_use")),
    ],
)
def test_rules_that_cannot_stand_are_named_by_their_field(facts: dict[str, Any], fault: tuple[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        check_rules(replace(BOOK, **facts))
    assert faults(refused) == [fault]


def test_a_newer_limit_takes_over_and_any_other_overlap_is_refused() -> None:
    old = limit(id="old")
    new = limit(id="new", valid_from=date(2026, 5, 1), amount=250_00)
    assert placed(new, book(old)) == [new, replace(old, valid_until=date(2026, 4, 30), version=2)]
    with pytest.raises(Invalid) as refused:
        placed(replace(new, valid_from=date(2025, 5, 1)), book(old))
    assert faults(refused) == [("valid_from", "standard_overlaps")]


def test_a_limit_in_force_may_end_and_nothing_else() -> None:
    before = limit(id="old")
    check_changed(before, replace(before, valid_until=TODAY, note="§3", version=2), TODAY)
    with pytest.raises(Invalid) as refused:
        check_changed(before, replace(before, amount=1), TODAY)
    assert faults(refused) == [("amount", "limit_in_force")]
    with pytest.raises(Invalid) as refused:
        check_changed(before, replace(before, valid_until=TODAY - DAY), TODAY)
    assert faults(refused) == [("valid_until", "in_the_past")]


DAYS = st.integers(0, 60).map(lambda count: FIRST + timedelta(count))


@st.composite
def limits(draw: st.DrawFn) -> Limit:
    first = draw(DAYS)
    until = draw(st.none() | st.integers(0, 30).map(lambda count: first + timedelta(count)))
    subject = {"grade": draw(st.sampled_from(["", "P7"])), "tier": draw(st.sampled_from(["", "first"]))}
    return limit(id=str(draw(st.integers(0, 10**9))), valid_from=first, valid_until=until, **subject)


@given(st.lists(limits(), max_size=12, unique_by=lambda each: each.id), DAYS)
@settings(max_examples=200, deadline=None)
def test_whatever_is_written_down_one_limit_of_a_subject_counts_a_day(asked: list[Limit], day: date) -> None:
    held: dict[str, Limit] = {}
    for each in asked:
        try:
            held |= {one.id: one for one in placed(each, book(*held.values()))}
        except Invalid:
            continue
    valid = [each.subject for each in held.values() if each.valid_on(day)]
    assert len(valid) == len(set(valid))
