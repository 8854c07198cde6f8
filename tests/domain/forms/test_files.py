"""Fields that take files: how many, of which types, how large, and what is kept of them."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.domain.errors import Invalid
from chalicelib.domain.forms import (
    Field,
    carry_over,
    check_form,
    fact_types,
    facts,
    form_from_data,
    form_to_data,
    json_schema,
    read,
    read_draft,
    without_files,
)
from tests.domain.forms.world import SmallWorld, a, faults_of, form

ROWS = [
    {"id": "F1", "name": "报价.pdf", "media": "application/pdf", "size": 2_000_000},
    {"id": "F2", "name": "机柜.jpg", "media": "image/jpeg", "size": 500_000},
]


def refused(field: Field, raw: object) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as error:
        read(form(field), {"it": raw}, SmallWorld())
    return faults_of(error.value)


def test_files_are_kept_with_what_people_see_of_them_and_reading_that_again_gives_the_same() -> None:
    asked = form(a("file"))
    values = read(asked, {"it": ["F1", "F2", "F1"]}, SmallWorld())
    assert values == {"it": ROWS}
    assert read(asked, values, SmallWorld()) == values


def test_a_name_that_somebody_sends_along_is_not_believed() -> None:
    sent = [{"id": "F1", "name": "other.exe", "size": 1}]
    assert read(form(a("file")), {"it": sent}, SmallWorld()) == {"it": ROWS[:1]}


def test_all_files_of_a_form_are_asked_about_at_once() -> None:
    world = SmallWorld()
    read(form(a("file"), a("file", "more")), {"it": ["F1"], "more": ["F2"]}, world)
    assert world.asked == ["files"]


@pytest.mark.parametrize(
    ("facts", "raw", "faults"),
    [
        ({}, ["F3"], [("values.it.0", "file_not_as_named")]),
        ({}, ["F1", "F9"], [("values.it.1", "file_unknown")]),
        ({}, "F1", [("values.it", "bad_format")]),
        ({}, [{"name": "x"}], [("values.it", "bad_format")]),
        ({"max": 1}, ["F1", "F2"], [("values.it", "too_many_files")]),
        ({"min": 2}, ["F1"], [("values.it", "too_few_files")]),
        ({"required": True}, [], [("values.it", "required")]),
        ({"types": ("pdf",)}, ["F1", "F2"], [("values.it.1", "file_type_not_taken")]),
        ({"size": 1}, ["F1", "F2"], [("values.it.0", "file_too_large")]),
    ],
)
def test_what_does_not_fit_is_named_by_its_place(
    facts: dict[str, Any], raw: object, faults: list[tuple[str, str]]
) -> None:
    assert refused(a("file", **facts), raw) == faults


def test_a_form_takes_thirty_files_in_all() -> None:
    fields = [a("file", f"it{number}") for number in range(4)]
    raw = {field.key: [f"{field.key}-{number}" for number in range(8)] for field in fields}
    with pytest.raises(Invalid) as error:
        read(form(*fields), raw, SmallWorld())
    assert ("values", "too_many_files") in faults_of(error.value)


def test_a_draft_may_lack_files_but_holds_none_that_is_wrong() -> None:
    asked = form(a("file", min=2, required=True))
    assert read_draft(asked, {"it": ["F1"]}, SmallWorld()) == {"it": ROWS[:1]}
    with pytest.raises(Invalid):
        read_draft(asked, {"it": ["F1", "F3"]}, SmallWorld())


def test_conditions_may_ask_how_many_files_there_are() -> None:
    asked = form(a("file"))
    assert [*fact_types(asked)] == ["it.count"]
    assert facts(asked, {"it": ROWS}, SmallWorld()) == {"it.count": 2}
    assert facts(asked, {}, SmallWorld()) == {"it.count": 0}


def test_files_stay_behind_when_values_are_carried_over() -> None:
    asked = form(a("file"), a("text", "why"))
    assert carry_over(asked, {"it": ROWS, "why": "x"}, SmallWorld()) == {"why": "x"}


def test_a_form_without_its_files_can_be_tried_out() -> None:
    assert [field.key for field in without_files(form(a("file"), a("text", "why"))).fields] == ["why"]


@pytest.mark.parametrize(
    ("facts", "faults"),
    [
        ({"types": ("pdf", "program")}, [("fields.0.types.1", "unknown_value")]),
        ({"size": 11}, [("fields.0.size", "out_of_range")]),
        ({"max": 11}, [("fields.0.max", "bad_format")]),
        ({"min": 3, "max": 2}, [("fields.0.max", "min_above_max")]),
        ({"pattern": "a"}, [("fields.0.pattern", "not_for_kind")]),
    ],
)
def test_a_form_with_a_wrong_field_of_files_is_refused(facts: dict[str, Any], faults: list[tuple[str, str]]) -> None:
    with pytest.raises(Invalid) as error:
        check_form(form(a("file", **facts)), SmallWorld())
    assert faults_of(error.value) == faults


def test_types_and_sizes_are_for_files_only_and_tables_hold_no_files() -> None:
    asked = form(a("text", types=("pdf",)), a("table", "rows", fields=(a("file"),)))
    with pytest.raises(Invalid) as error:
        check_form(asked, SmallWorld())
    wrong = [("fields.0.types", "not_for_kind"), ("fields.1.fields.0.kind", "no_files_in_tables")]
    assert faults_of(error.value) == wrong


def test_a_field_of_files_survives_being_data() -> None:
    asked = form(a("file", types=("pdf", "image"), size=5, min=1, max=3))
    assert form_from_data(form_to_data(asked)) == asked


def test_programs_learn_which_files_are_taken() -> None:
    described = json_schema(form(a("file", types=("pdf",), size=5, max=2, required=True)))["properties"]["it"]
    assert (described["minItems"], described["maxItems"], described["x-max-bytes"]) == (1, 2, 5 * 1024 * 1024)
    assert described["x-content-types"] == ["application/pdf"]
