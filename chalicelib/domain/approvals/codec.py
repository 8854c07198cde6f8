"""Definitions to and from data that JSON and DynamoDB can hold."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from enum import StrEnum
from typing import Any, cast

from chalicelib.domain.approvals.definition import (
    Definition,
    DepartmentHeadRule,
    EmptyRule,
    ManagerRule,
    Mode,
    PersonRule,
    RepeatedRule,
    RoleRule,
    Rule,
    SelfRule,
    Step,
)
from chalicelib.domain.errors import FieldError, Invalid

_RULES: Mapping[str, type[Rule]] = {rule.kind: rule for rule in (PersonRule, RoleRule, ManagerRule, DepartmentHeadRule)}


def definition_to_data(definition: Definition) -> dict[str, Any]:
    """The definition as dicts, lists, strings and integers."""
    return {
        "key": definition.key,
        "version": definition.version,
        "title": dict(definition.title),
        "steps": [_step_to_data(step) for step in definition.steps],
    }


def definition_from_data(data: object) -> Definition:
    """The definition that such data describes; whether it makes sense is for `check_definition` to say.

    Raises Invalid naming the first place that cannot be read: `required`, `wrong_type` or `unknown_value`.
    """
    steps = _read(data, "steps", list, "")
    return Definition(
        key=_read(data, "key", str, ""),
        version=_read(data, "version", int, ""),
        title=_title(data, ""),
        steps=tuple(_step_from_data(step, f"steps.{index}") for index, step in enumerate(steps)),
    )


def _step_to_data(step: Step) -> dict[str, Any]:
    return {
        "key": step.key,
        "title": dict(step.title),
        "rules": [{"kind": rule.kind, **asdict(rule)} for rule in step.rules],
        "mode": step.mode.value,
        "when_empty": step.when_empty.value,
        "when_self": step.when_self.value,
        "when_repeated": step.when_repeated.value,
    }


def _step_from_data(data: object, place: str) -> Step:
    rules = _read(data, "rules", list, place)
    return Step(
        key=_read(data, "key", str, place),
        title=_title(data, place),
        rules=tuple(_rule_from_data(rule, f"{place}.rules.{index}") for index, rule in enumerate(rules)),
        mode=_member(data, "mode", Mode, place),
        when_empty=_member(data, "when_empty", EmptyRule, place),
        when_self=_member(data, "when_self", SelfRule, place),
        when_repeated=_member(data, "when_repeated", RepeatedRule, place),
    )


def _rule_from_data(data: object, place: str) -> Rule:
    rule = _RULES.get(_read(data, "kind", str, place))
    if rule is None:
        raise _unreadable(place, "kind", "unknown_value")
    # The fields of rules are plain strings and integers: their annotation is the type to look for.
    return rule(**{field.name: _read(data, field.name, cast(type, field.type), place) for field in fields(rule)})


def _title(data: object, place: str) -> dict[str, str]:
    title: Mapping[str, object] = _read(data, "title", dict, place)
    inside = f"{place}.title".lstrip(".")
    return {language: _read(title, language, str, inside) for language in title}


def _member[M: StrEnum](data: object, name: str, members: type[M], place: str) -> M:
    value = _read(data, name, str, place)
    try:
        return members(value)
    except ValueError:
        raise _unreadable(place, name, "unknown_value") from None


def _read[T](data: object, name: str, kind: type[T], place: str) -> T:
    if not isinstance(data, Mapping):
        raise Invalid(FieldError(place, "wrong_type"))
    if name not in data:
        raise _unreadable(place, name, "required")
    value = data[name]
    if not isinstance(value, kind) or isinstance(value, bool):
        raise _unreadable(place, name, "wrong_type")
    return value


def _unreadable(place: str, name: str, code: str) -> Invalid:
    return Invalid(FieldError(f"{place}.{name}".lstrip("."), code))
