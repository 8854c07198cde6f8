"""Definitions as data, and the faults for which they are refused."""

import json
from dataclasses import replace

import pytest

from chalicelib.domain.approvals import (
    MAX_APPROVERS,
    MAX_STEPS,
    Definition,
    DepartmentHeadRule,
    EmptyRule,
    FactTypes,
    ManagerRule,
    Mode,
    PersonRule,
    RepeatedRule,
    RoleRule,
    SelfRule,
    check_definition,
    definition_from_data,
    definition_to_data,
)
from chalicelib.domain.errors import Invalid
from tests.domain.approvals.company import process, step

TYPES: FactTypes = {}
FULL = process(
    step("one", PersonRule("fay"), RoleRule("finance"), ManagerRule(2), DepartmentHeadRule()),
    step(
        "two",
        ManagerRule(),
        mode=Mode.ALL_OF,
        when_empty=EmptyRule.SKIP,
        when_self=SelfRule.LEAVE_OUT,
        when_repeated=RepeatedRule.AGAIN,
    ),
)


def faults(definition: Definition, company) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refusal:
        check_definition(definition, company, TYPES)
    return [(fault.path, fault.code) for fault in refusal.value.fields]


def test_a_definition_survives_the_way_through_json():
    assert definition_from_data(json.loads(json.dumps(definition_to_data(FULL)))) == FULL


def changed(path: str, value: object) -> dict[str, object]:
    data = json.loads(json.dumps(definition_to_data(FULL)))
    *places, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    inner = data
    for place in places:
        inner = inner[place]
    if value is None:
        del inner[last]
    else:
        inner[last] = value
    return data


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("key", None, "required"),
        ("version", "1", "wrong_type"),
        ("version", True, "wrong_type"),
        ("steps", {}, "wrong_type"),
        ("title.en", 5, "wrong_type"),
        ("steps.1", "two", "wrong_type"),
        ("steps.1.mode", "most_of", "unknown_value"),
        ("steps.0.rules.0.kind", "oracle", "unknown_value"),
        ("steps.0.rules.0.person", None, "required"),
        ("steps.0.rules.2.levels", "2", "wrong_type"),
    ],
)
def test_unreadable_data_is_refused_with_its_place(path, value, code):
    with pytest.raises(Invalid) as refusal:
        definition_from_data(changed(path, value))
    assert [(fault.path, fault.code) for fault in refusal.value.fields] == [(path, code)]


@pytest.mark.parametrize("data", [None, [], "visit"])
def test_data_that_is_no_object_is_refused(data):
    with pytest.raises(Invalid):
        definition_from_data(data)


def test_a_sound_definition_is_accepted(company):
    check_definition(FULL, company, TYPES)


@pytest.mark.parametrize("levels", [0, -1, 21])
def test_levels_out_of_range_are_refused(company, levels):
    assert faults(process(step("s", ManagerRule()), step("t", ManagerRule(levels))), company) == [
        ("steps.1.rules.0.levels", "out_of_range")
    ]


def test_unknown_and_departed_approvers_are_refused(company):
    company.employees["fay"].active = False
    rules = PersonRule("ghost"), PersonRule("fay"), RoleRule("wizard")
    assert faults(process(step("s", *rules)), company) == [
        ("steps.0.rules.0.person", "unknown_person"),
        ("steps.0.rules.1.person", "departed_person"),
        ("steps.0.rules.2.role", "unknown_role"),
    ]


def test_two_steps_of_one_key_are_refused(company):
    twice = replace(step("s", ManagerRule()), title={"en": "Again", "zh": "再次"})
    assert faults(process(step("s", ManagerRule()), twice), company) == [("steps.1.key", "duplicate")]


def test_two_steps_of_one_title_are_refused_in_either_language(company):
    titles = {"en": "Boss", "zh": "上级"}, {"en": "Boss ", "zh": "主管"}, {"en": "Head", "zh": "上级"}
    steps = (replace(step(f"s{number}", ManagerRule()), title=title) for number, title in enumerate(titles))
    assert faults(process(*steps), company) == [
        ("steps.1.title.en", "duplicate"),
        ("steps.2.title.zh", "duplicate"),
    ]


def test_names_are_required_in_every_language_and_keys_must_be_keys(company):
    bad = replace(process(replace(step("S!", ManagerRule()), title={"en": " "})), key="", version=0, title={})
    assert faults(bad, company) == [
        ("key", "bad_key"),
        ("version", "out_of_range"),
        ("title.en", "required"),
        ("title.zh", "required"),
        ("steps.0.key", "bad_key"),
        ("steps.0.title.en", "required"),
        ("steps.0.title.zh", "required"),
    ]


def test_a_process_without_steps_and_a_step_without_rules_are_refused(company):
    assert faults(process(), company) == [("steps", "required")]
    assert faults(process(step("s")), company) == [("steps.0.rules", "required")]


def test_more_steps_than_the_bound_are_refused(company):
    steps = [step(f"s{number}", ManagerRule()) for number in range(MAX_STEPS + 1)]
    check_definition(process(*steps[:MAX_STEPS]), company, TYPES)
    assert faults(process(*steps), company) == [("steps", "too_many")]


def test_more_rules_than_the_bound_are_refused(company):
    rules = [ManagerRule()] * (MAX_APPROVERS + 1)
    assert faults(process(step("s", *rules)), company) == [("steps.0.rules", "too_many")]


def test_more_people_in_a_step_than_the_bound_are_refused(company):
    for number in range(MAX_APPROVERS + 1):
        company.hire(f"guard{number}", "cleo", "gate")
    assert faults(process(step("s", RoleRule("gate"))), company) == [("steps.0.rules", "too_many_approvers")]
