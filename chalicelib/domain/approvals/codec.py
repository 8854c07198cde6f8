"""Definitions to and from data that JSON and DynamoDB can hold."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, cast

from chalicelib.domain.approvals.condition_codec import condition_from_data, condition_to_data
from chalicelib.domain.approvals.conditions import Condition
from chalicelib.domain.approvals.definition import (
    BudgetDepartmentHeadRule,
    Definition,
    DepartmentHeadRule,
    EmptyRule,
    FieldRule,
    ManagerRule,
    Mode,
    PersonRule,
    RepeatedRule,
    RoleRule,
    Rule,
    SelfRule,
    Step,
    Timeout,
)
from chalicelib.domain.approvals.reading import given, member, read, unreadable

_RULES: Mapping[str, type[Rule]] = {
    rule.kind: rule
    for rule in (PersonRule, RoleRule, ManagerRule, DepartmentHeadRule, BudgetDepartmentHeadRule, FieldRule)
}


def definition_to_data(definition: Definition) -> dict[str, Any]:
    """The definition as dicts, lists, strings and integers; what is not set is None."""
    return {
        "key": definition.key,
        "version": definition.version,
        "title": dict(definition.title),
        "steps": [_step_to_data(step) for step in definition.steps],
        "copies": _rules_to_data(definition.copies),
    }


def definition_from_data(data: object) -> Definition:
    """The definition that such data describes; whether it makes sense is for `check_definition` to say.

    `copies` and what a step need not have (`share`, `condition`, `auto_approve`, `hours`, `on_timeout`) may be absent.
    Raises Invalid naming the first place that cannot be read: `required`, `wrong_type`, `unknown_value`, `too_deep`.
    """
    steps = read(data, "steps", list, "")
    return Definition(
        key=read(data, "key", str, ""),
        version=read(data, "version", int, ""),
        title=_title(data, ""),
        steps=tuple(_step_from_data(step, f"steps.{index}") for index, step in enumerate(steps)),
        copies=() if given(data, "copies", "") is None else _rules_from_data(data, "copies", ""),
    )


def _step_to_data(step: Step) -> dict[str, Any]:
    return {
        "key": step.key,
        "title": dict(step.title),
        "rules": _rules_to_data(step.rules),
        "mode": step.mode.value,
        "share": step.share,
        "condition": step.condition and condition_to_data(step.condition),
        "auto_approve": step.auto_approve and condition_to_data(step.auto_approve),
        "hours": step.hours,
        "on_timeout": step.on_timeout and step.on_timeout.value,
        "when_empty": step.when_empty.value,
        "when_self": step.when_self.value,
        "when_repeated": step.when_repeated.value,
    }


def _rules_to_data(rules: tuple[Rule, ...]) -> list[dict[str, Any]]:
    return [{"kind": rule.kind, **asdict(rule)} for rule in rules]


def _step_from_data(data: object, place: str) -> Step:
    return Step(
        key=read(data, "key", str, place),
        title=_title(data, place),
        rules=_rules_from_data(data, "rules", place),
        mode=member(data, "mode", Mode, place),
        share=100 if given(data, "share", place) is None else read(data, "share", int, place),
        condition=_condition(data, "condition", place),
        auto_approve=_condition(data, "auto_approve", place),
        hours=None if given(data, "hours", place) is None else read(data, "hours", int, place),
        on_timeout=None if given(data, "on_timeout", place) is None else member(data, "on_timeout", Timeout, place),
        when_empty=member(data, "when_empty", EmptyRule, place),
        when_self=member(data, "when_self", SelfRule, place),
        when_repeated=member(data, "when_repeated", RepeatedRule, place),
    )


def _condition(data: object, name: str, place: str) -> Condition | None:
    tree = given(data, name, place)
    return None if tree is None else condition_from_data(tree, f"{place}.{name}")


def _rules_from_data(data: object, name: str, place: str) -> tuple[Rule, ...]:
    inside = f"{place}.{name}".lstrip(".")
    return tuple(_rule_from_data(rule, f"{inside}.{index}") for index, rule in enumerate(read(data, name, list, place)))


def _rule_from_data(data: object, place: str) -> Rule:
    rule = _RULES.get(read(data, "kind", str, place))
    if rule is None:
        raise unreadable(place, "kind", "unknown_value")
    # The fields of rules are plain strings and integers: their annotation is the type to look for.
    return rule(**{field.name: read(data, field.name, cast(type, field.type), place) for field in fields(rule)})


def _title(data: object, place: str) -> dict[str, str]:
    title: Mapping[str, object] = read(data, "title", dict, place)
    inside = f"{place}.title".lstrip(".")
    return {language: read(title, language, str, inside) for language in title}
