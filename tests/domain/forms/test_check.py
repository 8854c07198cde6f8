"""What may not be saved as a form, each with the place and the reason."""

from typing import Any

import pytest

from chalicelib.domain.errors import Invalid
from chalicelib.domain.forms import Choice, Field, Form, check_form, form_from_data, form_to_data
from tests.domain.forms.world import SmallWorld, a, faults_of, form, titled

WHOLE = form(
    a("text", "serial", required=True, pattern="C-[0-9]", check="contracts", min=0, max=20, help=titled("As printed")),
    a("long_text", "why"),
    a("number", "days", decimals=1, min="0.5", max=30),
    a("money", "cost", min=0, max="1000000"),
    a("date", "day", min="2026-01-01"),
    a("choice", "colour"),
    a("person", "buddy"),
    a("department", "unit"),
    a("table", "items", min=1, max=5, fields=(a("text", "what"), a("money", "amount"))),
)


def faults(asked: Form) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        check_form(asked, SmallWorld())
    return faults_of(refused.value)


def test_a_form_of_every_kind_may_be_saved_and_read_back_from_its_data() -> None:
    check_form(WHOLE, SmallWorld())
    assert form_from_data(form_to_data(WHOLE)) == WHOLE


def test_a_form_without_fields_is_refused() -> None:
    assert faults(form()) == [("fields", "required")]


@pytest.mark.parametrize(
    ("field", "place", "code"),
    [
        (a("text", "It"), "key", "bad_key"),
        (a("text", "x" * 41), "key", "bad_key"),
        (Field("it", {"en": "It"}, a("text").kind), "title.zh", "required"),
        (Field("it", {"en": "x" * 81, "zh": "字"}, a("text").kind), "title.en", "too_long"),
        (a("text", help={"en": "x" * 301}), "help.en", "too_long"),
        (a("text", pattern="(" * 3), "pattern", "bad_pattern"),
        (a("text", pattern="a" * 201), "pattern", "too_long"),
        (a("text", check="nothing"), "check", "unknown_reference"),
        (a("text", max=201), "max", "bad_format"),
        (a("text", min="x"), "min", "bad_format"),
        (a("text", min=5, max=4), "max", "min_above_max"),
        (a("number", pattern="1"), "pattern", "not_for_kind"),
        (a("number", decimals=7), "decimals", "out_of_range"),
        (a("number", min="0.5"), "min", "bad_format"),
        (a("number", min="2", max="10", check="contracts"), "check", "not_for_kind"),
        (a("money", currency=""), "currency", "required"),
        (a("money", currency="XXY"), "currency", "unknown_currency"),
        (a("money", min="0.001"), "min", "bad_format"),
        (a("date", min="tomorrow"), "min", "bad_format"),
        (a("date", min="2026-02-01", max="2026-01-01"), "max", "min_above_max"),
        (a("choice", choices=()), "choices", "required"),
        (a("choice", choices=(Choice("a", titled("A")),) * 2), "choices.1.key", "duplicate"),
        (a("choice", choices=tuple(Choice(f"c{n}", titled("C")) for n in range(101))), "choices", "too_many"),
        (a("choice", choices=(Choice("a", {"zh": "甲"}),)), "choices.0.title.en", "required"),
        (a("person", min=1), "min", "not_for_kind"),
        (a("text", fields=(a("text", "inner"),)), "fields", "not_for_kind"),
        (a("table"), "fields", "required"),
        (a("table", max=201, fields=(a("text", "x"),)), "max", "bad_format"),
        (a("table", fields=(a("text", "count"),)), "fields.0.key", "duplicate"),
        (a("table", fields=tuple(a("text", f"c{n}") for n in range(31))), "fields", "too_many"),
        (a("table", fields=(a("money", "m", currency="XXY"),)), "fields.0.currency", "unknown_currency"),
    ],
)
def test_what_is_wrong_with_a_field_is_said_at_its_place(field: Field, place: str, code: str) -> None:
    assert faults(form(field)) == [(f"fields.0.{place}", code)]


def test_two_fields_of_one_key_or_one_title_are_refused() -> None:
    found = faults(form(a("text", "it"), a("date", "it")))
    assert found == [
        ("fields.1.key", "duplicate"),
        ("fields.1.title.en", "duplicate"),
        ("fields.1.title.zh", "duplicate"),
    ]


def test_a_table_within_a_table_is_refused() -> None:
    assert ("fields.0.fields.0.kind", "no_nested_tables") in faults(form(a("table", fields=(a("table", "inner"),))))


def test_more_fields_than_a_page_can_bear_are_refused() -> None:
    assert faults(form(*(a("text", f"f{n}") for n in range(61)))) == [("fields", "too_many")]


@pytest.mark.parametrize(
    ("data", "place", "code"),
    [
        ({}, "fields", "wrong_type"),
        ([3], "fields.0", "wrong_type"),
        ([{}], "fields.0.kind", "required"),
        ([{"kind": "dream"}], "fields.0.kind", "unknown_value"),
        ([{"kind": "text"}], "fields.0.key", "required"),
        ([{"kind": "text", "key": "a", "title": "A"}], "fields.0.title", "wrong_type"),
        ([{"kind": "text", "key": "a", "title": {}, "required": "yes"}], "fields.0.required", "wrong_type"),
        ([{"kind": "text", "key": "a", "title": {}, "decimals": True}], "fields.0.decimals", "wrong_type"),
        ([{"kind": "choice", "key": "a", "title": {}, "choices": [1]}], "fields.0.choices.0", "wrong_type"),
    ],
)
def test_data_that_describes_no_form_is_refused_at_its_place(data: Any, place: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        form_from_data(data)
    assert faults_of(refused.value) == [(place, code)]


def test_bounds_that_a_browser_sends_as_text_count_characters_and_rows_all_the_same() -> None:
    sent = {"key": "a", "title": titled("A"), "kind": "text", "max": "20"}
    assert form_from_data([sent]).fields[0].max == 20
