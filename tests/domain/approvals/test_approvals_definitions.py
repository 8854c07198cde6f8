"""Definitions as data, and the faults for which they are refused."""

import json
from dataclasses import replace

import pytest
from hypothesis import given

from chalicelib.domain.approvals import (
    MAX_APPROVERS,
    MAX_HOURS,
    MAX_STEPS,
    BudgetDepartmentHeadRule,
    Compare,
    Definition,
    DepartmentHeadRule,
    EmptyRule,
    FactSpec,
    FactType,
    FieldRule,
    ManagerRule,
    Mode,
    Not,
    Operator,
    PersonRule,
    RepeatedRule,
    RoleRule,
    SelfRule,
    Timeout,
    check_definition,
    definition_from_data,
    definition_to_data,
)
from chalicelib.domain.errors import Invalid
from tests.domain.approvals import strategies
from tests.domain.approvals.company import process, step
from tests.domain.approvals.strategies import TYPES

FULL = process(
    step("one", PersonRule("fay"), RoleRule("finance"), ManagerRule(2), DepartmentHeadRule()),
    step(
        "two",
        ManagerRule(),
        mode=Mode.ALL_OF,
        when_empty=EmptyRule.SKIP,
        when_self=SelfRule.LEAVE_OUT,
        when_repeated=RepeatedRule.AGAIN,
        hours=8,
        on_timeout=Timeout.ESCALATE,
    ),
    step("three", FieldRule("buddy"), BudgetDepartmentHeadRule(), mode=Mode.SHARE_OF, share=50),
    copies=(RoleRule("auditor"),),
)


def faults(definition: Definition, company) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refusal:
        check_definition(definition, company, TYPES)
    return [(fault.path, fault.code) for fault in refusal.value.fields]


def test_a_definition_survives_the_way_through_json():
    assert definition_from_data(json.loads(json.dumps(definition_to_data(FULL)))) == FULL


@given(strategies.definitions())
def test_any_definition_survives_the_way_through_json(definition):
    assert definition_from_data(json.loads(json.dumps(definition_to_data(definition)))) == definition


def test_what_a_step_need_not_have_may_be_absent():
    data = definition_to_data(process(step("s", ManagerRule())))
    for name in ("share", "condition", "auto_approve", "hours", "on_timeout"):
        del data["steps"][0][name]
    del data["copies"]
    assert definition_from_data(data) == process(step("s", ManagerRule()))


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
        ("steps.2.rules.0.field", None, "required"),
        ("steps.1.hours", "8", "wrong_type"),
        ("steps.1.on_timeout", "explode", "unknown_value"),
        ("steps.2.share", True, "wrong_type"),
        ("steps.0.condition", 5, "wrong_type"),
        ("copies", {}, "wrong_type"),
        ("copies.0.role", 7, "wrong_type"),
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


@pytest.mark.parametrize(("name", "most"), [("hours", MAX_HOURS), ("share", 100)])
def test_hours_and_shares_have_bounds(company, name, most):
    for number in (0, -1, most + 1):
        bad = step("s", ManagerRule(), **{"on_timeout": Timeout.REMIND, "hours": 1, name: number})
        assert faults(process(bad), company) == [(f"steps.0.{name}", "out_of_range")]
    check_definition(process(step("s", ManagerRule(), hours=MAX_HOURS, on_timeout=Timeout.REJECT)), company, TYPES)


def test_hours_and_what_follows_them_come_together(company):
    lonely = step("s", ManagerRule(), hours=8), step("t", ManagerRule(), on_timeout=Timeout.ESCALATE)
    assert faults(process(*lonely), company) == [("steps.0.on_timeout", "required"), ("steps.1.hours", "required")]


def test_rules_name_fields_that_exist_and_are_of_the_right_kind(company):
    rules = FieldRule("buddy"), FieldRule("ghost"), FieldRule("note")
    assert faults(process(step("s", *rules)), company) == [
        ("steps.0.rules.1.field", "unknown_field"),
        ("steps.0.rules.2.field", "wrong_field_type"),
    ]


def test_the_budgets_department_must_be_among_the_facts(company):
    budget = process(step("s", BudgetDepartmentHeadRule()))
    check_definition(budget, company, TYPES)
    with pytest.raises(Invalid) as refusal:
        check_definition(budget, company, {})
    assert [(fault.path, fault.code) for fault in refusal.value.fields] == [("steps.0.rules.0.kind", "unknown_field")]


def test_an_applicant_cannot_skip_a_step_by_leaving_a_field_empty(company):
    types = {"boss": FactSpec(FactType.PERSON), "chief": FactSpec(FactType.PERSON, required=True)}
    skipping = process(step("s", FieldRule("boss"), when_empty=EmptyRule.SKIP))
    with pytest.raises(Invalid) as refusal:
        check_definition(skipping, company, types)
    assert [(fault.path, fault.code) for fault in refusal.value.fields] == [("steps.0.rules.0", "optional_field")]
    for sound in (
        step("s", FieldRule("boss")),
        step("s", FieldRule("chief"), when_empty=EmptyRule.SKIP),
        step("s", FieldRule("boss"), ManagerRule(), when_empty=EmptyRule.SKIP),
    ):
        check_definition(process(sound), company, types)


def test_a_step_that_nobody_could_ever_decide_is_refused(company):
    company.dismiss("fay", "fred", "ada", "adam")
    money = process(step("s", RoleRule("finance")))
    assert faults(money, company) == [("steps.0.rules", "never_decided")]
    company.employees["ada"].active = True
    check_definition(money, company, TYPES)


def test_a_definition_whose_steps_may_all_be_skipped_is_accepted(company):
    check_definition(process(step("s", RoleRule("gate"), when_empty=EmptyRule.SKIP)), company, TYPES)


def test_conditions_name_fields_and_people_that_exist(company):
    tree = Not(Compare("buddy", Operator.IN, ("fay", "ghost")))
    wrong = step("s", ManagerRule(), condition=tree, auto_approve=Compare("ghost", Operator.EMPTY))
    assert faults(process(wrong), company) == [
        ("steps.0.condition.part.value.1", "unknown_person"),
        ("steps.0.auto_approve.field", "unknown_field"),
    ]


def test_who_is_told_must_exist_too(company):
    assert faults(process(step("s", ManagerRule()), copies=(PersonRule("ghost"),)), company) == [
        ("copies.0.person", "unknown_person")
    ]
    assert faults(process(step("s", ManagerRule()), copies=(ManagerRule(),) * (MAX_APPROVERS + 1)), company) == [
        ("copies", "too_many")
    ]


def test_every_fault_of_a_definition_is_named_at_once(company):
    bad = process(step("S", ManagerRule(0), hours=0), step("t"))
    assert len(faults(bad, company)) == 5
