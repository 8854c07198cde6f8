"""Groups of categories: which line counts, and what groups cannot be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.budgets import CATEGORIES, Category, Group, Groups, candidates, check_groups
from chalicelib.domain.errors import Invalid

TITLE = {"zh": "招待费", "en": "Entertainment"}
ENTERTAINMENT = Group("entertainment", TITLE, ("reception", "marketing"))
GROUPS = Groups((ENTERTAINMENT, Group("rest", TITLE)))


def faults(*groups: Group, before: Groups | None = None) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        check_groups(Groups(groups), before or Groups())
    return [(each.path, each.code) for each in refused.value.fields]


def test_the_category_counts_before_its_group_and_the_month_before_the_year() -> None:
    assert candidates(GROUPS, "D1", "reception", "CNY", "2026-03") == [
        "D1.reception.CNY.2026-03",
        "D1.reception.CNY.2026",
        "D1.group:entertainment.CNY.2026-03",
        "D1.group:entertainment.CNY.2026",
    ]


def test_a_category_without_a_group_has_its_own_lines_only() -> None:
    assert candidates(GROUPS, "D1", "travel", "CNY", "2026-03") == ["D1.travel.CNY.2026-03", "D1.travel.CNY.2026"]


@given(st.lists(st.sets(st.sampled_from(CATEGORIES)), max_size=4))
def test_groups_are_accepted_exactly_when_no_category_is_in_two(sets: list[set[Category]]) -> None:
    groups = tuple(Group(f"g{number}", TITLE, tuple(sorted(each))) for number, each in enumerate(sets))
    named = [category for group in groups for category in group.categories]
    if len(set(named)) == len(named):
        check_groups(Groups(groups), Groups())
        assert all((found := Groups(groups).of(each)) and each in found.categories for each in named)
    else:
        assert {code for _, code in faults(*groups)} == {"category_in_two_groups"}


def test_what_cannot_be_is_named_by_its_place() -> None:
    assert faults(Group("X", TITLE)) == [("groups.0.key", "bad_key")]
    assert faults(Group("rest", {"zh": "其他", "en": ""})) == [("groups.0.title.en", "required")]
    assert faults(Group("rest", TITLE, ("gold",))) == [("groups.0.categories", "bad_choice")]  # type: ignore[arg-type]
    assert faults(Group("rest", TITLE), Group("rest", TITLE)) == [("groups.1.key", "duplicate")]
    assert faults(*(Group(f"g{number}", TITLE) for number in range(13))) == [("groups", "too_many_rows")]


def test_a_group_that_was_there_stays() -> None:
    assert faults(ENTERTAINMENT, before=GROUPS) == [("groups", "group_stays")]
    check_groups(Groups((Group("entertainment", TITLE), Group("rest", TITLE))), GROUPS)
