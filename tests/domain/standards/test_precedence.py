"""Which standard counts on a day, and that two for the same never do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.errors import Invalid
from chalicelib.domain.standards import Book, Level, Standard, check_changed, check_levels, check_standard, placed
from tests.domain.standards.examples import FIRST, A, B, book, standard

DAYS = st.integers(0, 60).map(lambda count: date(2026, 1, 1) + timedelta(count))
SUBJECTS = st.tuples(st.sampled_from(["meal", "alcohol"]), st.sampled_from(["", "A", "B"]), st.sampled_from(["", "hq"]))


@st.composite
def standards(draw: st.DrawFn) -> Standard:
    type, level, site = draw(SUBJECTS)
    first = draw(DAYS)
    until = draw(st.none() | st.integers(0, 30).map(lambda count: first + timedelta(count)))
    facts = {"type": type, "level": level, "site": site, "valid_from": first, "valid_until": until}
    return standard(str(draw(st.integers(0, 10**9))), **facts)


def kept(asked: list[Standard]) -> Book:
    """The book after somebody tried to write all of them down, one after the other."""
    held: dict[str, Standard] = {}
    for each in asked:
        try:
            held |= {one.id: one for one in placed(each, book(*held.values()))}
        except Invalid:
            continue
    return book(*held.values())


@given(st.lists(standards(), max_size=12, unique_by=lambda each: each.id), DAYS)
@settings(max_examples=200, deadline=None)
def test_whatever_is_written_down_one_standard_of_a_subject_counts_a_day(asked: list[Standard], day: date) -> None:
    valid = [each.subject for each in kept(asked).standards if each.valid_on(day)]
    assert len(valid) == len(set(valid))


@given(st.lists(standards(), max_size=12, unique_by=lambda each: each.id), DAYS, st.randoms())
@settings(max_examples=200, deadline=None)
def test_the_one_that_counts_depends_on_no_order_and_is_the_most_specific(
    asked: list[Standard], day: date, random: object
) -> None:
    held = kept(asked)
    found = held.standard_for("meal", "A", "hq", "CNY", day)
    backwards = Book(held.levels, held.standards[::-1]).standard_for("meal", "A", "hq", "CNY", day)
    assert found == backwards
    for site, level in (("hq", "A"), ("hq", ""), ("", "A"), ("", "")):
        subject = ("meal", level, site, "CNY")
        valid = [each for each in held.standards if each.subject == subject and each.valid_on(day)]
        if valid:
            assert found == valid[0]
            return
    assert found is None


def test_a_site_comes_before_a_level_and_both_before_the_general_one() -> None:
    everywhere, level, site = standard("g"), standard("l", level="A"), standard("s", site="hq")
    both = standard("b", site="hq", level="A")
    for standards, expected in (
        ((everywhere,), "g"),
        ((everywhere, level), "l"),
        ((everywhere, level, site), "s"),
        ((both, everywhere, level, site), "b"),
    ):
        found = book(*standards).standard_for("meal", "A", "hq", "CNY", FIRST)
        assert found is not None
        assert found.id == expected


def test_another_currency_says_nothing_about_a_site() -> None:
    assert book(standard()).standard_for("meal", "A", "hq", "EUR", FIRST) is None


def test_first_and_last_day_count() -> None:
    one_day = book(standard(valid_from=FIRST, valid_until=FIRST))
    found = [one_day.standard_for("meal", "A", "hq", "CNY", FIRST + timedelta(days)) for days in (-1, 0, 1)]
    assert [each is not None for each in found] == [False, True, False]


def test_a_newer_standard_takes_over_from_the_one_without_an_end() -> None:
    old, new = standard("old"), standard("new", valid_from=FIRST)
    written = {each.id: each for each in placed(new, book(old))}
    assert written["old"].valid_until == FIRST - timedelta(days=1)
    assert written["old"].version == old.version + 1
    assert written["new"] == new


@pytest.mark.parametrize(
    "facts",
    [
        {"valid_from": date(2026, 1, 1)},
        {"valid_from": date(2025, 6, 1)},
        {"valid_from": date(2025, 6, 1), "valid_until": date(2026, 1, 1)},
    ],
)
def test_any_other_overlap_is_refused_with_the_period_in_the_way(facts: dict[str, date]) -> None:
    with pytest.raises(Invalid) as refusal:
        placed(standard("new", **facts), book(standard("old")))
    (fault,) = refusal.value.fields
    assert (fault.path, fault.code) == ("valid_from", "standard_overlaps")
    assert fault.params == {"first": "2026-01-01", "last": "…"}


def test_a_standard_by_which_visits_were_estimated_keeps_its_words_but_may_end() -> None:
    before = standard()
    check_changed(before, standard(valid_until=FIRST, note="Ended"), FIRST)
    with pytest.raises(Invalid) as refusal:
        check_changed(before, standard(amount=1, level="B", valid_until=date(2026, 2, 1)), FIRST)
    assert {fault.path for fault in refusal.value.fields} == {"amount", "level", "valid_until"}


def test_a_standard_that_begins_today_may_still_be_corrected() -> None:
    before = standard(valid_from=FIRST)
    check_changed(before, standard(valid_from=FIRST, amount=1), FIRST)
    with pytest.raises(Invalid) as refusal:
        check_changed(before, standard(valid_from=FIRST, level="B"), FIRST)
    assert [fault.path for fault in refusal.value.fields] == ["level"]


def test_what_cannot_stand_is_named_field_by_field() -> None:
    wrong = standard(
        type="lodging", level="Z", valid_until=date(2025, 1, 1), amount=-1, ratio_hosts=1, hosts_least=2000
    )
    with pytest.raises(Invalid) as refusal:
        check_standard(wrong, book())
    faults = {(fault.path, fault.code) for fault in refusal.value.fields}
    assert faults == {
        ("level", "unknown_level"),
        ("valid_until", "end_before_start"),
        ("amount", "bad_amount"),
        ("hosts_least", "out_of_range"),
        ("ratio_hosts", "not_of_this_item"),
        ("ratio_guests", "required"),
    }


def test_a_level_of_which_there_are_standards_stays() -> None:
    held = book(standard(level="A"))
    check_levels((A,), held)
    with pytest.raises(Invalid) as refusal:
        check_levels((B, B, Level("c d", {"en": "x"})), held)
    assert {(fault.path, fault.code) for fault in refusal.value.fields} == {
        ("levels", "level_in_use"),
        ("levels.1.key", "duplicate"),
        ("levels.2.key", "bad_level_key"),
        ("levels.2.title.zh", "required"),
    }
