"""What people fill in, as values: exact, complete, every fault named by its path."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Invalid
from chalicelib.domain.forms import Field, Kind, carry_over, read, read_draft
from chalicelib.domain.forms.form import ROWS_LIMIT
from tests.domain.forms.world import SmallWorld, a, faults_of, form

ITEMS = a("table", "items", fields=(a("text", "what", required=True), a("money", "amount")))


def value(field: Field, raw: object) -> object:
    return read(form(field), {field.key: raw}, SmallWorld()).get(field.key)


def faults(field: Field, raw: object) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        value(field, raw)
    return faults_of(refused.value)


@pytest.mark.parametrize(
    ("field", "raw", "kept"),
    [
        (a("text"), "  王芳 ", "王芳"),
        (a("long_text"), "one\r\ntwo", "one\ntwo"),
        (a("number"), "1,200", 1200),
        (a("number", decimals=2), "0.10", "0.1"),
        (a("number", decimals=2), Decimal("0.1"), "0.1"),
        (a("number"), 0, 0),
        (a("money"), "1,234.5", 123450),
        (a("money"), 123450, 123450),
        (a("money", currency="JPY"), "500", 500),
        (a("money", currency="KWD"), "0.001", 1),
        (a("date"), "2026-02-28", "2026-02-28"),
        (a("choice"), "blue", "blue"),
        (a("person"), "ann", "ann"),
        (a("department"), "sales", "sales"),
        (ITEMS, [{"what": "Pens", "amount": "3.20"}, {}], [{"what": "Pens", "amount": 320}]),
        (ITEMS, [], None),
        (a("text"), " ", None),
    ],
)
def test_what_was_filled_in_is_kept_exactly(field: Field, raw: object, kept: object) -> None:
    assert value(field, raw) == kept


@pytest.mark.parametrize(
    ("field", "raw", "code"),
    [
        (a("text", required=True), "  ", "required"),
        (a("text"), 5, "bad_format"),
        (a("text"), "two\nlines", "bad_format"),
        (a("text"), "\ud800", "bad_format"),
        (a("long_text"), "bell\x07", "bad_format"),
        (a("text", max=3), "four", "too_long"),
        (a("text", min=3), "ab", "too_short"),
        (a("text"), "x" * 201, "too_long"),
        (a("text", pattern="[A-Z]-[0-9]+"), "A-1!", "pattern_mismatch"),
        (a("text", check="contracts"), "C-3", "not_listed"),
        (a("number"), "1.5", "not_whole"),
        (a("number", decimals=1), "1.55", "too_many_decimals"),
        (a("number"), 1.5, "bad_format"),
        (a("number"), True, "bad_format"),
        (a("number"), Decimal("NaN"), "bad_format"),
        (a("number"), Decimal("1E+999999999"), "bad_format"),
        (a("number"), "12e3", "bad_format"),
        (a("number", min=1), 0, "too_small"),
        (a("number", decimals=1, max="2.5"), "2.6", "too_large"),
        (a("money"), "1.005", "bad_format"),
        (a("money", currency="JPY"), "0.5", "bad_format"),
        (a("money", max="100"), "100.01", "too_large"),
        (a("money", min=100), 99, "too_small"),
        (a("date"), "2026-02-29", "bad_format"),
        (a("date"), "20260228", "bad_format"),
        (a("date", min="2026-03-01"), "2026-02-28", "too_early"),
        (a("date", max="2026-01-31"), "2026-02-28", "too_late"),
        (a("choice"), "green", "bad_choice"),
        (a("person"), "nobody", "unknown_person"),
        (a("person"), "gone", "departed_person"),
        (a("department"), "nowhere", "unknown_department"),
        (ITEMS, "x", "bad_format"),
        (ITEMS, [1], "bad_format"),
        (a("table", required=True, fields=ITEMS.fields), [{}, {}], "required"),
        (a("table", min=2, fields=ITEMS.fields), [{"what": "Pens"}], "too_few_rows"),
        (a("table", fields=ITEMS.fields), [{"what": "x"}] * (ROWS_LIMIT + 1), "too_many_rows"),
    ],
)
def test_what_cannot_stand_is_refused_at_its_field(field: Field, raw: object, code: str) -> None:
    assert faults(field, raw) == [("values.it" if field.key == "it" else "values.items", code)]


def test_every_fault_is_named_at_once_with_the_row_that_was_sent() -> None:
    raw = {"items": [{}, {"what": "Pens", "amount": "x"}, {"amount": "1"}], "day": "soon"}
    with pytest.raises(Invalid) as refused:
        read(form(ITEMS, a("date", "day"), a("text", "why", required=True)), raw, SmallWorld())
    assert faults_of(refused.value) == [
        ("values.items.1.amount", "bad_format"),
        ("values.items.2.what", "required"),
        ("values.day", "bad_format"),
        ("values.why", "required"),
    ]


def test_a_field_that_the_form_has_not_is_refused_without_repeating_what_cannot_be_a_key() -> None:
    with pytest.raises(Invalid) as refused:
        read(form(a("text")), {"other": 1, "<b>": 2}, SmallWorld())
    assert faults_of(refused.value) == [("values", "unknown_field"), ("values.other", "unknown_field")]


@pytest.mark.parametrize("raw", [None, 3, "text", [], [{}]])
def test_values_that_are_no_mapping_are_refused(raw: object) -> None:
    with pytest.raises(Invalid) as refused:
        read(form(a("text")), raw, SmallWorld())
    assert faults_of(refused.value) == [("values", "wrong_type")]


def test_a_table_of_many_rows_asks_the_world_as_often_as_one_row() -> None:
    world = SmallWorld()
    table = a("table", fields=(a("person", "who"), a("text", "contract", check="contracts")))
    read(form(table), {"it": [{"who": "ann", "contract": "C-1"}] * 150}, world)
    assert world.asked == ["people", "contracts"]


def test_more_than_an_item_holds_is_refused() -> None:
    table = a("table", fields=(a("long_text", "note"),))
    assert faults(table, [{"note": "长" * 5000}] * 20) == [("values", "body_too_large")]


def test_a_draft_may_be_incomplete_but_not_wrong() -> None:
    asked = form(a("text", "why", required=True), a("number", "days", required=True))
    assert read_draft(asked, {"days": "3"}, SmallWorld()) == {"days": 3}
    with pytest.raises(Invalid) as refused:
        read_draft(asked, {"days": "three"}, SmallWorld())
    assert faults_of(refused.value) == [("values.days", "bad_format")]


def test_a_copy_takes_over_what_the_present_form_still_takes() -> None:
    old = {"why": "Holiday", "who": "gone", "gone_field": "x", "items": [{"what": "Pens"}], "days": 40}
    present = form(
        a("text", "why"), a("person", "who"), a("number", "days", max=30), ITEMS, a("date", "day", required=True)
    )
    assert carry_over(present, old, SmallWorld()) == {"why": "Holiday", "items": [{"what": "Pens"}]}


RAW = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["it", "what", "amount", "x"]), inner),
    max_leaves=10,
)
EVERY_KIND = [ITEMS if kind is Kind.TABLE else a(kind.value, decimals=6 if kind is Kind.NUMBER else 0) for kind in Kind]


@given(field=st.sampled_from(EVERY_KIND), raw=RAW)
def test_whatever_is_sent_is_refused_or_reads_the_same_again(field: Field, raw: Any) -> None:
    try:
        values = read(form(field), {field.key: raw}, SmallWorld())
    except Invalid:
        return
    assert read(form(field), values, SmallWorld()) == values
