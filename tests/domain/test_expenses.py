"""Expense categories: what a company begins with, what finance makes of it, and what cannot be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chalicelib.domain.budgets import CATEGORIES
from chalicelib.domain.errors import Invalid
from chalicelib.domain.expenses import CATEGORIES_LIMIT, DEFAULTS, Categories, Category, check_category, known

TAXI = Category("taxi", {"zh": "出租车", "en": "Taxi"}, "travel", frozenset({"route"}))


def faults(category: Category, among: Categories | None = None) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        check_category(category, among or known({}))
    return [(each.path, each.code) for each in refused.value.fields]


def test_a_company_begins_with_a_set_in_both_languages_each_of_a_budget() -> None:
    found = known({})
    assert {"meal", "lodging", "local_transport", "long_transport", "gift", "venue", "material", "other"} <= {
        each.key for each in found.items
    }
    for each in found.items:
        check_category(each, found)
        assert each.budget in CATEGORIES
    assert found.get("lodging") and "nights" in found.get("lodging").asks  # type: ignore[union-attr]
    assert [each.key for each in found.items if each.alcohol] == ["alcohol"]


def test_what_finance_states_takes_the_place_of_what_came_along_and_its_own_follow() -> None:
    gift = replace(DEFAULTS[0], key="gift", active=False, version=1)
    found = known({"taxi": TAXI, "gift": gift}, 2)
    assert found.get("gift") == gift
    assert found.items[-1] == TAXI and len(found.items) == len(DEFAULTS) + 1
    assert gift not in found.active, "one that is not used any more is still found by its key"


def test_what_cannot_be_is_named_by_its_field() -> None:
    assert faults(replace(TAXI, key="Taxi!")) == [("key", "bad_key")]
    assert faults(replace(TAXI, budget="gold")) == [("budget", "bad_choice")]  # type: ignore[arg-type]
    assert faults(replace(TAXI, title={"zh": " ", "en": "x" * 41})) == [
        ("title.zh", "required"),
        ("title.en", "too_long"),
    ]


def test_there_are_not_more_than_a_page_bears() -> None:
    many = known({f"own_{number}": replace(TAXI, key=f"own_{number}") for number in range(CATEGORIES_LIMIT)})
    assert faults(TAXI, many) == [("key", "too_many_rows")]
    check_category(replace(TAXI, key="own_1"), many)
