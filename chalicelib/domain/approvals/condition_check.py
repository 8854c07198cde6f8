"""Whether a condition fits the facts that documents will have: every fault with its place."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from chalicelib.domain.approvals.conditions import (
    MAX_DEPTH,
    MAX_PARTS,
    OPERATORS,
    All,
    Any,
    Compare,
    Condition,
    FactSpec,
    FactType,
    FactTypes,
    Not,
    Operator,
    Value,
    comparisons,
    number,
)
from chalicelib.domain.errors import FieldError

_MAX_VALUES = 100
_MAX_TEXT = 200


def condition_faults(condition: Condition, place: str, types: FactTypes) -> Iterator[FieldError]:
    """Every fault of the tree by its path below `place`.

    Codes: `required`, `unknown_field`, `bad_operator`, `bad_value`, `too_deep` (max), `too_many` (max).
    """
    yield from _shape_faults(condition, place, 1)
    # A tree beyond the bound is refused whatever is in it, and must not cost more than one within.
    if len(found := list(islice(comparisons(condition, place), MAX_PARTS + 1))) > MAX_PARTS:
        yield FieldError(place, "too_many", {"max": str(MAX_PARTS)})
    for inside, compare in found[:MAX_PARTS]:
        yield from _compare_faults(compare, inside, types)


def _shape_faults(condition: Condition, place: str, level: int) -> Iterator[FieldError]:
    match condition:
        case _ if level > MAX_DEPTH:
            yield FieldError(place, "too_deep", {"max": str(MAX_DEPTH)})
        case All(()) | Any(()):
            yield FieldError(f"{place}.parts", "required")
        case All(parts) | Any(parts):
            for index, part in enumerate(parts[: MAX_PARTS + 1]):
                yield from _shape_faults(part, f"{place}.parts.{index}", level + 1)
        case Not(part):
            yield from _shape_faults(part, f"{place}.part", level + 1)


def _compare_faults(compare: Compare, place: str, types: FactTypes) -> Iterator[FieldError]:
    spec = types.get(compare.field)
    if spec is None:
        yield FieldError(f"{place}.field", "unknown_field")
    elif compare.operator not in OPERATORS[spec.type]:
        yield FieldError(f"{place}.operator", "bad_operator")
    elif compare.operator is not Operator.EMPTY and compare.value in (None, "", ()):
        yield FieldError(f"{place}.value", "required")
    elif not _fits(compare.operator, compare.value, spec):
        yield FieldError(f"{place}.value", "bad_value")


def _fits(how: Operator, value: Value, spec: FactSpec) -> bool:
    if how is Operator.EMPTY:
        return value is None
    if how is Operator.IN:
        return isinstance(value, tuple) and len(value) <= _MAX_VALUES and all(_is_one(each, spec) for each in value)
    return _is_one(value, spec)


def _is_one(value: Value, spec: FactSpec) -> bool:
    match spec.type:
        case FactType.NUMBER:
            return number(value) is not None
        case FactType.MONEY:
            return isinstance(value, int)
        case FactType.DATE:
            return isinstance(value, str) and _is_date(value)
        case FactType.CHOICE:
            return value in spec.choices
        case FactType.TEXT | FactType.PERSON | FactType.DEPARTMENT:
            return isinstance(value, str) and len(value) <= _MAX_TEXT


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
