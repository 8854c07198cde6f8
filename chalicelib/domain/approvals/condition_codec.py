"""Conditions to and from data that JSON and DynamoDB can hold."""

from typing import Any as Anything

from chalicelib.domain.approvals.conditions import MAX_DEPTH, All, Any, Compare, Condition, Not, Operator, Value
from chalicelib.domain.approvals.reading import given, member, read, unreadable
from chalicelib.domain.errors import FieldError, Invalid


def condition_to_data(condition: Condition) -> dict[str, Anything]:
    """The tree as `{"kind": "all" | "any", "parts"}`, `{"kind": "not", "part"}` and
    `{"kind": "compare", "field", "operator", "value"}`; several values are a list.
    """
    match condition:
        case All(parts) | Any(parts):
            return {"kind": condition.kind, "parts": [condition_to_data(part) for part in parts]}
        case Not(part):
            return {"kind": condition.kind, "part": condition_to_data(part)}
        case Compare(field, how, value):
            plain = list(value) if isinstance(value, tuple) else value
            return {"kind": condition.kind, "field": field, "operator": how.value, "value": plain}


def condition_from_data(data: object, place: str) -> Condition:
    """The tree that such data describes; whether it fits the facts is for `condition_faults` to say.

    Raises Invalid with the first place, below `place`, that cannot be read: `required`, `wrong_type`,
    `unknown_value`, `too_deep`.
    """
    return _tree(data, place, MAX_DEPTH)


def _tree(data: object, place: str, levels: int) -> Condition:
    if levels == 0:
        raise Invalid(FieldError(place, "too_deep", {"max": str(MAX_DEPTH)}))
    match read(data, "kind", str, place):
        case All.kind:
            return All(_parts(data, place, levels))
        case Any.kind:
            return Any(_parts(data, place, levels))
        case Not.kind:
            return Not(_tree(given(data, "part", place), f"{place}.part", levels - 1))
        case Compare.kind:
            return Compare(
                read(data, "field", str, place), member(data, "operator", Operator, place), _value(data, place)
            )
    raise unreadable(place, "kind", "unknown_value")


def _parts(data: object, place: str, levels: int) -> tuple[Condition, ...]:
    parts = read(data, "parts", list, place)
    return tuple(_tree(part, f"{place}.parts.{index}", levels - 1) for index, part in enumerate(parts))


def _value(data: object, place: str) -> Value:
    value = given(data, "value", place)
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    if value is None or (isinstance(value, str | int) and not isinstance(value, bool)):
        return value
    raise unreadable(place, "value", "wrong_type")
